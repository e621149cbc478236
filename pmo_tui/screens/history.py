"""The journal in words: of one record, or of all, newest first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.binding import Binding

from pmo_tui.actions import EVERYWHERE, MOVE
from pmo_tui.desk.changed_words import event_words
from pmo_tui.desk.events import Event
from pmo_tui.screens.everywhere import Everywhere
from pmo_tui.screens.text_screen import TextScreen
from pmo_tui.widgets.text_page import TextLine, line
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

MOST = 300
"""How many events are shown; the command line lists all."""


class HistoryScreen(TextScreen):
    """Who did what when, with old and new values. Enter opens the record."""

    BINDINGS = [Binding("enter", "open_line", show=False)]
    parts = (EVERYWHERE, MOVE)

    def __init__(self, key: str | None = None) -> None:
        super().__init__()
        self.key = key

    def heading(self) -> str:
        """History of which record."""
        return _("Journal") if self.key is None else _("History of {key}").format(key=self.key)

    def reload(self) -> None:
        """The events up to now."""
        events = self.desk.history(self.key, MOST + 1)
        lines = [each for event in events[:MOST] for each in _event(self.desk, event, self.key is None)]
        if len(events) > MOST:
            lines.append(line(_("older ones: pmo history"), "faint"))
        self.page.show(lines or [line(_("nothing was written yet"), "faint")])

    def again(self) -> Callable[[], Everywhere]:
        """The same history; that of a deleted record stays."""
        key = self.key
        return lambda: HistoryScreen(key)

    async def action_open_line(self) -> None:
        """Open the record that the line is about."""
        target = self.page.target
        if target and self.desk.record(target) is not None:
            await self.open_record(target)


def _event(desk: Desk, event: Event, with_key: bool) -> list[TextLine]:
    when = event.time.astimezone().strftime("%Y-%m-%d %H:%M")
    who = safe(event.author) + (f" ({safe(event.login)})" if event.login and event.login != event.author else "")
    what = {"created": _("created"), "changed": _("changed"), "deleted": _("deleted")}[event.what]
    head: list[tuple[str, str]] = [
        (when, "faint"),
        (f"  {who}", "strong"),
        (f"  {what}", "late" if event.what == "deleted" else ""),
    ]
    if with_key:
        head.insert(1, (f"  {event.key}", "key"))
    if event.note:
        head.append((f"  {safe(event.note)}", "faint"))
    head.append((f"  #{event.sequence}", "faint"))
    lines = [TextLine(tuple(head), event.key)]
    if event.what == "changed":
        for label, old, new in event_words(desk, event):
            pieces = ((f"    {label}: ", "faint"), (old or "–", "grey"), (" → ", ""), (new or "–", ""))
            lines.append(TextLine(pieces, "", 6))
    return lines
