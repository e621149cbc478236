"""The sheet of people by periods, as a screen or a file takes it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pmo_tui.analysis.allocation import ALL_OF_IT, Cell, added
from pmo_tui.analysis.periods import Period
from pmo_tui.desk.people.workforce import Worker
from pmo_tui.records.people import Person


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows: everybody, or who is booked on a project (or below a programme or portfolio), is of a unit, has a function.

    `project` is a key, code or name of a node, or `mine`. What is empty does not restrict. Systems are of no unit and have no
    function.
    """

    project: str = ""
    unit: str = ""
    function: str = ""


EVERYBODY = Scope()
Order = Literal["name", "over"]


@dataclass(frozen=True, slots=True)
class Row:
    """One person or system: cells period by period, and how much of each is booked inside the scope's project (seconds)."""

    key: str
    name: str
    who: Worker
    cells: tuple[Cell, ...]
    inside: tuple[int, ...]

    @property
    def alarms(self) -> int:
        """In how many periods a test fails."""
        return sum(1 for cell in self.cells if cell.alarm)

    @property
    def over(self) -> int:
        """The most that a period is over, in seconds."""
        return max((cell.over for cell in self.cells), default=0)


@dataclass(frozen=True)
class Sheet:
    """People by periods. `limit` is the per cent above which somebody is over."""

    scope: Scope
    periods: tuple[Period, ...]
    rows: tuple[Row, ...]
    limit: int = ALL_OF_IT

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each row by key."""
        return {row.key: place for place, row in enumerate(self.rows)}

    @cached_property
    def total(self) -> tuple[Cell, ...]:
        """All named people together; systems and placeholders are left out."""
        named = [row.cells for row in self.rows if isinstance(row.who, Person) and row.who.kind == "named"]
        return tuple(added(named)) if named else (Cell(),) * len(self.periods)


def name_order(row: Row) -> tuple[str, str]:
    """Sorts rows by name, whatever the capitals."""
    return row.name.casefold(), row.key


def over_order(row: Row) -> tuple[bool, int, str, str]:
    """Sorts first who is over, by the most he is over in a period; then by name."""
    return not row.alarms, -row.over, *name_order(row)
