"""What there is to do: late, due, too much work, exceptions, and what others changed since one was last here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.binding import BindingType

from pmo_tui.actions import EVERYWHERE, MOVE
from pmo_tui.desk.agenda import Agenda, Changed, Entry, agenda
from pmo_tui.desk.wanted import Overtaken, as_long_as
from pmo_tui.records.registers import looks_like_key
from pmo_tui.screens.at_ease import load_screens
from pmo_tui.screens.narrowed_screen import NarrowedScreen
from pmo_tui.screens.today_lines import DAY, Item, Part
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.cutting import is_wider
from pmo_tui.widgets.text_page import TextLine, line
from pmo_tui.wording.languages import _
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe
from pmo_tui.wording.shown_days import format_date

if TYPE_CHECKING:
    from pmo_tui.records.reports import Report

Found = TypeVar("Found")
LEAST = 6
"""Lines that a part shows at least before the rest is told in one."""
MORE = "more:"
PARTS = 4
"""In so many steps a large store is read: what is at hand, late and due, exceptions, people."""
UNFINISHED = -1
"""At no transaction: what is shown is not all."""
OVER_WEEKS = "alarm=week,day"
"""Weeks with more work than the configured limit, and those with such a day, as the sheet marks them and as exceptions count them."""


class TodayScreen(NarrowedScreen):
    """The page of the day. Enter opens what a line is about, or takes down the status that it asks for."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("today")
    parts = ("today", EVERYWHERE, MOVE)
    screen_name = "today"

    def __init__(self) -> None:
        super().__init__()
        self.unfolded: set[str] = set()
        self._asked_for = 0
        self._told: list[Part] = []
        """What was found, part by part: what is late, what is due, and the others."""
        self._step = 0

    def heading(self) -> str:
        """Today."""
        return _("Today")

    # ---- what is shown -------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Everything as it is now; at the start, and in a large store, part by part beside the keys."""
        self._asked_for += 1
        if self._asked_for > 1 and self.desk.is_quick("exceptions"):
            self._take(*self._found())
            return
        if not self.page.text:
            self.page.show([line(_("reading …"), "faint")])
        asked_for = self._asked_for
        self.app.call_later(lambda: self.start(self._reload_beside(asked_for)))

    async def _reload_beside(self, asked_for: int) -> None:
        """When the screen is up: first what is at hand, then what is late and due altogether; exceptions and people take longest."""
        with suppress(Overtaken):
            await self._part_by_part(asked_for)
        if asked_for == self._asked_for and not self.is_current:
            self.shown_at = UNFINISHED
            return
        with suppress(Overtaken):
            await self._beside(asked_for, load_screens)

    async def _part_by_part(self, asked_for: int) -> None:
        scope, since = self.office.scope, self.desk.last_seen.sequence
        over: list[Item] = []
        exceptions: list[Item] = []
        if not self.page.target:
            found = await asyncio.to_thread(agenda, self.desk, scope, at_hand=True)
            if self._wanted(asked_for) and (found.late or found.due):
                self._take(found, over, exceptions, 1)
                await self.painted()
        found = await self._beside(asked_for, lambda: agenda(self.desk, scope, since))
        self._take(found, over, exceptions, 2)
        exceptions = await self._beside(asked_for, lambda: self._exceptions(found))
        self._take(found, over, exceptions, 3)
        over = await self._beside(asked_for, self._over)
        self._take(found, over, exceptions)

    async def _beside(self, asked_for: int, work: Callable[[], Found]) -> Found:
        """Work something out in a thread; Overtaken as soon as nobody waits for it any more."""
        made = await asyncio.to_thread(as_long_as, lambda: self._wanted(asked_for), work)
        if not self._wanted(asked_for):
            raise Overtaken
        return made

    def _wanted(self, asked_for: int) -> bool:
        """Whether somebody still waits for this: another screen in front goes first, and this one goes on when it is back."""
        return asked_for == self._asked_for and self.is_current

    def _found(self) -> tuple[Agenda, list[Item], list[Item]]:
        found = agenda(self.desk, self.office.scope, self.desk.last_seen.sequence)
        return found, self._over(), self._exceptions(found)

    def _take(self, found: Agenda, over: list[Item], exceptions: list[Item], step: int = 0) -> None:
        """Show what was found, in the `step` of so many that reading it takes; at the end of it with 0."""
        parts = (
            Part("late", _("Late"), "late", found.late, self._entry),
            Part("due", _("Due this week"), "strong", found.due, self._entry),
            Part("over", _("Too much work"), "late", over),
            Part("exceptions", _("Exceptions"), "amber", exceptions),
            Part("changed", _("Changed since you were last here"), "strong", found.changed, self._news),
        )
        known = {part.name: part for part in self._told}
        self._told = [
            old if (old := known.get(part.name)) is not None and old.found is part.found else part for part in parts
        ]
        self._step = step
        self.show_narrowed()

    def is_prepared(self) -> bool:
        """Whether what all lines say is at hand."""
        return all(part.is_prepared for part in self._told)

    def prepare(self) -> None:
        """Make what all lines say."""
        for part in self._told:
            part.prepare()

    def show_words(self, words: Sequence[str]) -> None:
        """The lines that say all of some folded words, part by part; every line where there are no words."""
        if not self._told:
            return
        left = {part.name: part.holding(words) if words else None for part in self._told}
        lines = [each for part in self._told for each in self._part(part, left[part.name])]
        self.page.show(lines or self._nothing())
        late, due = (format_number(_count(part, left[part.name])) for part in self._told[:2])
        reading = [_("reading … {part} of {parts}").format(part=self._step, parts=PARTS)] if self._step else []
        counts = _("{late} late, {due} due").format(late=late, due=due)
        self.status.stand("   ".join([*reading, *self.narrowed_words()]), counts)

    def _nothing(self) -> list[TextLine]:
        return self.none_holds() if any(map(len, self._told)) else self._welcome()

    def _welcome(self) -> list[TextLine]:
        if self.desk.store.head():
            return [
                line(_("Nothing is late, nothing is due this week, nothing changed since you were last here."), "good")
            ]
        return [
            line(_("This store is empty."), "strong"),
            line(),
            line(
                self.keyed(
                    _("{import_file}  takes a file in: a plan from MS Project, an e-invoice, a list from a spreadsheet")
                )
            ),
            line(
                self.keyed(
                    _(
                        "{screen_registers}  goes to the registers: pr for projects, ri for risks, su for suppliers; {new} adds a record there"
                    )
                )
            ),
            line(self.keyed(_("{help}  explains the screen you are on; {palette} finds any action by name"))),
            line(self.keyed(_("{ask_quit}  leaves; pmo demo makes an invented portfolio to try things on"))),
        ]

    def _part(self, part: Part, left: list[Item] | None) -> list[TextLine]:
        """A part with the count of what the words leave of it (of all, None); folded, it shows its first lines and says how many more."""
        count = _count(part, left)
        if not count:
            return []
        counted = format_number(count)
        if count < len(part):
            counted += " " + _("of {total}").format(total=format_number(len(part)))
        head = TextLine(((f"{part.title} ", part.tone), (f"({counted})", "faint")))
        most = max(LEAST, self.app.size.height // 4)
        shown = count if part.name in self.unfolded or count <= most + 1 else most
        items = part.first(shown) if left is None else left[:shown]
        lines = [head, *(item.line(self.app.size.width) for item in items)]
        if shown < count:
            more = self.keyed(_("… and {count} more: {act} shows them"), count=format_number(count - shown))
            lines.append(line(f"  {more}", "faint", MORE + part.name))
        return [*lines, line()]

    def _entry(self, entry: Entry) -> Item:
        if entry.days_late:
            day, tone = _("{days} d late").format(days=entry.days_late), "late"
            if is_wider(day, DAY):
                day = format_date(entry.date)
        else:
            day, tone = format_date(entry.date, "short") if entry.date != self.desk.today() else _("today"), ""
        project = safe(self.desk.lookup.short(entry.project)) if entry.project else ""
        who = safe(self.desk.lookup.short(entry.who)) if entry.who else _(entry.party)
        return Item(day, tone, _(entry.kind), project, safe(entry.text), who, entry.key)

    def _over(self) -> list[Item]:
        """People and systems with more work than hours in the weeks that exceptions look ahead: the worst week of each."""
        from pmo_tui.analysis.periods import period_of
        from pmo_tui.desk import exceptions

        view = self.desk.view("load", f"{OVER_WEEKS} {self.office.scope}".strip(), "-over")
        today = self.desk.today()
        first, last = (
            period_of("week", day).name for day in (today, today + timedelta(weeks=exceptions.WEEKS_AHEAD - 1))
        )
        worst: dict[str, int] = {}
        for i in range(len(view)):
            key = view.key(i)
            if first <= str(view.value(key, "week")) <= last:
                worst.setdefault(str(view.value(key, "person")), i)
        found = []
        for person, i in worst.items():
            week, percent, over = view.cells(i, ["week", "percent", "over"])
            a_day = view.value(view.key(i), "alarm") == "day"
            words = _("{name}: a day too full") if a_day else _("{name}: {hours} h too much")
            text = words.format(name=safe(self.desk.title(person)), hours=over)
            found.append(Item(week, "late", percent or _("away"), person, text, "", person))
        return found

    def _exceptions(self, found: Agenda) -> list[Item]:
        """What no line above tells already. First stands the record, named as in tables: a project by its short name or code."""
        told = {*found.late.keys(), *found.due.keys()}
        view = self.desk.view("exceptions", f"-rule:over_booked {self.office.scope}".strip())
        items = []
        for i in range(len(view)):
            key = view.record_key(view.key(i))
            if key in told:
                continue
            rule, project, text = view.cells(i, ["rule", "project", "text"])
            of_itself = view.value(view.key(i), "project") == key
            name = safe(self.desk.lookup.short(key))
            items.append(Item(name, "key", rule, "" if of_itself else project, text, "", key))
        return items

    def _news(self, changed: Changed) -> Item:
        when = changed.time.astimezone()
        same_day = when.date() == self.desk.today()
        day = when.strftime("%H:%M") if same_day else format_date(when.date(), "short")
        what = {"created": _("created"), "changed": _("changed"), "deleted": _("deleted")}.get(
            changed.what, _(changed.what)
        )
        fields = f" ({', '.join(changed.fields[:3])})" if changed.fields and changed.what == "changed" else ""
        text = safe(f"{changed.text}{fields}")
        return Item(day, "", what, changed.key, text, safe(", ".join(changed.authors)), changed.key)

    # ---- gestures ----------------------------------------------------------------------------------------------------------

    def _targets(self) -> list[str]:
        return list(dict.fromkeys(each for each in self.page.targets() if looks_like_key(each)))

    async def action_act(self) -> None:
        """Take down a status that is late; open what any other line is about."""
        from pmo_tui.analysis.reporting import period_days
        from pmo_tui.screens.status_form import StatusForm

        target = self.page.target
        if target.startswith(MORE):
            self.unfolded ^= {target.removeprefix(MORE)}
            self.look()
        elif report := self._owed(target):
            form = StatusForm([report.project], period_days(report.period)[0])
            await self.attempt(lambda: self.app.push_screen(form, self._saved))
        elif target:
            await self.attempt(lambda: self.open_record(target, self._targets()))

    def _owed(self, target: str) -> Report | None:
        """The report that a line asks for, where nobody has declared it yet."""
        from pmo_tui.analysis.reporting import period_days
        from pmo_tui.records.reports import REQUESTED, Report

        record = self.desk.record(target) if looks_like_key(target) else None
        if not isinstance(record, Report) or record.status != REQUESTED:
            return None
        collected = self.desk.statuses.period(record.project, period_days(record.period)[0])
        return record if collected.name == record.period else None

    async def action_edit_line(self) -> None:
        """Change it."""
        from pmo_tui.screens.form import FormScreen

        target = self.page.target
        if looks_like_key(target):
            self.desk.entry(target)
            await self.app.push_screen(FormScreen("", target), self._saved)

    def _saved(self, key: str | None) -> None:
        if key:
            self.look()
            self.say(self.keyed(_("{key} written; {undo} takes it back"), key=key))

    async def action_line_history(self) -> None:
        """Who changed it."""
        from pmo_tui.screens.history import HistoryScreen

        if looks_like_key(self.page.target):
            await self.app.push_screen(HistoryScreen(self.page.target))

    def action_seen(self) -> None:
        """What changed is seen."""
        if self.desk.known_on is None:
            self.desk.last_seen.see(self.desk.store.head())
        self.look()

    def action_next_section(self) -> None:
        """The first line of the next part."""
        self.page.next_part()


def _count(part: Part, left: list[Item] | None) -> int:
    return len(part) if left is None else len(left)
