"""The folder that files were taken from last, or pictures written to, kept with what this officer's program remembers, and the files in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pmo_tui.desk.home.folders import private

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

FILE = "last-folder"
E_INVOICES = frozenset({".xml", ".csv", ".xlsx"})
"""What the names of files with invoices end in."""


def last_folder(desk: Desk, kind: str = "") -> Path | None:
    """The folder used last, for files of a kind; None where there is none, or it is gone."""
    try:
        folder = Path((desk.folders.state / _file(kind)).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return None
    return folder if folder.is_dir() else None


def keep_folder(desk: Desk, file: Path, kind: str = "") -> None:
    """Remember the folder of a file, of a kind of files; one that is not there is not worth it."""
    folder = file.expanduser().resolve().parent
    if folder.is_dir():
        private(desk.folders.state)
        (desk.folders.state / _file(kind)).write_text(str(folder), encoding="utf-8")


def _file(kind: str) -> str:
    return f"{FILE}-{kind}" if kind else FILE


def invoice_files(folder: Path, begun: str = "") -> list[Path]:
    """The files of a folder that may hold invoices and whose names begin so, the newest first."""
    try:
        found = [
            each for each in folder.iterdir()
            if each.suffix.casefold() in E_INVOICES and each.name.startswith(begun) and each.is_file()
        ]  # fmt: skip
        return sorted(found, key=lambda each: (-each.stat().st_mtime, each.name))
    except OSError:
        return []
