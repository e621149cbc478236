"""Who may do what in a store on a server: rights of the database itself, so that they hold past this program too."""

from __future__ import annotations

import psycopg
from psycopg import Connection, sql

from pmo_tui.records.errors import NotFound
from pmo_tui.records.marks import N_
from pmo_tui.store.postgres.log import PostgresLog

VIEWER, OFFICER, ADMIN, NONE = "viewer", "officer", "admin", "none"
LEVELS = (VIEWER, OFFICER, ADMIN, NONE)
"""A viewer reads. An officer also commits, and cannot change what was committed. An admin also gives rights, takes
values out of the history and fills an empty store. None takes all of it away."""


def grant(log: PostgresLog, name: str, level: str) -> bool:
    """Give a database role the rights of a level, in place of those it had; whether the role was made for that.

    NotFound where there is no such role and the caller may make none, NoRight where the caller is no admin.
    """
    with log.server.connection() as connection:
        try:
            with connection.transaction():
                made = level != NONE and _make_role(connection, log.location, name)
                connection.execute(log.place.sql("SELECT {s}.grant_level(%s, %s)"), (name, level))
        except psycopg.Error as error:
            raise log.server.translated(connection, error) from error
    return made


def _make_role(connection: Connection, location: str, name: str) -> bool:
    if connection.execute("SELECT FROM pg_roles WHERE rolname = %s", (name,)).fetchone() is not None:
        return False
    try:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(name)))
    except psycopg.errors.InsufficientPrivilege:
        raise NotFound(
            N_("There is no database role {name} at {location}, and {role} may not make one."),
            N_("The administrator of the server makes it: CREATE ROLE … LOGIN."),
            name=name,
            location=location,
            role=connection.info.user,
        ) from None
    return True
