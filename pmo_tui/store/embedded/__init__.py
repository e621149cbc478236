"""A store in files of one folder: a snapshot that stock TinyDB opens, journal segments, a lock file, a file a
session.
"""
