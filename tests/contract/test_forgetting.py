"""Forgetting: personal values leave the whole history; what happened stays told, and holds together."""

from __future__ import annotations

from typing import Any

import pytest

from pmo_tui.records.errors import Conflict, NotFound, Refused, StoreTrouble
from pmo_tui.store import Draft, ReadOnly, Store, Transaction
from tests.contract.places import Place
from tests.contract.test_sessions import until
from tests.contract.writes import add, change, delete, state

PERSONAL = ("name", "email", "login")


@pytest.fixture
def told(store: Store, other: Store) -> Store:
    """Jan Vermeulen: imported, changed, worked as an author, mentioned, referred to."""

    def work(draft: Draft) -> None:
        for name in ("Jan Vermeulen", "Piet Peters"):
            draft.add("people", {"name": name, "email": f"{name[0].lower()}@example.org", "function": "engineer"})

    store.transact(work, kind="import", note="people.csv")
    change(
        store, "PER-1", email="jan.vermeulen@example.org", login="jverm", extra={"birthday": "1980-02-03", "desk": 4}
    )
    change(other, "PER-1", email="jv@example.org", function="lead")
    store.checkpoint()
    add(other, "risks", title="Ask Jan Vermeulen", owner="PER-1")
    change(other, "PER-1", extra={"birthday": "1980-02-04", "desk": 4})
    store.refresh()
    return store


def test_the_values_are_gone_and_the_rest_stays(told: Store) -> None:
    kept = state(told)
    head = told.head()
    done = told.forget("PER-1", PERSONAL, "asked for on 3 March")
    assert done.sequence == told.head() == head + 1
    assert told.get("PER-1") == {
        "key": "PER-1",
        "revision": head + 1,
        "name": "PER-1",
        "function": "lead",
        "extra": {"birthday": "1980-02-04", "desk": 4},
    }
    assert {key: value for key, value in state(told).items() if key != "PER-1"} == {
        key: value for key, value in kept.items() if key != "PER-1"
    }


def test_how_many_values_and_where_else_they_stand_is_told(told: Store) -> None:
    done = told.forget("PER-1", PERSONAL)
    assert done.values == 5
    assert done.mentioned == ("R-1",)


def everything(store: Store) -> str:
    """All that a store tells of now and then."""
    past = [state(store.at(sequence)) for sequence in range(store.head() + 1)]
    return repr([list(store.history()), past, state(store)])


def test_no_view_of_the_past_shows_them(place: Place, told: Store) -> None:
    change(told, "R-1", title="Ask the lead")
    told.forget("PER-1", (*PERSONAL, "birthday"))
    for store in (told, place.open("cas"), place.open("dan", read_only=True)):
        text = everything(store)
        assert "Jan Vermeulen" not in text.replace("Ask Jan Vermeulen", "")
        for value in ("jverm", "jv@example.org", "jan.vermeulen@", "1980-02"):
            assert value not in text
        assert text.count("'desk': 4") > 2
        assert "Piet Peters" in text


def test_the_history_still_tells_who_did_what_and_when(told: Store) -> None:
    before = [
        (line.sequence, line.time, line.author, line.kind, [op.key for op in line.ops]) for line in told.history()
    ]
    told.forget("PER-1", PERSONAL, "asked for")
    after = list(told.history())
    assert [
        (line.sequence, line.time, line.author, line.kind, [op.key for op in line.ops]) for line in after[:-1]
    ] == before
    last = after[-1]
    assert (last.kind, last.author, last.note, [op.key for op in last.ops]) == ("forget", "ann", "asked for", ["PER-1"])
    assert [line.sequence for line in told.history("PER-1")] == [1, 2, 3, 5, 6]


def test_verify_passes_and_says_what_was_removed_by_whom_and_after_which_sum(place: Place, told: Store) -> None:
    noted = told.head_sum()
    told.forget("PER-1", PERSONAL)
    add(told, "risks", title="after")
    found = told.verify()
    assert found.sequence == 7
    assert len(found.notices) == 1
    text = found.notices[0].words()
    assert all(word in text for word in ("PER-1", "name, email, login", "ann", noted))
    assert place.open("cas").verify().sum == found.sum
    with pytest.raises(StoreTrouble) as refused:
        told.verify(noted)
    assert noted in str(refused.value) + refused.value.hint.words()
    assert told.verify(told.head_sum()).noted == 7


def test_several_removals_are_all_told(told: Store) -> None:
    told.forget("PER-1", PERSONAL)
    told.checkpoint()
    told.forget("PER-2", PERSONAL)
    told.forget("PER-1", ["birthday"])
    assert [notice.values["key"] for notice in told.verify().notices] == ["PER-1", "PER-2", "PER-1"]
    assert "Piet" not in everything(told)
    assert "1980-02" not in everything(told)


