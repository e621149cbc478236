"""A risk, an issue, an action or a decision in one line."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmo_tui.desk.captured import Captured
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.raid.capture import is_capture, parse_capture
from pmo_tui.records.errors import WrongUse
from pmo_tui.wording import languages
from pmo_tui.wording.safe import safe


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Jan de Vries and Janneke Smit, two Annas of whom one works here, Zoë; a portal, its test, a dike."""
    for name, login in (
        ("Jan de Vries", ""),
        ("Janneke Smit", ""),
        ("Anna Bos", "Anna"),
        ("Anna Vos", ""),
        ("Zoë Kok", ""),
    ):
        desk.add("people", {"name": name, "login": login})
    desk.add("projects", {"name": "Citizen portal", "short_name": "PORTAL", "code": "OW01"})
    desk.add("projects", {"name": "Citizen portal test", "short_name": "PTEST"})
    desk.add("projects", {"name": "Dike section 4"})
    desk.add("programmes", {"name": "Dry feet 2030"})
    return desk


def understood(desk: Desk, line: str) -> dict[str, str]:
    """The texts of a line of which all was understood, without those that the moment gives."""
    found = parse_capture(desk, line)
    assert not found.unclear, found.unclear
    given = ("identified_on", "raised_on", "recorded_by")
    return {name: text for name, text in found.texts.items() if name not in given}


def test_a_risk_phoned_in(office: Desk) -> None:
    found = parse_capture(office, "!r Pump is late @jan #dike p3 i4")
    assert found.register == "risks"
    assert found.texts == {
        "title": "Pump is late", "owner": "PER-1", "project": "P-3", "probability": "3", "impact": "4", "identified_on": "2026-11-25",
    }  # fmt: skip
    key = office.add(found.register, found.texts)
    assert office.values(key)["score"] == 12


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("!r k4 i5 grond vervuild #dike", {"title": "grond vervuild", "probability": "4", "impact": "5", "project": "P-3"}),
        ("!r p2i3 late", {"title": "late", "probability": "2", "impact": "3"}),
        ("!r p2xi3 late", {"title": "late", "probability": "2", "impact": "3"}),
        ("!R late category:external", {"title": "late", "category": "external"}),
        ("!r late kind:opportunity", {"title": "late", "kind": "opportunity"}),
        ("!r review of P2 servers 1 dec", {"title": "review of P2 servers", "next_review": "2026-12-01"}),
        ("!r Fri is a bank holiday", {"title": "Fri is a bank holiday"}),
        ("r: late @jan", {"title": "late", "owner": "PER-1"}),
        ("!i p3 is no score here", {"title": "p3 is no score here"}),
        ("!i server down prio:critical #portal", None),
        ("!i server down priority:critical #portal", {"title": "server down", "priority": "critical", "project": "P-1"}),
    ],
)  # fmt: skip
def test_risks_and_issues(office: Desk, line: str, expected: dict[str, str] | None) -> None:
    if expected is None:
        assert understood(office, line) == {"title": "server down prio:critical", "project": "P-1"}
    else:
        assert understood(office, line) == expected


