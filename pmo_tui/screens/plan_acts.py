"""What is done with the tasks of a plan by one key: moved, linked, reported on, put under others, frozen in a baseline."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from pmo_tui.desk.planning import plan_outline, plan_progress
from pmo_tui.desk.planning.facts import still_to_come
from pmo_tui.desk.planning.plan_baseline import baselines, take_baseline
from pmo_tui.records.errors import Fault, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.planning import Task
from pmo_tui.screens.form import FormScreen
from pmo_tui.screens.plan_proposing import PlanProposing
from pmo_tui.wording.languages import _
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.desk.views.view import View


class TaskForm(FormScreen):
    """A task, from its name on; a new one is put below the row `after` where there is one."""

    def __init__(self, key: str, project: str, after: str = "") -> None:
        super().__init__("" if key else "tasks", key, {} if key else {"project": project}, at="name")
        self.after = after

    def writer(self, texts: Mapping[str, str]) -> Callable[[], str]:
        """What writes the task, a new one into its place."""
        if self.after:
            return lambda: plan_outline.insert(self.desk, texts, self.after)
        return super().writer(texts)


class PlanActs(PlanProposing):
    """The gestures on tasks that the planning board has beside those of every list."""

    # ---- progress ------------------------------------------------------------------------------------------------------------

    async def action_percent(self) -> None:
        """So much is done."""
        await self.attempt(self._percent)

    def _percent(self) -> None:
        keys = self._keys()
        plan_progress.refuse_summaries(self.desk, keys)
        first = self.desk.record(keys[0])
        now = f"{first.percent_complete:f}" if isinstance(first, Task) and len(keys) == 1 else ""
        label = _("{tasks}: % done, now {now}") if now else _("{tasks}: % done")
        item = self.desk.fields("tasks")["percent_complete"]
        self._write_by(
            keys,
            label.format(tasks=self.names_of(keys), now=now),
            lambda text: self.desk.parse(item, text),
            plan_progress.set_percent,
        )

    async def action_started(self) -> None:
        """When it started."""
        await self.attempt(lambda: self._dated(_("{tasks}: started on (⏎ today)"), plan_progress.set_started))

    async def action_finished(self) -> None:
        """When it finished."""
        await self.attempt(lambda: self._dated(_("{tasks}: finished on (⏎ today)"), plan_progress.set_finished))

    def _dated(self, label: str, write: Callable[..., int]) -> None:
        keys = self._keys()
        plan_progress.refuse_summaries(self.desk, keys)
        self._write_by(keys, label.format(tasks=self.names_of(keys)), self._day_that_was, write)

    def _day_that_was(self, text: str) -> date:
        """A day as people type it, today for nothing; Fault for one to come."""
        day, today = self._day(text) or self.desk.today(), self.desk.today()
        said = still_to_come(day, today)
        if said is not None:
            raise Fault(said.template, **said.values)
        return day

    def _write_by(self, keys: Sequence[str], label: str, read: Callable[[str], Any], write: Callable[..., int]) -> None:
        """Ask for a value and write it."""

        def wrong(text: str) -> str:
            try:
                return "" if read(text) is not None else _("is needed")
            except ValueError as error:
                return safe(error.reason.words(_) if isinstance(error, Fault) else error)

        async def done(text: str) -> None:
            await self._write_value(keys, read(text), write)

        self.ask(done, label, wrong=wrong)

    async def _write_value(self, keys: Sequence[str], value: Any, write: Callable[..., int]) -> None:
        await self.write(lambda: write(self.desk, keys, value))
        self.repeatable(keys, lambda here, others: here._write_value(others, value, write))
        self.say(self.keyed(_("changed: {keys}; {undo} takes it back"), keys=self.names_of(keys)))

    # ---- the outline ----------------------------------------------------------------------------------------------------------

    async def action_indent(self) -> None:
        """Under the row above."""
        await self.attempt(lambda: self.start(self._arrange(plan_outline.indent, self._keys())))

    async def action_outdent(self) -> None:
        """Out from under its summary."""
        await self.attempt(lambda: self.start(self._arrange(plan_outline.outdent, self._keys())))

    async def action_row_up(self) -> None:
        """Before the row above."""
        await self.attempt(lambda: self.start(self._arrange(plan_outline.shift, self._key(), -1)))

    async def action_row_down(self) -> None:
        """After the row below."""
        await self.attempt(lambda: self.start(self._arrange(plan_outline.shift, self._key(), 1)))

    async def _arrange(self, work: Callable[..., int], *what: Any) -> None:
        await self.write(lambda: work(self.desk, *what))

    def _new(self) -> Awaitable[Any]:
        """A new task below the cursor's."""
        return self.app.push_screen(TaskForm("", self.board().project, self.table.key or ""), self._saved)

    def _form(self, key: str, values: dict[str, str] | None = None) -> Awaitable[Any]:
        return self.app.push_screen(TaskForm(key, self.board().project), self._saved)

    # ---- the baseline ---------------------------------------------------------------------------------------------------------

    async def action_take_baseline(self) -> None:
        """Freeze the plan as it stands."""
        await self.attempt(self._baseline)

    def _baseline(self) -> None:
        project = self.board().project
        count = len(baselines(self.desk, project))
        name = _("Baseline {number}").format(number=count) if count else _("Agreed plan")

        async def because(text: str) -> None:
            self.ask(lambda reason: self._freeze(project, text.strip() or name, reason), _("Reason"))

        self.ask(because, _("Name of the baseline (⏎ {name})").format(name=name))

    async def _freeze(self, project: str, name: str, reason: str) -> None:
        key = await self.write(lambda: take_baseline(self.desk, project, name, reason))
        self.say(_("{key} {name} taken; slips are counted from it").format(key=key, name=safe(name)))

    # ---- out -------------------------------------------------------------------------------------------------------------------

    def export_name(self) -> str:
        """Milestones for a calendar, unless another name is typed."""
        return "milestones.ics"

    async def _export(self, name: str) -> None:
        """What is shown, or what is marked; the whole plan's calendar takes those in that were deleted lately."""
        from pmo_tui.desk.files.exporting import export_file

        if not name.strip():
            return
        project = self.board().project
        words = self._export_words(self.view)
        count = await asyncio.to_thread(export_file, self.desk, name, words, project)
        self.say(_("{count} records in {file}").format(count=format_number(count), file=safe(name)))

    def _export_words(self, view: View | None) -> str:
        if self.table.marked:
            return "key=" + ",".join(self._keys())
        if view is not None and self.narrowed:
            return "key=" + (",".join(view.keys) or "–")
        return self.filter_text

    @property
    def narrowed(self) -> bool:
        """Whether more than the filter leaves rows out."""
        return False

    def nothing_to_plan(self) -> WrongUse:
        """There is no project yet."""
        return WrongUse(
            N_("There is no project here to plan."),
            N_("{choose_plan} chooses one, {screen_portfolio} {new} adds one, {import_file} takes a plan in."),
            **self.named("choose_plan", "screen_portfolio", "new", "import_file"),
        )
