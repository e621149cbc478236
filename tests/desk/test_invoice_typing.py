"""An invoice while it is typed: what follows, what is held against the paper, and what booking it does."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.money.booking_invoices import book
from pmo_tui.desk.money.invoice_typing import InvoiceTyping
from pmo_tui.desk.money.typed_invoice import TypedInvoice, mirrored
from pmo_tui.records.errors import Refused
from pmo_tui.records.orders import Order
from tests.analysis.money_help import of
from tests.desk.money_office import figures, fill, invoice

SOME = {"supplier": "staal", "number": "2026-2", "issue_date": "20-11"}


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Jan's beams: 10 ordered at 1,000, 6 received, 4 invoiced."""
    fill(desk)
    return desk


def typed(desk: Desk, **texts: str) -> TypedInvoice:
    """What is made of a few fields; `line_1` is the field of the order's first line, `line_` the one for everything else."""
    named = {f"line:{name[5:]}" if name.startswith("line_") else name: text for name, text in texts.items()}
    return InvoiceTyping(desk).read({**SOME, **named})


def wrong(found: TypedInvoice) -> dict[str, str]:
    """What is wrong, in words."""
    return {name: said.words() for name, said in found.wrong.items()}


@pytest.mark.parametrize("text", ["staal", "Staal BV", "SUP-1", "C-100", "30112233", "3011", "NL91 ABNA 0417 1643 00", "nl91abna"])  # fmt: skip
def test_the_supplier_by_name_registration_account_or_creditor_number(office: Desk, text: str) -> None:
    found = typed(office, supplier=text)
    assert (found.invoice.supplier, found.invoice.order) == ("SUP-1", "PO-1")


def test_everything_follows_from_supplier_order_and_what_came_in(office: Desk) -> None:
    found = typed(office)
    assert found.wrong == {}
    made = found.invoice
    line = made.lines[0]
    assert of(line, "quantity net order_line project vat_rate") == (2, 2000, "1", "P-1", 21)
    assert of(made, "net vat gross payable") == (2000, 420, 2420, 2420)
    assert (made.received_on, made.due_date) == (date(2026, 11, 25), date(2026, 12, 9))
    assert (made.order_reference, made.iban, made.currency) == ("4500", "NL91ABNA0417164300", "EUR")
    assert found.texts["line:1"] == "2"


@pytest.mark.parametrize(("issued", "rate"), [("2012-09-30", 19), ("2012-10-01", 21), ("2026-11-20", 21)])
def test_vat_at_the_rate_of_the_day_where_nobody_says_another(office: Desk, issued: str, rate: int) -> None:
    office.add("suppliers", {"name": "Aardwerk", "country": "NL"})
    office.add("suppliers", {"name": "Überbau", "country": "DE"})
    found = typed(office, supplier="Aardwerk", net="100", issue_date=issued).invoice
    assert of(found.lines[0], "vat_category vat_rate") == ("S", rate)
    foreign = typed(office, supplier="Überbau", net="100", issue_date=issued).invoice
    assert of(foreign, "vat gross") == (0, 100)


def test_the_last_invoice_codes_what_has_no_order(office: Desk) -> None:
    lines = [
        {"net": "80", "project": "P-2", "ledger": "4410", "cost_type": "travel", "vat_category": "S", "vat_rate": "9"}
    ]
    office.add("invoices", {"number": "R-1", "supplier": "SUP-1"}, {"lines": lines})
    line = typed(office, order="", net="50").invoice.lines[0]
    assert of(line, "net project ledger cost_type vat_rate") == (50, "P-2", "4410", "travel", 9)


@pytest.mark.parametrize(
    ("net", "text", "quantity"),
    [("4000", "4", Decimal(4)), ("3333.33", "=3333.33", None), ("500", "0.5", Decimal("0.5"))],
)
def test_an_amount_becomes_the_quantity_it_is_at_the_ordered_price(
    office: Desk, net: str, text: str, quantity: Decimal | None
) -> None:
    found = typed(office, net=net)
    assert (found.texts["line:1"], found.invoice.lines[0].quantity, found.invoice.net) == (text, quantity, Decimal(net))


def test_lines_are_split_over_projects_with_their_own_vat(office: Desk) -> None:
    found = typed(office, line_1="1 #HB1; 1 x 1100 #TA", line_='40 #"Town archive" Coffee 9%; 10 AE')
    lines = [of(line, "net project vat_category vat_rate") for line in found.invoice.lines]
    assert lines == [(1000, "P-1", "S", 21), (1100, "P-2", "S", 21), (40, "P-2", "S", 9), (10, None, "AE", 0)]
    totals = [of(each, "category rate taxable amount") for each in found.invoice.vat_totals]
    assert totals == [("S", 21, 2100, 441), ("S", 9, 40, Decimal("3.60")), ("AE", 0, 10, 0)]
    assert found.invoice.gross == Decimal("2594.60")
    assert found.invoice.lines[2].description == "Coffee"


def test_the_papers_sums_are_held_against_the_lines(office: Desk) -> None:
    assert wrong(typed(office, line_1="4", net="4001")) == {"net": "the lines make 4000.00"}
    assert wrong(typed(office, line_1="4", gross="4800")) == {"gross": "net and VAT make 4840.00"}
    found = typed(office, line_1="4", vat="840.01")
    assert (found.wrong, found.invoice.flags) == ({}, ["VAT 840.01 billed, 840.00 by its rates"])
    assert (found.invoice.gross, found.invoice.vat_totals[0].amount) == (Decimal("4840.01"), Decimal("840.01"))


