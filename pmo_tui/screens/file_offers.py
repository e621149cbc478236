"""Files and folders that are offered while the name of one is typed."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from pmo_tui.exchange.formats import ENDINGS
from pmo_tui.wording.safe import safe

MOST = 400


def files_like(text: str, endings: Collection[str] = ()) -> list[tuple[str, str]]:
    """Files and folders that a path may mean. Of files only those with one of `endings` (all where none is given), unless what is typed
    begins no such name."""
    path = Path(os.path.expanduser(text))  # as a shell has it: “~nobody” stays what it is
    folder, begun = (path, "") if not text or text.endswith("/") else (path.parent, path.name)
    try:
        found = sorted(
            each for each in folder.iterdir() if each.name.startswith(begun) and not each.name.startswith(".")
        )
    except (OSError, ValueError):  # no such folder, or not a name at all
        return []
    usual = [each for each in found if not endings or each.suffix.casefold() in endings or each.is_dir()]
    head = text[: len(text) - len(begun)]
    shown = [(each.name, "/" if each.is_dir() else "") for each in (usual or (found if begun else []))[:MOST]]
    return [(f"{head}{name}{end}", f"{safe(name)}{end}") for name, end in shown]


def tables_like(text: str) -> list[tuple[str, str]]:
    """Folders, and files that can be taken in by the ending of their names."""
    return files_like(text, ENDINGS)


def maps_like(text: str) -> list[tuple[str, str]]:
    """Folders, and files that may be a map of columns."""
    return files_like(text, (".toml",))
