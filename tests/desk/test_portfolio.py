"""Projects as they stand and the nodes above them, remade where and only where something was touched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pmo_tui.analysis.booking_effect import Change
from pmo_tui.desk.desk import Desk
from pmo_tui.records.invoices import Invoice, InvoiceLine
from pmo_tui.store import open_store
from tests.desk.office import furnish


@pytest.fixture
def office(desk: Desk) -> Desk:
    return furnish(desk)


def rows(desk: Desk) -> dict[str, dict[str, Any]]:
    view = desk.view("portfolio")
    return {view.key(i): view.values(i) for i in range(len(view))}


def test_the_figures_of_a_project(office: Desk) -> None:
    values = office.values("P-1")
    assert [values[name] for name in ("cost", "accrual", "prepaid", "open_commitment", "available")] == [
        Decimal(6000), Decimal(0), Decimal(2000), Decimal(2000), Decimal(10_000),
    ]  # fmt: skip
    assert (values["rag_computed"], values["expected_result"]) == ("red", None)
    assert office.values("P-2")["cost"] == 500


def test_every_node_has_the_sums_of_what_is_under_it(office: Desk) -> None:
    found = rows(office)
    assert list(found) == ["PF-1", "PG-1", "P-1", "P-2", "PG-2", "P-3"]
    assert [found[key]["depth"] for key in found] == [0, 1, 2, 2, 1, 2]
    programme, portfolio = found["PG-1"], found["PF-1"]
    assert (programme["budget"], programme["cost"], programme["available"]) == (70_000, 6500, 59_500)
    for name in ("budget", "cost", "prepaid", "open_commitment", "available", "milestones_late", "risks", "exposure"):
        assert portfolio[name] == found["PG-1"][name] + found["PG-2"][name]
    assert portfolio["used"] == Decimal("8.1")  # 6,500 of 80,000, not a mean of per cents
    assert (portfolio["distribution"], portfolio["rag_computed"]) == ("R1 –2", "red")
    assert (programme["next_name"], programme["milestones_late"]) == ("Start", 1)
    assert portfolio["exceptions"] == 9
    assert (found["P-1"]["exceptions"], found["P-3"]["exceptions"]) == (6, 2)


def test_a_project_with_subprojects_sums_them_up(office: Desk) -> None:
    office.add("projects", {"name": "Sluice", "parent": "P-1", "budget": "5000"})
    assert rows(office)["P-1"]["budget"] == 25_000
    assert office.values("P-1")["available"] == 10_000


EDITS: dict[str, Callable[[Desk], object]] = {
    "a receipt": lambda desk: desk.add(
        "receipts", {"order": "PO-1", "received_on": "2026-11-20"}, {"lines": [{"order_line": "1", "quantity": 2}]}
    ),
    "a deleted receipt": lambda desk: desk.delete(["REC-1"]),
    "an invoice": lambda desk: desk.set(["INV-2"], {"status": "cancelled"}),
    "an invoice moved to another project": lambda desk: desk.set(["INV-3"], {}, {"lines": [{"net": 500, "project": "P-3"}]}),
    "a line of another order": lambda desk: desk.set(
        ["INV-3"], {}, {"lines": [{"net": 500, "quantity": 1, "order_line": "PO-1/1"}]}
    ),
    "an order": lambda desk: desk.set(["PO-1"], {"status": "closed"}),
    "an order moved to another project": lambda desk: desk.set(["PO-1"], {"project": "P-2"}),
    "a budget": lambda desk: desk.set(["P-2"], {"budget": "1"}),
    "a project moved": lambda desk: desk.set(["P-2"], {"parent": "PG-2"}),
    "a risk": lambda desk: desk.set(["R-1"], {"probability": "1"}),
    "a risk of a programme": lambda desk: desk.set(["R-3"], {"probability": "5", "impact": "5", "cost_impact": "70"}),
    "a risk moved": lambda desk: desk.set(["R-1"], {"project": "P-3"}),
    "a task": lambda desk: desk.set(["T-1"], {"finish": "2026-12-24", "start": "2026-12-24"}),
    "a deleted task": lambda desk: desk.delete(["T-3"]),
    "a baseline": lambda desk: desk.add("baselines", {"project": "P-2", "name": "x"}, {"tasks": [{"task": "T-3", "finish": "2026-11-01"}]}),
    "a report": lambda desk: desk.set(["REP-2"], {"status": "draft", "rag": "amber"}),
    "a supplier's tolerance": lambda desk: desk.set(["SUP-1"], {"price_tolerance": "0"}),
    "an exchange rate": lambda desk: desk.add("exchange_rates", {"currency": "USD", "rate": "0.9"}),
    "a currency": lambda desk: desk.set(["PO-1"], {"currency": "USD"}),
    "a booking": lambda desk: desk.add(
        "bookings", {"person": "Piet", "project": "P-1", "start": "2026-11-23", "finish": "2026-12-06", "hours_per_week": "60"}
    ),
    "an undo": lambda desk: desk.undo(desk.history("INV-3")[0].sequence),
}  # fmt: skip


@pytest.mark.parametrize("what", EDITS)
def test_after_an_edit_every_figure_is_what_a_fresh_desk_says(office: Desk, what: str) -> None:
    lists = ("portfolio", "milestones", "ageing", "exposure", "exceptions")

    def everything(desk: Desk) -> list[Any]:
        views = [desk.view(name) for name in lists]
        listed = [[view.values(i) for i in range(len(view))] for view in views]
        matches = [desk.values(key)["match"] for key in desk.view("invoices").keys]
        return [listed, matches]

    before = everything(office)
    EDITS[what](office)
    after = everything(office)
    fresh = Desk(office.store, office.folders, today=office.today)
    assert after == everything(fresh)
    assert (before == after) == (what in ("a supplier's tolerance", "an exchange rate"))


def test_what_a_colleague_writes_is_followed(office: Desk, tmp_path: Path) -> None:
    assert office.values("P-2")["available"] == 49_500
    with open_store(tmp_path / "pmo.json", author="Piet", login="piet") as store:
        store.transact(lambda draft: draft.change("P-2", {"budget": "60000"}))
    office.store.refresh()
    assert office.values("P-2")["available"] == 59_500
    assert rows(office)["PG-1"]["budget"] == 80_000


def test_only_what_was_touched_is_measured_again(office: Desk) -> None:
    portfolio = office.portfolio
    before = {key: portfolio.standing(key) for key in portfolio.projects()}
    office.set(["INV-3"], {"notes": "seen"})
    after = {key: portfolio.standing(key) for key in portfolio.projects()}
    assert [key for key in before if before[key] is not after[key]] == ["P-2"]


def test_other_currencies_are_summed_by_the_report_table(office: Desk) -> None:
    office.set(["P-3"], {"currency": "USD"})
    assert rows(office)["PG-2"]["budget"] is None
    assert "USD" in rows(office)["PF-1"]["why"]
    office.add("exchange_rates", {"currency": "USD", "rate": "0.5"})
    assert rows(office)["PF-1"]["budget"] == 75_000
    office.add("exchange_rates", {"currency": "USD", "rate": "9", "table": "budget 2027"})
    assert rows(office)["PF-1"]["budget"] == 75_000


def test_an_invoice_while_it_is_typed(office: Desk) -> None:
    line = InvoiceLine(quantity=Decimal(1), net=Decimal(1500), order_line="1")
    typed = Invoice(number="A-3", supplier="SUP-1", order="PO-1", net=Decimal(1500), lines=[line])
    effect = office.money.effect(typed)
    [left], [available] = effect.order_left, effect.available
    assert left == Change("PO-1", "EUR", Decimal(2000), Decimal(1000))
    assert available == Change("P-1", "EUR", Decimal(10_000), Decimal(9500))
    assert [reason.words() for reason in effect.match.reasons] == [
        "9 billed, 6 received",
        "price 1500, ordered at 1000",
    ]


def test_a_changed_invoice_while_it_is_typed(office: Desk) -> None:
    stored = office.record("INV-3")
    assert isinstance(stored, Invoice)
    line = replace(stored.lines[0], net=Decimal(700))
    [change] = office.money.effect(replace(stored, lines=[line])).available
    assert change == Change("P-2", "EUR", Decimal(50_000), Decimal(49_300))
