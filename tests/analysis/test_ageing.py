"""Open amounts by age, as of any day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.analysis.ageing import PAYMENT_DAYS, Aged, aged, due_date, totals
from pmo_tui.analysis.supplier_money import open_amount
from pmo_tui.records.invoices import BUCKETS, STATUSES, Invoice
from tests.analysis.money_help import billed_line, invoice

DUE = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(-20, "current"), (0, "current"), (1, "1-30"), (30, "1-30"), (31, "31-60"), (60, "31-60"), (61, "61-90"), (90, "61-90"), (91, "over 90"), (900, "over 90")],
)  # fmt: skip
def test_buckets(days: int, expected: str) -> None:
    found = aged(invoice(billed_line(100), due_date=DUE), DUE + timedelta(days=days))
    assert found is not None
    assert (found.bucket, found.days_late) == (expected, days)


def test_disputed_ones_stand_apart() -> None:
    found = aged(invoice(billed_line(100), due_date=DUE, status="disputed"), DUE + timedelta(days=50))
    assert found is not None
    assert found.bucket == "disputed"


def test_an_invoice_paid_since_was_open_then() -> None:
    bill = invoice(billed_line(100), due_date=DUE, status="paid", paid_on=DUE + timedelta(days=10))
    then = aged(bill, DUE + timedelta(days=9))
    assert then is not None
    assert (then.open, then.bucket) == (Decimal(100), "1-30")
    assert aged(bill, DUE + timedelta(days=10)) is None


def test_without_a_due_day_the_term_counts_from_receipt() -> None:
    day = date(2026, 1, 10)
    bill = invoice(billed_line(100), due_date=None, received_on=day)
    assert due_date(bill, 14) == day + timedelta(days=14)
    assert due_date(bill) == day + timedelta(days=PAYMENT_DAYS)
    assert due_date(invoice(billed_line(1), issue_date=None)) is None
    undated = aged(invoice(billed_line(1), issue_date=None), DUE)
    assert undated is not None
    assert undated.bucket == "current"


days = st.dates(date(2025, 1, 1), date(2027, 1, 1))
bills = st.builds(
    lambda net, due, came, status, paid: invoice(
        billed_line(net), due_date=due, received_on=came, status=status, paid_on=paid if status == "paid" else None
    ),
    st.decimals(-500, 5000, places=2), days, days, st.sampled_from(STATUSES), st.none() | days,
)  # fmt: skip


@given(st.lists(bills, max_size=8), days)
def test_the_buckets_make_what_is_open(found: list[Invoice], as_of: date) -> None:
    each: list[Aged] = [one for bill in found if (one := aged(bill, as_of)) is not None]
    sums = totals(each, lambda one: one.invoice.currency).get("EUR", dict.fromkeys(BUCKETS, Decimal(0)))
    assert list(sums) == list(BUCKETS)
    assert sum(sums.values()) == sum(open_amount(bill, as_of) for bill in found)
