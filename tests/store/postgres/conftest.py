"""Places in a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pmo_tui.store import Store, open_store
from tests.store.postgres import server
from tests.store.postgres.server import PostgresServer


@pytest.fixture(scope="session")
def postgres() -> PostgresServer:
    """The server of this test process."""
    return server.shared()


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[str]:
    """Where there is no store yet."""
    found = server.new_url()
    yield found
    server.ask(f"DROP SCHEMA IF EXISTS {schema_of(found)} CASCADE")


def schema_of(url: str) -> str:
    """The schema that a URL names."""
    return url.rpartition("schema=")[2]


Open = Callable[..., Store]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Opens stores, which are closed after the test; what they keep on this machine is in `tmp_path/cache`."""
    stores: list[Store] = []

    def opening(url: str, author: str = "ann", cache: str = "cache", read_only: bool = False) -> Store:
        stores.append(open_store(url, author=author, login=author, read_only=read_only, cache=tmp_path / cache))
        return stores[-1]

    yield opening
    for store in stores:
        store.close()
