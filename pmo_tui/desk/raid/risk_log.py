"""The risk log: open risks in money and on the heat map, reviews that are due, and the registers beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from pmo_tui.analysis.amounts import Rates
from pmo_tui.analysis.exposure import Exposure, Level, emv, exposure
from pmo_tui.analysis.figure import Figure, Source, total, undefined
from pmo_tui.analysis.project_money import NO_RATE
from pmo_tui.analysis.risks import Heat, Which, heat, is_open
from pmo_tui.desk.raid.risk_values import level_of
from pmo_tui.desk.touched import Kept
from pmo_tui.records.base import NODES
from pmo_tui.records.marks import N_
from pmo_tui.records.projects import ENDED
from pmo_tui.records.raid import Risk
from pmo_tui.records.schema import FieldOf

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

RAID = ("risks", "issues", "actions", "decisions")
OPEN = {
    "risks": "-status:closed,occurred",
    "issues": "status:open,escalated",
    "actions": "status:open",
    "decisions": "status:asked,deferred",
}
"""What of each register still asks for something, as a filter."""
DUE = {"risks": "next_review", "issues": "due", "actions": "due", "decisions": "due"}
SHARED = ("project", "owner")
"""Fields that mean the same in each of them."""
THREAT, OPPORTUNITY = "threat", "opportunity"
HOME = "EUR"
"""The currency of sums over nodes that have several."""


@dataclass(slots=True)
class _Node:
    """The risks of one node by key, with what they are measured by; their expected values are kept as they are asked for."""

    risks: dict[str, Risk]
    level: Level | None
    ended: bool
    values: dict[tuple[str, Which], Figure] = field(default_factory=dict)


@dataclass(frozen=True)
class Picture:
    """Some risks as figures. The sums in `exposure` are over the open ones; those `of_ended` projects are left out of
    them."""

    weighed: tuple[tuple[Risk, Figure], ...]
    of_ended: tuple[Risk, ...]
    exposure: Exposure
    due: tuple[Risk, ...]
    which: Which
    rates: Rates

    def heat(self, kind: str) -> Heat:
        """The open threats, or opportunities, by probability and impact."""
        found = [*(risk for risk, _ in self.weighed), *self.of_ended]
        return heat((risk for risk in found if risk.kind == kind), self.which)

    @property
    def unassessed(self) -> int:
        """How many open ones stand in no cell."""
        return len(self.heat(THREAT).unassessed) + len(self.heat(OPPORTUNITY).unassessed)

    @property
    def open(self) -> int:
        """How many are open, those of projects that have ended included."""
        return len(self.weighed) + len(self.of_ended)

    def figure(self, name: str) -> Figure:
        """A figure by name, with what it stands on: open, threats, opportunities, net, due, unweighed, ended."""
        return getattr(self, f"_{name}")()  # type: ignore[no-any-return]

    def _open(self) -> Figure:
        found = [*(risk for risk, _ in self.weighed), *self.of_ended]
        inputs = tuple(Source(risk.key, "status", risk.status) for risk in found)
        return Figure(N_("Open risks"), len(found), "", N_("risks that are neither closed nor occurred"), inputs)

    def _due(self) -> Figure:
        inputs = tuple(Source(risk.key, "next_review", risk.next_review) for risk in self.due)
        name, formula = N_("Reviews due"), N_("open risks whose next review is today or should have been")
        return Figure(name, len(self.due), "", formula, inputs)

    def _unweighed(self) -> Figure:
        left = set(self.exposure.unweighed)
        inputs = tuple(self._amount(risk, value) for risk, value in self.weighed if risk.key in left)
        return Figure(N_("Without value"), len(inputs), "", N_("open risks left out of the sums"), inputs)

    def _ended(self) -> Figure:
        inputs = tuple(Source(risk.key, "project", risk.project) for risk in self.of_ended)
        name, formula = N_("Of ended projects"), N_("open risks left out of the sums, for their project has ended")
        return Figure(name, len(inputs), "", formula, inputs)

    def _threats(self) -> Figure:
        name, formula = N_("Exposure to threats"), N_("sum of the expected values of the open threats")
        return total(name, self._amounts(THREAT), self.exposure.currency, formula)

    def _opportunities(self) -> Figure:
        name, formula = N_("Opportunities"), N_("sum of the expected values of the open opportunities")
        return total(name, self._amounts(OPPORTUNITY), self.exposure.currency, formula)

    def _net(self) -> Figure:
        inputs = (self._threats(), self._opportunities())
        return Figure(
            N_("Net exposure"), self.exposure.net, self.exposure.currency, N_("threats − opportunities"), inputs
        )

    def _amounts(self, kind: str) -> tuple[Figure, ...]:
        """The expected value of each risk of a kind, called by the risk's key, the largest first."""
        found = [self._amount(risk, value) for risk, value in self.weighed if risk.kind == kind]
        return tuple(sorted(found, key=_size, reverse=True))

    def _amount(self, risk: Risk, value: Figure) -> Figure:
        name, currency = risk.key, self.exposure.currency
        if not isinstance(value.value, Decimal) or value.unit == currency:
            return Figure(name, value.value, value.unit, value.formula, value.inputs, value.reason)
        factor, amount = self.rates.factor(value.unit, currency), self.rates.convert(value.value, value.unit, currency)
        if factor is None:
            return undefined(name, NO_RATE, currency, (value,), key=risk.key, currency=value.unit, to=currency)
        rate = Source("", "", factor, N_("rate of exchange"))
        return Figure(name, amount, currency, N_("amount × rate"), (value, rate))


