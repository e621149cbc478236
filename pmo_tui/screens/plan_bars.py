"""What the planning board's chart shows of a task: its bar, what stands beside it, its links."""

from __future__ import annotations

from pmo_tui.analysis.scheduling_nodes import HELD
from pmo_tui.desk.money.invoice_view import short_day
from pmo_tui.desk.planning.planning_board import Board, BoardRow
from pmo_tui.records.durations import Duration
from pmo_tui.widgets.gantt_bar import Arrow, Bar, Chart, Kind
from pmo_tui.wording.durations import format_duration
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

BY_HAND = HELD - {"started", "done", "inactive"}
"""States of tasks that keep the days of their record whatever their links say."""


def chart_of(board: Board) -> Chart:
    """What all lines of a plan's chart share."""
    first, last = board.span()
    return Chart(first, last, board.desk.today(), board.day_off())


def bar_of(board: Board, key: str) -> Bar | None:
    """The bar of a task; None for one that is not in the plan."""
    if key not in board.tasks:
        return None
    row = board.row(key)
    return Bar(
        row.start,
        row.finish,
        kind_of(row),
        100 if row.done else min(99, int(row.task.percent_complete)),
        row.critical,
        bool(row.days_late),
        row.state in BY_HAND,
        row.task.active,
        row.baseline,
        row.task.deadline,
        safe(row.task.name),
        note_of(row),
        arrows_of(board, key),
    )


def kind_of(row: BoardRow) -> Kind:
    """What shape a task has; one of no duration that is not flagged as a milestone is a moment."""
    if row.summary:
        return "summary"
    if row.task.milestone:
        return "milestone"
    return "moment" if row.task.duration and not Duration.parse(row.task.duration).amount else "task"


def note_of(row: BoardRow) -> str:
    """`!5d` for late by five days, `+3d` or `-2d` against the baseline; nothing beside what is done."""
    if row.done:
        return ""
    late = f"!{row.days_late}d" if row.days_late else ""
    slip = f"{row.slip:+d}d" if row.slip and row.slip != row.days_late else ""
    return " ".join(part for part in (late, slip) if part)


def arrows_of(board: Board, key: str) -> tuple[Arrow, ...]:
    """The links to and from a task."""
    return tuple(
        Arrow(
            tie.first if tie.second == key else tie.second,
            tie.second == key,
            tie.link.type in ("FS", "FF"),
            tie.link.type in ("FF", "SF"),
        )
        for tie in board.ties.get(key, ())
    )


def row_words(board: Board, row: BoardRow) -> list[str]:
    """The task under the cursor in the status line: its days and what decides them; safe text."""
    words = []
    if row.start is not None and row.finish is not None:
        first, last = short_day(board.desk, row.start), short_day(board.desk, row.finish)
        words.append(first if row.start == row.finish else f"{first} – {last}")
    if row.strays and (figures := board.desk.plans.scheduled(row.task.key)) is not None:
        first, last = short_day(board.desk, figures.early_start), short_day(board.desk, figures.early_finish)
        words.append(_("by its links {first} – {last}").format(first=first, last=last))
    if row.state in BY_HAND:
        words.append(_("by hand") if row.state == "manual" else _(row.state))
    if row.task.deadline is not None:
        words.append(_("deadline {day}").format(day=short_day(board.desk, row.task.deadline)))
    if row.critical:
        words.append(_("critical"))
    elif row.total_float and not row.done:
        words.append(_("float {time}").format(time=format_duration(Duration.parse(row.total_float))))
    if row.task.predecessors:
        after = board.desk.predecessors(row.task.predecessors, board.project)
        words.append(_("after {links}").format(links=safe(after)))
    return words
