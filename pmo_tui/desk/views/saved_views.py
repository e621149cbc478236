"""How a list may be looked at, under a name: filter, order, columns, grouping; the views that one officer keeps for himself."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from pmo_tui.desk.home.folders import private


class SavedView(Struct, frozen=True):
    """A filter, an order, columns and a grouping; "" or none of it is as the list has it by itself.

    `sort` is fields as on the command line (`-score,name`); `group` is one field, `-field` the other way round. A column is a field's
    name, `name:20` where it is to be so wide, `name:*` where it is as wide as what it holds.
    """

    filter: str = ""
    sort: str = ""
    columns: tuple[str, ...] = ()
    group: str = ""


def as_view(found: Any) -> SavedView | None:
    """A view read from a file; None where it is none. What is missing is as the list has it."""
    if not isinstance(found, Mapping):
        return None
    words = {name: found.get(name, "") for name in ("filter", "sort", "group")}
    columns = found.get("columns", ())
    if not all(isinstance(each, str) for each in words.values()) or not isinstance(columns, list | tuple):
        return None
    return SavedView(
        words["filter"], words["sort"], tuple(each for each in columns if isinstance(each, str)), words["group"]
    )


class SavedViews:
    """The views in one file, read when they are asked for: another session may have kept one meanwhile.

    A file that cannot be read counts as none and is put aside; what in it is no view is passed over.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def _read(self) -> dict[str, dict[str, SavedView]]:
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
            return {register: _views(kept) for register, kept in found.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, AttributeError, RecursionError):
            if self.path.exists():
                self.path.replace(self.path.with_suffix(".damaged"))
            return {}

    def names(self, register: str) -> dict[str, SavedView]:
        """The views of a list, in the order of their names."""
        return dict(sorted(self._read().get(register, {}).items()))

    def get(self, register: str, name: str) -> SavedView | None:
        """The view with that name."""
        return self._read().get(register, {}).get(name)

    def keep(self, register: str, view: SavedView, name: str) -> None:
        """Keep a view under a name, over one that has it."""
        views = self._read()
        views.setdefault(register, {})[name] = view
        self._write(views)

    def drop(self, register: str, name: str) -> bool:
        """Forget a view; whether there was one."""
        views = self._read()
        found = views.get(register, {}).pop(name, None)
        if found is not None:
            self._write(views)
        return found is not None

    def _write(self, views: Mapping[str, Mapping[str, SavedView]]) -> None:
        plain = {
            register: {name: structs.asdict(view) for name, view in found.items()} for register, found in views.items()
        }
        write_whole(self.path, plain)


def _views(kept: Any) -> dict[str, SavedView]:
    if not isinstance(kept, Mapping):
        return {}
    return {name: view for name, found in kept.items() if name and (view := as_view(found)) is not None}


def write_whole(path: Path, found: Any) -> None:
    """Write JSON into a file of the officer's own, whole or not at all."""
    handle, beside = tempfile.mkstemp(dir=private(path.parent), prefix=".new")
    with os.fdopen(handle, "w", encoding="utf-8", errors="surrogatepass") as stream:
        json.dump(found, stream, ensure_ascii=False, indent=1)
    os.replace(beside, path)
