"""Other people's formats, in and out, one a file."""
