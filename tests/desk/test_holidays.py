"""Dutch days off: the rules of the country, the choices of an employer, and the list of an organisation."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.people.holidays import Employer, days_off, national, put_into
from pmo_tui.records.calendars import Calendar
from pmo_tui.records.errors import NotFound
from pmo_tui.wording import languages

YEARS = range(2016, 2046)


@pytest.mark.parametrize("year", YEARS)
def test_kings_day_is_27_april_and_the_26th_when_that_is_a_sunday(year: int) -> None:
    expected = date(year, 4, 26) if date(year, 4, 27).weekday() == 6 else date(year, 4, 27)
    named = [day for day, name in days_off(year).items() if "King's Day" in name]
    assert named == [expected]


def test_the_years_of_the_26th() -> None:
    assert [year for year in YEARS if days_off(year).get(date(year, 4, 26)) == "King's Day"] == [2025, 2031, 2036, 2042]


@pytest.mark.parametrize(
    ("employer", "years"),
    [
        (Employer(), [2025, 2030, 2035]),
        (Employer(liberation_day="every"), list(range(2025, 2036))),
        (Employer(liberation_day="never"), []),
    ],
)
def test_liberation_day_is_for_the_employer_to_say(employer: Employer, years: list[int]) -> None:
    off = [
        year for year in range(2025, 2036)
        if "Liberation Day" in days_off(year, employer).get(date(year, 5, 5), "")
    ]  # fmt: skip
    assert off == years


def test_ascension_day_stays_when_it_is_on_a_liberation_day_that_is_not_kept() -> None:
    assert days_off(2016)[date(2016, 5, 5)] == "Ascension Day"
    both = days_off(2016, Employer(liberation_day="every"))[date(2016, 5, 5)]
    assert both in ("Ascension Day, Liberation Day", "Ascension Day")


def test_good_friday_is_a_working_day_unless_the_employer_says_so() -> None:
    assert date(2026, 4, 3) not in days_off(2026)
    assert days_off(2026, Employer(good_friday=True))[date(2026, 4, 3)] == "Good Friday"


def test_a_day_off_in_a_weekend_is_not_made_good() -> None:
    """Christmas 2027 is a Saturday and a Sunday."""
    late = [day for day in days_off(2027) if day > date(2027, 12, 1)]
    assert late == [date(2027, 12, 25), date(2027, 12, 26)]


def test_the_whole_of_2027() -> None:
    assert [f"{day:%d-%m} {name}" for day, name in days_off(2027, language="nl").items()] == [
        "01-01 Nieuwjaarsdag", "28-03 Eerste paasdag", "29-03 Tweede paasdag", "27-04 Koningsdag", "06-05 Hemelvaartsdag",
        "16-05 Eerste pinksterdag", "17-05 Tweede pinksterdag", "25-12 Eerste kerstdag", "26-12 Tweede kerstdag",
    ]  # fmt: skip


def test_they_are_put_into_a_calendar_once_and_leave_its_own_days_alone(desk: Desk) -> None:
    bridge = {"name": "Bridge day", "start": "2027-05-07", "finish": "2027-05-07"}
    open_day = {"name": "Open", "start": "2027-04-27", "finish": "2027-04-27", "hours": "08:00-12:00"}
    key = desk.add("calendars", {"name": "Office"}, {"exceptions": [bridge, open_day]})
    assert put_into(desk, key, [2027]) == 8
    assert put_into(desk, key, [2027]) == 0
    calendar = desk.record(key)
    assert isinstance(calendar, Calendar)
    names = {each.start: each.name for each in calendar.exceptions}
    assert (names[date(2027, 5, 7)], names[date(2027, 4, 27)]) == ("Bridge day", "Open")
    assert names[date(2027, 5, 6)] == "Ascension Day"
    assert list(names) == sorted(names)
    desk.undo()
    assert len(desk.values(key)["exceptions"]) == 2


def test_only_a_calendar_takes_them(desk: Desk) -> None:
    with pytest.raises(NotFound, match="CAL-9"):
        put_into(desk, "CAL-9", [2027])


def test_they_are_named_in_the_language_in_use() -> None:
    languages.use("nl")
    try:
        assert national([2027]).exceptions[0].name == "Nieuwjaarsdag"
    finally:
        languages.use("en")


def test_the_library_is_not_loaded_before_it_is_asked() -> None:
    program = "import sys, pmo_tui.desk.people.holidays; print('holidays' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
