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
    """What was typed so far, field by field, when it was last kept, and over which revision of the record (0: of none)."""

    texts: dict[str, str]
    time: datetime
    revision: int = 0


class Drafts:
    """Drafts in a folder, one file each; a name is a register, or a register and a key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, name: str) -> Path:
        return self.folder / (re.sub(r"[^\w.-]", "_", name) + ".json")

    def save(self, name: str, texts: dict[str, str], revision: int = 0) -> None:
        """Keep `texts`, typed over a revision of a record, under `name`, whole or not at all."""
        private(self.folder)
        handle, beside = tempfile.mkstemp(dir=self.folder, prefix=".draft")
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogatepass") as stream:
            json.dump({"texts": texts, "revision": revision}, stream)
        os.replace(beside, self._path(name))

    def load(self, name: str) -> Draft | None:
        """The draft kept under `name`. A damaged file is put aside and counts as none."""
        path = self._path(name)
        try:
            texts, revision = _read(json.loads(path.read_text(encoding="utf-8", errors="surrogatepass")))
            when = datetime.fromtimestamp(path.stat().st_mtime)
        except FileNotFoundError:
            return None
        except (ValueError, OSError):
            path.replace(path.with_suffix(".damaged"))
            return None
        return Draft(texts, when, revision)

    def drop(self, name: str) -> None:
        """Forget a draft; nothing happens where there is none."""
        self._path(name).unlink(missing_ok=True)

    def names(self) -> list[str]:
        """What there are drafts of."""
        return sorted(path.stem for path in self.folder.glob("*.json")) if self.folder.is_dir() else []


def _read(found: object) -> tuple[dict[str, str], int]:
    """Texts and revision; a file that holds texts alone is of an earlier program. ValueError for anything else."""
    if not isinstance(found, dict):
        raise ValueError("no texts")
    kept = isinstance(found.get("texts"), dict)
    texts, revision = (found["texts"], found.get("revision")) if kept else (found, 0)
    if not all(isinstance(text, str) for text in texts.values()) or type(revision) is not int:
        raise ValueError("no texts, or no revision")
    return texts, revision
