"""Computed lists: listed, filtered, sorted like registers, and never stale."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.files.exporting import export, target_of
from pmo_tui.desk.views.list_names import LISTS
from pmo_tui.desk.views.lists import list_named
from pmo_tui.records.errors import NotFound, WrongUse
from pmo_tui.records.registers import looks_like_key
from pmo_tui.wording.languages import speaking
from tests.desk.office import furnish


@pytest.fixture
def office(desk: Desk) -> Desk:
    return furnish(desk)


def listed(desk: Desk, name: str, filter_text: str = "", *names: str, sort: str = "") -> list[Any]:
    view = desk.view(name, filter_text, sort)
    rows = [view.values(i, names or None) for i in range(len(view))]
    return [row[names[0]] if len(names) == 1 else tuple(row.values()) for row in rows]


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_defined_and_its_rows_have_its_fields(office: Desk, name: str) -> None:
    definition = list_named(name)
    rows = definition.rows(office)
    assert definition.name == name
    assert 3 <= sum(item.field.shown for item in definition.fields.values()) <= 12
    assert all(set(row) == set(definition.fields) for row in rows)
    assert all(not word.strip("-") or word.strip("-") in definition.fields for word in definition.order.split(","))
    identities = [definition.identify(row) for row in rows]
    assert len(set(identities)) == len(identities)


@pytest.mark.parametrize("name", ["portfolio", "milestones", "ageing", "exposure", "exceptions"])
def test_a_view_of_a_list_behaves_like_one_of_a_register(office: Desk, name: str) -> None:
    view = office.view(name)
    names = list(view.fields)
    assert len(view) == view.total > 0
    assert (view.register.name, view.register.label) == (name, list_named(name).label)
    for i in range(len(view)):
        assert view.index(view.key(i)) == i
        assert view.values(i) == {each: view.value(view.key(i), each) for each in names}
        assert len(view.cells(i, names)) == len(view.tones(i, names)) == len(names)
        assert office.record(view.record_key(view.key(i))) is not None
    assert view.index("nothing") is None
    assert office.fields(name) == view.fields


def test_milestones(office: Desk) -> None:
    names = ("key", "finish", "baseline_finish", "slip", "status", "days_late")
    assert listed(office, "milestones", "", *names) == [
        ("T-1", date(2026, 11, 23), date(2026, 11, 10), 15, "late", 2),
        ("T-3", date(2026, 12, 1), None, None, "due", 0),
        ("T-2", date(2026, 12, 10), date(2026, 12, 10), 0, "planned", 0),
    ]


@pytest.mark.parametrize(
    ("filter_text", "keys"),
    [
        ("status:late", ["T-1"]),
        ("slip>10", ["T-1"]),
        ("finish<=+1w", ["T-1", "T-3"]),
        ("project:dike", ["T-1", "T-2"]),
        ("-project:DIKE", ["T-3"]),
        ("ready", ["T-1"]),
        ("dike use", ["T-2"]),
        ("@PG-1", ["T-1", "T-3", "T-2"]),
        ("@PG-2", []),
        ("@mine", ["T-1", "T-2"]),
        ("@me", ["T-1", "T-2"]),
        ("-@me", ["T-3"]),
        ("baseline_finish:none", ["T-3"]),
    ],
)
def test_lists_speak_the_filter_language(office: Desk, filter_text: str, keys: list[str]) -> None:
    assert listed(office, "milestones", filter_text, "key") == keys


def test_lists_are_sorted_by_any_field(office: Desk) -> None:
    assert listed(office, "milestones", "", "key", sort="-finish") == ["T-2", "T-3", "T-1"]
    assert listed(office, "milestones", "", "key", sort="slip,key") == ["T-2", "T-1", "T-3"]


def test_a_wrong_word_says_what_it_could_have_been(office: Desk) -> None:
    with pytest.raises(WrongUse) as wrong:
        office.view("milestones", "slap>3")
    assert "slip" in wrong.value.hint.words()


def test_a_list_that_is_not_there(office: Desk) -> None:
    with pytest.raises(NotFound) as missing:
        office.view("milestons")
    assert "milestones" in missing.value.hint.words()


def test_ageing(office: Desk) -> None:
    names = ("key", "open", "due_date", "days_late", "bucket", "project", "match")
    assert listed(office, "ageing", "", *names) == [
        ("INV-1", Decimal(4000), date(2026, 11, 20), 5, "1-30", "P-1", "matched"),
        ("INV-3", Decimal(500), date(2026, 11, 26), -1, "current", "P-2", "no order"),
        ("INV-2", Decimal(4000), date(2026, 12, 20), -25, "current", "P-1", "exception"),
    ]
    assert listed(office, "ageing", "bucket:1-30", "key") == ["INV-1"]
    assert listed(office, "ageing", "open>=4k @P-1", "key") == ["INV-1", "INV-2"]


def test_exposure(office: Desk) -> None:
    names = ("key", "threats", "opportunities", "net", "share", "risks", "unweighed")
    rows = listed(office, "exposure", "", *names, sort="key")
    dike = (Decimal(900), Decimal(100), Decimal(800))
    assert rows == [
        ("P-1", *dike, Decimal("4.0"), 2, 0),
        ("PF-1", *dike, Decimal("1.0"), 3, 1),
        ("PG-1", *dike, Decimal("1.1"), 3, 1),
    ]


def test_exceptions_name_record_rule_and_reason(office: Desk) -> None:
    assert listed(office, "exceptions", "", "record", "rule", "text") == [
        ("T-1", "milestone_slip", "Design ready has slipped 15 d, more than 10"),
        ("P-2", "stale_report", "nothing was reported yet"),
        ("P-3", "stale_report", "nothing was reported yet"),
        ("P-1", "declared_better", "declared green, red by rule: ask why"),
        ("P-3", "no_officer", "the project has no officer"),
        ("R-1", "review_overdue", "the review was due on 2026-11-20"),
        ("INV-2", "match_exception", "8 billed, 6 received"),
        ("INV-1", "overdue_invoice", "EUR 4,000.00 is open, 5 d past due"),
        ("INV-2", "suspected", "the same amount within 45 days as INV-1"),
    ]
    assert listed(office, "exceptions", "rule:match_exception", "record", "project") == [("INV-2", "P-1")]
    assert listed(office, "exceptions", "@P-2", "rule") == ["stale_report"]


def test_exceptions_speak_the_language_in_use(office: Desk) -> None:
    office.view("exceptions")
    with speaking("nl"):
        [text] = listed(office, "exceptions", "rule:overdue_invoice", "text")
    assert "EUR 4.000,00" in text


def test_a_duplicate_and_a_strange_account_are_seen_at_once_and_gone_at_once(office: Desk) -> None:
    key = office.add(
        "invoices",
        {"number": "a 0001", "supplier": "SUP-1", "gross": "7", "payable": "7", "iban": "NL02ABNA0123456789"},
    )
    rules = listed(office, "exceptions", f"record:{key}", "rule")
    assert rules == ["duplicate", "strange_iban"]
    assert "duplicate" in listed(office, "exceptions", "record:INV-1", "rule")
    office.set(["SUP-1"], {"ibans": "NL91ABNA0417164300, NL02ABNA0123456789"})
    assert listed(office, "exceptions", f"record:{key}", "rule") == ["duplicate"]
    office.set([key], {"status": "returned"})
    assert listed(office, "exceptions", f"record:{key}", "rule") == []
    assert "duplicate" not in listed(office, "exceptions", "record:INV-1", "rule")


def test_somebody_with_too_much_work(office: Desk) -> None:
    office.add(
        "bookings",
        {"person": "Piet", "project": "P-1", "start": "2026-11-23", "finish": "2026-12-06", "hours_per_week": "60"},
    )
    [text] = listed(office, "exceptions", "rule:over_booked record:PER-2", "text")
    assert text == "too full in 2 of the next 8 weeks, 150 % in 2026-w48"


def test_notice_of_a_contract_and_risks_of_nodes(office: Desk) -> None:
    office.add("contracts", {"title": "Frame", "supplier": "SUP-1", "notice_by": "2026-12-01"})
    office.set(["R-3"], {"owner": "", "next_review": "2026-11-01"})
    loose = office.add("risks", {"title": "Storm"})
    assert listed(office, "exceptions", "rule:notice_due", "record") == ["CON-1"]
    assert listed(office, "exceptions", "record:R-3", "rule") == ["no_owner", "review_overdue"]
    assert listed(office, "exceptions", f"record:{loose}", "rule") == ["no_owner"]


def test_lists_follow_every_change_and_the_calendar(office: Desk) -> None:
    office.view("milestones"), office.view("exceptions"), office.view("ageing")
    office.set(["T-1"], {"percent_complete": "100"})
    assert listed(office, "milestones", "status:late", "key") == []
    assert listed(office, "exceptions", "rule:milestone_slip", "record") == []
    office.undo()
    assert listed(office, "milestones", "status:late", "key") == ["T-1"]
    tomorrow = office.today() + timedelta(days=10)
    office.today = lambda: tomorrow
    assert listed(office, "milestones", "status:late", "key") == ["T-1", "T-3"]
    assert listed(office, "ageing", "bucket:1-30", "key") == ["INV-1", "INV-3"]


@pytest.mark.parametrize("name", ["milestones.csv", "exceptions.csv", "ageing.csv", "portfolio.csv", "exposure.csv"])
def test_lists_are_exported(office: Desk, name: str) -> None:
    stream = io.BytesIO()
    count = export(office, target_of(name), stream)
    lines = stream.getvalue().decode("utf-8-sig").splitlines()
    assert count == len(lines) - 1 == len(office.view(name.partition(".")[0]))
    assert lines[0].split(",")[:2] == list(office.fields(name.partition(".")[0]))[:2]


def test_no_list_takes_the_name_of_a_register_or_the_form_of_a_key() -> None:
    from pmo_tui.records.registers import RESERVED, is_register

    assert not [name for name in LISTS if is_register(name) or name in RESERVED or looks_like_key(name)]
