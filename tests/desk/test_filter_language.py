"""The filter language on a real store: every operator and kind, both languages, and what is said of wrong words."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.views.filter import FREE_TEXT, parse_filter
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.registers import by_name
from pmo_tui.wording import languages


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Four risks, three tasks and an order. Today is Wednesday 25 November 2026, in week 48."""
    desk.add("people", {"name": "Jan de Boer", "login": "Anna", "code": "JB"})
    desk.add("people", {"name": "Piet Jansen"})
    desk.add("projects", {"name": "Sewer renewal", "code": "SEW", "budget": "10k"})
    desk.add("projects", {"name": "Dike", "code": "DIKE", "budget": "1.250.000,50", "vat_recoverable": "33.5"})
    risk = {"title": "Ground is polluted", "project": "SEW", "owner": "JB", "probability": "3", "impact": "4"}
    desk.add("risks", {**risk, "next_review": "2026-11-23", "cost_impact": "1234", "tags": "soil, legacy"})
    desk.add(
        "risks", {"title": "Permit late", "project": "DIKE", "owner": "Piet Jansen", "probability": "5", "impact": "5"}
    )
    desk.set(
        ["R-2"], {"next_review": "2026-12-04", "status": "closed", "kind": "opportunity", "cause": "Objections; rain"}
    )
    desk.add("risks", {"title": "Rain, rain", "next_review": "2027-01-15", "cost_impact": "1.50"})
    desk.add("risks", {"title": "Wind", "next_review": "2026-11-25", "days_impact": "4"})
    desk.add("tasks", {"project": "SEW", "name": "Dig", "duration": "5d", "milestone": "no"})
    desk.add(
        "tasks", {"project": "SEW", "name": "Go live", "duration": "0d", "milestone": "yes", "predecessors": "1FS+2d"}
    )
    desk.add("tasks", {"project": "DIKE", "name": "Pour", "duration": "40h", "percent_complete": "50%"})
    desk.add("suppliers", {"name": "Dijkwerk"})
    desk.add("orders", {"title": "Works", "supplier": "Dijkwerk"}, {"lines": [{"quantity": "1", "price": "2"}]})
    for number in range(5, 11):
        desk.add("risks", {"title": f"Filler {number}", "status": "assessed"})
    return desk


RISKS = [
    ("", "1 2 3 4 5 6 7 8 9 10"),
    # text and free text
    ("ground", "1"), ("GROUND polluted", "1"), ('"ground is"', "1"), ("-filler", "1 2 3 4"), ('-"filler" -rain', "1 4"), ("jansen", "2"),
    ("sewer", "1"), ("rain", "2 3"), ("title:rain", "3"), ('title="rain, rain"', "3"), ("title:permit,wind", "2 4"), ("title=wind", "4"),
    ("title=win", ""), ('cause:"objections; rain"', "2"), ("-title:filler", "1 2 3 4"), ("title!=wind -filler", "1 2 3"), ("http://x", ""),
    ('title:"rain', "3"), ('"ground', "1"), ("key:R-1", "1"), ("key=r-1", "1"), ("id:R-10", "10"),
    # references
    ("owner:jan", "1 2"), ("owner=jan", ""), ('owner:"jan de boer"', "1"), ("owner=PER-2", "2"), ("owner:per-2", "2"), ("owner:@me", "1"),
    ("owner:none -filler", "3 4"), ("owner:any", "1 2"), ("-owner:any -filler", "3 4"), ("owner:jb,piet", "1 2"), ("project:dike", "2"),
    ("project:SEW,DIKE", "1 2"), ("project!=SEW -filler", "2 3 4"),
    # numbers
    ("score>=12", "1 2"), ("score<25", "1"), ("score:12", "1"), ("score=12,25", "1 2"), ("probability:3,5", "1 2"), ("score!=12 score:any", "2"),
    ("impact>4", "2"), ("days_impact<=4", "4"),
    # money
    ("cost_impact>1k", "1"), ("cost_impact:1.50", "3"), ("cost_impact=1,234.00", "1"), ("cost_impact<2", "3"), ("cost>1k", "1"),
    # dates
    ("next_review:today", "4"), ("next_review:mon", ""), ("next_review:2026-11-23", "1"), ("next_review:23-11", "1"), ("next_review<today", "1"),
    ("next_review<=today", "1 4"), ("next_review:w48", "1 4"), ("next_review:w48,w49", "1 2 4"), ("next_review<w48", ""),
    ("next_review<=w48", "1 4"), ("next_review>w48", "2 3"), ("next_review>=w49", "2 3"), ("next_review:nov", "1 4"), ("next_review:q1", "3"),
    ("next_review:2026-11-24..2026-12-04", "2 4"), ("next_review<+2w", "1 2 4"), ("next_review>eom", "2 3"), ('next_review<"in 2 weeks"', "1 2 4"), ('next_review<"over 2 weken"', "1 2 4"),
    ('next_review>"end of month"', "2 3"), ("next_review:-2d", "1"),
    ('next_review:"4 dec"', "2"), ("next_review:4-12,15-1", "2 3"), ("next_r:none", "5 6 7 8 9 10"),
    # choices, lists
    ("status:closed", "2"), ("status:identified", "1 3 4"), ("status:clo", "2"), ("status:closed,assessed", "2 5 6 7 8 9 10"),
    ("-status:closed -filler", "1 3 4"), ("kind:opp", "2"), ("band:high", "1"), ("band:very_high,low", "2"), ("tags:legacy", "1"), ("tag:leg", "1"), ("tag=leg", ""), ("-tag:legacy -filler", "2 3 4"),
    # together
    ("owner:jan status:identified score>=12 next_review<+2w -tag:other ground", "1"),
]  # fmt: skip


