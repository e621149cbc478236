"""A report of a fault of the program, for whoever mends it: where it happened, not what the records hold."""

from __future__ import annotations

import platform
import sys
import traceback
from datetime import datetime
from pathlib import Path

from pmo_tui import __version__
from pmo_tui.desk.home.folders import private


def report(error: BaseException, state: Path) -> Path:
    """Write the report into the state folder and return its path. Values of variables are left out."""
    path = private(state) / f"crash-{datetime.now():%Y%m%d-%H%M%S-%f}.txt"
    lines = [
        f"pmo {__version__}, Python {platform.python_version()}, {platform.platform()}",
        f"command: {Path(sys.argv[0]).name} {sys.argv[1] if len(sys.argv) > 1 else ''}",
        "",
        *traceback.format_exception(error),
    ]
    path.write_text("\n".join(line.rstrip("\n") for line in lines) + "\n", encoding="utf-8", errors="replace")
    path.chmod(0o600)
    return path
