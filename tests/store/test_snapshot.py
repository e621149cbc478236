"""The snapshot is a file of stock TinyDB, and a file that diffs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tinydb import TinyDB, where

from pmo_tui.records.errors import Exit
from pmo_tui.store import Damaged, NotAStore, Store, open_store
from pmo_tui.store.draft import Draft
from tests.contract.writes import add, change, delete, state


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pmo.json"


@pytest.fixture
def store(path: Path) -> Store:
    """Three registers, with gaps in the numbers, written to the snapshot."""
    store = open_store(path, author="ann")

    def work(draft: Draft) -> None:
        for number in range(30):
            draft.add(
                "risks", {"title": f"Ünïcode “{number}”\n\x1b", "probability": number % 5, "extra": {"a": [1, None]}}
            )
        draft.add("projects", {"name": "p"})
        draft.add("people", {"name": "x"})

    store.transact(work)
    delete(store, "R-7", "PER-1")
    store.checkpoint()
    return store


def test_stock_tinydb_finds_every_document_under_its_number(path: Path, store: Store) -> None:
    kept = state(store)
    with TinyDB(path, encoding="utf-8") as stock:
        found = {
            document["key"]: (document.doc_id, dict(document))
            for name in stock.tables() - {"_meta"}
            for document in stock.table(name).all()
        }
        assert {key: document for key, (_, document) in found.items()} == kept
        assert all(key.endswith(f"-{number}") for key, (number, _) in found.items())
        assert len(kept) == 30
        high = where("probability") == 4
        assert [each.doc_id for each in stock.table("risks").search(high)] == [
            int(number) for number in store.shelf("risks").where("probability", 4)
        ]
        assert dict(stock.table("risks").get(doc_id=30) or {}) == store.get("R-30")
        assert stock.table("risks").get(doc_id=7) is None


def test_one_document_stands_on_one_line_in_order_and_a_change_changes_its_line(path: Path, store: Store) -> None:
    before = path.read_text(encoding="utf-8").splitlines()
    numbers = [int(line.split('"')[1]) for line in before if line.startswith('"') and '"key":"R-' in line]
    assert numbers == [number for number in range(1, 31) if number != 7]
    change(store, "R-12", title="new")
    store.checkpoint()
    after = path.read_text(encoding="utf-8").splitlines()
    different = [number for number, (one, other) in enumerate(zip(before, after, strict=True)) if one != other]
    assert len(different) == 2
    assert (different[0], '"key":"R-12"' in after[different[1]]) == (0, True)


def test_the_same_state_is_the_same_bytes(path: Path, store: Store, tmp_path: Path) -> None:
    """Whether it grew step by step, was loaded, or was replayed from the journal."""
    written = path.read_bytes()
    store.close()
    path.unlink()
    with open_store(path, author="bob") as again:
        again.checkpoint()
    replayed = path.read_bytes()
    assert replayed.splitlines()[1:] == written.splitlines()[1:]
    assert json.loads(replayed)["risks"] == json.loads(written)["risks"]


def test_what_stock_tinydb_wrote_into_it_is_noticed(path: Path, store: Store) -> None:
    store.close()
    with TinyDB(path, encoding="utf-8") as stock:
        stock.table("risks").update({"title": "from outside"}, doc_ids=[3])
    with pytest.raises(Damaged) as damaged:
        open_store(path, author="ann")
    assert damaged.value.file == str(path)
    assert damaged.value.code == Exit.STORE
    path.rename(path.with_name("aside.json"))
    with open_store(path, author="ann") as again:
        assert (again.get("R-3") or {})["title"].startswith("Ünïcode")


def test_every_byte_changed_is_noticed(memory: Path) -> None:
    path = memory / "pmo.json"
    with open_store(path, author="ann") as store:
        add(store, "risks", title="x", notes="é")
        add(store, "projects", name="p")
        store.checkpoint()
    good = path.read_bytes()
    flips = 0
    for offset in range(len(good)):
        for mask in (0x01, 0x80):
            path.write_bytes(good[:offset] + bytes([good[offset] ^ mask]) + good[offset + 1 :])
            with pytest.raises((Damaged, NotAStore)):
                open_store(path, author="ann", read_only=True)
            flips += 1
    for length in range(len(good)):
        path.write_bytes(good[:length])
        with pytest.raises((Damaged, NotAStore)):
            open_store(path, author="ann", read_only=True)
    print(f"snapshot: {flips} flips, {len(good)} cuts, none unnoticed")


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[1, 2]", b'{"_default": {"1": {"a": 1}}}', b"\x00" * 50, b"name,title\n"]
)
def test_another_file_is_no_store_and_stays_as_it_is(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for read_only in (True, False):
        with pytest.raises(NotAStore):
            open_store(path, author="ann", read_only=read_only)
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]
