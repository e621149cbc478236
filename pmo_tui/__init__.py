"""pmo_tui: the project management office in a terminal."""

__version__ = "0.1.0"
