"""Every rule, on what breaks it and on what does not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from pmo_tui.analysis.ageing import aged
from pmo_tui.analysis.duplicates import Suspicion
from pmo_tui.analysis.exceptions import RULES, Finding, Limits, of_contract, of_invoice, of_project, of_suspicions
from pmo_tui.analysis.expected_finish import Plan
from pmo_tui.analysis.invoice_match import Match
from pmo_tui.analysis.milestones import Milestone
from pmo_tui.records.errors import Said
from pmo_tui.records.raid import Risk
from pmo_tui.records.suppliers import Contract
from tests.analysis.money_help import billed_line, invoice
from tests.analysis.standing_help import GOOD, TODAY, day, project, stands


def found(*given: Any, **more: Any) -> list[Finding]:
    return of_project(stands(*given, **more), TODAY)


def rules(findings: list[Finding]) -> list[str]:
    return [each.rule for each in findings]


def milestone(slip: int) -> Milestone:
    return Milestone("T-1", "P-1", "Go live", day(30 + slip), day(30))


def risk(**more: Any) -> Risk:
    return Risk(**{"key": "R-1", "title": "Delay", "project": "P-1", "owner": "PER-1", **more})


def test_a_project_in_order_has_none() -> None:
    sound = found(
        99_000, of=project(rag="green", finish=day(60)), plan=Plan(day(60)), milestones=(milestone(5),),
        risks=(risk(next_review=TODAY),),
    )  # fmt: skip
    assert sound == []


@pytest.mark.parametrize(
    ("rule", "words", "given"),
    [
        ("over_budget", "EUR 500.00 over budget (EUR 100000.00)", {"cost": 100_500}),
        ("past_finish", "3 d after the finish", {"of": project(finish=day(60)), "plan": Plan(day(63))}),
        (
            "past_finish",
            "the plan is not done, 8 d after the finish",
            {"of": project(finish=day(-8)), "plan": Plan(day(-9), undone=True)},
        ),
        ("past_finish", "the plan is not done, 9 d after its end", {"plan": Plan(day(-9), undone=True)}),
        ("past_finish", "not over, 9 d after the finish", {"of": project(finish=day(-9))}),
        ("milestone_slip", "Go live has slipped 11 d, more than 10", {"milestones": (milestone(11),)}),
        ("stale_report", "2026-w09", {"report": replace(GOOD, period="2026-w09")}),
        ("stale_report", "nothing was reported yet", {"report": None}),
        ("declared_better", "declared green, red by rule", {"cost": 150_000, "of": project(rag="green")}),
        ("no_owner", "no manager", {"of": project(manager=None)}),
        ("no_officer", "no officer", {"of": project(officer=None)}),
        ("no_owner", "the risk has no owner", {"risks": (risk(owner=None),)}),
        ("review_overdue", str(day(-1)), {"risks": (risk(next_review=day(-1)),)}),
    ],
)
def test_each_rule_names_itself(rule: str, words: str, given: dict[str, Any]) -> None:
    said = {each.rule: each.said.words() for each in found(**given)}
    assert words in said[rule]
    assert rule in RULES


@pytest.mark.parametrize(
    "given",
    [
        {"of": project(finish=day(-1)), "plan": Plan(day(0))},
        {"of": project(finish=day(-1)), "plan": Plan(day(998))},
        {"of": project(finish=day(-999)), "plan": Plan(day(-999), undone=True)},
        {"plan": Plan(day(-999), undone=True)},
        {"of": project(finish=day(-999))},
    ],
)
def test_by_how_much_an_end_is_late_is_told_in_the_room_that_today_has(given: dict[str, Any]) -> None:
    [late] = [each for each in found(**given) if each.rule == "past_finish"]
    assert f" {late.days} d after " in late.said.words()
    assert len(late.said.words()) <= 45


def test_a_closed_risk_and_a_closed_project_need_nobody() -> None:
    assert found(risks=(risk(owner=None, next_review=day(-5), status="closed"),)) == []
    assert found(150_000, of=project(status="closed", manager=None)) == []


def test_a_project_that_has_not_begun_does_not_report() -> None:
    assert found(report=None, of=project(status="approved")) == []


def test_limits_are_the_organisations() -> None:
    late = stands(milestones=(milestone(11),))
    assert rules(of_project(late, TODAY, Limits(slip=20))) == rules(
        [each for each in of_project(late, TODAY) if each.rule != "milestone_slip"]
    )


def billed(**more: Any) -> list[Finding]:
    bill = invoice(billed_line(100), due_date=more.pop("due", day(1)), status=more.pop("status", "registered"))
    matched = more.pop("matched", Match("matched"))
    seen = of_suspicions(bill, "P-1", matched, more.pop("seen", ()))
    return [*of_invoice(bill, "P-1", matched, aged(bill, TODAY), dutch=True), *seen]


WRONG = Match("exception", (Said("8 billed, 6 received", {}),))
TWICE = Suspicion("INV-1", "duplicate", ("INV-9",), Said("the same number as INV-9", {}))
SAME = Suspicion("INV-1", "suspected", ("INV-9",), Said("the same amount", {}))


def test_invoices() -> None:
    assert billed() == []
    [late] = billed(due=day(-3))
    assert (late.rule, late.days, late.said.words()) == ("overdue_invoice", 3, "EUR 100.00 is open, 3 d past due")
    assert [each.said.words() for each in billed(matched=WRONG)] == ["8 billed, 6 received"]
    assert rules(billed(seen=(TWICE,))) == ["duplicate"]


def test_the_same_amount_twice_is_no_wonder_where_both_were_received() -> None:
    assert billed(seen=(SAME,)) == []
    assert rules(billed(seen=(SAME,), matched=Match("no order"))) == ["suspected"]


@pytest.mark.parametrize("status", ["paid", "credited", "returned", "cancelled"])
def test_a_settled_invoice_needs_nobody(status: str) -> None:
    assert billed(status=status, matched=WRONG, due=day(-90), seen=(TWICE,)) == []


@pytest.mark.parametrize(
    ("rate", "dutch", "expected"), [(6, True, ["vat_rate"]), (6, False, []), (9, True, []), (21, True, [])]
)
def test_a_rate_that_was_not_in_force(rate: int, dutch: bool, expected: list[str]) -> None:
    bill = invoice(billed_line(100, vat_rate=Decimal(rate)))
    assert rules(list(of_invoice(bill, None, Match("matched"), None, dutch=dutch))) == expected


@pytest.mark.parametrize(
    ("days", "words"), [(31, None), (30, "is to be given"), (0, "is to be given"), (-1, "was to be given")]
)
def test_notice_of_a_contract(days: int, words: str | None) -> None:
    contract = Contract(key="CON-1", title="Frame", supplier="SUP-1", notice_by=day(days))
    seen = of_contract(contract, TODAY)
    assert (seen is None) == (words is None)
    assert (words or "") in (seen.said.words() if seen else "")
    assert of_contract(replace(contract, status="ended"), TODAY) is None
    assert of_contract(replace(contract, notice_by=None), TODAY) is None
