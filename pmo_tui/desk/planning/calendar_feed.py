"""The milestones of the store as entries of a calendar, and those that are to go from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from pmo_tui.exchange.ics import Milestone

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.store import Op, Transaction

CANCELLED_FOR = timedelta(days=90)
"""So long a milestone that is none any more stays in the feed as cancelled, so that it goes from subscribers' calendars."""
NAMES = ("key", "finish", "name", "project", "revision", "notes")


@dataclass(frozen=True, slots=True)
class _Gone:
    """What a milestone was, and which transaction ended it."""

    was: dict[str, Any]
    time: datetime
    sequence: int


@dataclass(slots=True)
class _Journal:
    """What the feed needs of the history: the store's identity, when each transaction was, and the milestones that ended lately."""

    since: datetime
    identity: str = ""
    times: dict[int, datetime] = field(default_factory=dict)
    gone: dict[str, _Gone] = field(default_factory=dict)

    def take_in(self, transaction: Transaction) -> None:
        self.identity = self.identity or transaction.sum[:16]
        self.times[transaction.sequence] = transaction.time
        for op in transaction.ops:
            if op.register == "tasks":
                self._follow(op, transaction)

    def _follow(self, op: Op, transaction: Transaction) -> None:
        before, after = op.old or {}, op.new or {}
        if op.new is None:
            if before.get("milestone") and before.get("finish"):
                self._end(op, before, transaction)
        elif op.old is None or after.get("milestone") or after.get("finish"):
            self.gone.pop(op.key, None)
        elif "milestone" in before or "finish" in before:
            self._end(op, before, transaction)

    def _end(self, op: Op, was: dict[str, Any], transaction: Transaction) -> None:
        if transaction.time > self.since:
            self.gone[op.key] = _Gone(was, transaction.time, transaction.sequence)


def milestones(desk: Desk, filter_text: str = "", project: str = "") -> Iterator[Milestone]:
    """The milestones with a day that a filter leaves, of one project or of all.

    Without a filter also those that were deleted, lost their day or became tasks in the last ninety days, as cancelled.
    """
    words = [f"project={project}" if project else "", "milestone:yes", "finish:any", filter_text]
    view = desk.view("tasks", " ".join(word for word in words if word), "finish")
    journal = _Journal(datetime.now(UTC) - CANCELLED_FOR)
    for transaction in desk.store.since(0):
        journal.take_in(transaction)
    for i in range(len(view)):
        values = view.values(i, NAMES)
        yield Milestone(
            f"{values['key']}@{journal.identity}", values["finish"], values["name"], desk.title(values["project"]),
            values["revision"], journal.times[values["revision"]], notes=values["notes"] or "",
        )  # fmt: skip
    if not filter_text:
        yield from _cancelled(desk, journal, project)


def _cancelled(desk: Desk, journal: _Journal, project: str) -> Iterator[Milestone]:
    for key, gone in journal.gone.items():
        known = {**(desk.store.get(key) or {}), **gone.was}
        if known.get("milestone") and known.get("finish") and project in ("", known["project"]):
            yield Milestone(
                f"{key}@{journal.identity}", date.fromisoformat(known["finish"]), known["name"], desk.title(known["project"]),
                gone.sequence, gone.time, cancelled=True,
            )  # fmt: skip
