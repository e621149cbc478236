"""Orders and invoices laid on the projects they serve."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.analysis.amounts import NO_RATES, Rates
from pmo_tui.analysis.project_money import ProjectMoney, Share, available, project_money, shares_of, without_order
from pmo_tui.analysis.supplier_money import Ordered, money_of
from tests.analysis.money_help import billed_line, invoice, of, order, ordered, ordered_line, receipt

ALL = Decimal(100)


def money(
    shares: list[Share], project: str = "P-1", recoverable: Decimal = ALL, rates: Rates = NO_RATES
) -> ProjectMoney:
    return project_money([share for share in shares if share.project == project], "EUR", recoverable, rates)


def test_an_order_falls_on_its_project() -> None:
    file = ordered(order(ordered_line(), project="P-1"), [receipt(6)], [invoice(billed_line(4000, 4))])
    found = money(shares_of(file))
    assert of(found, "cost accrual prepaid open_commitment") == (6000, 2000, 0, 4000)
    assert available(Decimal(20_000), found) == 10_000
    assert available(None, found) is None


def test_lines_of_one_invoice_may_serve_several_projects() -> None:
    bill = invoice(billed_line(3000, 3, project="P-2"), billed_line(1000, 1))
    shares = shares_of(ordered(order(ordered_line(project="P-1")), [receipt(6)], [bill]))
    assert money(shares, "P-2").cost == 3000
    mine = money(shares)
    assert of(mine, "cost accrual open_commitment") == (3000, 2000, 4000)


def test_what_fits_no_line_of_the_order_is_cost_all_the_same() -> None:
    two = order(ordered_line(), ordered_line(), project="P-1")
    shares = shares_of(ordered(two, [], [invoice(billed_line(700, 1, "9")), invoice(billed_line(50, 1, None))]))
    assert money(shares).cost == 750


def test_an_invoice_without_an_order_is_cost_of_its_lines_projects() -> None:
    bill = invoice(billed_line(700, 1, None, project="P-1"), billed_line(300, 1, None, project="P-2"), order=None)
    assert money(list(without_order([bill]))).cost == 700
    named = invoice(billed_line(700, 1, "PO-7/1", project="P-1"), order=None)
    assert list(without_order([named])) == []
    assert list(without_order([invoice(billed_line(7, 1, None, project="P-1"), order=None, status="returned")])) == []


def test_vat_that_is_not_recovered_is_cost() -> None:
    taxed = order(ordered_line(2, 1000, vat_rate=Decimal(21)), project="P-1")
    bill = invoice(billed_line(1000, 1, vat_rate=Decimal(21)))
    found = money(shares_of(ordered(taxed, [receipt(1)], [bill])), recoverable=Decimal(70))
    assert of(found, "cost open_commitment vat") == (Decimal("1063.00"), Decimal("1063.00"), Decimal("126.00"))


def test_an_accrual_bears_its_vat_once() -> None:
    taxed = order(ordered_line(1, 1000, vat_rate=Decimal(21)), project="P-1")
    found = money(shares_of(ordered(taxed, [receipt(1)])), recoverable=Decimal(0))
    assert of(found, "cost accrual vat") == (1210, 1210, 210)


def test_the_rate_comes_from_the_line_the_order_or_the_invoice_as_a_whole() -> None:
    whole = invoice(billed_line(1000, 1, None, project="P-1"), order=None, vat=Decimal(90))
    assert [share.vat_rate for share in without_order([whole])] == [9]
    taxed = order(ordered_line(1, 1000, vat_rate=Decimal(21)), project="P-1")
    [share] = shares_of(ordered(taxed, [receipt(1)], [invoice(billed_line(1000, 1))]))
    assert share.vat_rate == 21


def test_other_currencies_need_a_rate() -> None:
    dollars = ordered(order(ordered_line(), project="P-1", currency="USD"))
    found = money(shares_of(dollars))
    assert found.cost is None
    assert found.spoken_for is None
    assert found.reason is not None
    assert "PO-1" in found.reason.words()
    assert "USD" in found.reason.words()
    assert money(shares_of(dollars), rates=Rates({("USD", "EUR"): Decimal("0.8")})).open_commitment == 8000


projects = st.sampled_from(["P-1", "P-2", None])
cents = st.decimals(0, 500, places=2)
billed = st.builds(lambda net, quantity, project: billed_line(net, quantity, project=project), cents, cents, projects)


@st.composite
def files(draw: Any) -> Ordered:
    lines = [ordered_line(draw(cents), draw(cents), project=draw(projects), line=str(place)) for place in range(2)]
    bills = [invoice(*draw(st.lists(billed, min_size=1, max_size=3)), key=f"INV-{place}") for place in range(2)]
    return ordered(order(*lines), [receipt(draw(cents))], bills)


@given(files())
def test_nothing_is_lost_between_an_order_and_its_projects(file: Ordered) -> None:
    shares = shares_of(file)
    lines = money_of(file.order, file.receipts, file.invoices)
    for figure in ("cost", "accrual", "prepaid", "open_commitment"):
        fits = [getattr(share, figure) for share in shares if share.line]
        assert sum(fits) == sum(getattr(line, figure) for line in lines)
