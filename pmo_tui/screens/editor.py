"""A text in the officer's own editor."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from pmo_tui.records.errors import PmoError
from pmo_tui.records.marks import N_

if TYPE_CHECKING:
    from textual.app import App


def edit(app: App[int], text: str, *, long: bool) -> str:
    """The text as it was saved in $VISUAL or $EDITOR (vi where neither is set); of a field of one line the first line."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with tempfile.TemporaryDirectory(prefix="pmo-") as folder:
        path = Path(folder) / "text.md"
        given = text + ("" if text.endswith("\n") else "\n")
        path.write_text(given, encoding="utf-8")
        if _run(app, command, path):
            raise PmoError(N_("{editor} ended with an error; the text is as it was."), editor=_name(command))
        try:
            found = path.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            raise PmoError(
                N_("{editor} left nothing to read: {why}; the text is as it was."), editor=_name(command), why=error
            ) from error
    if found == given:
        return text
    found = found.rstrip("\n")
    return found if long else found.split("\n", 1)[0]


def _run(app: App[int], command: str, path: Path) -> int:
    """The editor's exit code. Errors are kept until the terminal is the program's again: Textual does not take it back on the way of one."""
    error: Exception | None = None
    code = 0
    try:
        with app.suspend():
            try:
                code = _wait_for([*shlex.split(command), str(path)])
            except (OSError, ValueError) as found:
                error = found
    except SuspendNotSupported as found:
        raise PmoError(
            N_("No editor can be opened here."), N_("Type into the field, or start the program in a terminal.")
        ) from found
    if error is not None:
        raise PmoError(
            N_("{editor} cannot be started: {why}"),
            N_("Set EDITOR to a program that is here."),
            editor=command,
            why=error,
        ) from error
    return code


def _name(command: str) -> str:
    """What the editor is called: the command without its folder and its options."""
    return Path(command.split(None, 1)[0]).name if command.strip() else command


def _wait_for(words: list[str]) -> int:
    """Run a program in the terminal. What interrupts it there, such as ctrl+c, is not meant for this program."""
    kept = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGQUIT)}
    try:
        return subprocess.run(words, check=False).returncode
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
