"""Rights hold in the database itself: past the program a viewer writes nothing, and an officer changes nothing past."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import psycopg
import pytest

from pmo_tui.records.errors import NotFound, StoreTrouble
from pmo_tui.store import ReadOnly
from pmo_tui.store.lines import Line, OpLine, body_of, seal
from pmo_tui.store.postgres.errors import NoRight
from pmo_tui.store.postgres.opening import open_log
from pmo_tui.store.postgres.rights import grant
from tests.contract.writes import add, change
from tests.store.postgres.conftest import Open, schema_of
from tests.store.postgres.server import ask

_COUNT = itertools.count(1)


@pytest.fixture
def role(url: str) -> Iterator[str]:
    """The name of a database role that is not there yet."""
    name = f"somebody_{next(_COUNT)}"
    yield name
    if ask("SELECT 1 FROM pg_roles WHERE rolname = %s", name):
        ask(f"DROP OWNED BY {name}; DROP ROLE {name}")


def give(url: str, name: str, level: str) -> bool:
    log = open_log(url, read_only=True)
    try:
        return grant(log, name, level)
    finally:
        log.close()


def as_role(url: str, name: str) -> str:
    return url.replace("user=postgres", f"user={name}")


def for_libpq(url: str) -> str:
    return url.partition("&schema=")[0]


WRITES = (
    "INSERT INTO {s}.change SELECT seq + 1, ts, author, login, 'x', keys, line, sum FROM {s}.change ORDER BY seq DESC LIMIT 1",
    "UPDATE {s}.change SET author = 'nobody'",
    "DELETE FROM {s}.change",
    "TRUNCATE {s}.change",
    "UPDATE {s}.head SET seq = 0",
    "DELETE FROM {s}.head",
    "INSERT INTO {s}.doc (key, register, number, revision, raw) VALUES ('R-9', 'risks', 9, 1, '{{}}')",
    "UPDATE {s}.doc SET raw = '{{}}'",
    "DELETE FROM {s}.doc",
    "UPDATE {s}.register SET high = 0",
    "DELETE FROM {s}.session",
    "SELECT {s}.grant_level('postgres', 'admin')",
    "DROP TABLE {s}.change",
    "ALTER TABLE {s}.change DISABLE TRIGGER ALL",
    "DROP SCHEMA {s} CASCADE",
    "CREATE TABLE {s}.mine (x integer)",
    "CREATE OR REPLACE FUNCTION {s}.lock() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    "SELECT * FROM {s}.head FOR UPDATE",
)


def refused(url: str, name: str, statement: str) -> bool:
    """Whether the database itself refuses a statement of a role."""
    try:
        ask(statement.format(s=schema_of(url)), url=for_libpq(as_role(url, name)))
    except psycopg.errors.InsufficientPrivilege:
        return True
    return False


def test_a_viewer_reads_and_writes_nothing_with_the_program_or_past_it(url: str, role: str, opened: Open) -> None:
    store = opened(url)
    key = add(store, "risks", title="x")
    assert give(url, role, "viewer") is True
    viewer = opened(as_role(url, role), role)
    assert viewer.read_only
    assert [role in notice.words() for notice in viewer.notices] == [True]
    assert viewer.get(key) == store.get(key)
    assert viewer.verify().sequence == 1
    with pytest.raises(ReadOnly):
        add(viewer, "risks", title="y")
    assert [statement for statement in WRITES if not refused(url, role, statement)] == []
    for call in ("lock()", "append('{{}}', '', '{{}}')", "enter('a', 'b', 'c', 1)"):
        assert refused(url, role, f"SELECT {{s}}.{call}")
    assert store.verify().sequence == 1
    change(store, key, title="z")
    viewer.refresh()
    assert (viewer.get(key) or {})["title"] == "z"


def test_an_officer_commits_and_neither_changes_nor_deletes_what_was(url: str, role: str, opened: Open) -> None:
    store = opened(url)
    key = add(store, "risks", title="x")
    give(url, role, "officer")
    officer = opened(as_role(url, role), role)
    assert not officer.read_only
    assert change(officer, key, title="y") == 2
    assert officer.undo().sequence == 3
    assert [session.author for session in store.others()] == [role]
    assert [statement for statement in WRITES if not refused(url, role, statement)] == []
    with pytest.raises(NoRight):
        officer.forget(key, ["title"])
    with pytest.raises(NoRight):
        give(as_role(url, role), role, "admin")
    assert store.verify().sequence == 3


def forged(url: str, **changes: object) -> str:
    """A statement that appends a line of one's own making."""
    (found,) = ask(f"SELECT seq, sum, ts FROM {schema_of(url)}.head")
    number, before, time = found
    values = {
        "seq": number + 1, "ts": time, "author": "ann", "login": "ann", "tx": "00", "ops": [OpLine(key="R-1", new={"title": "f"}, old={}, was=1)],
    } | changes  # fmt: skip
    before = str(values.pop("before", before))
    line = Line(**values)
    text = "{" + body_of(line).decode()
    sum = str(changes.get("sum", seal(before, body_of(line))))
    return f"""SELECT {schema_of(url)}.append($x${text}$x$, '{sum}', '{{"R": "risks"}}')"""


