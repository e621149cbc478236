"""What a change of the plan would do, before it is kept: every task that moves, from when to when, and what it becomes by that."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.strip import Strip
from textual.widget import Widget

from pmo_tui.actions import EVERYWHERE, MOVE
from pmo_tui.desk.planning.plan_changes import Proposal
from pmo_tui.desk.planning.plan_effects import Effect
from pmo_tui.desk.planning.plan_keeping import AUTHORITIES, authority, keep
from pmo_tui.desk.said import said
from pmo_tui.records.errors import PmoError
from pmo_tui.screens.everywhere import Everywhere
from pmo_tui.screens.frame import words_of
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.table import Column, RegisterTable
from pmo_tui.widgets.text_page import TextLine, TextPage, line
from pmo_tui.wording.languages import _, ngettext
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe
from pmo_tui.wording.shown_days import format_date

MOST_OFFERS, MOST_ELSEWHERE = 6, 3
WIDE, NARROW_NAME, NAME = 100, 17, 34
"""From so many columns on names have more room, and where no task becomes anything; else what it becomes stands beside the days."""
WORSE, MILESTONE = "!", "◆"


class EffectRows:
    """The tasks that move as rows of a table."""

    def __init__(self, effects: Sequence[Effect]) -> None:
        self.effects = effects
        self._places = {effect.key: place for place, effect in enumerate(effects)}

    def __len__(self) -> int:
        return len(self.effects)

    def key(self, i: int) -> str:
        """The task."""
        return self.effects[i].key

    def index(self, key: str) -> int | None:
        """Its row."""
        return self._places.get(key)

    def cells(self, i: int, names: Sequence[str]) -> list[str]:
        """Old and new days, and what the task becomes."""
        effect = self.effects[i]
        values = {
            "line": f"{WORSE if effect.worse else ''}{effect.line}",
            "name": (f"{MILESTONE} " if effect.milestone else "") + safe(effect.name),
            "old_start": format_date(effect.old_start),
            "old_finish": format_date(effect.old_finish),
            "new_start": format_date(effect.new_start),
            "new_finish": format_date(effect.new_finish),
            "days": f"{effect.days:+d}d" if effect.days else "",
            "becomes": ", ".join(_(word) for word in effect.becomes),
        }
        return [values[name] for name in names]

    def tones(self, i: int, names: Sequence[str]) -> list[str]:
        """What must be known of stands out."""
        effect = self.effects[i]
        worse = "red" if effect.worse else "green"
        later = "late" if effect.new_finish > effect.old_finish else "green"
        tones = {
            "line": worse if effect.worse else "faint", "old_finish": "faint", "old_start": "faint", "becomes": worse, "days": later,
        }  # fmt: skip
        return [tones.get(name, "") for name in names]


class Summary(TextPage, can_focus=False):
    """What a proposal comes to; read, not chosen from."""

    def paint(self, line: int, width: int, at_cursor: bool) -> Strip:
        """A line, no cursor on it."""
        return super().paint(line, width, at_cursor=False)


class MovingScreen(Everywhere):
    """A proposal, kept with ⏎ and dropped with esc. Dismissed with the sequence of what was written, None when dropped.

    `make` makes the proposal; it is made anew when anything changes meanwhile.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("moving")
    DEFAULT_CSS = """
    MovingScreen #summary { height: auto; max-height: 6; background: $surface; }
    """
    parts = ("moving", EVERYWHERE, MOVE)

    def __init__(self, make: Callable[[], Proposal]) -> None:
        super().__init__()
        self.make = make
        self.proposal = make()
        self._made_at = -1
        self._reason = ""

    def heading(self) -> str:
        """That nothing is written yet."""
        return _("What moves")

    def body(self) -> Iterable[Widget]:
        """What it comes to, and the tasks."""
        yield Summary(id="summary")
        yield RegisterTable(id="table")

    def on_mount(self) -> None:
        """The keys go to the tasks."""
        super().on_mount()
        self.focus_on(self.query_one(RegisterTable))

    def reload(self) -> None:
        """The proposal for the records as they are now."""
        if self._made_at not in (-1, self.desk.store.head()):
            self.proposal = self.make()
        self._made_at = self.desk.store.head()
        lines = self._summary()
        page = self.query_one(Summary)
        page.show(lines)
        page.styles.height = page.line_count()
        table = self.query_one(RegisterTable)
        table.hint = self.keyed(
            _("No task would move. {drop_change} goes back, {keep_change} keeps what else changes.")
        )
        table.show(EffectRows(self.proposal.effects), self._columns())
        self.status.stand("", _("nothing is written yet"))

    def on_resize(self) -> None:
        """There is more or less room for words."""
        if self.is_mounted:
            self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        page = self.query_one(Summary)
        page.styles.height = page.line_count()
        self.query_one(RegisterTable).show(EffectRows(self.proposal.effects), self._columns())

    def _columns(self) -> list[Column]:
        roomy = self.size.width >= WIDE or not any(effect.becomes for effect in self.proposal.effects)
        return [
            Column("line", "#", 4, True),
            Column("name", _("Name"), NAME if roomy else NARROW_NAME),
            Column("old_finish", _("Finish"), 10),
            Column("new_finish", _("New finish"), 11),
            Column("days", _("Moves"), 7, True),
            Column("becomes", _("Becomes"), 40, flexible=True),
            Column("old_start", _("Start"), 10),
            Column("new_start", _("New start"), 10),
        ]

    # ---- what it comes to --------------------------------------------------------------------------------------------------

    def _summary(self) -> list[TextLine]:
        found = self.proposal
        lines = [TextLine(((safe(said(found.title)), "strong"),)), self._end(), self._counts()]
        if found.held:
            names = ", ".join(f"{key} {safe(self.desk.title(key))}" for key in found.held[:3])
            lines.append(
                line(_("Held where it is by links, a constraint or what is done: {tasks}").format(tasks=names), "amber")
            )
        if found.elsewhere:
            waiting = ", ".join(
                f"{each.key} ({self.desk.lookup.short(each.project)}) ← {each.waits_for}"
                for each in found.elsewhere[:MOST_ELSEWHERE]
            )
            more = len(found.elsewhere) - MOST_ELSEWHERE
            text = _("Other plans wait for these: {tasks}").format(tasks=safe(waiting))
            lines.append(line(text + (_(" and {count} more").format(count=more) if more > 0 else ""), "amber"))
        return lines

    def _end(self) -> TextLine:
        found = self.proposal
        old, new = format_date(found.old_finish, "long"), format_date(found.new_finish, "long")
        if found.old_finish == found.new_finish:
            return TextLine(((_("The plan ends on {day} as before.").format(day=new), ""),))
        days = (found.new_finish - found.old_finish).days
        later = ngettext("{count} day later", "{count} days later", days)
        earlier = ngettext("{count} day earlier", "{count} days earlier", -days)
        words = (later if days > 0 else earlier).format(count=format_number(abs(days)))
        text = _("The plan ends on {new} instead of {old}").format(new=new, old=old)
        return TextLine(((f"{text}: ", ""), (words, "late" if days > 0 else "green")))

    def _counts(self) -> TextLine:
        found = self.proposal
        count = len(found.effects)
        milestones = sum(effect.milestone for effect in found.effects)
        worse = sum(effect.worse for effect in found.effects)
        words = ngettext("{count} task moves", "{count} tasks move", count)
        pieces = [(words.format(count=format_number(count)), "")]
        if milestones:
            words = ngettext("{count} milestone among them", "{count} milestones among them", milestones)
            pieces.append((f" · {words.format(count=format_number(milestones))}", ""))
        if worse:
            pieces.append((" · " + _("{count} for the worse (!)").format(count=format_number(worse)), "red"))
        onto, off = found.critical
        if onto:
            pieces.append((" · " + _("{count} newly critical").format(count=format_number(onto)), ""))
        if off:
            pieces.append((" · " + _("{count} no longer critical").format(count=format_number(off)), ""))
        return TextLine(tuple(pieces))

    # ---- kept or dropped -----------------------------------------------------------------------------------------------------

    def action_keep_change(self) -> None:
        """Ask why, and by which decision; then write it."""
        self.ask(self._because, _("Reason"), self._reason)

    async def _because(self, reason: str) -> None:
        self._reason = reason.strip()
        label = _("Decision that it follows from (⏎ for none)")
        self.ask(self._keep, label, offers=self._authorities, wrong=self._no_authority)

    def _authorities(self, text: str) -> list[tuple[str, str]]:
        found = self.desk.complete(AUTHORITIES, text, MOST_OFFERS) if text.strip() else []
        return [(key, f"{key}  {safe(title)}") for key, title in found]

    def _no_authority(self, text: str) -> str:
        """Why a text names no decision; anything else belongs in the reason."""
        try:
            authority(self.desk, text)
        except PmoError as error:
            return f"{words_of(error)} {_('Other words belong in the reason.')}"
        return ""

    async def _keep(self, decision: str) -> None:
        self.dismiss(await asyncio.to_thread(keep, self.desk, self.proposal, self._reason, decision))

    def action_drop_change(self) -> None:
        """Back, with nothing written."""
        self.dismiss(None)
