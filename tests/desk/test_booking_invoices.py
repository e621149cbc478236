"""What is decided about an invoice and done with it: who decided, who recorded it, and what it does to order and project."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.config import Config
from pmo_tui.desk.money import booking_invoices as booking
from pmo_tui.desk.money.booking_invoices import Decided
from pmo_tui.records.errors import NotFound, Refused
from pmo_tui.records.invoices import STATUSES, InvoiceLine
from tests.desk.conftest import TODAY
from tests.desk.money_office import ANNA, BY_JAN, JAN, bill, figures, fill, invoice, receive


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Jan's beams: 10 ordered at 1,000, 6 received, 4 invoiced."""
    fill(desk)
    return desk


def rules(desk: Desk, key: str) -> list[str]:
    """The rules that an invoice breaks."""
    view = desk.view("exceptions", f"record={key}")
    return [view.values(i)["rule"] for i in range(len(view))]


def test_the_hand_worked_chain_from_order_to_payment(office: Desk) -> None:
    assert figures(office) == {
        "cost": 6000, "accrual": 2000, "prepaid": 0, "open_commitment": 4000, "order_left": 6000,
    }  # fmt: skip
    key = bill(office, "2026-2", 4)
    values = office.values(key)
    assert (values["match"], values["match_reasons"], values["accepted"]) == (
        "exception", ["8 billed, 6 received"], False,
    )  # fmt: skip
    assert "match_exception" in rules(office, key)
    with pytest.raises(Refused, match="8 billed, 6 received"):
        booking.approve(office, [key], BY_JAN)
    booking.accept(office, [key], BY_JAN)
    assert figures(office) == {
        "cost": 6000, "accrual": 0, "prepaid": 2000, "open_commitment": 2000, "order_left": 2000,
    }  # fmt: skip
    assert (office.values(key)["match"], office.values(key)["accepted"]) == ("exception", True)
    assert "match_exception" not in rules(office, key)
    booking.approve(office, [key], Decided(JAN))
    booking.pay(office, [key], Decided())
    found = invoice(office, key)
    assert (found.status, found.approved_by, found.approved_on, found.paid_on) == ("paid", JAN, TODAY, TODAY)
    assert (found.paid, office.values(key)["open"]) == (Decimal(4840), 0)
    told = [(step.what, step.by, step.party, step.recorded_by, step.own, step.on) for step in found.steps]
    assert told == [
        ("accepted", JAN, None, "Anna", False, TODAY),
        ("approved", JAN, None, "Anna", False, TODAY),
        ("paid", None, "finance", "Anna", False, TODAY),
    ]
    assert (found.steps[0].reason, found.steps[0].about) == ("the beams are on site", "8 billed, 6 received")


@pytest.mark.parametrize("do", [booking.accept, booking.approve])
def test_the_officer_never_decides(office: Desk, do: Callable[..., int]) -> None:
    key = bill(office, "2026-2", 4)
    by_herself = Decided(ANNA, reason="I saw them")
    with pytest.raises(Refused, match="in one person"):
        do(office, [key], by_herself)
    with pytest.raises(Refused, match="Name a person"):
        do(office, [key], Decided(reason="nobody"))
    assert invoice(office, key).steps == []


def test_in_a_small_firm_one_person_may_and_it_shows(office: Desk) -> None:
    office.config = Config(small_firm=True)
    booking.approve(office, ["INV-1"], Decided(ANNA))
    step = invoice(office, "INV-1").steps[0]
    assert (step.by, step.recorded_by, step.own) == (ANNA, "Anna", True)


@pytest.mark.parametrize("what", ["accept", "dispute", "send_back", "answer"])
def test_a_reason_is_needed(office: Desk, what: str) -> None:
    key = bill(office, "2026-2", 4)
    keys: object = key if what == "answer" else [key]
    with pytest.raises(Refused, match="reason"):
        getattr(booking, what)(office, keys, Decided(JAN, reason="  "))


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize(
    ("what", "from_"),
    [
        ("approve", {"registered", "disputed"}),
        ("dispute", {"registered", "approved", "payable"}),
        ("send_back", {"registered", "disputed", "approved", "payable"}),
        ("pay", {"approved", "payable"}),
    ],
)
def test_each_step_is_taken_from_where_it_can_be(office: Desk, what: str, from_: set[str], status: str) -> None:
    office.set(["INV-1"], {"status": status, "approved_by": "Anna"})
    if status in from_:
        getattr(booking, what)(office, ["INV-1"], BY_JAN)
        assert len(invoice(office, "INV-1").steps) == 1
    else:
        with pytest.raises(Refused, match=status):
            getattr(booking, what)(office, ["INV-1"], BY_JAN)