def _size(figure: Figure) -> Decimal:
    return figure.value if isinstance(figure.value, Decimal) else Decimal(-1)


class RiskLog:
    """Risks with their expected values, from the store; the risks of a node are read again only when it was touched."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._nodes = Kept(desk.touched, self._read)
        self._loose: tuple[int, _Node] | None = None

    def begun(self) -> int:
        """While this is the same, a picture of the same risks takes no time that an officer notices: only touched ones are read."""
        return self._nodes.begun()

    # ---- in money ------------------------------------------------------------------------------------------------------

    def _node(self, key: str | None) -> _Node:
        if key:
            return self._nodes.get(key)
        version = self.desk.store.version("risks")
        if self._loose is None or self._loose[0] != version:
            numbers = self.desk.store.shelf("risks").where("project", None)
            self._loose = (version, _Node(self._decoded(numbers), None, ended=False))
        return self._loose[1]

    def _read(self, key: str) -> _Node:
        document = self.desk.store.get(key) or {}
        level = level_of(self.desk, key)
        numbers = self.desk.store.shelf("risks").where("project", key)
        return _Node(self._decoded(numbers), level, document.get("status") in ENDED)

    def _decoded(self, numbers: Iterable[str]) -> dict[str, Risk]:
        return {risk.key: risk for risk in self.desk.money.some("risks", numbers, Risk)}

    def emv(self, risk: Risk, which: Which = "residual") -> Figure:
        """The expected monetary value of a risk."""
        return self._value(self._node(risk.project), risk, which)

    def _value(self, node: _Node, risk: Risk, which: Which) -> Figure:
        found = node.values.get((risk.key, which))
        if found is None:
            found = node.values[risk.key, which] = emv(risk, node.level, self.desk.portfolio.scale, which)
        return found

    def picture(self, keys: Sequence[str], scope: str = "", which: Which = "residual") -> Picture:
        """The open ones among some risks as figures; in the currency of the node that `scope` is, or that of all of them."""
        weighed: list[tuple[Risk, Figure]] = []
        ended: list[Risk] = []
        due: list[Risk] = []
        today = self.desk.today()
        for risk, node in self._with_nodes(keys):
            if not is_open(risk):
                continue
            if node.ended:
                ended.append(risk)
            else:
                weighed.append((risk, self._value(node, risk, which)))
            if risk.next_review is not None and risk.next_review <= today:
                due.append(risk)
        currency, rates = self._currency(scope, (figure for _, figure in weighed)), self.desk.money.rates()
        sums = exposure(weighed, currency, rates)
        return Picture(tuple(weighed), tuple(ended), sums, tuple(due), which, rates)

    def _with_nodes(self, keys: Sequence[str]) -> Iterable[tuple[Risk, _Node]]:
        projects = self.desk.columns.column("risks", self.desk.fields("risks")["project"])
        nodes: dict[str | None, _Node] = {}
        for key in keys:
            project = projects.get(key.rpartition("-")[2])
            if project not in nodes:
                nodes[project] = self._node(project)
            risk = nodes[project].risks.get(key)
            if risk is not None:
                yield risk, nodes[project]

    def _currency(self, scope: str, figures: Iterable[Figure]) -> str:
        node = node_of(self.desk, scope)
        level = level_of(self.desk, node)
        if level is not None:
            return level.currency
        units = {figure.unit for figure in figures if figure.value is not None}
        return units.pop() if len(units) == 1 else HOME

    # ---- the registers beside it ---------------------------------------------------------------------------------------

    def count_open(self, register: str, words: str = "") -> tuple[int, int]:
        """How many records of a register are open inside a filter, and how many of those are late."""
        found = self.desk.view(register, f"{OPEN[register]} {words}")
        today = self.desk.today()
        days = self.desk.columns.column(register, self.desk.fields(register)[DUE[register]])
        numbers = (key.rpartition("-")[2] for key in found.keys)
        return len(found), sum(1 for number in numbers if (day := days.get(number)) is not None and day < today)


def node_of(desk: Desk, scope: str) -> str:
    """The key of the node that a scope such as `@P-3` means; "" for none, and for @me and @mine."""
    from pmo_tui.desk.views.scope import ME, MINE

    word = scope.removeprefix("@").strip('"')
    return "" if word.casefold() in ("", ME, MINE) else desk.find(word, NODES)


def shared_words(text: str, fields: Mapping[str, FieldOf], others: Mapping[str, FieldOf]) -> tuple[str, str]:
    """A filter of a register in two parts: what holds in another one beside it too (project, owner, scope), and the rest."""
    from pmo_tui.desk.views.filter import SCOPE, parse_filter

    both: list[str] = []
    own: list[str] = []
    for term in parse_filter(text, fields):
        shared = term.field == SCOPE or (term.field in SHARED and term.field in others)
        (both if shared else own).append(term.word)
    return " ".join(both), " ".join(own)
