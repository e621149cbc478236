"""Text to the clipboard of whoever sits before the terminal, over any line: OSC 52, or a file where it is too long for that."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pmo_tui.desk.home.folders import private
from pmo_tui.wording.languages import _
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from textual.app import App

    from pmo_tui.desk.home.folders import Folders

LONGEST = 74_000
"""Bytes that terminals take in one OSC 52 sequence once it is base64."""


def send(app: App[int], text: str) -> str:
    """Send `text`; what happened, as a sentence. A terminal does not answer, so it says “sent”, not “copied”."""
    data = text.encode("utf-8", "surrogatepass")
    if len(data) * 4 // 3 > LONGEST:
        path = private(_folders(app).state) / "copied.txt"
        path.write_bytes(data)
        return _("too long for a terminal's clipboard; it is in {path}").format(path=safe(path))
    app.copy_to_clipboard(text)
    note = _("; in tmux set-clipboard must be on") if os.environ.get("TMUX") else ""
    return _("sent to the terminal: {count} characters").format(count=format_number(len(text))) + note


def _folders(app: App[int]) -> Folders:
    from pmo_tui.screens.office import Office

    assert isinstance(app, Office)
    return app.desk.folders
