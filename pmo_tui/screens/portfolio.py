"""Every project a row, exceptions first with the rule that fired; figures rolled up; into a programme and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from pmo_tui.actions import EVERYWHERE, LIST, MOVE
from pmo_tui.analysis.estimate import none_of
from pmo_tui.analysis.figure import Figure
from pmo_tui.analysis.rag import GREY
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import register_of
from pmo_tui.screens.listing import ListScreen
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.figure_line import FigureLine, ShownFigure
from pmo_tui.widgets.table import Column, RegisterTable
from pmo_tui.wording.languages import _
from pmo_tui.wording.money import format_compact
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.rag import SHAPES, letter
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.desk.views.view import View

EXCEPTIONS_FIRST = "-exceptions,name"
SUMS = ("budget", "cost", "open_commitment", "available", "expected_result")
FULL = 184
"""Columns in which all totals fit into a line; in fewer they take two."""
GROUPS = ("parent", "department", "officer", "manager", "status", "rag")


class PortfolioScreen(ListScreen):
    """The portfolio as a list; `node` is where one has gone into, empty at the top."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("portfolio")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (FULL, "-wide")]
    DEFAULT_CSS = "PortfolioScreen.-narrow #totals { height: 2; }"
    parts = ("portfolio", LIST, EVERYWHERE, MOVE)
    screen_name = "portfolio"

    def __init__(self) -> None:
        super().__init__("portfolio", "", EXCEPTIONS_FIRST)
        self.node = ""
        self.whole_tree = False
        self._place()

    def heading(self) -> str:
        """Portfolio, and where in it."""
        where = self.node or (_("tree") if self.whole_tree else _("projects"))
        return f"{_('Portfolio')} › {safe(self.desk.title(self.node)) if self.node else where}"

    def body(self) -> Iterable[Widget]:
        """Totals above the table."""
        yield FigureLine(id="totals")
        yield RegisterTable(id="table")

    def _place(self) -> None:
        """What is listed: the children of a node, the whole tree, or the projects."""
        self.base_filter = f"parent={self.node}" if self.node else "" if self.whole_tree else "level:project"

    def first_look(self) -> View | None:
        """What the nodes say of themselves, without figures."""
        from pmo_tui.desk.views.at_hand import portfolio_view

        words = [word for word in (self.base_filter, self.office.scope) if word]
        return None if self.filter_text else portfolio_view(self.desk, " ".join(words), "name")

    def column_names(self) -> list[str]:
        """In the tree the depth shows by the name's indent; everything else as in every list."""
        first = ["key", "name", "rag", "rag_computed", "exceptions", "finding"]
        return [*first, *(name for name in super().column_names() if name not in first)]

    def columns(self) -> list[Column]:
        """The sentence of the first exception takes what room there is; how many there are has a short head."""
        widths = {"name": 22, "rag": 5, "rag_computed": 7, "exceptions": 6}
        heads = {"exceptions": _("Exc.")}
        return [
            replace(
                column,
                label=heads.get(column.name, column.label),
                width=widths.get(column.name, column.width),
                flexible=column.name == "finding",
            )
            for column in super().columns()
        ]

    def standing_words(self) -> list[str]:
        """The first exception of the row too, which a narrow column cuts."""
        finding = self._finding()
        return [*super().standing_words(), *([finding] if finding else [])]

    def says_more_than_the_count(self) -> bool:
        """The exception does, as the totals count the projects; while a filter is typed one looks at the count."""
        return bool(self._finding()) and not self.prompt.asking

    def _finding(self) -> str:
        view, row = self.view, self.table.row
        if view is None or not 0 <= row < len(view):
            return ""
        return safe(view.value(view.key(row), "finding") or "")

    def hint(self, view: View) -> str:
        """How the first project comes here."""
        if view.total:
            return super().hint(view)
        return self.keyed(
            _(
                "No project yet: {screen_registers} pr opens the projects, {new} there adds one; {import_file} takes a list or a plan in."
            )
        )

    # ---- totals --------------------------------------------------------------------------------------------------------

    def taken(self) -> None:
        """The totals of what is listed."""
        if self.view is not None:
            self.query_one(FigureLine).show(self._totals(self.view))

    def _projects(self) -> list[str]:
        """The projects that the list shows or holds, each once."""
        found: dict[str, None] = {}
        for key in self.view.keys if self.view is not None else ():
            found |= dict.fromkeys(self.desk.portfolio.projects(key))
        return list(found)

    def _totals(self, view: View) -> list[ShownFigure]:
        projects = self._projects()
        if view.register.name != self.register:
            return self._totals_to_come(len(projects))
        lists = self.desk.view("portfolio", "level:project")
        values = {
            key: {
                name: lists.value(key, name)
                for name in (*SUMS, "rag", "exceptions", "milestones_late", "risks", "currency")
            }
            for key in projects
        }
        counts = {colour: sum((each["rag"] or GREY) == colour for each in values.values()) for colour in SHAPES}
        spread = " ".join(f"{SHAPES[colour]}{letter(colour)}{count}" for colour, count in counts.items() if count)
        found = [ShownFigure("projects", _("Projects"), f"{len(projects)}  {spread}")]
        currencies = {each["currency"] for each in values.values()}
        for name in SUMS:
            label = safe(_(self.fields()[name].field.label))
            if len(currencies) > 1:
                found.append(ShownFigure(name, label, _("several currencies"), "faint"))
                continue
            if name == "expected_result" and any(each[name] is None for each in values.values()):
                found.append(ShownFigure(name, label, "–", "faint"))
                continue
            total = sum((each[name] for each in values.values() if isinstance(each[name], Decimal)), Decimal(0))
            found.append(
                ShownFigure(
                    name, label, format_compact(total, next(iter(currencies), None)), "red" if total < 0 else ""
                )
            )
        for name in ("exceptions", "milestones_late", "risks"):
            count = sum(each[name] or 0 for each in values.values())
            found.append(
                ShownFigure(
                    name,
                    safe(_(self.fields()[name].field.label)),
                    format_number(count),
                    "late" if count and name != "risks" else "",
                )
            )
        return found

    def _totals_to_come(self, projects: int) -> list[ShownFigure]:
        """While they are worked out."""
        found = [ShownFigure("projects", _("Projects"), format_number(projects))]
        for name in (*SUMS, "exceptions", "milestones_late", "risks"):
            found.append(ShownFigure(name, safe(_(self.fields()[name].field.label)), "…", "faint"))
        return found

    def action_totals(self) -> None:
        """The keys go to the totals."""
        self.focus_on(self.query_one(FigureLine))

    @on(FigureLine.Left)
    def _left(self) -> None:
        self.focus_on(self.table)

    @on(FigureLine.Chosen)
    async def _chosen(self, event: FigureLine.Chosen) -> None:
        await self._open_total(event.name)

    async def action_why(self) -> None:
        """Where the total, or the figure in the list, under the cursor comes from."""
        totals = self.query_one(FigureLine)
        if totals.has_focus:
            await self._open_total(totals.current)
        else:
            await super().action_why()

    async def _open_total(self, name: str) -> None:
        """What a total is made of: the figures of the projects."""
        from pmo_tui.screens.figure import FigureScreen

        self.focus_on(self.table)
        if name == "exceptions":
            await self.action_exceptions_of()
        else:
            make = self._figure(name) if name in SUMS else self._count(name)
            await self.app.push_screen(FigureScreen(make))

    def _count(self, name: str) -> Callable[[], Figure]:
        """How many of something the projects listed have; of the projects themselves the colour of each."""

        def make() -> Figure:
            from pmo_tui.analysis.figure import Source, total

            projects = self._projects()
            view = self.desk.view("portfolio", "level:project")
            if name == "projects":
                parts = tuple(Source(key, "rag", view.value(key, "rag")) for key in projects)
                return Figure(N_("Projects"), len(projects), inputs=parts)
            label = self.fields()[name].field.label
            counted = tuple(Source(key, "", view.value(key, name) or 0, label) for key in projects)
            return total(label, counted, formula=N_("sum over the projects listed"))

        return make

    def _figure(self, name: str) -> Callable[[], Figure]:
        """The sum over the projects listed, each by its own figure."""

        def make() -> Figure:
            from pmo_tui.analysis.figure import Source, total

            view = self.desk.view("portfolio", "level:project")
            parts = tuple(Source(key, name, view.value(key, name)) for key in self._projects())
            without = [part.key for part in parts if part.value is None]
            if name == "expected_result" and without:
                return Figure(self.fields()[name].field.label, None, inputs=parts, reason=none_of(without))
            units = {str(view.value(part.key, "currency")) for part in parts}
            return total(
                self.fields()[name].field.label,
                parts,
                units.pop() if len(units) == 1 else "",
                N_("sum over the projects listed"),
            )

        return make

    # ---- into a node and back ----------------------------------------------------------------------------------------------

    async def action_drill(self) -> None:
        """Into a programme or portfolio; a project is opened."""
        await self.attempt(self._drill)

    def _drill(self) -> Any:
        key = self._key()
        if register_of(key).name == "projects" and not self._children(key):
            return self.open_record(key, self._siblings())
        self._go_into(key)
        return None

    def _children(self, key: str) -> bool:
        return bool(self.desk.portfolio.tree().children.get(key))

    def _go_into(self, node: str, come_from: str = "") -> None:
        self.node = node
        self._place()
        self.table.cursor = 0
        self.dress()
        self.look()
        place = self.view.index(come_from) if self.view is not None and come_from else None
        if place is not None:
            self.table.move_to(place)

    def _new(self) -> Any:
        from pmo_tui.screens.form import FormScreen

        return self.app.push_screen(FormScreen("projects", "", {"parent": self.node} if self.node else {}), self._saved)

    def action_up_a_level(self) -> None:
        """To the node above, in the end to all projects."""
        if self.node:
            came_from = self.node
            above = self.desk.portfolio.tree().parents.get(self.node)
            if not above:
                self.whole_tree = True
            self._go_into(str(above or ""), came_from)
        else:
            self.say(self.keyed(_("this is the top; {tree} shows the tree")))

    def action_tree(self) -> None:
        """Every node, or the projects alone."""
        self.whole_tree = not self.whole_tree if not self.node else True
        self.sort = "" if self.whole_tree else EXCEPTIONS_FIRST
        self._go_into("")

    async def action_exceptions_of(self) -> None:
        """The exceptions of what is listed."""
        words = f"@{self.node}" if self.node else ""
        await self.attempt(lambda: self.open_register("exceptions", words))

    def group_fields(self) -> Sequence[str]:
        """What a portfolio is usually grouped by first."""
        return [*GROUPS, *(name for name in super().group_fields() if name not in GROUPS)]
