"""Up to which transaction an officer had seen everything when the program was left last."""

from __future__ import annotations

import json
from pathlib import Path

from pmo_tui.desk.home.folders import private


class LastSeen:
    """A sequence by officer and store, in one small file. `sequence` stays what it was while the program runs, until `keep`."""

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self.name = name
        self.sequence: int | None = self._all().get(name)

    def _all(self) -> dict[str, int]:
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(name): at for name, at in found.items() if isinstance(at, int)} if isinstance(found, dict) else {}

    def names(self) -> set[str]:
        """Every officer and store of whom something is kept."""
        return set(self._all())

    def keep(self, sequence: int) -> None:
        """Everything up to `sequence` was seen, at the next start."""
        private(self.path.parent)
        beside = self.path.with_suffix(".new")
        beside.write_text(json.dumps({**self._all(), self.name: sequence}), encoding="utf-8")
        beside.replace(self.path)

    def see(self, sequence: int) -> None:
        """Everything up to `sequence` is seen from now on."""
        self.sequence = sequence
        self.keep(sequence)
