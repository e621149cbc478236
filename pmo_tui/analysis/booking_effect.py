"""What an invoice in the making does to its orders and projects, while it is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from msgspec.structs import replace

from pmo_tui.analysis import estimate
from pmo_tui.analysis.amounts import NOTHING, Rates
from pmo_tui.analysis.invoice_match import Match, Tolerances, match
from pmo_tui.analysis.project_money import Share, available, project_money, shares_of, without_order
from pmo_tui.analysis.supplier_money import NOT_COUNTED, Ordered, money_of
from pmo_tui.records.invoices import Invoice
from pmo_tui.records.projects import Project


@dataclass(frozen=True, slots=True)
class Change:
    """A figure of the record `key` before and after; None where it is undefined."""

    key: str
    currency: str
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class Effect:
    """What booking an invoice does: to what is left on each order, to what each project has available and expects to have left, and how
    it matches."""

    order_left: tuple[Change, ...]
    available: tuple[Change, ...]
    expected: tuple[Change, ...]
    match: Match


def effect(
    invoice: Invoice,
    orders: Sequence[Ordered],
    projects: Mapping[str, tuple[Project, Sequence[Share]]],
    tolerances: Tolerances,
    rates: Rates,
) -> Effect:
    """The effect of `invoice`, which may be new or replace one of the same key.

    `orders` are those it bills, with everything else that bills them; `projects` are those it or its orders serve, each with all
    its shares as they stand.
    """
    before = [_without(ordered, invoice) for ordered in orders]
    after = [replace(ordered, invoices=(*ordered.invoices, invoice)) for ordered in before]
    left = tuple(
        Change(now.order.key, now.order.currency, _order_left(old), _order_left(now))
        for old, now in zip(before, after, strict=True)
    )
    keys = {ordered.order.key for ordered in orders} | {invoice.key}
    old_shares = [share for ordered in before for share in shares_of(ordered)]
    new_shares = [share for ordered in after for share in shares_of(ordered)] + list(without_order([invoice]))
    changes, results = [], []
    for key, (project, shares) in projects.items():
        rest = [share for share in shares if share.key not in keys]
        both = [
            project_money(
                [*rest, *(share for share in some if share.project == key)],
                project.currency, project.vat_recoverable, rates,
            )
            for some in (old_shares, new_shares)
        ]  # fmt: skip
        changes.append(Change(key, project.currency, *(available(project.budget, money) for money in both)))
        results.append(Change(key, project.currency, *(estimate.result(project, money) for money in both)))
    return Effect(left, tuple(changes), tuple(results), match(invoice, after, tolerances))


def _without(ordered: Ordered, invoice: Invoice) -> Ordered:
    others = tuple(each for each in ordered.invoices if each.key != invoice.key and each.status not in NOT_COUNTED)
    return replace(ordered, invoices=others)


def _order_left(ordered: Ordered) -> Decimal:
    lines = money_of(ordered.order, ordered.receipts, ordered.invoices)
    return sum((line.order_left for line in lines), NOTHING)
