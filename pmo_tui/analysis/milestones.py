"""Milestones: how late they are, how far they slipped, what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from pmo_tui.records.marks import N_

STATES: tuple[str, ...] = (N_("late"), N_("due"), N_("planned"), N_("done"))
LATE, DUE, PLANNED, DONE = STATES
SOON = 14
"""A milestone is due when it stands within so many days."""


class Milestone(Struct, frozen=True):
    """A milestone as it stands: the day it is planned for, that of the last baseline, and whether it is reached."""

    key: str
    project: str
    name: str
    finish: date | None
    baseline: date | None = None
    done: bool = False
    owner: str | None = None

    def expected(self, today: date) -> date | None:
        """When it can be reached at the earliest: one that is not reached yet and was planned before today, today."""
        if self.finish is None or self.done:
            return self.finish
        return max(self.finish, today)

    def slip(self, today: date) -> int | None:
        """Calendar days behind the baseline (negative: ahead of it), counting on for one that is late; None without a baseline."""
        expected = self.expected(today)
        return None if expected is None or self.baseline is None else (expected - self.baseline).days

    def days_late(self, today: date) -> int:
        """Days since it should have been reached; 0 for one that is not late."""
        if self.done or self.finish is None:
            return 0
        return max(0, (today - self.finish).days)

    def state(self, today: date, soon: int = SOON) -> str:
        """late, due (within `soon` days), planned, done."""
        if self.done:
            return DONE
        if self.days_late(today):
            return LATE
        return DUE if self.finish is not None and (self.finish - today).days <= soon else PLANNED


def next_of(found: Iterable[Milestone], today: date) -> Milestone | None:
    """The first milestone from today on that is not reached yet."""
    coming = [each for each in found if not each.done and each.finish is not None and each.finish >= today]
    return min(coming, key=lambda each: (each.finish or today, each.key), default=None)


def worst_slip(found: Iterable[Milestone], today: date) -> tuple[int, Milestone] | None:
    """The open milestone that is furthest behind its baseline, and by how many days; None where none has a baseline."""
    slips = [(slip, each) for each in found if not each.done and (slip := each.slip(today)) is not None]
    return max(slips, key=lambda pair: pair[0], default=None)
