"""What came in on an order: what is missing, how it is typed, how it is booked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.money.receiving import Delivery, missing, read_delivery, receive, typed_delivery
from pmo_tui.records.errors import Fault, NotFound, Refused
from pmo_tui.records.orders import Order
from tests.desk.money_office import ANNA, JAN, bill, figures, fill, invoice


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Jan's beams, and an order of two lines of which nothing came in."""
    fill(desk)
    bolts = [
        {"line": "A", "quantity": "5", "price": "2"},
        {"line": "B", "quantity": "1.5", "price": "100", "project": "P-2"},
    ]
    desk.add("orders", {"title": "Bolts", "supplier": "SUP-1"}, {"lines": bolts})
    return desk


def order(desk: Desk, key: str) -> Order:
    """The order as it is now."""
    found = desk.record(key)
    assert isinstance(found, Order)
    return found


def test_what_is_still_to_come(office: Desk) -> None:
    assert typed_delivery(missing(office, order(office, "PO-1"))) == "1:4"
    assert typed_delivery(missing(office, order(office, "PO-2"))) == "A:5 B:1.5"
    key = bill(office, "2026-2", 3)
    assert typed_delivery(missing(office, order(office, "PO-1"), invoice(office, key))) == "1:1"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A:5", Delivery({"A": Decimal(5)})),
        ("A:2 A:1 B:0", Delivery({"A": Decimal(3)})),
        (
            "A:5 B:1.5 @jan 23-11 AB-12 dock 3",
            Delivery({"A": Decimal(5), "B": Decimal("1.5")}, date(2026, 11, 23), JAN, "AB-12 dock 3"),
        ),
    ],
)
def test_a_delivery_as_it_is_typed(office: Desk, text: str, expected: Delivery) -> None:
    assert read_delivery(office, order(office, "PO-2"), text) == expected


@pytest.mark.parametrize(("text", "why"), [("C:1", "no line C"), ("", "how much"), ("A:x", "not a number"), ("A:1 @zz", "zz")])  # fmt: skip
def test_what_is_not_understood_is_said(office: Desk, text: str, why: str) -> None:
    with pytest.raises(Fault, match=why):
        read_delivery(office, order(office, "PO-2"), text)


def test_a_quantity_alone_is_that_of_the_only_line(office: Desk) -> None:
    assert read_delivery(office, order(office, "PO-1"), "4").quantities == {"1": 4}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_said(office: Desk, text: str) -> None:
    try:
        found = read_delivery(office, order(office, "PO-1"), text)
    except Fault:
        return
    assert found.quantities


def test_it_is_booked_and_accepted_by_whoever_answers_for_the_order(office: Desk) -> None:
    key = receive(office, "PO-1", Delivery({"1": Decimal(4)}, reference="AB-1"))
    values = office.values(key)
    assert (values["accepted_by"], values["reference"], str(values["received_on"])) == (JAN, "AB-1", "2026-11-25")
    assert figures(office) == {"cost": 10_000, "accrual": 6000, "prepaid": 0, "open_commitment": 0, "order_left": 6000}
    other = receive(office, "PO-1", Delivery({"1": Decimal(-1)}, date(2026, 11, 24), ANNA))
    assert (office.values(other)["accepted_by"], figures(office)["accrual"]) == (ANNA, 5000)


def test_what_cannot_be_booked_is_refused(office: Desk) -> None:
    with pytest.raises(Refused, match="Only 6 of line 1"):
        receive(office, "PO-1", Delivery({"1": Decimal(-7)}))
    with pytest.raises(Refused, match="no line 9"):
        receive(office, "PO-1", Delivery({"9": Decimal(1)}))
    with pytest.raises(Refused, match="still to come"):
        receive(office, "PO-1", Delivery({"1": Decimal(1)}, date(2026, 11, 26)))
    with pytest.raises(NotFound, match="PO-9"):
        receive(office, "PO-9", Delivery({"1": Decimal(1)}))
    office.set(["PO-1"], {"status": "closed"})
    with pytest.raises(Refused, match="closed"):
        receive(office, "PO-1", Delivery({"1": Decimal(1)}))
    assert len(office.store.shelf("receipts")) == 1
