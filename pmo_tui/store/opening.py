"""Opening a store by its location."""

from __future__ import annotations

import os
from pathlib import Path

from pmo_tui.records.errors import NotFound, PmoError, StoreTrouble
from pmo_tui.records.marks import N_
from pmo_tui.store.errors import FULL
from pmo_tui.store.store import Check, Store, no_further_check


def open_store(
    location: str | Path,
    *,
    author: str,
    login: str = "",
    read_only: bool = False,
    create: bool = True,
    check: Check = no_further_check,
    cache: Path | None = None,
) -> Store:
    """Open the store at `location`, the path of its snapshot or the URL of a PostgreSQL database, or make a new one
    where there is none and `create` is set.

    `author` is whom changes are recorded under, `login` the account it was done from. Read only, no lock is needed
    and nothing is written. `check` stops transactions that break a rule, see `Store`. `cache` is a folder where a copy
    of what a server keeps may be left for the next start. NotFound where there is no store, NotAStore for another
    file, Damaged, StoreTrouble for what the system refuses.
    """
    if is_url(str(location)):
        from pmo_tui.store.postgres.opening import open_log

        log = open_log(str(location), author=author, login=login, read_only=read_only, create=create, cache=cache)
        try:
            return Store(log, author=author, login=login, check=check)
        except BaseException:
            log.close()
            raise
    path = Path(location).expanduser()
    try:
        return _open_files(path, author, login, read_only, create, check)
    except PmoError:
        raise
    except OSError as error:
        full = error.errno in FULL
        raise StoreTrouble(
            N_("The store {location} cannot be opened: {reason}."),
            N_("Make room, or open it with --read-only.")
            if full
            else N_("See who may read and write the folder and its files."),
            location=str(path),
            reason=error.strerror or str(error),
        ) from error


def is_url(location: str) -> bool:
    """Whether a location is a database on a server; StoreTrouble for a URL of another kind."""
    if "://" not in location:
        return False
    if location.startswith(("postgresql://", "postgres://")):
        return True
    scheme = location.partition("://")[0]
    raise StoreTrouble(
        N_("{scheme}:// cannot be opened: a store is a file, or a database at postgresql://…"), scheme=scheme
    )


def _open_files(path: Path, author: str, login: str, read_only: bool, create: bool, check: Check) -> Store:
    from pmo_tui.store.embedded.files import Names, refuse_network
    from pmo_tui.store.embedded.log import EmbeddedLog
    from pmo_tui.store.embedded.making import check_what_is_there, make

    names = Names(path)
    there = check_what_is_there(names)
    if not there and (read_only or not create):
        raise NotFound(
            N_("There is no store at {location}."),
            N_("Name one with --store, or start without --read-only."),
            location=str(path),
        )
    if not read_only:
        if create:
            os.makedirs(names.folder, exist_ok=True)
        refuse_network(names.folder)
    log = EmbeddedLog(path, author=author, login=login, read_only=read_only)
    try:
        if not there:
            make(log)
        return Store(log, author=author, login=login, check=check)
    except BaseException:
        log.close()
        raise
