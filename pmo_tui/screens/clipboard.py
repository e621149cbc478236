"""Text to the clipboard of whoever sits before the terminal, over any line and through tmux and GNU screen; to a file where that cannot be.

The sequence is OSC 52 of xterm: the terminal puts it on the clipboard of its own machine. tmux takes it from its own command rather than
from programs (`set-clipboard external`, its default); GNU screen hands on what stands in a device control string, of at most 256 bytes.
"""

from __future__ import annotations

import os
import subprocess
from base64 import b64encode
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pmo_tui.desk.home.folders import private
from pmo_tui.wording.languages import _
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from textual.app import App

    from pmo_tui.desk.home.folders import Folders

LONGEST = 74_000
"""Characters of base64 that terminals take in one OSC 52 sequence."""
SCREEN_TAKES = 250
"""So much fits into one device control string of every GNU screen."""
TMUX_ANSWERS = 2.0
"""Seconds within which tmux has taken a text."""
WITHOUT = ("linux", "dumb", "vt100", "vt220")
"""Terminals without a clipboard; the first is the text console of Linux."""


def send(app: App[int], text: str) -> str:
    """Send `text`; what happened, as a sentence. A terminal does not answer, so it says “sent”, not “copied”."""
    data = text.encode("utf-8", "surrogatepass")
    coded = b64encode(data).decode()
    if len(coded) > LONGEST:
        return _("too long for a terminal's clipboard; it is in {path}").format(path=_kept(app, data))
    if os.environ.get("TERM", "") in WITHOUT and not os.environ.get("TMUX"):
        return _("this terminal has no clipboard; it is in {path}").format(path=_kept(app, data))
    app._clipboard = text  # what ctrl+v pastes into a field of this program
    sent = _("sent to the terminal: {count} characters").format(count=format_number(len(text)))
    if os.environ.get("TMUX"):
        if _tmux_took(data):
            return sent + _(", and to the buffer of tmux")
        sent += _("; in tmux set-clipboard must be on")
    if app._driver is not None:
        app._driver.write(sequence(coded, os.environ))
        app._driver.flush()
    return sent


def sequence(coded: str, environ: Mapping[str, str]) -> str:
    """What carries the base64 text `coded` to the terminal, through whatever the environment says stands between."""
    plain = f"\x1b]52;c;{coded}\x07"
    if environ.get("STY"):
        pieces = [plain[i : i + SCREEN_TAKES] for i in range(0, len(plain), SCREEN_TAKES)]
        return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    if environ.get("TMUX") or environ.get("TERM", "").startswith("tmux"):
        doubled = plain.replace("\x1b", "\x1b\x1b")
        return f"{plain}\x1bPtmux;{doubled}\x1b\\"
    return plain


def _tmux_took(data: bytes) -> bool:
    """Whether the tmux that the program runs in took it, and handed it on to its terminal (`-w`, from tmux 3.2 on)."""
    try:
        done = subprocess.run(
            ["tmux", "load-buffer", "-w", "-"], input=data, capture_output=True, timeout=TMUX_ANSWERS, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def _kept(app: App[int], data: bytes) -> str:
    """The file that holds it instead."""
    path = private(_folders(app).state) / "copied.txt"
    path.write_bytes(data)
    path.chmod(0o600)
    return safe(path)


def _folders(app: App[int]) -> Folders:
    from pmo_tui.screens.office import Office

    assert isinstance(app, Office)
    return app.desk.folders
