"""Where things of one user live: configuration, data, state (logs, drafts, crash reports), cache."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

APP = "pmo_tui"


class Folders(NamedTuple):
    """Four folders by the XDG Base Directory Specification. They are made when something is written into them."""

    config: Path
    data: Path
    state: Path
    cache: Path

    def default_store(self) -> Path:
        """The store that is opened when none is named."""
        return self.data / "pmo.json"


def folders(environ: Mapping[str, str] = os.environ) -> Folders:
    """The folders of whoever runs this; XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME and XDG_CACHE_HOME move them."""
    home = Path(environ.get("HOME") or Path.home())

    def place(variable: str, usual: str) -> Path:
        said = environ.get(variable, "")
        return (Path(said) if os.path.isabs(said) else home / usual) / APP

    return Folders(
        config=place("XDG_CONFIG_HOME", ".config"),
        data=place("XDG_DATA_HOME", ".local/share"),
        state=place("XDG_STATE_HOME", ".local/state"),
        cache=place("XDG_CACHE_HOME", ".cache"),
    )


def private(folder: Path) -> Path:
    """`folder`, made with rights for its owner alone where it was not there."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
