"""A request for somebody in one line."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.people.request_line import parse_request
from pmo_tui.records.requests import Request
from pmo_tui.wording import languages


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Anna, who works here, and Jan; a portal and a dike."""
    desk.add("people", {"name": "Anna Bos", "login": "Anna"})
    desk.add("people", {"name": "Jan de Vries", "pattern": "8 8 8 8 0 0 0"})
    desk.add("projects", {"name": "Citizen portal", "short_name": "PORTAL"})
    desk.add("projects", {"name": "Dike section 4"})
    return desk


def test_a_tester_half_time_for_six_weeks(office: Desk) -> None:
    found = parse_request(office, "tester 0.5fte w02-w07 #portal")
    assert not found.unclear
    assert found.texts == {
        "role": "tester", "hours_per_week": "20", "start": "2027-01-11", "finish": "2027-02-21", "project": "P-1",
        "requested_on": "2026-11-25", "requested_by": "PER-1",
    }  # fmt: skip
    record = office.record(office.add(found.register, found.texts))
    assert isinstance(record, Request)
    assert (record.key, record.role, record.hours_per_week, record.status) == ("REQ-1", "tester", Decimal(20), "draft")


@pytest.mark.parametrize(
    ("load", "hours"),
    [
        ("0.5fte", "20"), ("0,5 fte", "20"), ("50%", "20"), ("50 %", "20"), ("20h/w", "20"), ("20 u/wk", "20"), ("16 uur", "16"),
        ("16h", "16"), ("1fte", "40"), ("2 fte", "80"), ("halftime", "20"), ("voltijd", "40"), ("12.5h", "12.5"),
    ],
)  # fmt: skip
def test_how_much_in_any_of_its_forms_is_of_full_time(office: Desk, load: str, hours: str) -> None:
    """Also when somebody is thought of who works less: a per cent in a request is one of full time."""
    for line in (
        f"tester {load} w02-w07 #portal @jan",
        f"{load} tester #portal @jan w02-w07",
        f"@jan #portal w02-w07 tester {load}",
    ):
        found = parse_request(office, line)
        assert not found.unclear
        assert (found.texts["role"], found.texts["hours_per_week"], found.texts["person"]) == ("tester", hours, "PER-2")


@pytest.mark.parametrize(
    ("period", "start", "finish"),
    [
        ("w02-w07", "2027-01-11", "2027-02-21"), ("w02 t/m w07", "2027-01-11", "2027-02-21"), ("from w02 to w07", "2027-01-11", "2027-02-21"),
        ("jan-mar", "2027-01-01", "2027-03-31"), ("1 jan - 31 mrt", "2027-01-01", "2027-03-31"), ("in januari", "2027-01-01", "2027-01-31"),
        ("2027-q1", "2027-01-01", "2027-03-31"), ("next month", "2026-12-01", "2026-12-31"), ("w50", "2026-12-07", "2026-12-13"),
        ("2026-12-01..2026-12-18", "2026-12-01", "2026-12-18"),
    ],
)  # fmt: skip
def test_when_in_any_of_its_forms_and_either_language(office: Desk, period: str, start: str, finish: str) -> None:
    for code in ("en", "nl"):
        languages.use(code)
        try:
            found = parse_request(office, f"test manager {period} 16h/w #portal")
        finally:
            languages.use("en")
        assert not found.unclear
        assert [found.texts[name] for name in ("role", "start", "finish")] == ["test manager", start, finish]


def test_words_that_are_also_days_stay_in_the_role(office: Desk) -> None:
    assert parse_request(office, "can-do tester 1fte w02 #portal").texts["role"] == "can-do tester"
    assert parse_request(office, "do it all person 1fte w02 #portal").texts["role"] == "do it all person"


def test_everything_else_that_can_be_said(office: Desk) -> None:
    line = "senior tester 60% w02-w07 #portal @jan max €95,50/h by 15 dec location:Utrecht skills:selenium"
    found = parse_request(office, line)
    assert not found.unclear
    wanted = {
        "role": "senior tester", "hours_per_week": "24", "person": "PER-2", "max_rate": "95.50", "currency": "EUR",
        "needed_by": "2026-12-15", "location": "Utrecht", "skills": "selenium",
    }  # fmt: skip
    assert wanted.items() <= found.texts.items()
    values = office.values(office.add(found.register, found.texts))
    assert (values["max_rate"], values["location"]) == (Decimal("95.50"), "Utrecht")


def test_what_is_missing_is_asked(office: Desk) -> None:
    found = parse_request(office, "tester")
    assert [unclear.field for unclear in found.unclear] == ["project", "start", "hours_per_week"]
    assert "0.5fte" in found.unclear[-1].why.words()
    assert [unclear.field for unclear in parse_request(office, "").unclear] == [
        "role",
        "project",
        "start",
        "hours_per_week",
    ]


def test_a_load_that_could_be_two_is_asked(office: Desk) -> None:
    (unclear,) = parse_request(office, "tester 1.234h w02 #portal").unclear
    assert (unclear.field, unclear.text) == ("hours_per_week", "1.234h")


def test_an_unknown_project_is_offered_what_is_near(office: Desk) -> None:
    found = parse_request(office, "tester 1fte w02 #ctzn")
    (unclear,) = found.unclear
    assert unclear.field == "project"
    assert unclear.offers == (("P-1", "Citizen portal"),)
    assert not found.chosen("project", "P-1").unclear


def test_the_project_looked_at_is_taken_where_the_line_names_none(office: Desk) -> None:
    assert parse_request(office, "tester 1fte w02", "P-2").texts["project"] == "P-2"


PIECES = st.sampled_from(
    [
        "tester",
        "0.5fte",
        "50",
        "%",
        "w02-w07",
        "#portal",
        "#",
        "@jan",
        "max",
        "95",
        "by",
        "fri",
        "from",
        "jan",
        "start:w02",
        "fte",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.lists(PIECES | st.text(max_size=8), max_size=9).map(" ".join))
def test_any_line_is_understood_or_asked(office: Desk, line: str) -> None:
    found = parse_request(office, line)
    assert set(found.texts) <= set(office.fields("requests"))
    asked = {unclear.field for unclear in found.unclear}
    assert not asked & set(found.texts)
    assert {"role", "project", "start", "hours_per_week"} <= asked | set(found.texts)
    if not asked:
        problems = office.check("requests", found.texts)[1]
        assert {problem.field for problem in problems} <= {"role", "finish"}, [str(problem) for problem in problems]
