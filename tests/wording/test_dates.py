"""Days as people type them and as they are shown. 23 November 2026 is a Monday, in week 48 of a year of 53 weeks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.wording import languages
from pmo_tui.wording.dates import parse_date, parse_timestamp_date
from pmo_tui.wording.languages import LANGUAGES
from pmo_tui.wording.not_understood import NotUnderstood
from pmo_tui.wording.safe import safe
from pmo_tui.wording.shown_days import format_date
from pmo_tui.wording.weeks import weeks_in

MONDAY = date(2026, 11, 23)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
NEAR_NOW = st.dates(date(2000, 1, 1), date(2099, 12, 31))
LANGUAGE = st.sampled_from(["en", "nl"])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-31", "2026-12-31"), ("2026/12/31", "2026-12-31"), ("2026-1-5", "2026-01-05"), ("20261231", "2026-12-31"),
        ("31-12", "2026-12-31"), ("31-12-2026", "2026-12-31"), ("31/12/26", "2026-12-31"), ("31.12.", "2026-12-31"),
        ("5/02/2016", "2016-02-05"), ("31 dec", "2026-12-31"), ("31dec", "2026-12-31"), ("31-dec-2026", "2026-12-31"),
        ("31 december 2026", "2026-12-31"), ("DEC 31", "2026-12-31"), ("Dec 31, 2026", "2026-12-31"), ("31st dec", "2026-12-31"),
        ("15 mrt.", "2027-03-15"), ("1 mei", "2027-05-01"), ("1 jul", "2026-07-01"), ("3 okt 27", "2027-10-03"),
        ("31 mei 99", "1999-05-31"), ("31 mei 68", "2068-05-31"),
        ("mon", "2026-11-23"), ("fri", "2026-11-27"), ("vr", "2026-11-27"), ("Friday", "2026-11-27"), ("vrijdag", "2026-11-27"),
        ("zo", "2026-11-29"), ("thurs", "2026-11-26"),
        ("today", "2026-11-23"), ("vandaag", "2026-11-23"), ("tomorrow", "2026-11-24"), ("morgen", "2026-11-24"),
        ("yesterday", "2026-11-22"), ("gisteren", "2026-11-22"),
        ("+2w", "2026-12-07"), ("+2 weken", "2026-12-07"), ("-3d", "2026-11-20"), ("+1mo", "2026-12-23"), ("+1q", "2027-02-23"),
        ("+1y", "2027-11-23"), ("+1j", "2027-11-23"),
        ("eom", "2026-11-30"), ("eoq", "2026-12-31"), ("eoy", "2026-12-31"), ("som", "2026-11-01"), ("soq", "2026-10-01"),
        ("soy", "2026-01-01"), ("eind maand", "2026-11-30"),
        ("w48", "2026-11-23"), ("wk 48", "2026-11-23"), ("week 48", "2026-11-23"), ("w47", "2027-11-22"), ("w1", "2027-01-04"),
        ("w53", "2026-12-28"), ("2027-w02", "2027-01-11"), ("2027w02", "2027-01-11"), ("w02 2027", "2027-01-11"),
        ("2027-W02-5", "2027-01-15"), ("2027W025", "2027-01-15"), ("2027-w2-7", "2027-01-17"), ("fri w48", "2026-11-27"), ("w50 vr", "2026-12-11"),
        ("in 3 weeks", "2026-12-14"), ("over 3 weken", "2026-12-14"), ("in 10 days", "2026-12-03"), ("over 10 dagen", "2026-12-03"),
        ("In  two weeks", "2026-12-07"), ("over twee weken", "2026-12-07"), ("over een maand", "2026-12-23"), ("in a year", "2027-11-23"),
        ("next monday", "2026-11-30"), ("volgende maandag", "2026-11-30"), ("next sun", "2026-12-06"), ("this friday", "2026-11-27"),
        ("last fri", "2026-11-20"), ("vorige vrijdag", "2026-11-20"), ("volgende week vrijdag", "2026-12-04"), ("fri next week", "2026-12-04"),
        ("komende maandag", "2026-11-30"), ("aanstaande vrijdag", "2026-11-27"), ("afgelopen maandag", "2026-11-16"),
        ("end of next month", "2026-12-31"), ("eind volgende maand", "2026-12-31"), ("the start of next quarter", "2027-01-01"),
        ("begin volgend jaar", "2027-01-01"), ("end of last month", "2026-10-31"), ("einde van de maand", "2026-11-30"),
        ("end of next week", "2026-12-04"), ("eind van de week", "2026-11-27"), ("begin volgende week", "2026-11-30"), ("end of year", "2026-12-31"),
        ("begin januari", "2027-01-01"), ("eind oktober", "2026-10-31"), ("end of february 2028", "2028-02-29"), ("eind q1", "2027-03-31"),
        ("begin k4 2027", "2027-10-01"), ("eind 2026", "2026-12-31"),
        ("Mon 23 Nov 2026", "2026-11-23"), ("ma 23-11", "2026-11-23"),
    ],
)  # fmt: skip
def test_is_understood_in_either_language(text: str, day: str) -> None:
    assert parse_date(text, MONDAY).isoformat() == day
    languages.use("nl")
    assert parse_date(text, MONDAY).isoformat() == day


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("30-2", "February has the days 1 to 29"),
        ("30 februari 2028", "February has the days 1 to 29"),
        ("2026-02-29", "February 2026 has 28 days"),
        ("31/02/2027", "February 2027 has 28 days"),
        ("29-2", "name the year"),
        ("31-4", "April has the days 1 to 30"),
        ("0-12", "December has the days 1 to 31"),
        ("5/13/2016", "If the month stands first, write 13-5-2016"),
        ("2026-13-45", "no month 13"),
        ("31-12-0226", "the year 226"),
        ("+99999d", "the year 2300"),
        ("+99999y", "too far away"),
        ("2027-w53", "2027 has 52 weeks; a week 53 is in 2026, 2032"),
        ("w54", "no week 54"),
        ("w0", "no week 0"),
        ("31 decembr", "was it december"),
        ("Tue 23 Nov 2026", "2026-11-23 is a Monday"),
        ("2026", "write it as 2026-12-31"),
        ("w02-w07", "write it as 2026-12-31"),
        ("42515", "write it as 2026-12-31"),
        ("soon", "write it as 2026-12-31"),
        ("+2x", "write it as 2026-12-31"),
        ("over 3 weeks", "write it as 2026-12-31"),
        ("in 3 m", "write it as 2026-12-31"),
        ("end of next", "write it as 2026-12-31"),
        ("in 99999 days", "the year 2300"),
        ("in 99999 jaar", "too far away"),
        ("eind 1500", "the year 1500"),
        ("", "write it as 2026-12-31"),
        ("9" * 500, "write it as 2026-12-31"),
    ],
)
def test_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        parse_date(text, MONDAY)
    assert reason in str(caught.value)
    assert text[:30] in str(caught.value)


def test_a_week_53_is_that_of_this_year_or_none() -> None:
    assert parse_date("w53", date(2032, 5, 1)) == date(2032, 12, 27)
    with pytest.raises(NotUnderstood, match="2027 has 52 weeks"):
        parse_date("w53", date(2027, 5, 1))


def test_years_of_53_weeks() -> None:
    assert [year for year in range(2024, 2046) if weeks_in(year) == 53] == [2026, 2032, 2037, 2043]


@given(NEAR_NOW, st.integers(1, 52))
def test_a_week_typed_is_the_first_that_is_not_over(today: date, week: int) -> None:
    monday = parse_date(f"w{week}", today)
    assert (monday.isocalendar().week, monday.isoweekday()) == (week, 1)
    assert today - timedelta(days=6) <= monday < today + timedelta(weeks=53)


@given(NEAR_NOW, st.sampled_from(["mon", "di", "wednesday", "do", "fri", "za", "zondag"]))
def test_a_weekday_is_the_next_one_today_included(today: date, name: str) -> None:
    day = parse_date(name, today)
    assert timedelta() <= day - today < timedelta(days=7)
    assert parse_date(f"{name} {day.day}-{day.month}-{day.year}", today) == day


@given(NEAR_NOW, st.dates(date(2023, 1, 1), date(2023, 12, 31)))
def test_without_a_year_the_nearest_day_is_meant(today: date, of_a_common_year: date) -> None:
    day = parse_date(f"{of_a_common_year.day}-{of_a_common_year.month}", today)
    others = [of_a_common_year.replace(year=today.year + turn) for turn in (-1, 0, 1)]
    assert abs(day - today) == min(abs(other - today) for other in others)


@given(NEAR_NOW, st.integers(-60, 60))
def test_months_from_a_months_end_stay_in_the_month_meant(today: date, months: int) -> None:
    day = parse_date(f"{months:+}mo", today)
    assert (day.year * 12 + day.month) - (today.year * 12 + today.month) == months
    assert day.day == today.day or (day.day < today.day and (day + timedelta(days=1)).day == 1)


@given(NEAR_NOW, st.sampled_from(["mon", "di", "wednesday", "do", "fri", "za", "zondag"]))
def test_a_weekday_of_the_next_week_is_in_the_week_after_that_of_today(today: date, name: str) -> None:
    monday = today - timedelta(days=today.weekday())
    for turn, weeks in (("next", 1), ("volgende", 1), ("this", 0), ("deze", 0), ("last", -1), ("vorige", -1)):
        day = parse_date(f"{turn} {name}", today)
        assert day - timedelta(days=day.weekday()) == monday + timedelta(weeks=weeks)
        assert parse_date(f"{name} {turn} week", today) == parse_date(f"{turn} week {name}", today) == day
        assert day.isoweekday() == parse_date(name, today).isoweekday()
    assert timedelta(days=1) <= parse_date(f"komende {name}", today) - today <= timedelta(days=7)
    assert timedelta(days=1) <= today - parse_date(f"afgelopen {name}", today) <= timedelta(days=7)


UNITS = [
    ("days", "dagen", "d"),
    ("weeks", "weken", "w"),
    ("months", "maanden", "mo"),
    ("quarters", "kwartalen", "q"),
    ("years", "jaar", "y"),
]


@given(NEAR_NOW, st.integers(0, 90), st.sampled_from(UNITS), LANGUAGE)
def test_in_so_long_is_as_long_from_today(today: date, count: int, units: tuple[str, str, str], code: str) -> None:
    english, dutch, short = units
    languages.use(code)
    day = parse_date(f"+{count}{short}", today)
    assert parse_date(f"in {count} {english}", today) == parse_date(f"over {count} {dutch}", today) == day


@given(NEAR_NOW, st.sampled_from(["month", "quarter", "year"]))
def test_the_end_of_the_next_is_the_day_before_the_start_of_the_one_after(today: date, span: str) -> None:
    dutch = {"month": "maand", "quarter": "kwartaal", "year": "jaar"}[span]
    end = parse_date(f"end of next {span}", today)
    start = parse_date(f"start of next {span}", today)
    assert parse_date(f"end of this {span}", today) + timedelta(days=1) == start <= end
    assert parse_date(f"start of next {span}", start) == end + timedelta(days=1)
    assert parse_date(f"eind volgend {dutch}", today) == end == parse_date(f"einde van het volgende {dutch}", today)


@given(DAYS, NEAR_NOW, LANGUAGE, LANGUAGE)
def test_what_is_shown_is_read_back_whatever_the_language(day: date, today: date, shown_in: str, read_in: str) -> None:
    languages.use(shown_in)
    shown = [format_date(day), format_date(day, "long"), format_date(day, "long").partition(" ")[2]]
    languages.use(read_in)
    assert [parse_date(text, today) for text in shown] == [day] * 3


@given(NEAR_NOW, st.integers(-180, 180), LANGUAGE)
def test_short_forms_are_read_back_near_today(today: date, away: int, code: str) -> None:
    languages.use(code)
    day = today + timedelta(days=away)
    if (day.month, day.day) != (2, 29):
        assert parse_date(format_date(day, "short"), today) == day
    if away >= 0:
        assert parse_date(format_date(day, "week"), today) == day - timedelta(days=day.weekday())


@given(DAYS)
def test_an_iso_week_date_is_read_back(day: date) -> None:
    year, week, weekday = day.isocalendar()
    if year >= 1900:
        assert parse_date(f"{year}-w{week:02}-{weekday}", MONDAY) == day


@given(st.text() | st.from_regex(r"[0-9wkmand/. -]{1,14}", fullmatch=True), NEAR_NOW)
def test_anything_else_is_refused_in_one_way(text: str, today: date) -> None:
    said = ""
    try:
        assert 1900 <= parse_date(text, today).year <= 2199
    except NotUnderstood as error:
        said = str(error)
    assert said == safe(said)


def test_is_shown_in_both_languages() -> None:
    forms = [format_date(MONDAY, form) for form in ("iso", "short", "long", "week")]
    assert forms == ["2026-11-23", "23 Nov", "Mon 23 Nov 2026", "w48"]
    languages.use("nl")
    forms = [format_date(MONDAY, form) for form in ("iso", "short", "long", "week")]
    assert forms == ["2026-11-23", "23 nov", "ma 23 nov 2026", "wk48"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_name_of_a_day_and_a_month_is_understood(code: str) -> None:
    language = LANGUAGES[code]
    for number in range(7):
        for name in (language.weekdays[number], language.weekdays_short[number]):
            assert parse_date(name, MONDAY) == MONDAY + timedelta(days=number)
    for number in range(12):
        for name in (language.months[number], language.months_short[number]):
            assert parse_date(f"1 {name} 2026", MONDAY) == date(2026, number + 1, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5/02/2016 5:00:00 PM", "2016-02-05"), ("30/03/2016", "2016-03-30"), ("2016-05-25 17:00:00", "2016-05-25"),
        ("2016-05-25T17:00:00Z", "2016-05-25"), ("2016-05-25T23:59:59.123+02:00", "2016-05-25"), ("25 May 2016", "2016-05-25"),
        ("1/01/2016 12:00:00 AM", "2016-01-01"), ("20160525", "2016-05-25"), ("5-2-16 09:30", "2016-02-05"),
    ],
)  # fmt: skip
def test_what_a_spreadsheet_says(text: str, day: str) -> None:
    assert parse_timestamp_date(text).isoformat() == day


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("42515", "a spreadsheet's day number"), ("42515.708", "a spreadsheet's day number"), ("5/13/2016", "13-5-2016"),
        ("31/12", "has no year"), ("5/02/2016 25:00", "no such time"), ("5/02/2016 13:00 PM", "no such time"),
        ("30/02/2016", "does not exist"), ("n/a", "is not a date"), ("", "is not a date"), ("fri", "is not a date"),
    ],
)  # fmt: skip
def test_what_a_spreadsheet_says_is_not_guessed(text: str, reason: str) -> None:
    with pytest.raises(NotUnderstood, match=reason):
        parse_timestamp_date(text)


def test_a_source_known_to_write_the_month_first_is_read_so() -> None:
    assert parse_timestamp_date("5/13/2016 1:00 PM", "mdy") == date(2016, 5, 13)
