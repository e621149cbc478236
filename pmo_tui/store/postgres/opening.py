"""Opening a store on a server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pmo_tui.records.errors import StoreTrouble
from pmo_tui.records.marks import N_

if TYPE_CHECKING:
    from pmo_tui.store.postgres.log import PostgresLog


def open_log(
    url: str,
    *,
    author: str = "",
    login: str = "",
    read_only: bool = False,
    create: bool = False,
    cache: Path | None = None,
) -> PostgresLog:
    """The log at a URL; StoreTrouble where the driver is not installed or no server answers."""
    try:
        import psycopg as _driver  # noqa: F401  # whether it is there
    except ImportError as error:
        raise StoreTrouble(
            N_("A store on a server needs psycopg, which cannot be loaded: {reason}."),
            N_("./pmo extras postgres installs it, or pip install pmo_tui[postgres]."),
            reason=str(error),
        ) from error
    from pmo_tui.store.postgres.log import PostgresLog
    from pmo_tui.store.postgres.url import place_of

    place = place_of(url, read_only=read_only)
    return PostgresLog(place, author=author, login=login, read_only=read_only, create=create, cache=cache)