def test_what_was_accepted_is_asked_again_when_amount_or_reason_change(office: Desk) -> None:
    key = bill(office, "2026-2", 4)
    booking.accept(office, [key], BY_JAN)
    receive(office, -2)
    assert office.values(key)["match_reasons"] == ["8 billed, 4 received"]
    assert not office.values(key)["accepted"]
    office.undo()
    assert office.values(key)["accepted"]
    office.set([key], {"net": "4500"})
    assert not office.values(key)["accepted"]
    with pytest.raises(Refused):
        booking.approve(office, [key], BY_JAN)


def test_there_is_nothing_to_accept_of_what_matches(office: Desk) -> None:
    with pytest.raises(Refused, match="matched"):
        booking.accept(office, ["INV-1"], BY_JAN)


def test_what_is_disputed_stands_apart_until_it_is_accepted(office: Desk) -> None:
    key = bill(office, "2026-2", 4)
    booking.dispute(office, [key], BY_JAN)
    assert (office.values(key)["status"], office.values(key)["bucket"]) == ("disputed", "disputed")
    booking.accept(office, [key], BY_JAN)
    assert (office.values(key)["status"], office.values(key)["bucket"]) == ("registered", "current")


def test_what_goes_back_bills_nothing_and_may_come_again(office: Desk) -> None:
    booking.send_back(office, ["INV-1"], BY_JAN)
    assert figures(office)["order_left"] == 10_000
    again = bill(office, "2026 1", 4)
    assert office.values(again)["noticed"] == []
    third = bill(office, "2026/1", 1)
    assert office.values(third)["noticed"] == [f"the same number as {again}"]


def test_a_number_that_was_used_is_approved_only_once_that_is_accepted(office: Desk) -> None:
    office.set(["INV-1"], {"number": "2026/00001"})
    key = bill(office, "2026-1", 2)
    assert (office.values(key)["match"], office.values(key)["match_reasons"]) == (
        "exception", ["the same number as INV-1"],
    )  # fmt: skip
    assert office.values("INV-1")["match"] == "matched"
    with pytest.raises(Refused, match="the same number as INV-1"):
        booking.approve(office, [key], Decided(JAN))
    assert rules(office, key) == ["duplicate"]
    booking.accept(office, [key], Decided(JAN, reason="the second part, numbered alike"))
    assert rules(office, key) == rules(office, "INV-1") == []
    booking.approve(office, [key], Decided(JAN))
    assert invoice(office, key).status == "approved"
    assert invoice(office, key).steps[0].about == "the same number as INV-1"
    with pytest.raises(Refused, match=f"the same number as {key}"):
        booking.approve(office, ["INV-1"], Decided(JAN))


def test_without_an_order_too_and_free_again_once_the_first_is_credited_though_paid(office: Desk) -> None:
    booking.approve(office, ["INV-1"], Decided(JAN))
    booking.pay(office, ["INV-1"], Decided())
    key = office.add("invoices", {"number": "2026 1", "supplier": "SUP-1", "net": "5", "gross": "5", "payable": "5"})
    assert office.values(key)["match"] == "exception"
    bill(office, "C-1", -4, type="credit", original="2026-0001")
    assert booking.credited_by(office, invoice(office, "INV-1"))
    booking.credit(office, "INV-1")
    assert invoice(office, "INV-1").status == "paid"
    assert office.values(key)["match"] == "no order"
    booking.approve(office, [key], Decided(JAN))


