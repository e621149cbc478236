"""Saved views of one officer: filter and order of a list under a name, and how each list was left last."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from pmo_tui.desk.home.folders import private

LAST = ""
"""The name under which a list is kept as it was left."""


@dataclass(frozen=True, slots=True)
class SavedView:
    """A filter and an order."""

    filter: str = ""
    sort: str = ""


class SavedViews:
    """The views in one file. A file that cannot be read counts as none and is put aside when the next view is kept."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._kept: dict[str, dict[str, SavedView]] | None = None

    def _views(self) -> dict[str, dict[str, SavedView]]:
        if self._kept is None:
            self._kept = self._read()
        return self._kept

    def _read(self) -> dict[str, dict[str, SavedView]]:
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
            return {
                register: {name: SavedView(str(view["filter"]), str(view["sort"])) for name, view in views.items()}
                for register, views in found.items()
            }
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, AttributeError, KeyError, TypeError):
            if self.path.exists():
                self.path.replace(self.path.with_suffix(".damaged"))
            return {}

    def names(self, register: str) -> dict[str, SavedView]:
        """The named views of a list, in the order of their names."""
        return {name: view for name, view in sorted(self._views().get(register, {}).items()) if name != LAST}

    def get(self, register: str, name: str = LAST) -> SavedView | None:
        """The view with that name; how the list was left where none is given."""
        return self._views().get(register, {}).get(name)

    def keep(self, register: str, view: SavedView, name: str = LAST) -> None:
        """Keep a view under a name."""
        if self.get(register, name) != view:
            self._views().setdefault(register, {})[name] = view
            self._write()

    def drop(self, register: str, name: str) -> bool:
        """Forget a view; whether there was one."""
        found = self._views().get(register, {}).pop(name, None)
        if found is not None:
            self._write()
        return found is not None

    def _write(self) -> None:
        views = {
            register: {name: asdict(view) for name, view in found.items()} for register, found in self._views().items()
        }
        private(self.path.parent)
        handle, beside = tempfile.mkstemp(dir=self.path.parent, prefix=".views")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(views, stream, ensure_ascii=False, indent=1)
        os.replace(beside, self.path)
