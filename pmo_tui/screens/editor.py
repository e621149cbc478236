"""A text in the officer's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pmo_tui.records.errors import PmoError
from pmo_tui.records.marks import N_

if TYPE_CHECKING:
    from textual.app import App


def edit(app: App[int], text: str, *, long: bool) -> str:
    """The text as it was saved in $VISUAL or $EDITOR (vi where neither is set); of a field of one line the first line."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with tempfile.TemporaryDirectory(prefix="pmo-") as folder:
        path = Path(folder) / "text.md"
        path.write_text(text + ("" if text.endswith("\n") else "\n"), encoding="utf-8")
        try:
            with app.suspend():
                done = subprocess.run([*shlex.split(command), str(path)], check=False)
        except (OSError, ValueError) as error:
            raise PmoError(
                N_("{editor} cannot be started: {why}"),
                N_("Set EDITOR to a program that is here."),
                editor=command,
                why=error,
            ) from error
        if done.returncode:
            raise PmoError(N_("{editor} ended with an error; the text is as it was."), editor=command)
        found = path.read_text(encoding="utf-8", errors="replace").rstrip("\n")
    return found if long else found.split("\n", 1)[0]
