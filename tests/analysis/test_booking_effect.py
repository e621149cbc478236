"""What an invoice does to order and projects while it is typed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pmo_tui.analysis.amounts import NO_RATES
from pmo_tui.analysis.booking_effect import Change, Effect, effect
from pmo_tui.analysis.invoice_match import Tolerances
from pmo_tui.analysis.project_money import shares_of
from pmo_tui.analysis.supplier_money import Ordered
from pmo_tui.records.invoices import Invoice
from pmo_tui.records.projects import Project
from tests.analysis.money_help import billed_line, invoice, order, ordered, ordered_line, receipt

PROJECT = Project(key="P-1", name="Bridge", budget=Decimal(20_000))
FILE = ordered(order(ordered_line(), project="P-1"), [receipt(6)], [invoice(billed_line(4000, 4))])


def typed(bill: Invoice, file: Ordered = FILE) -> Effect:
    shares = [share for share in shares_of(file) if share.project == "P-1"]
    return effect(bill, [file], {"P-1": (PROJECT, shares)}, Tolerances(), NO_RATES)


def test_an_invoice_at_the_ordered_price_uses_the_order_not_the_budget() -> None:
    found = typed(invoice(billed_line(2000, 2), key=""))
    assert found.order_left == (Change("PO-1", "EUR", Decimal(6000), Decimal(4000)),)
    assert found.available == (Change("P-1", "EUR", Decimal(10_000), Decimal(10_000)),)
    assert found.match.badge == "matched"


def test_a_higher_price_takes_from_the_budget() -> None:
    found = typed(invoice(billed_line(2500, 2), key=""))
    assert found.available == (Change("P-1", "EUR", Decimal(10_000), Decimal(9_500)),)
    assert found.match.badge == "exception"


def test_more_than_was_received_is_seen_before_it_is_booked() -> None:
    found = typed(invoice(billed_line(4000, 4), key=""))
    assert [reason.words() for reason in found.match.reasons] == ["8 billed, 6 received"]


def test_changing_an_invoice_starts_from_what_is_there_without_it() -> None:
    found = typed(invoice(billed_line(5000, 5)))
    assert found.order_left == (Change("PO-1", "EUR", Decimal(10_000), Decimal(5000)),)


def test_an_invoice_without_order_takes_from_its_projects_budget() -> None:
    bill = invoice(billed_line(300, None, None, project="P-1"), key="", order=None)
    shares = shares_of(FILE)
    found = effect(bill, [], {"P-1": (PROJECT, shares)}, Tolerances(), NO_RATES)
    assert found.order_left == ()
    assert found.available == (Change("P-1", "EUR", Decimal(10_000), Decimal(9_700)),)


def test_without_a_budget_nothing_is_available_before_or_after() -> None:
    bill = invoice(billed_line(300, 1), key="")
    found = effect(bill, [FILE], {"P-1": (replace(PROJECT, budget=None), [])}, Tolerances(), NO_RATES)
    assert found.available == (Change("P-1", "EUR", None, None),)
