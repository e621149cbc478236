"""Spans of days as people type them; both ends belong to them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.wording import languages
from pmo_tui.wording.dates import DateRange, parse_range
from pmo_tui.wording.not_understood import NotUnderstood
from pmo_tui.wording.safe import safe

MONDAY = date(2026, 11, 23)
NEAR_NOW = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "start", "finish"),
    [
        ("w02-w07", "2027-01-11", "2027-02-21"), ("w2-7", "2027-01-11", "2027-02-21"), ("2027-w02-w07", "2027-01-11", "2027-02-21"),
        ("2026-w50-2027-w03", "2026-12-07", "2027-01-24"), ("w50-w03", "2026-12-07", "2027-01-24"),
        ("w50 t/m w03", "2026-12-07", "2027-01-24"), ("w48 - w50", "2026-11-23", "2026-12-13"), ("w53-w02", "2026-12-28", "2027-01-17"),
        ("w48", "2026-11-23", "2026-11-29"), ("wk47", "2027-11-22", "2027-11-28"), ("2027-w02", "2027-01-11", "2027-01-17"),
        ("2027-w02-5", "2027-01-15", "2027-01-15"), ("2027-w2-5", "2027-01-15", "2027-01-15"),
        ("jan", "2027-01-01", "2027-01-31"), ("nov", "2026-11-01", "2026-11-30"), ("feb 2028", "2028-02-01", "2028-02-29"),
        ("maart", "2027-03-01", "2027-03-31"), ("2027-01", "2027-01-01", "2027-01-31"), ("1/2027", "2027-01-01", "2027-01-31"),
        ("jan-mar", "2027-01-01", "2027-03-31"), ("okt-dec", "2026-10-01", "2026-12-31"), ("nov..feb", "2026-11-01", "2027-02-28"),
        ("q1", "2027-01-01", "2027-03-31"), ("Q4", "2026-10-01", "2026-12-31"), ("2027-q1", "2027-01-01", "2027-03-31"),
        ("q1 2027", "2027-01-01", "2027-03-31"), ("k1", "2027-01-01", "2027-03-31"), ("h2", "2026-07-01", "2026-12-31"),
        ("2026", "2026-01-01", "2026-12-31"), ("2026-2028", "2026-01-01", "2028-12-31"),
        ("2026-01-01..2026-03-31", "2026-01-01", "2026-03-31"), ("1 jan - 31 mar", "2027-01-01", "2027-03-31"),
        ("1-11..28-2", "2026-11-01", "2027-02-28"), ("1-12..5-12", "2026-12-01", "2026-12-05"), ("1-6…31-12", "2026-06-01", "2026-12-31"),
        ("today..+2w", "2026-11-23", "2026-12-07"), ("mon to fri", "2026-11-23", "2026-11-27"), ("wed..mon", "2026-11-25", "2026-11-30"),
        ("this week", "2026-11-23", "2026-11-29"), ("next month", "2026-12-01", "2026-12-31"), ("volgende maand", "2026-12-01", "2026-12-31"),
        ("vorig jaar", "2025-01-01", "2025-12-31"), ("last quarter", "2026-07-01", "2026-09-30"), ("deze week", "2026-11-23", "2026-11-29"),
        ("today..in 3 weeks", "2026-11-23", "2026-12-14"), ("next monday to volgende vrijdag", "2026-11-30", "2026-12-04"),
        ("vandaag t/m eind volgende maand", "2026-11-23", "2026-12-31"), ("over 3 weken", "2026-12-14", "2026-12-14"),
        ("fri", "2026-11-27", "2026-11-27"), ("31-12", "2026-12-31", "2026-12-31"), ("eom", "2026-11-30", "2026-11-30"),
    ],
)  # fmt: skip
def test_is_understood_in_either_language(text: str, start: str, finish: str) -> None:
    expected = DateRange(date.fromisoformat(start), date.fromisoformat(finish))
    assert parse_range(text, MONDAY) == expected
    languages.use("nl")
    assert parse_range(text, MONDAY) == expected


@pytest.mark.parametrize(
    ("text", "today", "start"),
    [
        ("w02-w07", date(2026, 1, 20), date(2026, 1, 5)),
        ("w50-w03", date(2027, 1, 12), date(2026, 12, 7)),
        ("dec..feb", date(2027, 3, 2), date(2027, 12, 1)),
        ("dec..feb", date(2027, 2, 2), date(2026, 12, 1)),
        ("jan-mar", date(2026, 2, 14), date(2026, 1, 1)),
    ],
)
def test_the_span_under_way_goes_before_the_next(text: str, today: date, start: date) -> None:
    assert parse_range(text, today).start == start


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026-05-01..2026-04-01", "ends (2026-04-01) before it starts (2026-05-01)"),
        ("2027-w07-2026-w02", "before it starts"),
        ("w54", "no week 54"),
        ("2027-w53..2027-w53", "2027 has 52 weeks"),
        ("1-2..30-2", "does not exist"),
        ("q5", "write it as w02-w07"),
        ("h3", "write it as w02-w07"),
        ("2026-13", "write it as w02-w07"),
        ("q1 2026 2027", "write it as w02-w07"),
        ("9999", "the year 9999"),
        ("..", "write it as w02-w07"),
        ("a..b", "write it as w02-w07"),
        ("1..2..3", "write it as w02-w07"),
        ("", "write it as w02-w07"),
    ],
)
def test_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        parse_range(text, MONDAY)
    assert reason in str(caught.value)
    assert any(f"“{piece}”" in str(caught.value) for piece in (text, text.split("..")[-1]))


@given(NEAR_NOW, st.integers(1, 52), st.integers(1, 52))
def test_weeks_are_whole_in_order_and_not_over(today: date, first: int, last: int) -> None:
    start, finish = parse_range(f"w{first}-w{last}", today)
    assert (start.isocalendar().week, finish.isocalendar().week) == (first, last)
    assert (start.isoweekday(), finish.isoweekday()) == (1, 7)
    assert start <= finish
    assert finish >= today
    assert finish - start < timedelta(weeks=53)


@given(NEAR_NOW, NEAR_NOW, NEAR_NOW)
def test_two_written_dates_are_taken_as_they_are(today: date, one: date, other: date) -> None:
    start, finish = sorted((one, other))
    assert parse_range(f"{start}..{finish}", today) == (start, finish)


@given(st.text() | st.from_regex(r"[0-9wqmand/. -]{1,20}", fullmatch=True), NEAR_NOW)
def test_anything_else_is_refused_in_one_way(text: str, today: date) -> None:
    said = ""
    try:
        start, finish = parse_range(text, today)
        assert start <= finish
    except NotUnderstood as error:
        said = str(error)
    assert said == safe(said)
