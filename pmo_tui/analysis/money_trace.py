"""The figures of orders, invoices and projects with what they follow from, down to the lines of orders, receipts and invoices.

The values are those of `supplier_money` and `project_money`; here they say why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from pmo_tui.analysis.amounts import HUNDRED, NOTHING, Rates, to_cents
from pmo_tui.analysis.figure import Figure, Source, total
from pmo_tui.analysis.invoice_match import Match
from pmo_tui.analysis.project_money import NO_BUDGET, ProjectMoney, Share, available, billed_rate
from pmo_tui.analysis.supplier_money import (
    LineMoney,
    Ordered,
    billed_lines,
    billed_quantity,
    line_name,
    money_of,
    named_lines,
)
from pmo_tui.analysis.vat import cost_of, not_recovered
from pmo_tui.records.invoices import Invoice
from pmo_tui.records.marks import N_
from pmo_tui.records.orders import Order
from pmo_tui.records.projects import Project

NAMES: dict[str, str] = {
    "value": N_("Value"),
    "cost": N_("Cost"),
    "accrual": N_("Accrual"),
    "prepaid": N_("Prepaid"),
    "open_commitment": N_("Open commitment"),
    "order_left": N_("Order left"),
    "available": N_("Available"),
}
FORMULAS: dict[str, str] = {
    "value": N_("ordered × price ordered"),
    "cost": N_("min(received, invoiced) × price billed + accrual"),
    "accrual": N_("max(0, received − invoiced) × price ordered"),
    "prepaid": N_("max(0, invoiced − received) × price billed"),
    "open_commitment": N_("max(0, ordered − max(received, invoiced)) × price ordered; nothing once closed"),
    "order_left": N_("max(0, ordered − invoiced) × price ordered; nothing once closed"),
}
"""What each figure of an order line is."""
FORMULA_AVAILABLE = N_("budget − cost − prepaid − open commitment")

# ---- orders ------------------------------------------------------------------------------------------------------------


def order_trace(ordered: Ordered, name: str) -> Figure:
    """A figure of an order: the sum over its lines."""
    order = ordered.order
    lines = money_of(order, ordered.receipts, ordered.invoices)
    parts = tuple(line_trace(ordered, line, name) for line in lines)
    return total(NAMES[name], parts, order.currency, N_("sum over the lines"))


def line_trace(ordered: Ordered, money: LineMoney, name: str) -> Figure:
    """A figure of one order line, named after it: `PO-7/1`."""
    order, currency = ordered.order, ordered.order.currency
    place = _place(order, money.line)
    inputs: dict[str, Callable[[], Figure | Source]] = {
        "ordered": lambda: Source(order.key, f"lines.{place}.quantity", money.ordered),
        "price": lambda: Source(order.key, f"lines.{place}.price", order.lines[place - 1].price),
        "received": lambda: _received(ordered, money),
        "invoiced": lambda: _invoiced(ordered, money),
        "billed": lambda: _billed(ordered, money),
        "accrual": lambda: line_trace(ordered, money, "accrual"),
    }
    needed = {
        "value": ("ordered", "price"),
        "cost": ("received", "invoiced", "billed", "accrual"),
        "accrual": ("received", "invoiced", "price"),
        "prepaid": ("received", "invoiced", "billed"),
        "open_commitment": ("ordered", "received", "invoiced", "price"),
        "order_left": ("ordered", "invoiced", "price"),
    }
    heading = NAMES[name] if name == "accrual" else f"{order.key}/{money.line}"
    found = tuple(inputs[each]() for each in needed[name])
    return Figure(heading, getattr(money, name), currency, FORMULAS[name], found)


def _place(order: Order, line: str) -> int:
    """The line's place in the order, from 1."""
    return next(index + 1 for index in range(len(order.lines)) if line_name(order, index) == line)