@pytest.mark.parametrize(
    ("line", "title", "due"),
    [
        ("!a send the minutes @jan fri #dike", "send the minutes", "2026-11-27"),
        ("!a stuur de notulen @jan vr #dike", "stuur de notulen", "2026-11-27"),
        ("a: @jan fri send the minutes #dike", "send the minutes", "2026-11-27"),
        ("!a @jan #dike send the minutes 1 dec", "send the minutes", "2026-12-01"),
        ("!a @jan #dike send the minutes by +2w", "send the minutes", "2026-12-09"),
        ("!a @jan #dike stuur de notulen voor 24 mrt", "stuur de notulen", "2027-03-24"),
        ("!a @jan #dike stuur uiterlijk eom", "stuur", "2026-11-30"),
        ("!a @jan do #dike bel de leverancier", "bel de leverancier", "2026-11-26"),
        ("!a morgen bellen @jan #dike", "bellen", "2026-11-26"),
        ("!a by 1/12 call @jan #dike", "call", "2026-12-01"),
        ("!a call due:w50 @jan #dike", "call", "w50"),
        ("!a call vendor in 3 weeks @jan #dike", "call vendor", "2026-12-16"),
        ("!a next monday call vendor @jan #dike", "call vendor", "2026-11-30"),
        ("!a bel de leverancier over 3 weken @jan #dike", "bel de leverancier", "2026-12-16"),
        ("!a bellen volgende week vrijdag @jan #dike", "bellen", "2026-12-04"),
        ("!a send it by the end of next month @jan #dike", "send it", "2026-12-31"),
        ("!a sturen uiterlijk eind volgende maand @jan #dike", "sturen", "2026-12-31"),
        ("!a spread the work over 3 weeks @jan #dike", "spread the work over 3 weeks", None),
        ("!a file the minutes of last friday @jan #dike", "file the minutes of last friday", None),
        ("!a meet twice in a week @jan #dike", "meet twice in a week", None),
        ("!a end of year report @jan #dike", "end of year report", None),
        ("!a do the test plan @jan #dike", "do the test plan", None),
        ("!a @jan zo snel mogelijk bellen #dike", "zo snel mogelijk bellen", None),
        ("!a May must sign @jan #dike", "May must sign", None),
        ("!a upgrade to version 1.2 @jan #dike", "upgrade to version 1.2", None),
        ("!a ask fri about the budget @jan #dike", "ask fri about the budget", None),
        ("!a invoice 2026 @jan #dike", "invoice 2026", None),
    ],
)
def test_the_day_of_an_action_stands_at_an_edge_in_either_language(
    office: Desk, line: str, title: str, due: str | None
) -> None:
    expected = {"title": title, "owner": "PER-1", "project": "P-3"} | ({"due": due} if due else {})
    assert understood(office, line) == expected
    languages.use("nl")
    try:
        assert understood(office, line) == expected
    finally:
        languages.use("en")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("!d Draw 40k from contingency #portal 1 dec",
         {"title": "Draw 40k from contingency", "project": "P-1", "due": "2026-12-01"}),
        ("d: by board accept the schedule",
         {"title": "accept the schedule", "decided_by": "board", "status": "taken", "decided_on": "2026-11-25"}),
        ("!d accept the schedule by \"steering group\" #portal yesterday",
         {"title": "accept the schedule", "decided_by": "steering group", "status": "taken", "decided_on": "2026-11-24", "project": "P-1"}),
        ("!d approve @jan", {"title": "approve", "decided_by": "Jan de Vries", "status": "taken", "decided_on": "2026-11-25"}),
        ("!d approve @board", {"title": "approve", "decided_by": "board", "status": "taken", "decided_on": "2026-11-25"}),
    ],
)  # fmt: skip
def test_a_decision_is_taken_by_somebody_or_asked(office: Desk, line: str, expected: dict[str, str]) -> None:
    assert understood(office, line) == expected
    assert parse_capture(office, line).texts["recorded_by"] == "PER-3"
    assert office.add("decisions", parse_capture(office, line).texts) == "D-1"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("@jan", "PER-1"), ("@janneke", "PER-2"), ("@Jann", "PER-2"), ("@smit", "PER-2"), ("@jan.devries", "PER-1"), ("@jan.de.vries", "PER-1"),
        ('@"Jan de Vries"', "PER-1"), ("@PER-2", "PER-2"), ("@zoe", "PER-5"), ("@me", "PER-3"), ("@ik", "PER-3"), ("@bos", "PER-3"),
        ("@jan,", "PER-1"), ("@anna", "PER-3"), ("@ann", None), ("@kees", None),
    ],
)  # fmt: skip
def test_whom_a_name_means(office: Desk, typed: str, key: str | None) -> None:
    found = parse_capture(office, f"!a call {typed}")
    assert found.texts.get("owner") == key
    assert bool(found.unclear) == (key is None)
    assert found.texts["title"] == "call"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("#portal", "P-1"), ("#ow01", "P-1"), ("#ptest", "P-2"), ("#dike", "P-3"), ("#P-3", "P-3"), ("#dry", "PG-1"),
        ('#"Citizen portal"', "P-1"), ("#citizen", None), ("#sewer", None), ("#ike", "P-3"),
    ],
)  # fmt: skip
def test_which_project_a_word_means(office: Desk, typed: str, key: str | None) -> None:
    found = parse_capture(office, f"!i down {typed}")
    assert found.texts.get("project") == key
    assert bool(found.unclear) == (key is None)


