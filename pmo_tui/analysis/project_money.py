"""What projects cost, have prepaid and are committed to: order lines and invoice lines laid on the projects they serve.

One invoice may serve several projects, also on one order line: what is billed falls on the project of the invoice line, what is
accrued or still committed on that of the order line. VAT that a project cannot recover is part of its cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from pmo_tui.analysis.amounts import HUNDRED, NOTHING, Rates, to_cents
from pmo_tui.analysis.supplier_money import (
    NOT_COUNTED,
    LineMoney,
    Ordered,
    billed_lines,
    bills,
    money_of,
    named_lines,
    part_used,
)
from pmo_tui.analysis.vat import borne, not_recovered
from pmo_tui.records.errors import Said
from pmo_tui.records.invoices import Invoice, InvoiceLine
from pmo_tui.records.marks import N_
from pmo_tui.records.orders import Order, OrderLine

NO_RATE = N_("{key} holds amounts in {currency}, and there is no exchange rate into {to}")
NO_BUDGET = Said(N_("there is no budget"), {})


class Share(Struct, frozen=True):
    """The part of one order line, or of an invoice without order, that falls on a project: net amounts at one VAT rate.

    `key` is the order or the invoice; `line` the order's line, "" for what fits none, or the place of the invoice's, from 1. `cost`
    holds the `accrual`.
    """

    project: str | None
    key: str
    line: str
    currency: str
    vat_rate: Decimal
    cost: Decimal = NOTHING
    accrual: Decimal = NOTHING
    prepaid: Decimal = NOTHING
    open_commitment: Decimal = NOTHING


class ProjectMoney(Struct, frozen=True):
    """A project's amounts in its own currency, VAT that it cannot recover (`vat`) included.

    `cost` holds the `accrual`. All amounts are None, with the `reason`, where one of them is in a currency without a rate.
    """

    currency: str
    cost: Decimal | None = NOTHING
    accrual: Decimal | None = NOTHING
    prepaid: Decimal | None = NOTHING
    open_commitment: Decimal | None = NOTHING
    vat: Decimal | None = NOTHING
    reason: Said | None = None

    @property
    def spoken_for(self) -> Decimal | None:
        """Cost, prepaid and open commitment together."""
        if self.cost is None or self.prepaid is None or self.open_commitment is None:
            return None
        return self.cost + self.prepaid + self.open_commitment


def shares_of(ordered: Ordered, lines: Sequence[LineMoney] | None = None) -> list[Share]:
    """How an order falls on projects; also what is billed on it without fitting a line, which is cost at once."""
    order = ordered.order
    of_order = named_lines(order)
    pieces: dict[str, list[tuple[Invoice, InvoiceLine]]] = {}
    for invoice, line, name in billed_lines(order, ordered.invoices):
        pieces.setdefault(name, []).append((invoice, line))
    found: list[Share] = []
    for money in lines if lines is not None else money_of(order, ordered.receipts, ordered.invoices):
        found += _line_shares(order, of_order[money.line], money, pieces.pop(money.line, []))
    for billed in pieces.values():
        for invoice, line in billed:
            rate = billed_rate(invoice, line, None)
            found.append(Share(line.project or order.project, order.key, "", invoice.currency, rate, line.net))
    return found


def _line_shares(
    order: Order, line: OrderLine, money: LineMoney, pieces: Sequence[tuple[Invoice, InvoiceLine]]
) -> Iterator[Share]:
    ordered_rate = borne(line.vat_category, line.vat_rate, order.ordered_on)
    if money.accrual or money.open_commitment or not pieces:
        yield Share(
            money.project, order.key, money.line, order.currency, ordered_rate,
            cost=money.accrual, accrual=money.accrual, open_commitment=money.open_commitment,
        )  # fmt: skip
    left = money.cost - money.accrual
    for place, (invoice, billed) in enumerate(pieces, 1):
        used = left if place == len(pieces) else part_used(billed.net, money.received, money.invoiced)
        left -= used
        yield Share(
            billed.project or money.project, order.key, money.line, invoice.currency, billed_rate(invoice, billed, line),
            cost=used, prepaid=billed.net - used,
        )  # fmt: skip


def billed_rate(invoice: Invoice, line: InvoiceLine, ordered: OrderLine | None) -> Decimal:
    """The VAT rate that a billed line bears: its own, the order line's, or what the invoice bears as a whole."""
    category = line.vat_category or (ordered.vat_category if ordered else None)
    rate = line.vat_rate
    if rate is None and ordered is not None:
        rate = ordered.vat_rate
    if rate is None and invoice.net:
        rate = invoice.vat / invoice.net * HUNDRED
    return borne(category, rate, invoice.issue_date)


def without_order(invoices: Iterable[Invoice]) -> Iterator[Share]:
    """Lines of invoices that bill no order: cost as soon as they are booked."""
    for invoice in invoices:
        if invoice.status not in NOT_COUNTED:
            for place, line in enumerate(invoice.lines, 1):
                if not bills(invoice, line)[0]:
                    rate = billed_rate(invoice, line, None)
                    yield Share(line.project, invoice.key, str(place), invoice.currency, rate, line.net)


def project_money(shares: Iterable[Share], currency: str, recoverable: Decimal, rates: Rates) -> ProjectMoney:
    """The sum of a project's shares in `currency`, the VAT that it does not recover added to each amount."""
    cost = accrual = prepaid = promised = vat = NOTHING
    for share in shares:
        factor = rates.factor(share.currency, currency)
        if factor is None:
            said = Said(NO_RATE, {"key": share.key, "currency": share.currency, "to": currency})
            return ProjectMoney(currency, None, None, None, None, None, said)
        lost = not_recovered(factor, share.vat_rate, recoverable)
        gross = factor + lost
        cost += share.cost * gross
        accrual += share.accrual * gross
        prepaid += share.prepaid * gross
        promised += share.open_commitment * gross
        vat += (share.cost + share.prepaid + share.open_commitment) * lost
    cost, accrual, prepaid, promised, vat = map(to_cents, (cost, accrual, prepaid, promised, vat))
    return ProjectMoney(currency, cost, accrual, prepaid, promised, vat)


def available(budget: Decimal | None, money: ProjectMoney) -> Decimal | None:
    """What a project may still order: budget − cost − prepaid − open commitments."""
    if budget is None or money.spoken_for is None:
        return None
    return budget - money.spoken_for
