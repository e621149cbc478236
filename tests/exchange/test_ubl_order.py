"""A Peppol order becomes a purchase order, whose lines invoices and receipts can name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.exchange import ubl
from pmo_tui.exchange.incoming import Batch, Find, To
from pmo_tui.records.errors import Refused
from tests.exchange.ubl_help import allowance, changed, order, order_line, record


def read(text: str) -> Batch:
    return ubl.read_order(text.encode(), "order.xml")


PERIOD = "<cac:Delivery><cac:RequestedDeliveryPeriod><cbc:StartDate>2026-02-0{}</cbc:StartDate><cbc:EndDate>2026-02-1{}</cbc:EndDate></cac:RequestedDeliveryPeriod></cac:Delivery>"


def test_an_order_keeps_its_number_seller_days_references_and_lines() -> None:
    head = (
        "<cbc:CustomerReference>unit 12</cbc:CustomerReference><cbc:AccountingCost>KP-7</cbc:AccountingCost>"
        "<cac:QuotationDocumentReference><cbc:ID>Q-3</cbc:ID></cac:QuotationDocumentReference>"
        "<cac:Contract><cbc:ID>RO-9</cbc:ID></cac:Contract><cac:ProjectReference><cbc:ID>HAVEN-2</cbc:ID></cac:ProjectReference>"
    )
    text = order(
        order_line("10", more=PERIOD.format(1, 2)),
        order_line("20", "5", "8.00", item="Buoys"),
        head=head + PERIOD.format(3, 9) + allowance("25.00", charge=True, tax="S 21", reason="Transport"),
    )
    batch = read(text)
    assert batch.problems == []
    found = record(batch, "orders")
    assert found.values == {
        "supplier": To("ubl:supplier:0106:27364512"),
        "number": "4711",
        "ordered_on": date(2026, 1, 8),
        "delivery": date(2026, 2, 19),
        "cost_centre": "KP-7",
        "currency": "EUR",
        "lines": [
            {"line": "10", "description": "Consultancy", "quantity": Decimal(10), "unit": "HUR", "price": Decimal("50.00"),
             "net": Decimal("500.00"), "delivery": date(2026, 2, 12)},
            {"line": "20", "description": "Buoys", "quantity": Decimal(5), "unit": "HUR", "price": Decimal("8.00"),
             "net": Decimal("40.00"), "delivery": date(2026, 2, 19)},
        ],
    }  # fmt: skip
    assert found.once["title"] == "Consultancy, Buoys"
    assert found.once["contract"] == Find(("contracts",), "RO-9", ("number",))
    assert found.once["project"] == Find(("projects",), "HAVEN-2")
    assert (
        found.once["notes"] == "Customer reference: unit 12\nQuotation: Q-3\nCharge on the whole order: 25.00 Transport"
    )


def test_it_is_known_again_by_seller_and_number_also_where_it_was_typed() -> None:
    found = record(read(order()), "orders")
    assert found.source_key == "ubl:order:0106:27364512:4711"
    assert found.match == ({"number": "4711", "supplier": To("ubl:supplier:0106:27364512")},)


@given(st.decimals("0.01", 10**6, places=2), st.integers(1, 10**5))
def test_a_price_is_for_one_unit(price: Decimal, base: int) -> None:
    (line,) = record(read(order(order_line(price=str(price), base=str(base)))), "orders").values["lines"]
    assert abs(line["price"] * base - price) <= Decimal("1e-10") * base


def test_an_even_price_is_exact() -> None:
    (line,) = record(read(order(order_line(price="80.00", base="1000"))), "orders").values["lines"]
    assert line["price"] == Decimal("0.08")


def test_a_price_that_does_not_come_out_even_has_ten_places() -> None:
    (line,) = record(read(order(order_line(price="1.00", base="3"))), "orders").values["lines"]
    assert line["price"] == Decimal("0.3333333333")


def test_a_line_is_worth_its_net_amount_with_charges_and_allowances() -> None:
    more = allowance("100.00", charge=True) + allowance("50.00")
    order_of_one = record(read(order(order_line(price="100.00", more=more, net="1050.00"))), "orders")
    (line,) = order_of_one.values["lines"]
    assert (line["price"], line["price"] * line["quantity"]) == (Decimal(105), line["net"])
    assert order_of_one.once["notes"].startswith("Line 1: listed at 100.00, with its charges and allowances 1050.00")


def test_money_on_the_whole_order_is_told() -> None:
    batch = read(order(head=allowance("25.00", charge=True, tax="S 21")))
    assert any("on the whole" in note for note in batch.notes)
    assert not read(order()).notes


def test_without_a_price_the_net_amount_is_spread() -> None:
    text = changed(order(), '<cac:Price><cbc:PriceAmount currencyID="EUR">50.00</cbc:PriceAmount></cac:Price>', "")
    assert record(read(text), "orders").values["lines"][0]["price"] == Decimal(50)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("<cbc:ID>4711</cbc:ID>", "", "Order/ID"),
        ("<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>", "", "Order/DocumentCurrencyCode"),
        ('<cbc:Quantity unitCode="HUR">10</cbc:Quantity>', "", "Order/OrderLine/LineItem/Quantity"),
        ('<cbc:Quantity unitCode="HUR">10<', '<cbc:Quantity unitCode="HUR">ten<', "Order/OrderLine/LineItem/Quantity"),
        ("2026-01-08", "2026-13-08", "Order/IssueDate"),
        ("<cac:LineItem>", "<cac:Other>", "Order/OrderLine"),
        (">50.00</cbc:PriceAmount>", '>50.00</cbc:PriceAmount><cbc:BaseQuantity unitCode="HUR">0</cbc:BaseQuantity>',
         "Order/OrderLine/LineItem/Price/BaseQuantity"),
    ],
)  # fmt: skip
def test_what_is_missing_or_cannot_be_read_refuses_it(old: str, new: str, place: str) -> None:
    text = changed(order(), old, new)
    with pytest.raises(Refused) as refused:
        read(text.replace("</cac:LineItem>", "</cac:Other>") if "Other" in new else text)
    assert place in [problem.field for problem in refused.value.problems]
    assert "order.xml" in str(refused.value)


def test_attachments_are_named_and_not_stored() -> None:
    attached = (
        "<cac:AdditionalDocumentReference><cbc:ID>A</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject filename='plan.pdf'>QQ==</cbc:EmbeddedDocumentBinaryObject>"
        "</cac:Attachment></cac:AdditionalDocumentReference>"
    )
    batch = read(order(head=attached))
    assert any("plan.pdf" in note for note in batch.notes)
    assert "QQ==" not in repr(batch)