def test_an_unknown_project_is_asked_with_offers_and_one_is_chosen(office: Desk) -> None:
    found = parse_capture(office, "!i down #citizen @jan")
    (unclear,) = found.unclear
    assert (unclear.field, unclear.text) == ("project", "citizen")
    assert unclear.offers == (("P-1", "Citizen portal"), ("P-2", "Citizen portal test"))
    chosen = found.chosen("project", "P-2")
    assert not chosen.unclear
    assert office.record(office.add(chosen.register, chosen.texts))


def test_what_is_like_nothing_is_said_without_offers(office: Desk) -> None:
    (unclear,) = parse_capture(office, "!i down #xyzzy").unclear
    assert unclear.offers == ()
    assert "xyzzy" in unclear.why.words()


@pytest.mark.parametrize(
    ("line", "field", "why"),
    [
        ("!r late p7 i3", "probability", "7 is outside 1 to 5"),
        ("!r late p12", "probability", "12 is outside 1 to 5"),
        ("!a call due:soon", "due", "is not a date"),
        ("!a call the vendor 2026-02-30", "due", "does not exist"),
        ("!a 31-11-2026 call the vendor @jan", "due", "does not exist"),
        ("!r steel is late 5/13/2026 p3", "next_review", "there is no month 13"),
        ("!i down priority:huge", "priority", "huge"),
        ("!a @jan", "title", "is needed"),
        ("!a call owner:kees", "owner", "kees"),
    ],
)
def test_what_is_not_understood_is_named_and_the_rest_kept(office: Desk, line: str, field: str, why: str) -> None:
    found = parse_capture(office, line)
    assert [unclear.field for unclear in found.unclear] == [field]
    assert why in found.unclear[0].why.words()
    assert field not in found.texts
    assert set(found.texts) & {"title", "owner"}


def test_the_project_looked_at_is_taken_where_the_line_names_none(office: Desk) -> None:
    assert parse_capture(office, "!i down", "P-3").texts["project"] == "P-3"
    assert parse_capture(office, "!i down #portal", "P-3").texts["project"] == "P-1"
    assert "project" not in parse_capture(office, "!i down #xyzzy", "P-3").texts


def test_addresses_and_tags_inside_words_are_text(office: Desk) -> None:
    line = "!a mail jan@example.org about C# and http://example.org/a#b"
    assert understood(office, line)["title"] == line[3:]


@pytest.mark.parametrize("line", ["call jan", "!x call", "", "!rcall", "! r call", "ra: x"])
def test_other_lines_are_not_captured(office: Desk, line: str) -> None:
    assert not is_capture(line)
    with pytest.raises(WrongUse, match="what it is"):
        parse_capture(office, line)


WORDS = st.sampled_from(
    [
        "@jan",
        "@",
        "#",
        "#dike",
        "p3",
        "i9",
        "fri",
        "by",
        "1 dec",
        "due:",
        "due:fri",
        "do",
        "“”",
        '"',
        '@"',
        "é",
        "\x1b[31m",
        "title:x",
        "by board",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.sampled_from("riad"), st.lists(WORDS | st.text(max_size=8), max_size=8).map(" ".join))
def test_any_line_is_understood_or_asked(office: Desk, mark: str, rest: str) -> None:
    found: Captured = parse_capture(office, f"!{mark} {rest}")
    fields = office.fields(found.register)
    assert set(found.texts) <= set(fields)
    assert not {unclear.field for unclear in found.unclear} & set(found.texts)
    for unclear in found.unclear:
        said = unclear.why.words()
        assert said
        assert safe(said)
    if not found.unclear:
        problems = office.check(found.register, found.texts)[1]
        assert {problem.field for problem in problems} <= {"title", "decided_by"}, [
            str(problem) for problem in problems
        ]