def test_several_are_decided_about_at_once_or_not_at_all(office: Desk) -> None:
    good, bad = bill(office, "2026-2", 1), bill(office, "2026-3", 9)
    head = office.store.head()
    with pytest.raises(Refused, match=bad):
        booking.approve(office, [good, bad], BY_JAN)
    assert office.store.head() == head
    booking.approve(office, ["INV-1", good], BY_JAN)
    assert {invoice(office, key).status for key in ("INV-1", good)} == {"approved"}
    office.undo()
    assert {(invoice(office, key).status, len(invoice(office, key).steps)) for key in ("INV-1", good)} == {
        ("registered", 0)
    }


def test_payment_in_parts(office: Desk) -> None:
    booking.approve(office, ["INV-1"], BY_JAN)
    booking.pay(office, ["INV-1"], Decided(on=date(2026, 11, 20)), Decimal(840))
    found = invoice(office, "INV-1")
    assert (found.status, found.paid, office.values("INV-1")["open"]) == ("approved", Decimal(840), 4000)
    with pytest.raises(Refused, match="one invoice at a time"):
        booking.pay(office, ["INV-1", "INV-1"], Decided(), Decimal(1))
    with pytest.raises(Refused, match="more than what is open"):
        booking.pay(office, ["INV-1"], Decided(), Decimal("4000.01"))
    booking.pay(office, ["INV-1"], Decided(), Decimal(4000))
    assert (invoice(office, "INV-1").status, office.values("INV-1")["open"]) == ("paid", 0)
    assert [step.amount for step in invoice(office, "INV-1").steps] == [4840, 840, 4000]


def test_a_day_to_come_is_refused(office: Desk) -> None:
    with pytest.raises(Refused, match="still to come"):
        booking.approve(office, ["INV-1"], Decided(JAN, date(2026, 11, 26)))


def test_only_invoices_are_decided_about(office: Desk) -> None:
    for key in ("INV-99", "PO-1"):
        with pytest.raises(NotFound, match=key):
            booking.approve(office, [key], BY_JAN)


def credit_note(desk: Desk, key: str, quantity: int) -> str:
    """A credit note on so many beams of an invoice."""
    original = invoice(desk, key)
    net = Decimal(-1000 * quantity)
    gross = net * Decimal("1.21")
    line = InvoiceLine(quantity=Decimal(-quantity), price=Decimal(1000), net=net, order_line="1")
    note = replace(
        original, key="", revision=0, number="C-1", type="credit", original=original.number.replace("-", " "), net=net,
        vat=gross - net, gross=gross, payable=gross, paid=Decimal(0), lines=[line], status="registered", steps=[],
        approved_by=None, approved_on=None, paid_on=None,
    )  # fmt: skip
    return booking.book(desk, note)


def test_a_credit_note_that_covers_an_invoice_credits_it(office: Desk) -> None:
    booking.dispute(office, ["INV-1"], BY_JAN)
    note = credit_note(office, "INV-1", 4)
    found = invoice(office, "INV-1")
    assert (found.status, found.steps[-1].what, found.steps[-1].party, found.steps[-1].about) == (
        "credited", "credited", "supplier", note,
    )  # fmt: skip
    assert figures(office) == {
        "cost": 6000, "accrual": 6000, "prepaid": 0, "open_commitment": 4000, "order_left": 10_000,
    }  # fmt: skip
    office.undo()
    assert (office.record(note), invoice(office, "INV-1").status) == (None, "disputed")


@pytest.mark.parametrize(
    ("key", "amount", "why"),
    [
        ("INV-1", "-50", "-50 is below 0, and 4840.00 is to be paid of INV-1"),
        ("INV-1", "0", "0 pays nothing of INV-1"),
        ("INV-1", "5000", "5000 is more than what is open of INV-1"),
        ("INV-2", "50", "50 is above 0, and INV-2 is a credit note: -1210.00 is open"),
        ("INV-2", "-5000", "-5000 is more than what is open of INV-2"),
    ],
)
def test_an_amount_that_cannot_be_paid_is_refused_for_the_right_reason(
    office: Desk, key: str, amount: str, why: str
) -> None:
    booking.approve(office, ["INV-1"], BY_JAN)
    booking.approve(office, [credit_note(office, "INV-1", 1)], BY_JAN)
    with pytest.raises(Refused) as refused:
        booking.pay(office, [key], Decided(), Decimal(amount))
    assert why in str(refused.value)
    assert invoice(office, key).paid == 0


