"""When an invoice matches, and in which words it does not."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.analysis.invoice_match import Match, Tolerance, Tolerances, match
from pmo_tui.records.invoices import Allowance, Invoice
from tests.analysis.money_help import billed_line, invoice, order, ordered, ordered_line, receipt

TEN = order(ordered_line(10, 1000))
STRICT = Tolerances()


def words(found: Match) -> list[str]:
    return [reason.words() for reason in found.reasons]


def against(bill: Invoice, received: object = 6, before: tuple[Invoice, ...] = (), **more: Any) -> Match:
    return match(bill, [ordered(order(ordered_line(10, 1000), **more), [receipt(received)], [*before, bill])], STRICT)


FOUR = invoice(billed_line(4000, 4))
FOUR_MORE = invoice(billed_line(4000, 4), key="INV-2")


def test_what_was_ordered_and_received_matches() -> None:
    assert against(FOUR) == Match("matched")


def test_without_an_order() -> None:
    assert match(invoice(billed_line(10), order=None), [], STRICT).badge == "no order"


def test_more_billed_than_received() -> None:
    found = against(FOUR_MORE, before=(FOUR,))
    assert (found.badge, words(found)) == ("exception", ["8 billed, 6 received"])


def test_the_one_booked_first_stays_matched() -> None:
    file = [ordered(TEN, [receipt(6)], [FOUR, FOUR_MORE])]
    assert match(FOUR, file, STRICT).badge == "matched"


def test_a_credit_note_mends_it() -> None:
    credit = invoice(billed_line(-2000, -2), key="INV-3", type="credit")
    file = [ordered(TEN, [receipt(6)], [FOUR, FOUR_MORE, credit])]
    assert [match(bill, file, STRICT).badge for bill in (FOUR, FOUR_MORE, credit)] == ["matched"] * 3


def test_one_in_the_making_stands_last() -> None:
    typed = invoice(billed_line(4000, 4), key="")
    assert words(match(typed, [ordered(TEN, [receipt(6)], [FOUR, typed])], STRICT)) == ["8 billed, 6 received"]


def test_more_billed_than_ordered() -> None:
    assert words(against(invoice(billed_line(12000, 12)), 12)) == ["12 billed, 10 ordered"]


def test_quantities_read_as_people_write_them() -> None:
    odd = ordered(order(ordered_line("2.50", 100)), [receipt("1.50")], [])
    assert words(match(invoice(billed_line(200, "2.00")), [odd], STRICT)) == ["2 billed, 1.5 received"]


@pytest.mark.parametrize(
    ("bill", "more", "expected"),
    [
        ({"supplier": "SUP-9"}, {}, "another supplier than on PO-1"),
        ({"currency": "USD"}, {}, "billed in USD, ordered in EUR"),
        ({}, {"status": "closed"}, "PO-1 is closed"),
        ({}, {"status": "cancelled"}, "PO-1 is cancelled"),
        ({}, {"status": "draft"}, "PO-1 is a draft"),
    ],
)
def test_what_else_does_not_fit(bill: dict[str, Any], more: dict[str, Any], expected: str) -> None:
    assert words(against(invoice(billed_line(1000, 1), **bill), **more)) == [expected]


def test_an_approved_invoice_may_outlive_its_order() -> None:
    assert against(invoice(billed_line(1000, 1), status="paid"), status="closed").badge == "matched"


def test_lines_that_the_order_does_not_have() -> None:
    two = ordered(order(ordered_line(), ordered_line()), [receipt(6)], [])
    assert words(match(invoice(billed_line(1, 1, "9")), [two], STRICT)) == ["PO-1 has no line 9"]
    assert words(match(invoice(billed_line(1, 1, None)), [two], STRICT)) == ["no order line is named"]


@pytest.mark.parametrize(
    ("sums", "expected"),
    [
        ({"net": 9000, "gross": 9000, "payable": 9000}, ["lines EUR 1000.00, net EUR 9000.00"]),
        ({"net": 0, "gross": 0, "payable": 0}, ["lines EUR 1000.00, net EUR 0.00"]),
        ({"gross": 1210, "payable": 1210}, ["net and VAT EUR 1000.00, gross EUR 1210.00"]),
        ({"payable": 7}, ["to be paid EUR 1000.00 by gross, payable EUR 7.00"]),
        ({"prepaid": 400, "rounding": "0.05", "payable": "600.05"}, []),
        ({"gross": "1000.01"}, []),
        ({"gross": 0}, []),
    ],
)
def test_the_sums_are_those_of_the_lines(sums: dict[str, Any], expected: list[str]) -> None:
    given: dict[str, Any] = {name: Decimal(str(amount)) for name, amount in sums.items()}
    bill = invoice(billed_line(1000, 1), **given)
    assert words(against(bill)) == expected


def test_allowances_and_charges_on_the_whole_are_in_the_net() -> None:
    extra = [Allowance(amount=Decimal(100)), Allowance(charge=True, amount=Decimal(30))]
    less = Decimal(930)
    assert (
        against(invoice(billed_line(1000, 1), allowances=extra, net=less, gross=less, payable=less)).badge == "matched"
    )


def test_without_lines_nothing_says_what_is_billed() -> None:
    bare = invoice(net=Decimal(12000), gross=Decimal(12000), payable=Decimal(12000))
    assert words(against(bare)) == ["no line says what is billed"]
    assert match(bare, [], STRICT) == Match("no order")


def test_units_that_differ() -> None:
    days = ordered(order(ordered_line(10, 800, unit="DAY")), [receipt(10)], [])
    assert words(match(invoice(billed_line(800, 8, unit="HUR")), [days], STRICT)) == ["billed per HUR, ordered per DAY"]


def test_every_order_that_a_line_names_is_looked_at() -> None:
    other = ordered(order(ordered_line(1, 50), key="PO-2"), [], [])
    bill = invoice(billed_line(4000, 4), billed_line(50, 1, "PO-2/1"))
    assert words(match(bill, [ordered(TEN, [receipt(6)], [bill]), other], STRICT)) == ["1 billed, 0 received"]


def test_a_returned_invoice_still_says_what_is_wrong() -> None:
    assert words(against(invoice(billed_line(12000, 12), status="returned"), 12)) == ["12 billed, 10 ordered"]


def test_the_price_may_differ_by_the_strictest_tolerance() -> None:
    bill = invoice(billed_line(1019, 1))
    file = [ordered(TEN, [receipt(6)], [bill])]
    assert match(bill, file, Tolerances(Tolerance(Decimal(2)))).badge == "matched"
    for tight in (
        Tolerances(Tolerance(Decimal(2), Decimal(10))),
        Tolerances(Tolerance(Decimal(2)), supplier=Tolerance(Decimal(1))),
        Tolerances(Tolerance(Decimal(2)), supplier=Tolerance(None, Decimal(18))),
    ):
        assert words(match(bill, file, tight)) == ["price 1019, ordered at 1000"]


def test_a_category_has_its_own_tolerance() -> None:
    typed = ordered(order(ordered_line(10, 1000, cost_type="licences")), [receipt(6)], [])
    bill = invoice(billed_line(1010, 1))
    by_type = Tolerances(Tolerance(Decimal(2)), categories={"licences": Tolerance(Decimal(0))})
    assert match(bill, [typed], by_type).badge == "exception"
    assert match(bill, [ordered(TEN, [receipt(6)], [])], by_type).badge == "matched"


limits = st.none() | st.decimals(0, 50, places=1)
tolerances = st.builds(Tolerance, limits, limits)
amounts = st.decimals(0, 1000, places=2)


@given(tolerances, tolerances, amounts, amounts)
def test_two_tolerances_together_allow_what_both_allow(
    one: Tolerance, other: Tolerance, billed: Decimal, expected: Decimal
) -> None:
    limited = [each for each in (one, other) if each != Tolerance()]
    both = all(each.allows(billed, expected) for each in limited or [one])
    assert one.stricter(other).allows(billed, expected) == both
