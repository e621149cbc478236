"""One status update after the other: colours by single keys, last period's text to edit, who declared it; accepted in one key."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget

from pmo_tui.actions import FORM, STATUS_FORM
from pmo_tui.analysis.status import last_colours
from pmo_tui.desk.reports import status
from pmo_tui.desk.reports.estimates import doubt_words
from pmo_tui.desk.reports.status_facts import Fact, facts
from pmo_tui.desk.reports.status_list import LABELS
from pmo_tui.records.errors import Conflict, Refused
from pmo_tui.records.projects import Project
from pmo_tui.records.report_page import OVERALL
from pmo_tui.records.reports import DIMENSIONS
from pmo_tui.records.schema import FieldOf
from pmo_tui.screens.form_fields import KEEP_AFTER
from pmo_tui.screens.status_news import COMMENT, StatusNews
from pmo_tui.screens.together import Colleagues
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.form import Box, Form
from pmo_tui.widgets.rag_grid import RagGrid, RagLine
from pmo_tui.widgets.text_page import TextPage, two_columns
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

TYPED = (
    "summary", "next_period", "etc", "declared_by", "declared_how", "decisions_asked", "reason", "etc_on",
)  # fmt: skip
"""The fields of a report that are typed, in order; the last three only where they hold something, or when every field is asked for."""
USUAL = frozenset(TYPED[:5])
OF_PROJECTS = frozenset({"etc", "etc_on"})
"""Only of projects is it estimated what is still to come."""
WIDE = 116
OTHER_LINES = 23
"""Lines of a narrow screen that are not the facts': those get what is left, at least two."""
SECOND_BOX = 2
FACT = 8


class StatusFields(Form):
    """The texts under the colours; past either end the keys go to the colours."""

    def begin(self, at: str = "") -> None:
        """The keys go to the field called `at`, or to the colours."""
        if at:
            super().begin(at)
        else:
            self.screen.set_focus(self.screen.query_one(RagGrid), scroll_visible=False)

    def go(self, step: int) -> None:
        """To the next field or the one before, or up to the colours."""
        rows = list(self.rows.values())
        if rows and self.current is (rows[0] if step < 0 else rows[-1]):
            self.begin()
        else:
            super().go(step)


class FactPage(TextPage, can_focus=False):
    """What is known of the project beside what is said."""