def test_nothing_is_paid_before_the_day_of_the_invoice(office: Desk) -> None:
    booking.approve(office, ["INV-1"], BY_JAN)
    with pytest.raises(Refused, match="2026-11-04 is before 2026-11-05"):
        booking.pay(office, ["INV-1"], Decided(on=date(2026, 11, 4)))
    with pytest.raises(Refused, match="2026-11-04 is before 2026-11-05"):
        office.set(["INV-1"], {"paid": "10", "paid_on": "2026-11-04"})
    booking.pay(office, ["INV-1"], Decided(on=date(2026, 11, 5)))
    assert invoice(office, "INV-1").status == "paid"


def test_a_credit_note_on_a_part_leaves_the_rest_open(office: Desk) -> None:
    credit_note(office, "INV-1", 1)
    assert invoice(office, "INV-1").status == "registered"
    assert booking.credited_by(office, invoice(office, "INV-1")) == []
    with pytest.raises(Refused, match="No credit note covers INV-1"):
        booking.credit(office, "INV-1")


def test_what_was_paid_stays_paid_and_says_what_credits_it(office: Desk) -> None:
    office.set(["INV-1"], {"status": "paid", "paid": "4840"})
    credit_note(office, "INV-1", 4)
    found = invoice(office, "INV-1")
    assert (found.status, found.steps[-1].amount) == ("paid", Decimal(-4840))


def test_a_credit_note_that_came_in_a_file_is_marked_by_hand(office: Desk) -> None:
    gross = {"net": "-4000", "vat": "-840", "gross": "-4840", "payable": "-4840"}
    office.add("invoices", {"number": "C-1", "type": "credit", "original": "2026-1", "supplier": "SUP-1", **gross})
    assert invoice(office, "INV-1").status == "registered"
    booking.credit(office, "INV-1")
    assert invoice(office, "INV-1").status == "credited"


def test_an_approval_that_is_typed_says_who_gave_it(office: Desk) -> None:
    with pytest.raises(Refused, match="who gave it"):
        office.set(["INV-1"], {"status": "approved"})
    office.set(["INV-1"], {"status": "approved", "approved_by": "Anna"})
    assert office.values("INV-1")["status"] == "approved"


LINE = {"quantity": "2", "net": "2000", "order_line": "1"}
TAXED = {**LINE, "vat_category": "S", "vat_rate": "21"}


@pytest.mark.parametrize(
    ("typed", "lines", "expected"),
    [
        ({}, [LINE], (2000, 0, 2000, 2000)),
        ({}, [TAXED], (2000, 420, 2420, 2420)),
        ({"prepaid": "420"}, [TAXED], (2000, 420, 2420, 2000)),
        ({"net": "2000", "gross": "2180"}, [LINE], (2000, 180, 2180, 2180)),
        ({"net": "2000", "vat": "420"}, [], (2000, 420, 2420, 2420)),
        ({"net": "2000", "gross": "2420"}, [], (2000, 420, 2420, 2420)),
        ({"net": "2000"}, [], (2000, 0, 0, 0)),
        ({"net": "9000", "payable": "0"}, [TAXED], (9000, 420, 9420, 0)),
    ],
)
def test_sums_that_are_not_given_follow(
    office: Desk, typed: dict[str, str], lines: list[dict[str, str]], expected: tuple[int, ...]
) -> None:
    key = office.add("invoices", {"number": "S-1", "supplier": "SUP-1", "order": "PO-1", **typed}, {"lines": lines})
    found = invoice(office, key)
    assert [found.net, found.vat, found.gross, found.payable] == [*expected]
    assert office.values(key)["open"] == found.payable
    assert sum(total.amount for total in found.vat_totals) == (420 if lines == [TAXED] else 0)


def test_sums_stay_as_they_are_when_something_else_changes(office: Desk) -> None:
    key = office.add("invoices", {"number": "S-1", "supplier": "SUP-1", "net": "2000"})
    office.set([key], {}, {"lines": [TAXED]})
    found = invoice(office, key)
    assert [found.net, found.gross] == [2000, 0]
