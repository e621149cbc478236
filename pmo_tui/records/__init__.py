"""What a PMO keeps: one subject a file, named in `registers.py`."""
