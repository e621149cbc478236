"""Where pictures of the screen are written: a name of their own in the folder used last, and never over a file that is there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from pmo_tui.desk.files.exporting import put_file
from pmo_tui.desk.home.last_folder import keep_folder, last_folder
from pmo_tui.records.errors import Refused
from pmo_tui.records.marks import N_

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

ENDING = ".svg"
KIND = "pictures"
"""Under what the folder used last is remembered."""
LONGEST = 40
NO_NAME = re.compile(r"[^\w-]+")


def offered(desk: Desk, what: str) -> str:
    """A file for a picture of `what` (a screen's name or heading), of today, with a number where that one is there already."""
    name = NO_NAME.sub("-", what).strip("-")[:LONGEST].strip("-").casefold() or "pmo"
    name = f"{name}-{desk.today().isoformat()}"
    folder = last_folder(desk, KIND)
    place = 1
    while True:
        file = f"{name}{'' if place == 1 else f'-{place}'}{ENDING}"
        path = Path(file) if folder is None else folder / file
        if not path.exists():
            return str(path)
        place += 1


def named(text: str) -> Path:
    """The file that was typed, ending in .svg whatever was typed."""
    path = Path(text.strip()).expanduser()
    return path if path.suffix.casefold() == ENDING else path.with_name(path.name + ENDING)


def save(desk: Desk, path: Path, picture: str) -> None:
    """Write a picture whole or not at all; the folder is offered the next time. Refused where it cannot be written."""
    try:
        put_file(path, picture.encode("utf-8", "replace"))
    except OSError as error:
        why = error.strerror or str(error)
        raise Refused(N_("{file} cannot be written: {why}"), N_("Name another file."), file=path, why=why) from error
    keep_folder(desk, path, KIND)
