"""Why a figure is what it is: computed figures of records and nodes as trees, down to the fields of records."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pmo_tui.analysis import money_trace
from pmo_tui.analysis.ageing import owed_trace
from pmo_tui.analysis.estimate import FORMULA_EAC, FORMULA_RESULT, at_completion_trace, result_trace, to_complete
from pmo_tui.analysis.exposure import emv
from pmo_tui.analysis.figure import Figure, Source
from pmo_tui.analysis.project_money import NO_BUDGET
from pmo_tui.analysis.risks import BANDS, Which, assessed, band, is_open, score
from pmo_tui.analysis.supplier_money import open_amount
from pmo_tui.desk.money import invoice_why
from pmo_tui.desk.why_words import Step, steps
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.projects import Project
from pmo_tui.records.schema import FieldOf
from pmo_tui.wording.languages import _
from pmo_tui.wording.suggest import nearest

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

Explain = Callable[["Desk", Any], Figure]
NODE_FIGURES = (
    "cost", "accrual", "prepaid", "open_commitment", "available", "etc", "eac", "expected_result", "exposure", "rag_computed",
)  # fmt: skip
"""What a programme or portfolio sums up over its projects."""


def figure(desk: Desk, word: str, name: str) -> Figure:
    """The figure `name` of the record that a key or code means; WrongUse names the nearest where there is no such figure,
    and says so where it is a field that is no figure."""
    entry = desk.entry(word)
    names = figures_of(desk, entry.register.name)
    if name not in names:
        item = desk.fields(entry.register.name).get(name)
        if item is not None:
            raise WrongUse(
                N_("{key} has no figure “{label}”: that stands as it was entered."), N_("The history of the record says by whom and when."),
                key=entry.key, label=_(item.field.label),
            )  # fmt: skip
        near = nearest(name, names)
        hint = N_("Did you mean {near}?") if near else N_("The figures are {figures}.")
        raise WrongUse(
            N_("{key} has no figure “{name}”."), hint, key=entry.key, name=name, near=", ".join(near), figures=", ".join(names)
        )  # fmt: skip
    if name in NODE_FIGURES and _sums_up(entry.register.name):
        return of_node(desk, entry.key, name)
    explain = EXPLAINED.get((entry.register.name, name))
    if explain is not None:
        return explain(desk, entry.record)
    item = desk.fields(entry.register.name)[name]
    return _scheduled(desk, entry.key, item) if _is_scheduled(entry.register.name, item) else _plain(entry, item)


def figures_of(desk: Desk, register: str) -> list[str]:
    """What can be asked about records of a register: every figure that is computed, every amount, number and day."""
    found = [name for each, name in EXPLAINED if each == register]
    found += NODE_FIGURES if _sums_up(register) else ()
    kinds = {"money", "number", "integer", "percent", "hours", "date", "duration"}
    found += [
        name
        for name, item in desk.fields(register).items()
        if (item.field.computed or item.field.kind in kinds) and name != "revision"
    ]
    return list(dict.fromkeys(found))


def _sums_up(register: str) -> bool:
    return register in ("portfolios", "programmes")


# ---- orders, invoices, projects ----------------------------------------------------------------------------------------


def _order(name: str) -> Explain:
    def explain(desk: Desk, order: Any) -> Figure:
        ordered = desk.money.ordered(order.key)
        return Figure(money_trace.NAMES[name], None) if ordered is None else money_trace.order_trace(ordered, name)

    return explain


def _match(desk: Desk, invoice: Any) -> Figure:
    return money_trace.match_trace(invoice, desk.money.match(invoice.key), desk.money.billed(invoice))


def _invoice_cost(desk: Desk, invoice: Any) -> Figure:
    named = {line.project for line in invoice.lines if line.project}
    projects = {key: record for key in named if isinstance(record := desk.record(key), Project)}
    return money_trace.cost_trace(invoice, projects)


def _owed(desk: Desk, supplier: Any) -> Figure:
    """What is owed to a supplier, by age."""
    theirs = (invoice for invoice in desk.exceptions.unsettled() if invoice.supplier == supplier.key)
    return owed_trace(found for invoice in theirs if (found := desk.exceptions.aged(invoice)) is not None)


def _project(name: str) -> Explain:
    def explain(desk: Desk, project: Any) -> Figure:
        shares = desk.money.shares(project.key)
        keys = dict.fromkeys(share.key for share in shares if share.key.startswith("PO-"))
        orders = {key: ordered for key in keys if (ordered := desk.money.ordered(key)) is not None}
        money = desk.money.project(project.key)
        return money_trace.project_trace(project, money, shares, orders, desk.money.rates(), name)

    return explain


def _available(desk: Desk, project: Any) -> Figure:
    money = desk.money.project(project.key)
    return money_trace.available_trace(project, money, lambda name: _project(name)(desk, project))


def _at_completion(desk: Desk, project: Any) -> Figure:
    return at_completion_trace(project, desk.money.project(project.key), _project("cost")(desk, project))


def _result(desk: Desk, project: Any) -> Figure:
    return result_trace(project, desk.money.project(project.key), _project("cost")(desk, project))


def _colour(desk: Desk, project: Any) -> Figure:
    found = desk.portfolio.standing(project.key)
    return Figure(N_("RAG by rule"), None) if found is None else found.rag


SCORE_LABELS: dict[Which, str] = {
    "residual": N_("Score"),
    "inherent": N_("Inherent score"),
    "target": N_("Target score"),
}


# ---- risks -------------------------------------------------------------------------------------------------------------


def _score(desk: Desk, risk: Any, which: Which = "residual") -> Figure:
    prefix = "" if which == "residual" else f"{which}_"
    inputs = tuple(Source(risk.key, name, getattr(risk, name)) for name in (f"{prefix}probability", f"{prefix}impact"))
    label = SCORE_LABELS[which]
    if assessed(risk, which) is None:
        reason = emv(risk, None, which=which).reason
        return Figure(label, None, inputs=inputs, reason=reason)
    return Figure(label, score(risk, which), "", N_("probability × impact"), inputs)


def _band(desk: Desk, risk: Any) -> Figure:
    limits = [Source("", "", lowest, name) for lowest, name in BANDS]
    inputs: tuple[Figure | Source, ...] = (_score(desk, risk), *limits)
    return Figure(N_("Band"), band(score(risk)), "", N_("the first band whose lowest score is reached"), inputs)


def _emv(desk: Desk, risk: Any) -> Figure:
    return emv(risk, desk.portfolio.level(risk.project), desk.portfolio.scale)


def _exposure(desk: Desk, node: str) -> Figure:
    """Threats less opportunities of a node's own open risks."""
    found = desk.portfolio.exposure(node)
    level = desk.portfolio.level(node)
    parts: dict[str, list[Figure]] = {"threat": [], "opportunity": []}
    for risk in desk.portfolio.risks(node):
        if is_open(risk):
            value = emv(risk, level, desk.portfolio.scale)
            parts[risk.kind].append(
                Figure(risk.key, value.value, value.unit, value.formula, value.inputs, value.reason)
            )
    formula = N_("sum of their expected values")
    sums = (
        Figure(N_("Threats"), found.threats, found.currency, formula, tuple(parts["threat"])),
        Figure(N_("Opportunities"), found.opportunities, found.currency, formula, tuple(parts["opportunity"])),
    )
    return Figure(N_("Exposure"), found.net, found.currency, N_("threats − opportunities"), sums)


