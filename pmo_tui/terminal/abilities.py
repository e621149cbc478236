"""What the terminal can do beyond what every one can, by its entry in terminfo."""

from __future__ import annotations

import sys


def erases_in_colour() -> bool:
    """Whether some blanks can be had for one short sequence (ECH), and are then in the background colour in use (`bce`)."""
    try:
        import curses

        curses.setupterm(fd=sys.__stderr__.fileno())  # type: ignore[union-attr]  # the terminal app has one
        return curses.tigetflag("bce") > 0 and (curses.tigetstr("ech") or b"").endswith(b"X")
    except (ImportError, OSError, curses.error):
        return False