def _received(ordered: Ordered, money: LineMoney) -> Figure:
    sources = tuple(
        Source(receipt.key, f"lines.{place}.quantity", line.quantity)
        for receipt in ordered.receipts
        for place, line in enumerate(receipt.lines, 1)
        if line.order_line == money.line
    )
    return Figure(N_("Received"), money.received, "", N_("sum of the receipts"), sources)


def _invoiced(ordered: Ordered, money: LineMoney) -> Figure:
    price = named_lines(ordered.order)[money.line].price
    sources = tuple(
        Source(invoice.key, f"lines.{place}.quantity", billed_quantity(invoice, invoice.lines[place - 1], price))
        for invoice, place in _billing(ordered, money)
    )
    return Figure(N_("Invoiced"), money.invoiced, "", N_("sum of the invoices, less credit notes"), sources)


def _billed(ordered: Ordered, money: LineMoney) -> Figure:
    sources = tuple(
        Source(invoice.key, f"lines.{place}.net", invoice.lines[place - 1].net)
        for invoice, place in _billing(ordered, money)
    )
    name, formula = N_("Amount billed"), N_("invoiced × price billed")
    return Figure(name, money.billed, ordered.order.currency, formula, sources)


def _billing(ordered: Ordered, money: LineMoney) -> Iterator[tuple[Invoice, int]]:
    """Invoices that bill a line, with the place of the line that does."""
    for invoice, line, name in billed_lines(ordered.order, ordered.invoices):
        if name == money.line:
            yield invoice, next(place for place, each in enumerate(invoice.lines, 1) if each is line)


# ---- invoices ----------------------------------------------------------------------------------------------------------


def open_trace(invoice: Invoice, amount: Decimal) -> Figure:
    """What is still to pay of an invoice."""
    inputs = tuple(
        Source(invoice.key, name, getattr(invoice, name)) for name in ("payable", "paid", "status", "paid_on")
    )
    formula = N_("payable − paid; nothing once it is paid, returned or cancelled")
    return Figure(N_("Open"), amount, invoice.currency, formula, inputs)


def cost_trace(invoice: Invoice, projects: Mapping[str, Project]) -> Figure:
    """What the lines of an invoice cost the projects they name, VAT that is not recovered included; `projects` by key."""
    parts = tuple(_line_cost(invoice, place, projects) for place in range(1, len(invoice.lines) + 1))
    return total(NAMES["cost"], parts, invoice.currency, N_("sum over the lines"))


def _line_cost(invoice: Invoice, place: int, projects: Mapping[str, Project]) -> Figure:
    line = invoice.lines[place - 1]
    project = projects.get(line.project or "")
    recoverable = HUNDRED if project is None else project.vat_recoverable
    rate = billed_rate(invoice, line, None)
    inputs: list[Figure | Source] = [Source(invoice.key, f"lines.{place}.net", line.net)]
    inputs.append(Source("", "", to_cents(rate), N_("VAT in per cent")))
    if project is not None:
        inputs.append(Source(project.key, "vat_recoverable", recoverable))
    formula = N_("net + VAT × (100 % − recoverable)")
    return Figure(
        f"{invoice.key}/{place}", cost_of(line.net, rate, recoverable), invoice.currency, formula, tuple(inputs)
    )


def match_trace(invoice: Invoice, matched: Match, orders: Iterable[Ordered]) -> Figure:
    """How an invoice matches: each reason why not, and the quantities of the order lines that it bills."""
    parts: list[Figure | Source] = [Figure(N_("Reason"), None, reason=reason) for reason in matched.reasons]
    for ordered in orders:
        named = {name for _, _, name in billed_lines(ordered.order, [invoice])}
        for money in money_of(ordered.order, ordered.receipts, ordered.invoices):
            if money.line in named:
                source = Source(ordered.order.key, f"lines.{_place(ordered.order, money.line)}.quantity", money.ordered)
                parts += [source, _received(ordered, money), _invoiced(ordered, money)]
    formula = N_(
        "ordered ≥ received ≥ invoiced, price within tolerance, order open, supplier and currency the same; sums those of the lines; number not used before"
    )
    return Figure(N_("Match"), matched.badge, "", formula, tuple(parts))


