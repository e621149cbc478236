"""The tables beside the journal: exactly what the journal gives, and open to other people's SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmo_tui.store import Damaged, Draft, Store
from pmo_tui.store.postgres.loading import with_nul
from tests.contract.writes import add, change, delete, state
from tests.store.postgres.conftest import Open, schema_of
from tests.store.postgres.server import PostgresServer, ask

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["\0", "\\u0000", "\ufdd0", "\ufdd0\ufdd2\0", "\\\0", '"', "\\", "é日\x1b"]
)
NUMBERS = (
    st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from([1e300, -0.0, 1e16])
)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
DOCUMENTS = st.dictionaries(st.sampled_from(["title", "status", "extra", "ünder", "z"]), VALUES, max_size=4)


def writing(documents: list[dict[str, Any] | None]) -> Callable[[Draft], None]:
    """Add or change the risks 1, 2 …, or delete one for None."""

    def work(draft: Draft) -> None:
        for number, document in enumerate(documents, 1):
            key = f"R-{number}"
            now = draft.get(key)
            if document is None:
                if now is not None:
                    draft.delete(key)
            elif now is None:
                draft.replace(key, document)
            else:
                draft.change(key, {**dict.fromkeys(now), **document, "key": key, "revision": draft.sequence})

    return work


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.lists(st.none() | DOCUMENTS, min_size=1, max_size=4), min_size=1, max_size=5))
def test_the_server_works_out_the_same_bytes(url: str, opened: Open, steps: list[list[dict[str, Any] | None]]) -> None:
    store = opened(url)
    for documents in steps:
        store.transact(writing(documents))
    rows = ask(f"SELECT number::text, raw::text FROM {schema_of(url)}.doc ORDER BY number")
    there = {number: with_nul(raw.encode()) for number, raw in rows}
    assert there == {number: bytes(raw) for number, raw in store.shelf("risks").raws()}
    anew = opened(url, cache="none")
    assert [bytes(raw) for _, raw in anew.shelf("risks").raws()] == [
        bytes(raw) for _, raw in store.shelf("risks").raws()
    ]
    assert anew.verify().sum == store.head_sum()
    store.close()
    anew.close()


def test_other_peoples_sql_reads_documents_and_history(url: str, opened: Open) -> None:
    store = opened(url)
    add(store, "projects", name="Bridge", budget="1000.00")
    add(store, "risks", title="Rain", project="P-1", probability=3, impact=4, extra={"phase": "build"})
    change(store, "R-1", impact=5)
    s = schema_of(url)
    (row,) = ask(
        f"""SELECT r.body->>'title', (r.body->>'impact')::int, p.body->>'name', (p.body->>'budget')::numeric
        FROM {s}.doc r JOIN {s}.doc p ON p.key = r.body->>'project' WHERE r.register = 'risks'
        AND r.body @> '{{"extra": {{"phase": "build"}}}}'"""
    )
    assert (row[0], row[1], row[2], str(row[3])) == ("Rain", 5, "Bridge", "1000.00")
    history = ask(f"SELECT seq, author, line->'ops'->0->'new' FROM {s}.change WHERE keys @> ARRAY['R-1'] ORDER BY seq")
    assert [(number, author) for number, author, _ in history] == [(2, "ann"), (3, "ann")]
    assert history[1][2] == {"impact": 5}


DAMAGES = {
    "a line": "UPDATE {s}.change SET line = replace(line::text, 'two', 'too')::json WHERE seq = 2",
    "a sum": "UPDATE {s}.change SET sum = repeat('0', 64) WHERE seq = 2",
    "a missing line": "DELETE FROM {s}.change WHERE seq = 2",
    "an author beside": "UPDATE {s}.change SET author = 'eve' WHERE seq = 2",
    "keys beside": "UPDATE {s}.change SET keys = '{{}}' WHERE seq = 2",
    "a time beside": "UPDATE {s}.change SET ts = ts + interval '1 day' WHERE seq = 2",
    "a document": "UPDATE {s}.doc SET raw = replace(raw::text, 'two', 'too')::json WHERE key = 'R-2'",
    "a missing document": "DELETE FROM {s}.doc WHERE key = 'R-2'",
    "a document too many": "INSERT INTO {s}.doc (key, register, number, revision, raw) VALUES ('R-9', 'risks', 9, 1, '{{}}')",
    "the last line": "DELETE FROM {s}.change WHERE seq = 3",
    "the head": "UPDATE {s}.head SET seq = 2",
    "the head's sum": "UPDATE {s}.head SET sum = repeat('0', 64)",
}


@pytest.fixture
def three(url: str, opened: Open) -> Store:
    store = opened(url)
    for title in ("one", "two", "three"):
        add(store, "risks", title=title)
    return store


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_was_changed_past_the_program_is_found(url: str, opened: Open, three: Store, damage: str) -> None:
    assert three.verify().sequence == 3
    ask(DAMAGES[damage].format(s=schema_of(url)))
    with pytest.raises(Damaged) as damaged:
        three.verify()
    assert damaged.value.file == three.location


@pytest.mark.parametrize("damage", ["a line", "a sum", "a missing line"])
def test_reading_back_does_not_pass_over_it(url: str, opened: Open, three: Store, damage: str) -> None:
    ask(DAMAGES[damage].format(s=schema_of(url)))
    for read in (lambda: list(three.history()), lambda: three.at(1), lambda: three.undo(2)):
        with pytest.raises(Damaged):
            read()


def test_a_reader_that_follows_refuses_it_too(url: str, opened: Open, three: Store) -> None:
    other = opened(url, "bob")
    add(three, "risks", title="four")
    ask(f"UPDATE {schema_of(url)}.change SET sum = repeat('0', 64) WHERE seq = 4")
    with pytest.raises(Damaged):
        other.refresh()
    assert other.head() == 3


def test_a_key_beyond_every_number_of_the_machine(url: str, opened: Open) -> None:
    store = opened(url)
    key = f"R-{10**25}"
    store.transact(lambda draft: draft.replace(key, {"title": "far"}))
    assert add(store, "risks", title="next") == f"R-{10**25 + 1}"
    assert state(opened(url, cache="none")) == state(store)
    delete(store, key)
    assert store.verify().documents == 1


def test_no_samples_are_kept_of_what_people_wrote(url: str, opened: Open, three: Store) -> None:
    ask(f"ANALYZE {schema_of(url)}.change; ANALYZE {schema_of(url)}.doc")
    found = ask("SELECT attname FROM pg_stats WHERE schemaname = %s AND tablename IN ('change', 'doc')", schema_of(url))
    assert not {"author", "login", "line", "raw", "body"} & {name for (name,) in found}


def test_what_was_forgotten_is_in_no_file_of_any_table(
    url: str, opened: Open, three: Store, postgres: PostgresServer
) -> None:
    name = f"Quirijn {schema_of(url)}"
    add(three, "people", name=name, email="q@example.org")
    change(three, "PER-1", function="x" * 5000)
    writer = opened(url, name)
    add(writer, "risks", title="mine")
    ask("CHECKPOINT")
    assert any(name.encode() in data for data in table_files(postgres))
    three.forget("PER-1", ["name", "email"])
    for table in ("change", "doc", "head", "register", "session"):
        assert name not in repr(ask(f"SELECT x::text FROM {schema_of(url)}.{table} x")), table
    ask("CHECKPOINT")
    assert not any(name.encode() in data for data in table_files(postgres))


def table_files(server: PostgresServer) -> Iterator[bytes]:
    """What the server keeps its tables in, without its write-ahead log."""
    for path in (server.data / "base").rglob("*"):
        with suppress(FileNotFoundError):
            if path.is_file():
                yield path.read_bytes()