def test_what_is_needed_and_what_is_not_understood(office: Desk) -> None:
    found = InvoiceTyping(office).read({"supplier": "zzz", "due_date": "soon"})
    assert set(wrong(found)) == {"supplier", "number", "issue_date", "due_date"}
    with pytest.raises(Refused):
        found.refuse_wrong()
    assert "how much" in wrong(typed(office, line_1="beams"))["line:1"]
    assert "no project" in wrong(typed(office, line_1="1 #nowhere"))["line:1"]
    assert "no VAT" in wrong(typed(office, vat_rate="much"))["vat_rate"]
    assert "1.234" in wrong(typed(office, line_1="=1.234"))["line:1"]


def test_a_number_that_came_before_and_a_strange_account_are_warned_of(office: Desk) -> None:
    found = typed(office, number="2026 / 1", iban="NL02ABNA0123456789")
    assert found.warned == {"iban": "not on the supplier's record", "number": "the same number as INV-1"}
    assert found.wrong == {}


def test_terms_count_from_receipt(office: Desk) -> None:
    assert typed(office, received_on="23-11").invoice.due_date == date(2026, 12, 7)
    office.set(["SUP-1"], {"payment_days": ""})
    office.set(["INV-1"], {"received_on": "2026-11-05"})
    assert typed(office).invoice.due_date == date(2026, 12, 15)


def test_vat_that_is_not_recovered_is_cost(office: Desk) -> None:
    """70 % recoverable, net 1,000 at 21 % → 1,063.00."""
    office.set(["P-2"], {"vat_recoverable": "70"})
    book(office, typed(office, order="", line_="1000 #TA", vat_rate="21").invoice)
    assert office.values("P-2")["cost"] == Decimal("1063.00")


def test_hours_billed_by_the_people_who_worked_them(office: Desk) -> None:
    """40 h at 100 accepted, with an invoice of 4,000 → cost 4,000."""
    hours = [{"line": "1", "quantity": "40", "unit": "HUR", "price": "100", "project": "P-2"}]
    office.add("orders", {"title": "Tester", "supplier": "SUP-1"}, {"lines": hours})
    office.add("receipts", {"order": "PO-2", "received_on": "2026-11-20"}, {"lines": [{"order_line": "1", "quantity": "40"}]})  # fmt: skip
    assert office.values("P-2")["cost"] == 4000
    found = typed(office, order="PO-2", vat_rate="0%")
    assert found.invoice.net == 4000
    book(office, found.invoice)
    assert (office.values("P-2")["cost"], office.values("PO-2")["accrual"]) == (4000, 0)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    st.decimals("0.01", "12", places=2), st.decimals("800", "1200", places=2), st.sampled_from(["HB1", "TA"]),
    st.sampled_from([100, 70, 0]),
)  # fmt: skip
def test_what_the_form_says_is_what_booking_does(
    office: Desk, quantity: Decimal, price: Decimal, project: str, recoverable: int
) -> None:
    office.set(["P-1", "P-2"], {"vat_recoverable": str(recoverable)})
    typing = InvoiceTyping(office)
    found = typing.read({**SOME, "line:1": f"{quantity} x {price} #{project}"})
    effect = typing.effect(found.invoice)
    before = {change.key: change.before for change in (*effect.order_left, *effect.available)}
    assert before["PO-1"] == office.values("PO-1")["order_left"]
    assert before["P-1"] == office.values("P-1")["available"]
    key = book(office, found.invoice)
    for change in effect.order_left:
        assert change.after == office.values(change.key)["order_left"]
    for change in effect.available:
        assert change.after == office.values(change.key)["available"]
    assert office.values(key)["match"] == effect.match.badge
    office.undo()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from(["supplier", "order", "number", "issue_date", "line:1", "line:", "vat_rate", "net", "vat", "gross", "iban"]),
        st.text(max_size=20) | st.sampled_from(["staal", "PO-1", "4", "=10", "1 x 2", "20-11", "21%", "-3", "#HB1", "1;2"]),
    )
)  # fmt: skip
def test_whatever_is_typed_is_read_or_said(office: Desk, texts: dict[str, str]) -> None:
    typing = InvoiceTyping(office)
    found = typing.read(texts)
    typing.effect(found.invoice)
    assert found.invoice.net == sum((line.net for line in found.invoice.lines), Decimal(0))
    assert found.invoice.gross == found.invoice.net + found.invoice.vat
    assert {**found.texts, **texts} == found.texts | {name: text for name, text in texts.items() if name.startswith("line:")}  # fmt: skip
    if not found.wrong:
        book(office, found.invoice)
        office.undo()


def test_a_credit_note_takes_back_the_whole_invoice(office: Desk) -> None:
    order = office.record("PO-1")
    assert isinstance(order, Order)
    texts = mirrored(invoice(office, "INV-1"), order)
    assert texts["line:1"] == "-4"
    found = InvoiceTyping(office).read({**texts, "number": "C-1", "issue_date": "24-11"})
    assert found.wrong == {}
    note = found.invoice
    assert of(note, "type original net gross") == ("credit", "2026-1", -4000, -4840)
    assert of(note.lines[0], "quantity price") == (-4, 1000)
    book(office, note)
    assert invoice(office, "INV-1").status == "credited"
    assert figures(office)["order_left"] == 10_000
    part = InvoiceTyping(office).read({**texts, "number": "C-2", "issue_date": "24-11", "line:1": "1"})
    assert of(part.invoice.lines[0], "net quantity") == (-1000, -1)