def test_records_that_repeat_others_say_the_key_instead_and_are_named(place: Place, told: Store) -> None:
    page = 'Manager: Jan Vermeulen\\nrisks: "JAN\u00a0VERMEULEN" (jv@example.org), Piet Peters; remark: jvermx'
    add(told, "projects", name="p")
    add(
        told,
        "reports",
        project="P-1",
        period="2026-w10",
        content=page,
        comments=[{"dimension": "time", "text": "jverm"}],
    )
    add(
        told,
        "messages",
        to="PER-1",
        subject="s",
        on="2026-03-01",
        address="home@example.org",
        text="Dear Jan\nVermeulen",
    )
    change(told, "MSG-1", text=None, file="/out/2026-jan-vermeulen.eml")
    before = told.get("REP-1") or {}
    done = told.forget("PER-1", PERSONAL, repeating=("reports", "messages"), besides=("home@example.org",))
    assert (done.replaced, done.mentioned) == (("MSG-1", "REP-1"), ("R-1",))
    after = before | {
        "content": 'Manager: PER-1\\nrisks: "PER-1" (PER-1), Piet Peters; remark: jvermx',
        "comments": [{"dimension": "time", "text": "PER-1"}],
    }
    for store in (told, place.open("cas"), place.open("dan", read_only=True)):
        assert store.get("REP-1") == after
        letter = store.get("MSG-1") or {}
        assert (letter["address"], letter["file"]) == ("PER-1", "/out/2026-PER-1.eml")
        assert "ermeulen" not in everything(store).replace("Ask Jan Vermeulen", "")
        assert "Dear PER-1" in everything(store)
        assert store.verify().sequence == done.sequence


def test_an_author_who_is_forgotten_is_told_by_key(place: Place, told: Store) -> None:
    jan = place.open("Jan Vermeulen", login="jverm")
    add(jan, "risks", title="mine")
    jan.forget("PER-1", PERSONAL)
    lines = list(jan.history())
    assert (lines[-2].author, lines[-2].login) == (lines[-1].author, lines[-1].login) == ("PER-1", "PER-1")
    assert lines[0].author == "ann"


def test_a_deleted_record_is_forgotten_too_and_stays_deleted(told: Store) -> None:
    change(told, "R-1", owner=None, title="x")
    delete(told, "PER-1")
    told.forget("PER-1", PERSONAL)
    assert told.get("PER-1") is None
    assert "Vermeulen" not in everything(told).replace("Ask Jan Vermeulen", "")
    assert told.verify().documents == 2
    assert add(told, "people", name="new") == "PER-3"
    with pytest.raises(Conflict):
        told.undo(7)


def test_it_cannot_be_undone_nor_can_what_was_before_it_bring_the_values_back(told: Store) -> None:
    sequence = told.forget("PER-1", PERSONAL).sequence
    with pytest.raises(Conflict):
        told.undo(sequence)
    with pytest.raises(Conflict):
        told.undo(2)
    undone = told.undo(1)
    assert undone.skipped == ("PER-1",)
    assert "jverm" not in everything(told)


def test_writing_and_undoing_go_on(told: Store, other: Store) -> None:
    told.forget("PER-1", PERSONAL)
    change(told, "PER-1", name="Somebody")
    assert told.undo().undone == 7
    assert (told.get("PER-1") or {})["name"] == "PER-1"
    change(other, "PER-2", name="P. Peters")
    assert other.undo().undone == 9
    assert told.verify().sequence == 10


@pytest.mark.parametrize("how", ["listens", "refreshes", "writes", "only reads"])
def test_other_sessions_notice_and_hold_the_values_no_more(place: Place, told: Store, how: str) -> None:
    other = place.open("bob", read_only=how == "only reads")
    shelf = other.shelf("people")
    assert shelf.where("login", "jverm") == ["1"]
    heard: list[Transaction] = []
    if how == "listens":
        other.listen(heard.extend)
    add(told, "issues", title="before")
    told.forget("PER-1", PERSONAL)
    if how == "listens":
        assert until(lambda: len(heard) == 2)
        assert [line.kind for line in heard] == ["", "forget"]
    elif how == "writes":
        add(other, "risks", title="bob's")
    else:
        assert [line.sequence for line in other.refresh()] == [6, 7]
    assert shelf.where("login", "jverm") == []
    assert shelf["1"]["name"] == "PER-1"
    assert other.version("people") == 7
    assert "jverm" not in everything(other)
    told.refresh()
    assert state(other) == state(told)
    assert other.verify().sum == told.head_sum()


def test_a_session_that_was_away_for_two_of_them_notices(place: Place, told: Store, other: Store) -> None:
    told.forget("PER-1", PERSONAL)
    told.forget("PER-2", PERSONAL)
    add(told, "risks", title="x")
    assert [line.kind for line in other.refresh()] == ["forget", "forget", ""]
    assert state(other) == state(told)
    assert add(other, "risks", title="y") == "R-3"


@pytest.mark.parametrize(
    ("key", "fields", "error"),
    [
        ("PER-9", PERSONAL, NotFound),
        ("nonsense", PERSONAL, NotFound),
        ("PER-2", ["login"], NotFound),
        ("PER-2", ["nothing_of_the_kind"], NotFound),
        ("PER-1", ["key"], Refused),
        ("PER-1", ["revision"], Refused),
        ("PER-1", ["extra"], Refused),
        ("PER-1", [], NotFound),
    ],
)
def test_what_cannot_be_removed_is_refused_and_nothing_happens(
    told: Store, key: str, fields: list[str], error: type[Exception]
) -> None:
    before: Any = (told.head_sum(), state(told))
    with pytest.raises(error):
        told.forget(key, fields)
    assert (told.head_sum(), state(told)) == before


def test_a_field_that_is_needed_and_no_text_stays(told: Store) -> None:
    add(told, "absences", person="PER-1", start="2026-01-01", finish="2026-01-02")
    with pytest.raises(Refused):
        told.forget("ABS-1", ["person"])


def test_a_note_that_holds_what_is_removed_is_refused(told: Store) -> None:
    with pytest.raises(Refused):
        told.forget("PER-1", PERSONAL, "Jan Vermeulen asked for it")
    assert told.head() == 5


def test_who_only_reads_does_not_forget(place: Place, told: Store) -> None:
    with pytest.raises(ReadOnly):
        place.open("cas", read_only=True).forget("PER-1", PERSONAL)