# ---- people ----------------------------------------------------------------------------------------------------------


def _load(desk: Desk, who: Any) -> Figure:
    """How full somebody is this week."""
    from pmo_tui.analysis.periods import period_of

    return desk.allocation.figure(who.key, period_of("week", desk.today()))


# ---- nodes -------------------------------------------------------------------------------------------------------------


def of_node(desk: Desk, key: str, name: str) -> Figure:
    """A figure of a node with others under it: the sum over its projects, each of which can be asked in turn."""
    found = desk.portfolio.totals(key)
    currency = found.currency
    if name == "rag_computed":
        colours = tuple(
            Source(each.facts.project.key, "rag_computed", each.colour) for each in desk.portfolio.standings(key)
        )
        return Figure(N_("RAG by rule"), found.rag.rag, "", found.rag.why, colours)
    if name == "exposure":
        own = [_exposure(desk, each) for each in desk.portfolio.under(key)]
        parts = tuple(
            Figure(each, value.value, value.unit, value.formula, value.inputs)
            for each, value in zip(desk.portfolio.under(key), own, strict=True)
            if value.value
        )
        return Figure(N_("Exposure"), found.exposure.net, currency, N_("sum over everything under it"), parts)
    label = NODE_LABELS[name]
    if name in ("eac", "expected_result"):
        return _estimated(desk, key, name)
    if name == "available":
        parts = tuple(of_node(desk, key, each) for each in ("budget", "cost", "prepaid", "open_commitment"))
        formula = money_trace.FORMULA_AVAILABLE
        reason = found.reason or (None if found.budget is not None else NO_BUDGET)
        return Figure(label, found.available, currency, formula, parts, reason if found.available is None else None)
    sources = tuple(_source_of(desk, project, name) for project in desk.portfolio.projects(key))
    reason = (found.reason or found.no_estimate) if getattr(found, name) is None else None
    formula = "" if reason else N_("sum over its projects")
    return Figure(label, getattr(found, name), currency, formula, sources, reason)


