"""The words of a message: what is open with somebody, and the status that is asked for, pre-filled with what was said last.

A project manager answers by reply: last period's words and this period's facts stand there to be changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from pmo_tui.analysis.status import period_named
from pmo_tui.desk.agenda import REPORT, Entry
from pmo_tui.desk.reports.status import Start, start
from pmo_tui.desk.reports.status_facts import facts
from pmo_tui.desk.reports.status_list import LABELS
from pmo_tui.exchange.report_blocks import day_words, period_words
from pmo_tui.records.report_page import OVERALL
from pmo_tui.records.reports import DIMENSIONS
from pmo_tui.wording.languages import _, ngettext
from pmo_tui.wording.rag import SHAPES, letter
from pmo_tui.wording.safe import safe, safe_lines
from pmo_tui.wording.shown_days import format_date

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

NO_DAY = date.max
"""The day of an item that has none."""


def subject(desk: Desk, items: Sequence[Entry]) -> str:
    """What a message is about."""
    statuses = [item for item in items if item.kind == REPORT]
    if len(statuses) == len(items):
        names = ", ".join(safe(desk.lookup.short(item.key)) for item in statuses[:3])
        return _("Status of {names} for {period}").format(names=names, period=period_words(statuses[0].text))
    late = sum(1 for item in items if item.days_late)
    if len(items) == late == 1:
        return _("Overdue: {title}").format(title=safe(items[0].text))
    if late:
        return ngettext("{count} thing is overdue", "{count} things are overdue", late).format(count=late)
    return ngettext("{count} open point", "{count} open points", len(items)).format(count=len(items))


def letter_text(desk: Desk, name: str, items: Sequence[Entry]) -> str:
    """The whole text: the open points first, then the statuses that are asked for."""
    lines = [_("Dear {name},").format(name=safe(name)), ""]
    points = [item for item in items if item.kind != REPORT]
    if points:
        day = format_date(desk.today(), "long")
        lines += [_("On {day} these are open with you:").format(day=day), ""]
        lines += [f"- {_point(desk, item)}" for item in points]
        lines += ["", _("Please tell me how they stand, or when they will be done."), ""]
    for item in items:
        if item.kind == REPORT:
            lines += [*_status(desk, item), ""]
    lines += [_("Regards,"), safe(desk.title(desk.me()))]
    return "\n".join(lines)


def _point(desk: Desk, item: Entry) -> str:
    parts = [f"{_(item.kind)} {item.key}: {safe(item.text)}"]
    if item.project:
        parts.append(safe(desk.title(item.project)))
    if item.date != NO_DAY:
        parts.append(_("due {day}").format(day=day_words(item.date)))
    text = " · ".join(parts)
    if item.days_late:
        text += ", " + ngettext("{count} day late", "{count} days late", item.days_late).format(count=item.days_late)
    return text


def _status(desk: Desk, item: Entry) -> Iterator[str]:
    begin = start(desk, item.key, period_named(item.text).start)
    asked = _(
        "Please tell me the status of {key} {name} for {period}: change what is not right any more, and send it back."
    )
    yield asked.format(key=item.key, name=safe(desk.title(item.key)), period=period_words(item.text))
    yield ""
    for dimension in (OVERALL, *DIMENSIONS):
        yield f"  {_(LABELS[dimension])}: {_colours(begin, dimension)}"
    yield ""
    for label, name in ((_("This period"), "summary"), (_("Next period"), "next_period")):
        yield f"  {label}:"
        yield from (f"    {line}" for line in safe_lines(begin.texts[name]) or [""])
    told = facts(desk, item.key)
    if told:
        yield ""
        yield f"  {_('As we know it:')}"
        yield from (f"    {fact.label}: {fact.text}" for fact in told)


def _colours(begin: Start, dimension: str) -> str:
    """What was said last, and what follows from the rules."""
    said = begin.colours.get(dimension)
    text = letter(said) if said in SHAPES and said is not None else "–"
    rule = begin.by_rule.get(dimension)
    return text + (f"  ({_('by rule {letter}').format(letter=letter(rule))})" if rule in SHAPES and rule else "")
