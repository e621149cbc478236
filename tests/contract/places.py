"""Where the contract opens its stores: one class a backend. A new backend is one class and one line in `PLACES`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from pmo_tui.store import Store, open_store
from pmo_tui.store.draft import Draft

Check = Callable[[Draft, list[str]], None]


def anything_goes(draft: Draft, keys: list[str]) -> None:
    """No rules beyond references."""


class Place(Protocol):
    """One location that holds one store, at first none."""

    location: str

    def open(
        self,
        author: str = "ann",
        *,
        login: str = "",
        read_only: bool = False,
        create: bool = True,
        check: Check = anything_goes,
    ) -> Store:
        """A session on the store here; it is closed with the place at the latest."""

    def close(self) -> None:
        """Close what was opened here, and take the store away."""


class Files:
    """A store in files, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.location = str(folder / "pmo.json")
        self._opened: list[Store] = []

    def open(
        self,
        author: str = "ann",
        *,
        login: str = "",
        read_only: bool = False,
        create: bool = True,
        check: Check = anything_goes,
    ) -> Store:
        store = open_store(self.location, author=author, login=login, read_only=read_only, create=create, check=check)
        self._opened.append(store)
        return store

    def close(self) -> None:
        while self._opened:
            self._opened.pop().close()


PLACES: dict[str, Callable[[Path], Place]] = {"embedded": Files}
