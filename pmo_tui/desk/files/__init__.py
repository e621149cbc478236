"""Files and blocks in and out."""
