"""What an officer chose in the program itself, kept for the next start. The configuration is his own file, and is not written."""

from __future__ import annotations

import json
from pathlib import Path

from pmo_tui.desk.home.folders import private

FILE = "kept.json"


class Kept:
    """Words by name in one small file of the state folder. A file that cannot be read counts as empty."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE

    def _all(self) -> dict[str, str]:
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {name: word for name, word in found.items() if isinstance(word, str)} if isinstance(found, dict) else {}

    def get(self, name: str) -> str:
        """The word kept under `name`, empty where there is none."""
        return self._all().get(name, "")

    def put(self, **words: str) -> None:
        """Keep words under their names, beside what is kept already. OSError where the folder cannot be written."""
        private(self.path.parent)
        beside = self.path.with_suffix(".new")
        beside.write_text(json.dumps({**self._all(), **words}), encoding="utf-8")
        beside.replace(self.path)


def chosen_theme(kept: Kept, configured: str) -> str:
    """The theme chosen last in the program; that of the configuration once it says another than when that was chosen."""
    return kept.get("theme") if kept.get("theme over") == configured and kept.get("theme") else configured


def keep_theme(kept: Kept, theme: str, configured: str) -> None:
    """Keep a theme over what the configuration says now."""
    kept.put(**{"theme": theme, "theme over": configured})
