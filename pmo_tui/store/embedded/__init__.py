"""A store in the files of one folder: a snapshot that stock TinyDB opens, journal, lock, sessions."""
