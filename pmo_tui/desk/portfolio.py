"""Projects as they stand and the nodes above them, from the store; a project is measured anew only when it was touched."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

from pmo_tui.analysis.expected_finish import Plan
from pmo_tui.analysis.exposure import SCALE, Exposure, Level, Scale, emv, exposure
from pmo_tui.analysis.milestones import Milestone
from pmo_tui.analysis.reporting import latest
from pmo_tui.analysis.standing import Facts, Standing, standing
from pmo_tui.desk.house_rules import thresholds
from pmo_tui.desk.raid.risk_values import level_of
from pmo_tui.desk.touched import Kept
from pmo_tui.records.base import NODES
from pmo_tui.records.documents import ready
from pmo_tui.records.planning import Task
from pmo_tui.records.projects import Portfolio as PortfolioRecord
from pmo_tui.records.projects import Programme, Project
from pmo_tui.records.raid import Risk
from pmo_tui.records.registers import by_name
from pmo_tui.records.reports import Report

if TYPE_CHECKING:
    from pmo_tui.analysis.portfolio import Totals, Tree
    from pmo_tui.desk.desk import Desk

TOP_FIRST = tuple(reversed(NODES))
Node = PortfolioRecord | Programme | Project
ALL_DONE = 100


class _Row(msgspec.Struct):
    """As much of a task as tells where a plan ends, and whether it is done."""

    milestone: bool = False
    summary: bool = False
    active: bool = True
    finish: date | None = None
    actual_finish: date | None = None
    percent_complete: Decimal = Decimal(0)

    @property
    def done(self) -> bool:
        """Whether nothing of it is still to be done."""
        return self.actual_finish is not None or self.percent_complete >= ALL_DONE


_decode_row = msgspec.json.Decoder(_Row).decode
_decode_task = msgspec.json.Decoder(ready(Task)).decode


class Portfolio:
    """The tree of nodes with the figures of each."""

    def __init__(self, desk: Desk, scale: Scale = SCALE) -> None:
        self.desk = desk
        self.thresholds = thresholds(desk.config.rules)
        self.scale = scale
        self._standings = Kept(desk.touched, self._measure)
        self._plans = Kept(desk.touched, self._plan)
        self._risks = Kept(desk.touched, self._weigh)
        self._alone = Kept(desk.touched, self._totals_alone)
        self._tree: tuple[tuple[int, ...], Tree] | None = None
        self._under: dict[str | None, list[str]] = {}
        self._depths: dict[str, int] = {}
        self._totals: dict[str, tuple[tuple[Any, ...], list[Standing], list[Exposure], Totals]] = {}

    # ---- the tree ------------------------------------------------------------------------------------------------------

    def tree(self) -> Tree:
        """Every node with the one above it."""
        from pmo_tui.analysis.portfolio import Tree

        store = self.desk.store
        version = tuple(store.version(name) for name in NODES)
        if self._tree is None or self._tree[0] != version:
            parents: dict[str, str | None] = {}
            with store.steady():
                for name in TOP_FIRST:
                    shelf, prefix = store.shelf(name), by_name(name).prefix
                    found = zip(shelf.numbers(), shelf.column("parent"), strict=True)
                    parents.update({f"{prefix}-{number}": parent for number, parent in found})
            self._tree, self._under, self._depths = (version, Tree(parents)), {}, {}
        return self._tree[1]

    def node(self, key: str) -> Node | None:
        """The project, programme or portfolio with that key."""
        if key.startswith("P-"):
            found = self.standing(key)
            return None if found is None else found.facts.project
        record = self.desk.record(key)
        return record if isinstance(record, PortfolioRecord | Programme) else None

    def under(self, node: str | None) -> list[str]:
        """A node and everything under it, each before what is under it; the whole tree for None."""
        tree = self.tree()
        if node not in self._under:
            self._under[node] = tree.under(node)
        return self._under[node]

    def depth(self, node: str) -> int:
        """How many nodes stand above."""
        tree = self.tree()
        if node not in self._depths:
            self._depths[node] = tree.depth(node)
        return self._depths[node]

    def projects(self, node: str | None = None) -> list[str]:
        """The projects at and under a node; all of them for None."""
        return [key for key in self.under(node) if key.startswith("P-")]

    # ---- projects ------------------------------------------------------------------------------------------------------

    def standing(self, project: str) -> Standing | None:
        """How a project stands today; None where there is no such project."""
        return self._standings.get(project)

    def standings(self, node: str | None = None) -> list[Standing]:
        """How every project at and under a node stands."""
        return [found for found in self._standings.many(self.projects(node)) if found is not None]

    def _measure(self, key: str) -> Standing | None:
        project = self.desk.record(key)
        if not isinstance(project, Project):
            return None
        milestones, plan = self._plans.get(key)
        reports = self.desk.money.some("reports", self.desk.store.shelf("reports").where("project", key), Report)
        risks, exposed = self._risks.get(key)
        facts = Facts(project, self.desk.money.project(key), exposed, milestones, plan, latest(reports), risks)
        return standing(facts, self.desk.today(), self.thresholds)

    def milestones(self, project: str) -> tuple[Milestone, ...]:
        """The milestones of a project's plan, in the order of their keys."""
        return self._plans.get(project)[0]

    def _plan(self, project: str) -> tuple[tuple[Milestone, ...], Plan]:
        shelf = self.desk.store.shelf("tasks")
        milestones: list[Milestone] = []
        last: date | None = None
        undone = False
        for number in shelf.where("project", project):
            raw = shelf.raw(number)
            row = _decode_row(raw)
            if row.summary or not row.active:
                continue
            if row.finish is not None and (last is None or row.finish > last):
                last = row.finish
            undone = undone or not row.done
            if row.milestone:
                milestones.append(self._milestone(_decode_task(raw)))
        return tuple(milestones), Plan(last, undone)

    def _milestone(self, task: Task) -> Milestone:
        done = task.actual_finish is not None or task.percent_complete >= ALL_DONE
        agreed = self.desk.plans.baseline(task, "finish")
        return Milestone(task.key, task.project, task.name, task.finish, agreed, done, task.owner)

    # ---- risks ---------------------------------------------------------------------------------------------------------

    def risks(self, node: str) -> tuple[Risk, ...]:
        """The risks of a node itself, closed ones too."""
        return self._risks.get(node)[0]

    def exposure(self, node: str) -> Exposure:
        """The exposure to the risks of a node itself, without what is under it."""
        return self._risks.get(node)[1]

    def level(self, node: str | None) -> Level | None:
        """What the risks of a node are measured by."""
        return level_of(self.desk, node)

    def _weigh(self, node: str) -> tuple[tuple[Risk, ...], Exposure]:
        found = self.desk.money.some("risks", self.desk.store.shelf("risks").where("project", node), Risk)
        level = self.level(node)
        currency = level.currency if level else "EUR"
        weighed = ((risk, emv(risk, level, self.scale)) for risk in found)
        return tuple(found), exposure(weighed, currency, self.desk.money.rates())

    # ---- nodes ---------------------------------------------------------------------------------------------------------

    def totals(self, node: str) -> Totals:
        """The figures of a node: its own, where it is a project, and those of everything under it."""
        if node.startswith("P-") and node not in self.tree().children:
            return self._alone.get(node)
        found = self.standings(node)
        own = [self.exposure(key) for key in self.under(node) if not key.startswith("P-")]
        kept = self._totals.get(node)
        record = self.node(node)
        made_of = ("EUR" if record is None else record.currency, self.desk.money.rates(), self.desk.today())
        if kept is None or kept[0] != made_of or not (_same(kept[1], found) and _same(kept[2], own)):
            kept = self._totals[node] = (made_of, found, own, self._add_up(found, own, made_of[0]))
        return kept[3]

    def _totals_alone(self, project: str) -> Totals:
        found = self.standing(project)
        currency = "EUR" if found is None else found.facts.project.currency
        return self._add_up([] if found is None else [found], [], currency)

    def _add_up(self, found: list[Standing], own: list[Exposure], currency: str) -> Totals:
        from pmo_tui.analysis.portfolio import totals

        return totals(found, currency, self.desk.money.rates(), self.desk.today(), self.thresholds, own)

    def every(self) -> list[tuple[str, Node, Totals, Standing | None]]:
        """Every node, each before what is under it: its record, the figures at and under it, and for a project how it stands."""
        keys, parents_of_some = self.under(None), self.tree().children
        projects = [key for key in keys if key.startswith("P-")]
        alone = [key for key in projects if key not in parents_of_some]
        standings = dict(zip(projects, self._standings.many(projects), strict=True))
        figures = dict(zip(alone, self._alone.many(alone), strict=True))
        found = []
        for key in keys:
            standing_ = standings.get(key)
            node = self.node(key) if standing_ is None else standing_.facts.project
            if node is not None:
                found.append((key, node, figures.get(key) or self.totals(key), standing_))
        return found


def _same(some: list[Any], others: list[Any]) -> bool:
    """Whether two lists hold the very same objects."""
    return len(some) == len(others) and all(one is other for one, other in zip(some, others, strict=True))