def test_every_operator_and_kind(office: Desk) -> None:
    for text, numbers in RISKS:
        found = office.view("risks", text, "key").keys
        assert found == [f"R-{number}" for number in numbers.split()], text


@pytest.mark.parametrize(
    ("register", "text", "expected"),
    [
        ("tasks", "duration:5d", "T-1 T-3"), ("tasks", "duration<1w", "T-2"), ("tasks", "duration>=40h", "T-1 T-3"),
        ("tasks", "milestone:yes", "T-2"), ("tasks", "milestone:nee", "T-1 T-3"), ("tasks", "-milestone:ja", "T-1 T-3"),
        ("tasks", "percent_complete>=50", "T-3"), ("tasks", "done:50%", "T-3"), ("tasks", "predecessors>0", "T-2"),
        ("tasks", "pred:none", "T-1 T-3"), ("orders", "lines>=1", "PO-1"), ("orders", "lines>1", ""), ("orders", "value:2", "PO-1"),
        ("projects", "budget>1mln", "P-2"), ("projects", "budget:1,250,000.50", "P-2"), ("projects", "vat<50%", "P-2"),
    ],
)  # fmt: skip
def test_kinds_of_other_registers(office: Desk, register: str, text: str, expected: str) -> None:
    assert office.view(register, text, "key").keys == expected.split()


@pytest.mark.parametrize("spoken", ["en", "nl"])
def test_both_languages_are_read_whichever_is_spoken(office: Desk, spoken: str) -> None:
    with languages.speaking(spoken):
        for text, numbers in (
            ("next_review:vr", ""), ("next_review:wo", "4"), ("next_review<=vandaag", "1 4"), ("next_review:wk48", "1 4"),
            ("next_review:deze week", None), ('next_review:"deze week"', "1 4"), ("owner:geen -filler", "3 4"), ("cost_impact:1,50", "3"),
            ("cost_impact:1.234,00", "1"), ("next_review:jan", "3"), ("next_review:mei", ""),
        ):  # fmt: skip
            if numbers is not None:
                assert office.view("risks", text, "key").keys == [f"R-{each}" for each in numbers.split()], text


