"""Which analysis answers for which computed field, with what it needs from the store; kept until that changes.

One line a field in `COMPUTED`; the fields themselves are described in the record classes. An analysis is imported when one of its
fields is asked for, so that a list of risks does not wait for the money.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pmo_tui.analysis.amounts import half_up
from pmo_tui.records.base import Record

if TYPE_CHECKING:
    from pmo_tui.analysis.risks import Which
    from pmo_tui.desk.desk import Desk


def invoice_project(record: Any) -> str | None:
    """The project of an invoice's lines: one key, or “several”."""
    named = {line.project for line in record.lines if line.project}
    return None if not named else named.pop() if len(named) == 1 else "several"


def _score(which: Which) -> Callable[[Desk, Any], Any]:
    def made(desk: Desk, risk: Any) -> int | None:
        from pmo_tui.analysis.risks import score

        return score(risk, which)

    return made


def _band(desk: Desk, risk: Any) -> str | None:
    from pmo_tui.analysis.risks import band, score

    return band(score(risk))


def _order(figure: str) -> Callable[[Desk, Any], Any]:
    return lambda desk, order: desk.money.total(order, figure)


def _open(desk: Desk, invoice: Any) -> Decimal:
    from pmo_tui.analysis.supplier_money import open_amount

    return open_amount(invoice)


def _reasons(desk: Desk, invoice: Any) -> list[str]:
    from pmo_tui.desk.said import said

    return [said(each) for each in desk.money.match(invoice.key).reasons]


def _accepted(desk: Desk, invoice: Any) -> bool:
    from pmo_tui.analysis.invoice_steps import accepted

    return accepted(invoice, desk.money.match(invoice.key).reasons)


def _bucket(desk: Desk, invoice: Any) -> str | None:
    from pmo_tui.analysis.exceptions import SETTLED

    found = None if invoice.status in SETTLED else desk.exceptions.aged(invoice)
    return None if found is None else found.bucket


def _noticed(desk: Desk, invoice: Any) -> list[str]:
    from pmo_tui.desk.said import said

    return [said(each.said) for each in desk.exceptions.noticed(invoice)]


def _available(desk: Desk, project: Any) -> Decimal | None:
    from pmo_tui.analysis.project_money import available

    return available(project.budget, desk.money.project(project.key))


def _project(figure: str) -> Callable[[Desk, Any], Any]:
    return lambda desk, project: getattr(desk.money.project(project.key), figure)


def _colour(desk: Desk, project: Any) -> str | None:
    found = desk.portfolio.standing(project.key)
    return None if found is None else found.colour


def _expected_result(desk: Desk, project: Any) -> Any:
    from pmo_tui.analysis.estimate import result

    return result(project, desk.money.project(project.key))


def _at_completion(desk: Desk, project: Any) -> Any:
    from pmo_tui.analysis.estimate import at_completion

    return at_completion(project, desk.money.project(project.key))


def _emv(desk: Desk, risk: Any) -> Decimal | None:
    from pmo_tui.desk.raid.risk_values import emv_of

    return emv_of(desk, risk)


def _scheduled(figure: str) -> Callable[[Desk, Any], Any]:
    return lambda desk, task: desk.plans.figure(task, figure)


def _share(desk: Desk, booking: Any) -> Decimal | None:
    """A booking's hours of the week of whoever is booked, in per cent; None where that has no hours."""
    from pmo_tui.analysis.availability import share_of_week

    return share_of_week(booking.hours_per_week, desk.record(booking.person))


COMPUTED: dict[tuple[str, str], Callable[[Desk, Any], Any]] = {
    ("risks", "score"): _score("residual"),
    ("risks", "band"): _band,
    ("risks", "inherent_score"): _score("inherent"),
    ("risks", "target_score"): _score("target"),
    ("risks", "emv"): _emv,
    ("risks", "trend"): lambda desk, risk: desk.trends.of(risk).direction or None,
    ("orders", "value"): _order("value"),
    ("orders", "cost"): _order("cost"),
    ("orders", "accrual"): _order("accrual"),
    ("orders", "prepaid"): _order("prepaid"),
    ("orders", "open_commitment"): _order("open_commitment"),
    ("orders", "order_left"): _order("order_left"),
    ("invoices", "project"): lambda desk, invoice: invoice_project(invoice),
    ("invoices", "open"): _open,
    ("bookings", "percent"): _share,
    ("invoices", "match"): lambda desk, invoice: desk.money.match(invoice.key).badge,
    ("invoices", "match_reasons"): _reasons,
    ("invoices", "accepted"): _accepted,
    ("invoices", "bucket"): _bucket,
    ("invoices", "noticed"): _noticed,
    ("projects", "cost"): _project("cost"),
    ("projects", "accrual"): _project("accrual"),
    ("projects", "prepaid"): _project("prepaid"),
    ("projects", "open_commitment"): _project("open_commitment"),
    ("projects", "available"): _available,
    ("projects", "eac"): _at_completion,
    ("projects", "expected_result"): _expected_result,
    ("projects", "rag_computed"): _colour,
    ("tasks", "line"): lambda desk, task: desk.plans.line(task.key),
    ("tasks", "baseline_start"): lambda desk, task: desk.plans.baseline(task, "start"),
    ("tasks", "baseline_finish"): lambda desk, task: desk.plans.baseline(task, "finish"),
} | {
    ("tasks", name): _scheduled(name)
    for name in ("early_start", "early_finish", "late_start", "late_finish", "total_float", "free_float", "critical")
}


def compute(desk: Desk, register: str, record: Record, name: str) -> Any:
    """The value of a computed field of `record`; an amount without the zeros that multiplying left behind its cents."""
    value = COMPUTED[register, name](desk, record)
    if isinstance(value, Decimal) and value == half_up(value):
        return half_up(value) if value.as_tuple().exponent < -2 else value  # type: ignore[operator]
    return value
