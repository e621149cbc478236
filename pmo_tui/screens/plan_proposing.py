"""Changes of a plan that are asked for by one key: what is typed is told as it is understood, and is looked at before it is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from pmo_tui.desk.planning import plan_changes
from pmo_tui.desk.planning.plan_changes import Proposal
from pmo_tui.desk.planning.planning_board import Board
from pmo_tui.records.errors import Fault, PmoError
from pmo_tui.records.planning import Task
from pmo_tui.screens.frame import words_of
from pmo_tui.screens.listing import ListScreen
from pmo_tui.screens.moving import MovingScreen
from pmo_tui.wording.durations import format_duration, parse_duration
from pmo_tui.wording.languages import _
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe
from pmo_tui.wording.shown_days import format_date

LIVE = 500
"""A plan of no more tasks than this tells what moves while one types."""


class PlanProposing(ListScreen):
    """The gestures on tasks that show what moves with them."""

    def board(self) -> Board:
        """The plan that is shown; WrongUse where there is none."""
        raise NotImplementedError

    async def action_move_task(self) -> None:
        """Move the task, or the marked ones, and see what moves with them."""
        await self.attempt(self._move)

    def _move(self, value: str = "") -> None:
        """What cannot be moved at all is said before a day is asked for."""
        keys = self._keys()
        plan_changes.propose_move(self.desk, keys, "+1d")
        label = _("Move the start of {tasks} to (+5d, -2w, fri, 12-3)").format(tasks=self.names_of(keys))
        self._propose_by(lambda text: plan_changes.propose_move(self.desk, keys, text), label, value)

    async def action_duration(self) -> None:
        """Another duration for the task, or the marked ones."""
        await self.attempt(self._duration)

    def _duration(self, value: str = "") -> None:
        """What has no duration of its own is told before one is asked for."""
        keys = self._keys()
        plan_changes.propose_nothing(self.desk, keys)
        first = self.desk.record(keys[0])
        now = (first.duration or "–") if isinstance(first, Task) and len(keys) == 1 else ""
        label = _("Duration of {tasks}, now {now}") if now else _("Duration of {tasks}")
        self._propose_by(
            lambda text: plan_changes.propose_duration(self.desk, keys, text),
            label.format(tasks=self.names_of(keys), now=now),
            value,
            lambda text: format_duration(parse_duration(text)),
        )

    def _finish(self, value: str) -> None:
        keys = self._keys()
        plan_changes.propose_nothing(self.desk, keys)
        label = _("{tasks} ends on; the start stays (+5d, -2w, fri, 12-3)").format(tasks=self.names_of(keys))
        self._propose_by(lambda text: plan_changes.propose_finish(self.desk, keys, text), label, value)

    def _edit_cell(self) -> None:
        """Days and durations of a plan as `m` and `D` change them, since others follow from them; any other field as in every list."""
        column = self.table.current_column
        asks = {"start": self._move, "finish": self._finish, "duration": self._duration}
        ask = asks.get(column.name) if column is not None else None
        if ask is None or column is None:
            super()._edit_cell()
            return
        item, key = self.fields()[column.name], self._keys()[0]
        ask(self.desk.text(item, self.desk.values(key, [column.name])[column.name]))

    async def action_links_of(self) -> None:
        """Put the task after other lines."""
        await self.attempt(self._links)

    def _links(self) -> None:
        key = self._key()
        record = self.desk.record(key)
        value = self.desk.predecessors(record.predecessors, record.project) if isinstance(record, Task) else ""
        label = _("{task} comes after (3, 4SS-1d, code:12)").format(task=self.names_of([key]))
        self._propose_by(lambda text: plan_changes.propose_links(self.desk, key, text), label, value)

    async def action_reschedule(self) -> None:
        """Put every task where its links want it."""
        await self.attempt(self._reschedule)

    def _reschedule(self) -> None:
        project = self.board().project
        label = _("Reschedule; what is not done goes after (⏎ by the links alone)")
        self._propose_by(lambda text: plan_changes.propose_reschedule(self.desk, project, self._day(text)), label)

    def _day(self, text: str) -> date | None:
        """A day as people type it; None for nothing."""
        found: date | None = self.desk.parse(self.desk.fields("tasks")["start"], text)
        return found

    def _propose_by(
        self,
        make: Callable[[str], Proposal],
        label: str,
        value: str = "",
        read: Callable[[str], str] = lambda text: "",
    ) -> None:
        """Ask for a text, tell what it would do as it is typed, then show it. `read` says what is understood where a plan is too large
        to tell what moves; it raises what does not understand."""

        async def show(text: str) -> None:
            await self.app.push_screen(MovingScreen(lambda: make(text)), self._proposed)

        def tell(text: str) -> None:
            small = len(self.board().keys) <= LIVE
            self.say("" if not text.strip() else self._told(lambda: _effect_words(make(text)) if small else read(text)))

        self.ask(show, label, value, wrong=lambda text: self._fault(make, text), live=tell)

    def _fault(self, make: Callable[[str], Proposal], text: str) -> str:
        """Why a text cannot be done, "" where it can."""

        def nothing() -> str:
            make(text)
            return ""

        return self._told(nothing)

    def _told(self, words: Callable[[], str]) -> str:
        """Words, or what stands in the way of them."""
        try:
            return words()
        except PmoError as error:
            return words_of(error)
        except Fault as fault:
            return safe(fault.reason.words(_))

    def _proposed(self, sequence: int | None) -> None:
        if sequence is not None:
            self.say(self.keyed(_("kept; {undo} takes it back")))
        else:
            self.say(_("dropped; nothing was written"))

    def names_of(self, keys: Sequence[str]) -> str:
        """A task by key and name, several by their number."""
        if len(keys) > 1:
            return _("{count} tasks").format(count=format_number(len(keys)))
        return f"{keys[0]} {safe(self.desk.title(keys[0]))}"


def _effect_words(found: Proposal) -> str:
    """What a proposal does, in one line: to the days of what is changed itself, and to how many others."""
    moved = {effect.key: effect for effect in found.effects}
    own = next((moved[task.key] for task in found.changed if task.key in moved), None)
    words = _("{count} move; the plan ends {old} → {new}").format(
        count=format_number(len(moved)), old=format_date(found.old_finish), new=format_date(found.new_finish)
    )
    if own is None:
        return words
    finish = f"{format_date(own.old_finish, 'short')} → {format_date(own.new_finish, 'long')}"
    if (own.old_start, own.new_start) == (own.old_finish, own.new_finish):
        return f"{finish}; {words}"
    start = f"{format_date(own.old_start, 'short')} → {format_date(own.new_start, 'long')}"
    if own.old_start == own.new_start:
        return "; ".join([_("finish {days}").format(days=finish), words])
    return "; ".join([_("start {days}").format(days=start), _("finish {days}").format(days=finish), words])
