"""The computed lists of the tree of projects: portfolio, milestones, exposure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from pmo_tui.analysis.amounts import HUNDRED, half_up
from pmo_tui.analysis.exceptions import RULES
from pmo_tui.analysis.milestones import STATES
from pmo_tui.analysis.portfolio import Totals
from pmo_tui.analysis.standing import Standing
from pmo_tui.desk.said import said
from pmo_tui.desk.views.lists import ListDefinition, Values, fields_named
from pmo_tui.records import fields as f
from pmo_tui.records.base import NODES
from pmo_tui.records.marks import N_
from pmo_tui.records.projects import RAG, STATUSES
from pmo_tui.wording.rag import letter

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

LEVELS = (N_("portfolio"), N_("programme"), N_("project"))


def _level(key: str) -> str:
    return {"PF": LEVELS[0], "PG": LEVELS[1]}.get(key.partition("-")[0], LEVELS[2])


# ---- portfolio ---------------------------------------------------------------------------------------------------------


def portfolio_rows(desk: Desk) -> list[Values]:
    """Every node, each before what is under it, with the figures of everything at and under it."""
    tree = desk.portfolio.tree()
    by_project = Counter(finding.project for finding in desk.exceptions.findings() if finding.project)
    worst = worst_findings(desk, tree)
    counts: Counter[str] = Counter()
    for project, count in by_project.items():
        for node in tree.above(project):
            counts[node] += count
    letters = {rag: letter(rag) for rag in RAG}
    rows = [_node_row(desk, *figures, counts[figures[0]], letters) for figures in desk.portfolio.every()]
    for row in rows:
        row["finding"] = worst.get(row["key"])
    return rows


def worst_findings(desk: Desk, tree: Any) -> dict[str, str]:
    """Of every node the sentence of the first finding at or under it, by the order of the rules, then by how long it is so."""
    order = {rule: place for place, rule in enumerate(RULES)}
    found: dict[str, str] = {}
    for finding in sorted(desk.exceptions.findings(), key=lambda each: (order[each.rule], -each.days)):
        for node in tree.above(finding.project) if finding.project else ():
            if node not in found:
                found[node] = desk.exceptions.sentence(finding)
    return found


def _node_row(
    desk: Desk, key: str, node: Any, totals: Totals, stands: Standing | None, exceptions: int, letters: dict[str, str]
) -> Values:
    coming = totals.next_milestone
    return {
        "key": key,
        "name": node.name,
        "level": _level(key),
        "depth": desk.portfolio.depth(key),
        "parent": node.parent,
        "rag": node.rag,
        "rag_computed": stands.colour if stands is not None and totals.projects == 1 else totals.rag.rag,
        "distribution": totals.rag.text(letters),
        "exceptions": exceptions,
        "status": node.status,
        "manager": node.manager,
        "officer": node.officer,
        "deputy": getattr(node, "deputy", None),
        "department": getattr(node, "department", None),
        "projects": totals.projects,
        "budget": totals.budget,
        "cost": totals.cost,
        "accrual": totals.accrual,
        "prepaid": totals.prepaid,
        "open_commitment": totals.open_commitment,
        "available": totals.available,
        "etc": totals.etc,
        "eac": totals.eac,
        "expected_result": totals.expected_result,
        "used": totals.used,
        "milestones_late": totals.late,
        "next_milestone": coming.finish if coming else None,
        "next_name": coming.name if coming else None,
        "risks": totals.exposure.open,
        "exposure": totals.exposure.net,
        "finish": getattr(node, "finish", None),
        "currency": totals.currency,
        "why": said(why) if (why := totals.reason or totals.no_estimate) else None,
        "node": key,
    }


PORTFOLIO = ListDefinition(
    "portfolio",
    N_("Portfolio"),
    fields_named(
        key=f.text(N_("Key"), 8, shown=True),
        name=f.text(N_("Name"), 30, shown=True),
        level=f.choice(N_("Node"), *LEVELS, width=10),
        depth=f.integer(N_("Depth")),
        parent=f.ref(N_("Parent"), *NODES),
        rag=f.choice(N_("RAG"), *RAG, width=6, shown=True),
        rag_computed=f.choice(N_("By rule"), *RAG, width=7, shown=True),
        distribution=f.text(N_("Distribution"), 14),
        exceptions=f.integer(N_("Exceptions"), shown=True),
        finding=f.text(N_("First exception"), 40, shown=True),
        status=f.choice(N_("Status"), *STATUSES),
        manager=f.ref(N_("Manager"), "people"),
        officer=f.ref(N_("Officer"), "people"),
        deputy=f.ref(N_("Deputy"), "people"),
        department=f.text(N_("Department"), 16),
        projects=f.integer(N_("Projects")),
        budget=f.money(N_("Budget"), shown=True),
        cost=f.money(N_("Cost")),
        accrual=f.money(N_("Accrual")),
        prepaid=f.money(N_("Prepaid")),
        open_commitment=f.money(N_("Open commitment")),
        available=f.money(N_("Available"), shown=True),
        etc=f.money(N_("Estimate to complete")),
        eac=f.money(N_("Estimate at completion")),
        expected_result=f.money(N_("Expected result"), help="budget − estimate at completion"),
        used=f.percent(N_("Used")),
        milestones_late=f.integer(N_("Late milestones"), shown=True),
        next_milestone=f.day(N_("Next milestone"), shown=True),
        next_name=f.text(N_("Milestone"), 24),
        risks=f.integer(N_("Open risks")),
        exposure=f.money(N_("Exposure")),
        finish=f.day(N_("Finish")),
        currency=f.currency(),
        why=f.text(N_("Why not"), 30, help="why sums are missing, and which projects have no estimate to complete"),
        node=f.ref(N_("Node"), *NODES),
    ),
    portfolio_rows,
    lambda row: str(row["key"]),
)


# ---- milestones --------------------------------------------------------------------------------------------------------


def milestone_rows(desk: Desk) -> list[Values]:
    """The milestones of every plan."""
    today, people = desk.today(), _leaders(desk)
    return [
        {
            "key": each.key,
            "project": each.project,
            "name": each.name,
            "finish": each.finish,
            "baseline_finish": each.baseline,
            "slip": each.slip(today),
            "status": each.state(today),
            "days_late": each.days_late(today),
            "owner": each.owner,
            "manager": people[project][0],
            "officer": people[project][1],
        }
        for project in people
        for each in desk.portfolio.milestones(project)
    ]


def _leaders(desk: Desk) -> dict[str, tuple[str | None, str | None]]:
    """Manager and officer of every project."""
    shelf = desk.store.shelf("projects")
    with desk.store.steady():
        found = zip(shelf.numbers(), shelf.column("manager"), shelf.column("officer"), strict=True)
        return {f"P-{number}": (manager, officer) for number, manager, officer in found}


MILESTONES = ListDefinition(
    "milestones",
    N_("Milestones"),
    fields_named(
        key=f.text(N_("Key"), 8, shown=True),
        project=f.ref(N_("Project"), "projects", shown=True),
        name=f.text(N_("Name"), 34, shown=True),
        finish=f.day(N_("Finish"), shown=True),
        baseline_finish=f.day(N_("Baseline finish"), shown=True),
        slip=f.integer(
            N_("Slip"), unit="d", shown=True, help="calendar days behind the baseline, counting on while it is late"
        ),
        status=f.choice(N_("Status"), *STATES, shown=True),
        days_late=f.integer(N_("Days late")),
        owner=f.ref(N_("Owner"), "people"),
        manager=f.ref(N_("Manager"), "people"),
        officer=f.ref(N_("Officer"), "people"),
    ),
    milestone_rows,
    lambda row: str(row["key"]),
    order="status,finish",
)


# ---- exposure ----------------------------------------------------------------------------------------------------------


def exposure_rows(desk: Desk) -> list[Values]:
    """Every node with open risks at or under it: threats, opportunities, and what is left of the one after the other."""
    rows: list[Values] = []
    for key, node, totals, _ in desk.portfolio.every():
        found = totals.exposure
        if not found.open:
            continue
        share = half_up(found.net / totals.budget * HUNDRED, 1) if totals.budget else None
        rows.append({
            "key": key,
            "name": node.name,
            "level": _level(key),
            "threats": found.threats,
            "opportunities": found.opportunities,
            "net": found.net,
            "share": share,
            "risks": found.open,
            "worst": found.worst,
            "unweighed": len(found.unweighed),
            "budget": totals.budget,
            "parent": node.parent,
            "manager": node.manager,
            "currency": found.currency,
            "node": key,
        })  # fmt: skip
    return rows


EXPOSURE = ListDefinition(
    "exposure",
    N_("Exposure"),
    fields_named(
        key=f.text(N_("Key"), 8, shown=True),
        name=f.text(N_("Name"), 30, shown=True),
        level=f.choice(N_("Node"), *LEVELS, width=10),
        threats=f.money(N_("Threats"), shown=True),
        opportunities=f.money(N_("Opportunities"), shown=True),
        net=f.money(N_("Net exposure"), shown=True, help="threats − opportunities"),
        share=f.percent(N_("Of budget"), None, None, shown=True),
        risks=f.integer(N_("Open risks"), shown=True),
        worst=f.integer(N_("Highest score"), shown=True),
        unweighed=f.integer(N_("Not weighed"), help="risks without an amount, left out of the sums"),
        budget=f.money(N_("Budget")),
        parent=f.ref(N_("Parent"), *NODES),
        manager=f.ref(N_("Manager"), "people"),
        currency=f.currency(),
        node=f.ref(N_("Node"), *NODES),
    ),
    exposure_rows,
    lambda row: str(row["key"]),
    order="-net",
)
