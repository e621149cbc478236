"""How a session starts: from the documents on the server, or from the copy on its own machine and what is new."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from pmo_tui.records.errors import NotFound, StoreTrouble, WrongUse
from pmo_tui.store import NotAStore, Store, open_store
from pmo_tui.store.postgres import log as postgres_log
from tests.contract.writes import add, state
from tests.store.postgres.conftest import Open, schema_of
from tests.store.postgres.server import PostgresServer, ask, started


@pytest.fixture
def told(url: str, opened: Open) -> Store:
    """Three risks on a server, written from another machine."""
    store = opened(url, cache="elsewhere")
    for number in range(3):
        add(store, "risks", title=str(number))
    return store


def keep_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every session leave a copy."""
    monkeypatch.setattr(postgres_log, "CACHE_AFTER", 1)


def copies(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "cache" / "postgresql").glob("*"))


def spoil_documents(url: str) -> None:
    """Change the documents behind the journal, so that it shows who reads them."""
    ask(f"""UPDATE {schema_of(url)}.doc SET raw = replace(raw::text, '"title":"', '"title":"spoilt ')::json""")


def test_a_second_start_fetches_only_what_is_new(
    url: str, opened: Open, told: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_at_once(monkeypatch)
    opened(url).close()
    assert [path.suffix for path in copies(tmp_path)] == [".json"]
    assert [oct(path.stat().st_mode & 0o777) for path in copies(tmp_path)] == ["0o600"]
    add(told, "risks", title="new")
    spoil_documents(url)
    store = opened(url)
    assert [document["title"] for document in store.shelf("risks").values()] == ["0", "1", "2", "new"]
    assert state(store) == state(told)
    assert "spoilt" in repr(state(opened(url, cache="third")))


@pytest.mark.parametrize("damage", [b"", b"{", b"nothing of the kind\n"])
def test_a_damaged_copy_is_thrown_away_and_everything_fetched_anew(
    url: str, opened: Open, told: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes
) -> None:
    keep_at_once(monkeypatch)
    opened(url).close()
    (path,) = copies(tmp_path)
    path.write_bytes(damage or path.read_bytes().replace(b'"title":"1"', b'"title":"7"'))
    store = opened(url)
    assert state(store) == state(told)
    assert store.verify().sequence == 3
    store.close()
    assert [path.read_bytes()[:14] for path in copies(tmp_path)] == [b'{"_meta":{"1":']


def test_a_copy_of_values_that_were_forgotten_is_thrown_away(
    url: str, opened: Open, told: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_at_once(monkeypatch)
    add(told, "people", name="Jan Vermeulen")
    opened(url).close()
    running = opened(url, "bob", cache="bob")
    told.forget("PER-1", ["name"])
    store = opened(url)
    running.refresh()
    assert state(store) == state(running) == state(told)
    store.close()
    running.close()
    assert not any(b"Vermeulen" in path.read_bytes() for path in tmp_path.rglob("*.json"))


def test_a_server_that_went_back_is_told_and_what_was_read_is_kept(
    url: str, opened: Open, told: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_at_once(monkeypatch)
    opened(url).close()
    schema = schema_of(url)
    ask(f"DELETE FROM {schema}.change WHERE seq = 3; DELETE FROM {schema}.doc WHERE key = 'R-3'")
    ask(f"UPDATE {schema}.head SET seq = 2, sum = c.sum, ts = c.ts FROM {schema}.change c WHERE c.seq = 2")
    with pytest.raises(StoreTrouble, match="another history"):
        add(told, "risks", title="3")
    store = opened(url)
    (notice,) = store.notices
    assert "another history" in notice.words()
    assert sorted(state(store)) == ["R-1", "R-2"]
    (kept,) = (path for path in copies(tmp_path) if "until-3" in path.name)
    with open_store(kept, author="", read_only=True) as before:
        assert sorted(state(before)) == ["R-1", "R-2", "R-3"]


def test_a_machine_without_room_for_a_copy_does_without(
    url: str, told: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_at_once(monkeypatch)
    (tmp_path / "full").write_text("no folder")
    with open_store(url, author="ann", cache=tmp_path / "full") as store:
        assert len(store.shelf("risks")) == 3
    with open_store(url, author="ann") as store:
        assert len(store.shelf("risks")) == 3


def test_two_that_find_nothing_make_one_store(url: str, opened: Open) -> None:
    stores: list[Store] = []
    threads = [threading.Thread(target=lambda n=n: stores.append(opened(url, f"s{n}"))) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number, store in enumerate(stores):
        assert add(store, "risks", title="x") == f"R-{number + 1}"
    assert stores[0].verify().sequence == 4


def test_stores_in_one_database_know_nothing_of_each_other(url: str, opened: Open) -> None:
    other = f"{url}_other"
    one, two = opened(url), opened(other, "bob")
    try:
        add(one, "risks", title="x")
        assert two.refresh() == []
        assert one.others() == []
        assert two.head() == 0
    finally:
        two.close()
        ask(f"DROP SCHEMA {schema_of(other)} CASCADE")


@pytest.mark.parametrize(("column", "value"), [("layout", 99), ("schema", 99)])
def test_a_store_of_a_newer_program_is_refused(url: str, opened: Open, column: str, value: int) -> None:
    opened(url).close()
    ask(f"UPDATE {schema_of(url)}.head SET {column} = {value}")
    with pytest.raises(NotAStore, match="newer"):
        opened(url)


def test_a_database_in_another_encoding_is_refused(postgres: PostgresServer) -> None:
    ask("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    try:
        with pytest.raises(NotAStore, match="LATIN1"):
            open_store(postgres.url("latin"), author="ann")
    finally:
        ask("DROP DATABASE latin")


@pytest.mark.parametrize("schema", ["Pmo", "p-m", "pg_x", "x" * 50, 'a"b', "1a"])
def test_a_schema_that_cannot_be_is_wrong_use(postgres: PostgresServer, schema: str) -> None:
    with pytest.raises(WrongUse):
        open_store(postgres.url(schema=schema), author="ann")


@pytest.mark.parametrize("url", ["postgresql://ann:secret@h:x/db", "postgresql://ann:secret@h/db?bogus=1", "postgresql://ann:secret@[::1/db"])  # fmt: skip
def test_a_url_that_is_none_is_wrong_use_and_keeps_its_password(url: str) -> None:
    with pytest.raises((WrongUse, StoreTrouble)) as refused:
        open_store(url, author="ann")
    assert "secret" not in str(refused.value) + refused.value.hint.words()


def test_a_password_is_not_shown(postgres: PostgresServer, url: str, opened: Open) -> None:
    store = opened(url.replace("user=postgres", "user=postgres&password=secret"))
    assert store.location == f"postgresql://postgres@/postgres?host={postgres.folder}&schema={schema_of(url)}"


def test_several_hosts_lead_to_the_one_that_can_be_written(url: str, opened: Open, postgres: PostgresServer) -> None:
    only_reads = started(default_transaction_read_only="on")
    try:
        both = url.replace(str(postgres.folder), f"{only_reads.folder},{postgres.folder}")
        store = opened(both)
        assert add(store, "risks", title="x") == "R-1"
        assert len(opened(url, "bob").shelf("risks")) == 1
        with pytest.raises(NotFound):
            opened(only_reads.url())
    finally:
        only_reads.stop()


def test_where_the_server_only_reads_the_session_does_too_and_says_so(url: str, opened: Open) -> None:
    key = add(opened(url), "risks", title="x")
    options = "&options=-c%20default_transaction_read_only%3Don"
    store = opened(url.replace("&schema=", f"{options}&schema="), "bob")
    assert store.read_only
    assert (store.get(key) or {})["title"] == "x"
    assert ["only reads" in notice.words() for notice in store.notices] == [True]