class StatusForm(StatusNews):
    """The status of `nodes` for the period of a day, one after the other. Dismissed with the nodes that were written, blanks between."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(STATUS_FORM)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
    DEFAULT_CSS = """
    StatusForm #upper { height: auto; layout: vertical; }
    StatusForm #facts { height: 2; }
    StatusForm.-wide #upper { height: 9; layout: horizontal; }
    StatusForm.-wide #colours { width: 1fr; }
    StatusForm.-wide #facts { width: 50; height: 9; margin-left: 1; }
    """
    parts = (STATUS_FORM, FORM)

    def __init__(self, nodes: Sequence[str], day: date | None = None) -> None:
        super().__init__(nodes, day)
        self.written: list[str] = []

    # ---- what is shown -------------------------------------------------------------------------------------------------

    @property
    def period(self) -> str:
        """The period it is taken down for."""
        return self.desk.statuses.period(self.node, self.day).name

    @property
    def draft_name(self) -> str:
        """Under what name what was typed is kept."""
        return f"status-{self.node}-{self.period}"

    @property
    def fields(self) -> dict[str, FieldOf]:
        """The fields that are typed."""
        every = self.desk.fields("reports")
        return {name: every[name] for name in TYPED if self.node.startswith("P-") or name not in OF_PROJECTS}

    def heading(self) -> str:
        """Whose status, for which period, and which of how many."""
        count = f"  {self.nth + 1}/{len(self.nodes)}" if len(self.nodes) > 1 else ""
        return f"{_('Status')} {self.node} {safe(self.desk.title(self.node))} · {self.period}{count}"

    def footer_keys(self) -> list[tuple[str, str]]:
        """A key once, with its nearest meaning."""
        found: dict[str, str] = {}
        for key, label in super().footer_keys():
            found.setdefault(key, label)
        return list(found.items())

    def body(self) -> Iterable[Widget]:
        """Colours and facts, the texts below."""
        texts = self._begin()
        yield Colleagues(id="colleagues")
        with Container(id="upper"):
            yield RagGrid(id="colours")
            yield FactPage(id="facts")
        yield StatusFields(self.understand, self.offers, self._entries(texts, ""), id="form")

    def _begin(self) -> dict[str, str]:
        """Read what there is of the node, and what was typed before; the texts of the fields."""
        self._read()
        self.theirs, self.came = {}, {}
        self.take_draft()
        return {**self.before, **(self._draft.texts if self._draft else {})}

    def _read(self) -> None:
        self.read_report()
        self.begun = begun = status.start(self.desk, self.node, self.day)
        self.key, self.revision, self.reason = begun.key, begun.revision, None
        self._known = {"currency": getattr(self.desk.portfolio.node(self.node), "currency", "")}
        values: dict[str, Any] = {**begun.texts, "etc": begun.estimate}
        self.before = {name: self.typed_text(item, values.get(name)) for name, item in self.fields.items()}

    def _usual(self, name: str, texts: Mapping[str, str]) -> bool:
        return name in USUAL or bool(texts.get(name))

    def on_mount(self) -> None:
        """Colours and facts; Textual does what a form does besides."""
        self._show_beside()

    async def _show(self, texts: Mapping[str, str], at: str = "") -> None:
        await super()._show(texts, at)
        self._arrange()

    def _arrange(self) -> None:
        """The text of the next period takes two lines; one goes on at the end of a text."""
        self.form.rows["next_period"].field.styles.height = SECOND_BOX
        for box in self.form.query(Box):
            box.goes_on = True

    def _show_beside(self) -> None:
        """The colours and the facts of the node, and the keys to the colours."""
        self._arrange()
        self._show_colours(self._draft.texts if self._draft else {})
        self.query_one(FactPage).show([])
        self.start(self._show_facts(self.node))

    def _show_colours(self, typed: Mapping[str, str]) -> None:
        begun = self.begun
        assert begun is not None
        colours, self.comments = dict(begun.colours), dict(begun.comments)
        for name in (OVERALL, *DIMENSIONS):
            if status.rag_field(name) in typed:
                colours[name] = typed[status.rag_field(name)] or None
            if COMMENT + name in typed:
                self.comments[name] = typed[COMMENT + name]
        last = last_colours(begun.last, begun.period)
        lines = [
            RagLine(name, safe(_(LABELS[name])), last.get(name) or "", begun.by_rule.get(name, ""))
            for name in (OVERALL, *DIMENSIONS)
        ]
        self.grid.show(lines, colours, {name: safe(text) for name, text in self.comments.items()})

    async def _show_facts(self, node: str) -> None:
        found = await asyncio.to_thread(facts, self.desk, node)
        if node == self.node and self.is_attached:
            self._put_facts(found)

    def _put_facts(self, found: Sequence[Fact]) -> None:
        page = self.query_one(FactPage)
        if not self.has_class("-wide"):
            page.styles.height = max(2, min(len(found), self.size.height - OTHER_LINES))
        page.show([two_columns(each.label, each.text, FACT, each.tone) for each in found])

    # ---- what was typed ----------------------------------------------------------------------------------------------------

    def changed_texts(self) -> dict[str, str]:
        """What differs from what was begun with, colours and comments too."""
        found = super().changed_texts()
        if self.begun is not None:
            for name, colour in self.grid.colours.items():
                if colour != self.begun.colours.get(name):
                    found[status.rag_field(name)] = colour or ""
            for name, text in self.comments.items():
                if text != self.begun.comments.get(name, ""):
                    found[COMMENT + name] = text
        return found

    def doubt(self, item: FieldOf, value: Any) -> str:
        """Of the estimate, that orders ask for more."""
        project = self.desk.portfolio.node(self.node)
        if item.name == "etc" and isinstance(project, Project):
            return doubt_words(self.desk, project, value)
        return super().doubt(item, value)

    def _given(self) -> dict[str, Any]:
        """Colours and comments as a report holds them."""
        comments = [{"dimension": name, "text": text} for name, text in self.comments.items() if text]
        return {status.rag_field(name): colour for name, colour in self.grid.colours.items()} | {"comments": comments}

    def _typed_texts(self) -> dict[str, str]:
        texts = {**self.before, **self.form.texts()}
        return texts if self.reason is None else {**texts, "reason": self.reason}

    @on(RagGrid.Changed)
    def _coloured(self) -> None:
        if self._keeping is not None:
            self._keeping.stop()
        self._keeping = self.set_timer(KEEP_AFTER, self.keep)

    @on(RagGrid.CommentAsked)
    def _ask_comment(self, event: RagGrid.CommentAsked) -> None:
        name = event.name

        async def comment(text: str) -> None:
            self.comments[name] = text.strip()
            self.grid.comment(name, safe(text.strip()))
            self._coloured()

        self.ask(comment, safe(_(LABELS[name])), self.comments.get(name, ""))

    @on(RagGrid.Left)
    def _to_text(self) -> None:
        self.form.begin(TYPED[0])

    # ---- gestures ----------------------------------------------------------------------------------------------------------

    async def action_accept_status(self) -> None:
        """Write it, and go to the next that is missing, before the next key is looked at."""
        if not self._writing:
            await self._guarded(self._save())

    async def _save(self) -> None:
        if self.has_news() or self.theirs:
            self.ask_to_decide()
            return
        typed, given, node, period = self._typed_texts(), self._given(), self.node, self.period
        key, revision = self.key, self.revision
        self._writing = True
        try:
            await self.write(
                lambda: status.declare(self.desk, node, period, typed, given, key=key, revision=revision or None)
            )
        except Refused as refused:
            self._refused(refused)
            return
        except Conflict as conflict:
            self._writing = False
            self._came_first(conflict)
            return
        finally:
            self._writing = False
        self.forget_draft()
        self.written.append(node)
        await self._go_on()

    def _came_first(self, conflict: Conflict) -> None:
        """Somebody wrote the report while it was being written here: what that is comes in, and the same key then writes."""
        self.keep()
        if not self.has_news():
            self.say_error(conflict)

    def _refused(self, refused: Refused) -> None:
        """A reason is asked for, a missing colour is said; the rest is said beside its field."""
        fields = [problem.field for problem in refused.problems]
        if fields == ["reason"]:
            begun = self.begun
            last = begun.last.reason if begun is not None and begun.last is not None else ""
            label = safe(refused.problems[0].reason.words(_))
            self.ask(self._reasoned, label[:1].upper() + label[1:], last or "", wrong=self._no_reason)
        elif "rag" in fields:
            self.focus_on(self.grid)
            self.grid.move_to(0)
            self.say(_("Set the overall colour: r, a (o), g"), error=True)
        else:
            self._refuse(refused)

    def _no_reason(self, text: str) -> str:
        return "" if text.strip() else _("A reason is needed; esc goes back to the colours.")

    async def _reasoned(self, text: str) -> None:
        self.reason = text.strip()
        await self._save()

    async def _go_on(self) -> None:
        """To the next one, or back to the list."""
        if self.nth + 1 >= len(self.nodes):
            self.dismiss(" ".join(self.written))
            return
        done = self.node
        self.nth += 1
        await self._show_next()
        self.say(self.keyed(_("{key} written; {undo} takes it back"), key=done))

    async def _show_next(self) -> None:
        texts = self._begin()
        await self.form.show(self._entries(texts, ""))
        self._show_beside()
        self.dress()

    def action_to_grid(self) -> None:
        """To the colours, or back to the text."""
        self.form.begin(TYPED[0] if self.grid.has_focus else "")

    def action_next_field(self) -> None:
        """From the colours to the text."""
        self.form.begin(TYPED[0])

    def action_previous_field(self) -> None:
        """From the colours to the last field."""
        self.form.begin(list(self.form.rows)[-1])

    def action_drop_draft(self) -> None:
        """Forget what was typed, the colours too."""
        self.theirs, self.came = {}, {}
        super().action_drop_draft()
        self._show_colours({})

    def action_leave(self) -> None:
        """Leave; what was typed is kept, what was written stays."""
        self.keep()
        self.dismiss(" ".join(self.written))
