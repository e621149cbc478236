"""Half-filled forms: kept when one leaves, when the line drops and when the program falls over."""

from __future__ import annotations

import json
import os
import re
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pmo_tui.desk.home.folders import private


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed so far, field by field, and when it was last kept."""

    texts: dict[str, str]
    time: datetime


class Drafts:
    """Drafts in a folder, one file each; a name is a register, or a register and a key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, name: str) -> Path:
        return self.folder / (re.sub(r"[^\w.-]", "_", name) + ".json")

    def save(self, name: str, texts: dict[str, str]) -> None:
        """Keep `texts` under `name`, whole or not at all."""
        private(self.folder)
        handle, beside = tempfile.mkstemp(dir=self.folder, prefix=".draft")
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogatepass") as stream:
            json.dump(texts, stream)
        os.replace(beside, self._path(name))

    def load(self, name: str) -> Draft | None:
        """The draft kept under `name`. A damaged file is put aside and counts as none."""
        path = self._path(name)
        try:
            texts = json.loads(path.read_text(encoding="utf-8", errors="surrogatepass"))
            when = datetime.fromtimestamp(path.stat().st_mtime)
        except FileNotFoundError:
            return None
        except (ValueError, OSError):
            path.replace(path.with_suffix(".damaged"))
            return None
        if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
            path.replace(path.with_suffix(".damaged"))
            return None
        return Draft(texts, when)

    def drop(self, name: str) -> None:
        """Forget a draft; nothing happens where there is none."""
        self._path(name).unlink(missing_ok=True)

    def names(self) -> list[str]:
        """What there are drafts of."""
        return sorted(path.stem for path in self.folder.glob("*.json")) if self.folder.is_dir() else []
