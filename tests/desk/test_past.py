"""The store as it was known then."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.past import Past, parse_moment
from pmo_tui.records.errors import WrongUse
from pmo_tui.store import ReadOnly, Store

NOW = datetime(2026, 11, 25, 15, 30).astimezone()
"""A Wednesday in week 48."""


def end_of(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 23, 59, 59, 999_999).astimezone()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("#120", 120), ("# 3", 3),
        ("2026-11-01", end_of(2026, 11, 1)), ("1-11-2026", end_of(2026, 11, 1)), ("1 nov", end_of(2026, 11, 1)),
        ("yesterday", end_of(2026, 11, 24)), ("gisteren", end_of(2026, 11, 24)), ("-3d", end_of(2026, 11, 22)),
        ("today", NOW), ("fri", end_of(2026, 11, 20)), ("vr", end_of(2026, 11, 20)), ("wed", NOW),
        ("31-12", end_of(2025, 12, 31)), ("24-11", end_of(2026, 11, 24)), ("25-11", NOW), ("26-11", end_of(2025, 11, 26)),
        ("w45", end_of(2026, 11, 8)), ("2026-w45", end_of(2026, 11, 8)), ("w50", end_of(2025, 12, 14)), ("w48", NOW),
        ("fri w47", end_of(2026, 11, 20)), ("2026-w45-2", end_of(2026, 11, 3)),
        ("oct", end_of(2026, 10, 31)), ("dec", end_of(2025, 12, 31)), ("2026-10", end_of(2026, 10, 31)),
        ("q3", end_of(2026, 9, 30)), ("2025", end_of(2025, 12, 31)), ("2026", NOW), ("last month", end_of(2026, 10, 31)),
        ("last week", end_of(2026, 11, 22)),
        ("2026-11-01 14:00", datetime(2026, 11, 1, 14).astimezone()),
        ("2026-11-01T14:00:05", datetime(2026, 11, 1, 14, 0, 5).astimezone()),
        ("fri 9:15", datetime(2026, 11, 20, 9, 15).astimezone()), ("14:00", datetime(2026, 11, 25, 14).astimezone()),
        ("oct 9:00", datetime(2026, 10, 31, 9).astimezone()),
        ("2026-11-01T14:00:00.5+00:00", datetime.fromisoformat("2026-11-01T14:00:00.5+00:00")),
    ],
)  # fmt: skip
def test_moments_as_people_type_them(text: str, moment: object) -> None:
    assert parse_moment(text, NOW) == moment


@pytest.mark.parametrize(
    "text", ["tomorrow", "+2w", "2026-12-01", "next week", "16:00", "eom", "2027", "2099-01-01 10:00", "next month"]
)
def test_what_lies_ahead_is_refused(text: str) -> None:
    with pytest.raises(WrongUse, match="lies ahead"):
        parse_moment(text, NOW)


@pytest.mark.parametrize(
    "text", ["", "soon", "30-2-2026", "25:00", "2026-11-01 9:75", "#", "#x", "14:00 fri", "-", "w99"]
)
def test_what_is_no_moment_says_how_one_is_written(text: str) -> None:
    with pytest.raises(WrongUse) as raised:
        parse_moment(text, NOW)
    assert "yesterday, fri, w45 or #120" in raised.value.hint.words()


@pytest.fixture
def then(desk: Desk) -> Past:
    desk.add("projects", {"name": "Sewer", "budget": "100"})
    desk.set(["P-1"], {"budget": "200"})
    desk.add("risks", {"title": "Flood", "project": "P-1"})
    desk.set(["P-1"], {"name": "Dike"})
    desk.delete(["R-1"])
    return Past(desk.store, 3)


def test_everything_is_as_it_was(then: Past, desk: Desk) -> None:
    past = Desk(then, desk.folders, today=lambda: date(2026, 1, 1))
    assert [past.values(key)["name"] for key in past.view("projects").keys] == ["Sewer"]
    assert past.values("P-1", ["budget", "revision"]) == {"budget": 200, "revision": 2}
    assert past.view("risks").keys == ["R-1"]
    assert past.find("sewer") == "P-1"
    assert [event.sequence for event in past.history()] == [3, 2, 1]
    assert [event.sequence for event in past.history("P-1")] == [2, 1]
    assert (then.head(), then.version("projects"), then.get("P-9")) == (3, 3, None)
    assert [line.sequence for line in then.since(1)] == [2, 3]
    assert then.verify().sequence == 5
    assert then.day() == date.today()
    desk.set(["P-1"], {"budget": "300"})
    assert past.values("P-1", ["budget"]) == {"budget": 200}


def test_nothing_is_written_into_the_past(then: Past, desk: Desk) -> None:
    past = Desk(then, desk.folders)
    for write in (
        lambda: past.add("risks", {"title": "x"}),
        lambda: past.set(["P-1"], {"budget": "1"}),
        lambda: past.delete(["R-1"]),
        lambda: past.undo(),
        lambda: past.redo(),
        then.checkpoint,
    ):
        with pytest.raises(ReadOnly):
            write()
    with pytest.raises(WrongUse):
        then.backup("elsewhere.json")
    assert desk.store.head() == 5


def test_a_past_answers_for_everything_that_a_store_does() -> None:
    public = {name for name in vars(Store) if not name.startswith("_")}
    assert public <= set(vars(Past))


def test_a_moment_without_transactions_is_the_beginning(then: Past, desk: Desk) -> None:
    before = Past(desk.store, datetime.now().astimezone() - timedelta(days=1))
    assert (before.head(), list(before.shelf("projects")), list(before.history())) == (0, [], [])
    with pytest.raises(WrongUse, match="no transaction 99"):
        Past(desk.store, 99)
