"""Pictures of screens as text: what an officer sees, line by line, in files that a reviewer can read and compare."""

from __future__ import annotations

import os
from pathlib import Path

from tests.app.driving import Driver

SHOWS = Path(__file__).with_name("shows")
WRITE = "PMO_WRITE_SHOWS"
"""Set to 1, the pictures are made anew; look at what changed before it is committed."""


def assert_shows(driver: Driver, name: str) -> None:
    """The screen looks as it does in `shows/<name>.txt`. Blanks at the ends of lines do not count."""
    path = SHOWS / f"{name}.txt"
    found = "\n".join(line.rstrip() for line in driver.lines()) + "\n"
    if os.environ.get(WRITE) == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
        return
    assert path.exists(), f"{path} is not there; {WRITE}=1 makes it"
    expected = path.read_text(encoding="utf-8")
    assert found == expected, f"{path.name} shows something else; {WRITE}=1 makes it anew"
