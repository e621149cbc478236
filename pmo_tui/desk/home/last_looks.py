"""How each list was left last, so that it comes back as it was, at the next start too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pmo_tui.desk.views.saved_views import SavedView, as_view, write_whole


class LastLooks:
    """A view by list, for one officer and one store, in one small file. A file that says something else counts as none.

    `places` holds the row on which the cursor stood, as long as the program runs.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self.name = name
        self.places: dict[str, str] = {}
        self._views: dict[str, SavedView] | None = None

    def _all(self) -> dict[str, Any]:
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def names(self) -> set[str]:
        """Every officer and store of whom something is kept."""
        return set(self._all())

    def _mine(self) -> dict[str, SavedView]:
        if self._views is None:
            found = self._all().get(self.name)
            kept = found if isinstance(found, dict) else {}
            self._views = {of: view for of, each in kept.items() if (view := as_view(each)) is not None}
        return self._views

    def get(self, of: str) -> SavedView | None:
        """How the list `of` was left; None where it was left as it comes by itself."""
        return self._mine().get(of)

    def keep(self, of: str, view: SavedView | None) -> None:
        """Remember how the list `of` is looked at; None: as it comes by itself."""
        if self.get(of) == view:
            return
        views = self._mine()
        if view is None:
            del views[of]
        else:
            views[of] = view
        kept = {of: {"filter": each.filter, "sort": each.sort, "columns": each.columns, "group": each.group} for of, each in views.items()}  # fmt: skip
        write_whole(self.path, {**self._all(), self.name: kept})