def _estimated(desk: Desk, key: str, name: str) -> Figure:
    """Estimate at completion and expected result of a node, from its sums."""
    found = desk.portfolio.totals(key)
    if name == "eac":
        made_of, formula = ("cost", "etc"), FORMULA_EAC
    else:
        made_of, formula = ("budget", "eac"), FORMULA_RESULT
    parts = tuple(of_node(desk, key, each) for each in made_of)
    value = getattr(found, name)
    reason = None if value is not None else found.reason or found.no_estimate or NO_BUDGET
    return Figure(NODE_LABELS[name], value, found.currency, formula, parts, reason)


NODE_LABELS = {
    **money_trace.NAMES,
    "budget": N_("Budget"),
    "etc": N_("Estimate to complete"),
    "eac": N_("Estimate at completion"),
    "expected_result": N_("Expected result"),
}


def _source_of(desk: Desk, project: str, name: str) -> Source:
    standing = desk.portfolio.standing(project)
    facts = None if standing is None else standing.facts
    if facts is None:
        return Source(project, name, None)
    if name == "etc":
        return Source(project, name, to_complete(facts.project))
    return Source(project, name, facts.project.budget if name == "budget" else getattr(facts.money, name))


# ---- what has no trace of its own --------------------------------------------------------------------------------------


def _is_scheduled(register: str, item: FieldOf) -> bool:
    return (
        register == "tasks" and item.field.computed and item.name not in ("line", "baseline_start", "baseline_finish")
    )


def _scheduled(desk: Desk, key: str, item: FieldOf) -> Figure:
    return desk.plans.why(key, item.name)


def _plain(entry: Any, item: FieldOf) -> Figure:
    """A field as it was entered, or a computed one without a trace: what its definition says."""
    value = entry.values[item.name]
    unit = str(entry.values.get(item.field.currency) or "") if item.field.kind == "money" else item.field.unit
    if item.field.computed:
        return Figure(item.field.label, value, unit, item.field.help)
    return Figure(item.field.label, value, unit, N_("as it was entered"), (Source(entry.key, item.name, value),))


EXPLAINED: dict[tuple[str, str], Explain] = {
    **{
        ("orders", name): _order(name)
        for name in ("value", "cost", "accrual", "prepaid", "open_commitment", "order_left")
    },
    ("invoices", "open"): lambda desk, invoice: money_trace.open_trace(invoice, open_amount(invoice)),
    ("invoices", "match"): _match,
    ("invoices", "match_reasons"): _match,
    ("invoices", "accepted"): invoice_why.acceptance,
    ("invoices", "bucket"): invoice_why.bucket,
    ("invoices", "noticed"): invoice_why.noticed,
    ("invoices", "cost"): _invoice_cost,
    ("suppliers", "open"): _owed,
    **{("projects", name): _project(name) for name in ("cost", "accrual", "prepaid", "open_commitment")},
    ("projects", "available"): _available,
    ("projects", "eac"): _at_completion,
    ("projects", "expected_result"): _result,
    ("projects", "rag_computed"): _colour,
    ("projects", "exposure"): lambda desk, project: _exposure(desk, project.key),
    ("people", "load"): _load,
    ("systems", "load"): _load,
    ("risks", "score"): _score,
    ("risks", "inherent_score"): lambda desk, risk: _score(desk, risk, "inherent"),
    ("risks", "target_score"): lambda desk, risk: _score(desk, risk, "target"),
    ("risks", "trend"): lambda desk, risk: desk.trends.figure(risk),
    ("risks", "band"): _band,
    ("risks", "emv"): _emv,
}
"""Which figures have a trace of their own."""


def trace(desk: Desk, key: str, name: str) -> list[Step]:
    """A figure and everything it stands on as lines, in the language in use. Raw text: make it safe before it is shown."""
    return [*steps(desk, figure(desk, key, name))]