@pytest.mark.parametrize(
    "changes",
    [
        {"seq": 1}, {"seq": 3}, {"before": "0" * 64}, {"ops": [OpLine(key="R-1", new={"title": "f"}, old={}, was=7)]},
        {"ops": [OpLine(key="R-2", new={"title": "f"}, old=None, was=1)]},
    ],
    ids=["an old number", "a gap", "another history", "another revision", "no such record"],
)  # fmt: skip
def test_not_even_a_line_that_does_not_follow(url: str, role: str, opened: Open, changes: dict[str, object]) -> None:
    store = opened(url)
    add(store, "risks", title="x")
    give(url, role, "officer")
    with pytest.raises(psycopg.Error) as error:
        ask(forged(url, **changes), url=for_libpq(as_role(url, role)))
    assert error.value.sqlstate == "PM001"
    assert store.verify().sequence == 1
    ask(forged(url), url=for_libpq(as_role(url, role)))
    assert store.verify().sequence == 2
    assert (store.get("R-1") or {})["title"] == "f"


def test_an_admin_forgets_and_gives_rights(url: str, role: str, opened: Open) -> None:
    store = opened(url)
    add(store, "people", name="Jan Vermeulen", email="jan@example.org")
    give(url, role, "admin")
    admin = opened(as_role(url, role), role)
    admin.forget("PER-1", ["name", "email"])
    store.refresh()
    assert (store.get("PER-1") or {}) == {"key": "PER-1", "revision": 2, "name": "PER-1"}
    other = f"{role}_b"
    ask(f"CREATE ROLE {other} LOGIN")
    try:
        assert give(as_role(url, role), other, "officer") is False
        add(opened(as_role(url, other), other), "risks", title="x")
        give(url, other, "none")
        with pytest.raises(NoRight):
            opened(as_role(url, other), other)
    finally:
        ask(f"DROP OWNED BY {other}; DROP ROLE {other}")


def test_a_level_takes_the_place_of_the_one_before(url: str, role: str, opened: Open) -> None:
    opened(url)
    for level, read_only in (("admin", False), ("viewer", True), ("officer", False)):
        give(url, role, level)
        assert opened(as_role(url, role), role).read_only is read_only
        assert refused(url, role, "TRUNCATE {s}.session") is (level != "admin")


def test_what_cannot_be_granted_is_said(url: str, role: str, opened: Open) -> None:
    with pytest.raises(NotFound):
        give(url, role, "viewer")
    opened(url)
    with pytest.raises(NotFound, match="postgres"):
        give(url, "postgres", "viewer")
    with pytest.raises(NotFound, match=role):
        give(url, role, "none")
    give(url, role, "admin")
    with pytest.raises(NotFound, match="may not make one"):
        give(as_role(url, role), f"{role}_never", "viewer")


def test_who_may_not_make_a_store_is_told_who_may(url: str, role: str, opened: Open) -> None:
    ask(f"CREATE ROLE {role} LOGIN")
    with pytest.raises(StoreTrouble, match="may not make one"):
        opened(as_role(url, role), role)