WRONG = [
    ("ownr:jan", "There is no field “ownr” here", "Did you mean owner?"),
    ("colour:red", "There is no field “colour” here", "The fields are key, title"),
    ("re:x", "“re” could be reported_by, response, response_plan, revision", "Write a little more of it"),
    ("status:opened", "“opened” is not one of identified, assessed", ""),
    ("score>=much", "“much” is not a number", ""),
    ("score>=", "what is it compared with?", ""),
    ("cost_impact>1.234", "“1.234” could be 1234 or 1.234", ""),
    ("cost_impact:1.234", "“1.234” could be 1234 or 1.234", ""),
    ("next_review<30-2-2026", "does not exist", ""),
    ("next_review:soon", "“soon” is not a span of days", ""),
    ("next_review:w99", "w99", ""),
    ("title>m", "Title has no order; use : or =", ""),
    ("owner<jan", "Owner has no order", ""),
    ("impact:3.5", "a whole number is expected, not 3.5", ""),
]


@pytest.mark.parametrize(("text", "message", "hint"), WRONG, ids=[text for text, _, _ in WRONG])
def test_a_wrong_word_says_which_and_what_it_could_have_been(office: Desk, text: str, message: str, hint: str) -> None:
    with pytest.raises(WrongUse) as raised:
        office.view("risks", text)
    said = raised.value
    assert message in str(said)
    assert hint in said.hint.words()
    if "“" + text.split(":")[0].split(">")[0] not in str(said):
        assert text in str(said)


def test_counts_and_flags_that_are_none(office: Desk) -> None:
    with pytest.raises(WrongUse, match="a count is expected"):
        office.view("orders", "lines>few")
    with pytest.raises(WrongUse, match="neither yes nor no"):
        office.view("tasks", "milestone:perhaps")
    with pytest.raises(WrongUse, match="is not a duration"):
        office.view("tasks", "duration>long")


FIELDS = by_name("risks").fields
WORDS = st.sampled_from(
    [
        *FIELDS,
        "",
        "x",
        "tag",
        "@me",
        "@",
        "-",
        '"',
        "none",
        "3",
        "1.234",
        "31-2",
        "w48",
        "+2w",
        "€5",
        "’",
        "²",
        "٣",
        "\x00",
        "ß",
    ]
)
SIGNS = st.sampled_from([":", "=", "!=", "<", "<=", ">", ">=", "", "::", ",", " ", '"', "-", "\n"])
TYPED = st.one_of(st.text(), st.lists(st.tuples(WORDS, SIGNS, WORDS).map("".join)).map(" ".join))


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TYPED)
@example('"')
@example("score>²")
@example("lines:²")
@example("next_review:9999-12-31")
@example("-")
@example("@nobody")
def test_any_text_is_a_filter_or_wrong_use(office: Desk, text: str) -> None:
    for register in ("risks", "tasks"):
        with suppress(WrongUse):
            office.view(register, text)


@given(st.text().filter(lambda text: '"' not in text))
def test_quoted_free_text_is_never_lost(text: str) -> None:
    for negated in (False, True):
        (term,) = parse_filter(("-" if negated else "") + f'"{text}"', FIELDS)
        assert (term.field, term.values, term.negated) == (FREE_TEXT, (text,), negated)
    (term,) = parse_filter(f'title:"{text}"', FIELDS)
    assert (term.field, term.values) == ("title", (text,))


@given(st.lists(st.text(alphabet="abc, :=<>-", min_size=1), min_size=1, max_size=4))
def test_several_quoted_values_stay_apart(values: list[str]) -> None:
    (term,) = parse_filter("title:" + ",".join(f'"{value}"' for value in values), FIELDS)
    assert term.values == tuple(values)


def test_open_is_whatever_is_not_finished_where_no_state_is_called_so(desk: Desk) -> None:
    for status in ("identified", "monitoring", "closed"):
        desk.add("risks", {"title": status, "status": status})
    assert desk.view("risks", "status:open").keys == ["R-1", "R-2"]
    assert desk.view("risks", "-status:open").keys == ["R-3"]
    desk.add("issues", {"title": "x", "status": "escalated"})
    desk.add("issues", {"title": "y", "status": "open"})
    assert desk.view("issues", "status:open").keys == ["I-2"]
