"""Where the contract opens its stores: one class a backend. A new backend is one class and one line in `PLACES`."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from pmo_tui.store import Store, open_store
from pmo_tui.store.draft import Draft

Check = Callable[[Draft, list[str]], None]


MEMORY = Path("/dev/shm")


def quick_folder() -> Path:
    """A new folder, in memory where there is one: a flush costs nothing there."""
    return Path(tempfile.mkdtemp(prefix="pmo-test-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None))


def anything_goes(draft: Draft, keys: list[str]) -> None:
    """No rules beyond references."""


class Place(Protocol):
    """One location that holds one store, at first none."""

    location: str
    examples: int
    """How many examples a property is tried with: fewer where each step takes longer."""

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

    examples = 100

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


class Server:
    """A store in PostgreSQL, in a schema of its own."""

    examples = 20

    def __init__(self, folder: Path) -> None:
        from tests.store.postgres import server

        self.location = server.new_url()
        self._folder = folder
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
        store = open_store(
            self.location,
            author=author,
            login=login,
            read_only=read_only,
            create=create,
            check=check,
            cache=self._folder / author,
        )
        self._opened.append(store)
        return store

    def close(self) -> None:
        from tests.store.postgres import server

        while self._opened:
            self._opened.pop().close()
        server.ask(f"DROP SCHEMA IF EXISTS {self.location.rpartition('=')[2]} CASCADE")


PLACES: dict[str, Callable[[Path], Place]] = {"embedded": Files, "postgresql": Server}