# ---- projects ----------------------------------------------------------------------------------------------------------


def project_trace(
    project: Project,
    money: ProjectMoney,
    shares: Sequence[Share],
    orders: Mapping[str, Ordered],
    rates: Rates,
    name: str,
) -> Figure:
    """A project's cost, accrual, prepaid or open commitment: what of each order line and invoice falls on it."""
    value: Decimal | None = getattr(money, name)
    if value is None:
        return Figure(NAMES[name], None, project.currency, reason=money.reason)
    parts = tuple(_share_trace(project, share, orders.get(share.key), rates, name) for share in _by_line(shares, name))
    return Figure(
        NAMES[name], value, project.currency, N_("sum over the order lines and invoices that serve it"), parts
    )


def _by_line(shares: Sequence[Share], name: str) -> list[Share]:
    """Shares of the same line at the same VAT rate as one, without those that add nothing to the figure."""
    found: dict[tuple[str, str, str, Decimal], Share] = {}
    for share in shares:
        if getattr(share, name):
            place = (share.key, share.line, share.currency, share.vat_rate)
            before: Decimal = getattr(found[place], name) if place in found else NOTHING
            found[place] = replace(share, **{name: before + getattr(share, name)})
    return list(found.values())


def _share_trace(project: Project, share: Share, ordered: Ordered | None, rates: Rates, name: str) -> Figure:
    net: Decimal = getattr(share, name)
    heading = f"{share.key}/{share.line}" if share.line else share.key
    behind = _net_of(share, ordered, name)
    inputs: list[Figure | Source] = [behind]
    formula = N_("net")
    lost = not_recovered(net, share.vat_rate, project.vat_recoverable)
    if lost:
        formula = N_("net + VAT × (100 % − recoverable)")
        inputs.append(Source("", "", share.vat_rate, N_("VAT in per cent")))
        inputs.append(Source(project.key, "vat_recoverable", project.vat_recoverable))
    if share.currency != project.currency:
        inputs.append(Source("", "", rates.factor(share.currency, project.currency), N_("rate of exchange")))
    elif isinstance(behind, Figure) and not lost:
        return replace(behind, name=heading)
    factor = rates.factor(share.currency, project.currency) or NOTHING
    return Figure(heading, to_cents((net + lost) * factor), project.currency, formula, tuple(inputs))


def _net_of(share: Share, ordered: Ordered | None, name: str) -> Figure | Source:
    """The net amount behind a share: a line of an invoice, the figure of an order line, or the part of it that serves the project."""
    net: Decimal = getattr(share, name)
    if ordered is None:
        return Source(share.key, f"lines.{share.line}.net", net)
    for money in money_of(ordered.order, ordered.receipts, ordered.invoices):
        if money.line == share.line:
            whole = line_trace(ordered, money, name)
            if whole.value == net:
                return whole
            return Figure(N_("Net"), net, share.currency, N_("the part of the line billed for this project"), (whole,))
    return Source(share.key, "", net, N_("billed, but on no line of the order"))


def available_trace(project: Project, money: ProjectMoney, trace: Callable[[str], Figure]) -> Figure:
    """What a project may still order; `trace` gives its other figures."""
    parts: tuple[Figure | Source, ...] = (
        Source(project.key, "budget", project.budget),
        *(trace(name) for name in ("cost", "prepaid", "open_commitment")),
    )
    if project.budget is None:
        return Figure(NAMES["available"], None, project.currency, inputs=parts, reason=NO_BUDGET)
    if money.spoken_for is None:
        return Figure(NAMES["available"], None, project.currency, inputs=parts, reason=money.reason)
    return Figure(NAMES["available"], available(project.budget, money), project.currency, FORMULA_AVAILABLE, parts)
