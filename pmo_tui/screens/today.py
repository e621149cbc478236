"""What there is to do: late, due, too much work, exceptions, and what others changed since one was last here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from pmo_tui.actions import EVERYWHERE, MOVE
from pmo_tui.desk.agenda import Agenda, Changed, Entry, agenda
from pmo_tui.records.registers import looks_like_key
from pmo_tui.screens.everywhere import Everywhere
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.cutting import fit
from pmo_tui.widgets.text_page import TextLine, TextPage, line
from pmo_tui.wording.dates import format_date
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

MOST = 40
"""Lines of one part; what there is more is told and can be listed."""
LISTED = {"exceptions": "exceptions", "over": "load"}
OVER_WEEKS = "percent>100"
KIND, SHORT, WHO, DAY = 16, 10, 16, 11


class TodayScreen(Everywhere):
    """The page of the day. Enter opens what a line is about."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("today")
    parts = ("today", EVERYWHERE, MOVE)
    screen_name = "today"

    def heading(self) -> str:
        """Today."""
        return _("Today")

    def body(self) -> Iterable[Widget]:
        """The page."""
        yield TextPage(id="page")

    def on_mount(self) -> None:
        """The keys go to the page."""
        super().on_mount()
        self.focus_on(self.page)

    @property
    def page(self) -> TextPage:
        """The page."""
        return self.query_one("#page", TextPage)

    # ---- what is shown -------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Everything as it is now."""
        found = agenda(self.desk, self.office.scope, self.desk.last_seen.sequence)
        parts = [
            *self._part(_("Late"), [self._entry(entry) for entry in found.late], "late"),
            *self._part(_("Due this week"), [self._entry(entry) for entry in found.due], "strong"),
            *self._part(_("Too much work"), self._over(), "late"),
            *self._part(_("Exceptions"), self._exceptions(found), "amber"),
            *self._part(
                _("Changed since you were last here"), [self._news(each) for each in found.changed], "strong"
            ),
        ]
        self.page.show(parts or self._welcome())
        self.status.stand("", _("{late} late, {due} due").format(late=len(found.late), due=len(found.due)))

    def _welcome(self) -> list[TextLine]:
        if self.desk.store.head():
            return [
                line(_("Nothing is late, nothing is due this week, nothing changed since you were last here."), "good")
            ]
        return [
            line(_("This store is empty."), "strong"),
            line(),
            line(_("I  takes a file in: a plan from MS Project, an e-invoice, a list from a spreadsheet")),
            line(_("8  goes to the registers: pr for projects, ri for risks, su for suppliers; n adds a record there")),
            line(_("?  explains the screen you are on; : finds any action by name")),
            line(_("q  leaves; pmo demo makes an invented portfolio to try things on")),
        ]

    def _part(self, title: str, lines: list[TextLine], tone: str) -> list[TextLine]:
        if not lines:
            return []
        head = TextLine(((f"{title} ", tone), (f"({len(lines)})", "faint")))
        rest = (
            [line("  " + _("… and {count} more").format(count=len(lines) - MOST), "faint")] if len(lines) > MOST else []
        )
        return [head, *lines[:MOST], *rest, line()]

    def _entry(self, entry: Entry) -> TextLine:
        if entry.days_late:
            day, tone = _("{days} d late").format(days=entry.days_late), "late"
        else:
            day, tone = format_date(entry.date, "short") if entry.date != self.desk.today() else _("today"), ""
        project = safe(self.desk.lookup.short(entry.project)) if entry.project else ""
        who = safe(self.desk.lookup.short(entry.who)) if entry.who else ""
        pieces = (
            (f"  {fit(day, DAY)} ", tone), (f"{fit(_(entry.kind), KIND)} ", "faint"), (f"{fit(project, SHORT)} ", "key"),
            (f"{fit(safe(entry.text), self._room)} ", ""), (fit(who, WHO), "faint"),
        )  # fmt: skip
        return TextLine(pieces, entry.key)

    @property
    def _room(self) -> int:
        """Columns for the text of a line."""
        return max(16, self.app.size.width - DAY - KIND - SHORT - WHO - 9)

    def _over(self) -> list[TextLine]:
        """People with more work than hours in the weeks to come: the worst week of each."""
        view = self.desk.view("load", f"{OVER_WEEKS} {self.office.scope}".strip(), "-over")
        worst: dict[str, int] = {}
        for i in range(len(view)):
            worst.setdefault(str(view.value(view.key(i), "person")), i)
        found = []
        for person, i in worst.items():
            week, percent, over = view.cells(i, ["week", "percent", "over"])
            pieces = (
                (f"  {fit(week, DAY)} ", ""), (f"{fit(percent, KIND)} ", "late"), (f"{fit('', SHORT)} ", ""),
                (f"{fit(safe(self.desk.title(person)), self._room)} ", ""), (_("{hours} h too much").format(hours=over), "faint"),
            )  # fmt: skip
            found.append(TextLine(pieces, person))
        return found

    def _exceptions(self, found: Agenda) -> list[TextLine]:
        """What no line above tells already."""
        told = {entry.key for entry in (*found.late, *found.due)}
        view = self.desk.view("exceptions", f"-rule:over_booked {self.office.scope}".strip())
        lines = []
        for i in range(len(view)):
            key = view.record_key(view.key(i))
            if key in told:
                continue
            rule, project, text = view.cells(i, ["rule", "project", "text"])
            pieces = (
                (f"  {fit(key, DAY)} ", "key"), (f"{fit(rule, KIND)} ", "faint"), (f"{fit(project, SHORT)} ", "key"), (text, ""),
            )  # fmt: skip
            lines.append(TextLine(pieces, key, DAY + KIND + SHORT + 5))
        return lines

    def _news(self, changed: Changed) -> TextLine:
        when = changed.time.astimezone()
        same_day = when.date() == self.desk.today()
        day = when.strftime("%H:%M") if same_day else format_date(when.date(), "short")
        what = {"created": _("created"), "changed": _("changed"), "deleted": _("deleted")}.get(
            changed.what, _(changed.what)
        )
        fields = f" ({', '.join(changed.fields[:3])})" if changed.fields and changed.what == "changed" else ""
        pieces = (
            (f"  {fit(day, DAY)} ", ""), (f"{fit(what, KIND)} ", "faint"), (f"{fit(changed.key, SHORT)} ", "key"),
            (f"{fit(safe(changed.text) + safe(fields), self._room)} ", ""), (fit(safe(", ".join(changed.authors)), WHO), "faint"),
        )  # fmt: skip
        return TextLine(pieces, changed.key)

    # ---- gestures ----------------------------------------------------------------------------------------------------------

    def _targets(self) -> list[str]:
        return list(dict.fromkeys(each for each in self.page.targets() if looks_like_key(each)))

    async def action_act(self) -> None:
        """Open what the line is about."""
        target = self.page.target
        if target:
            await self.attempt(lambda: self.open_record(target, self._targets()))

    async def action_edit_line(self) -> None:
        """Change it."""
        from pmo_tui.screens.form import FormScreen

        target = self.page.target
        if target and self.desk.record(target) is not None:
            await self.app.push_screen(FormScreen("", target), self._saved)

    def _saved(self, key: str | None) -> None:
        if key:
            self.look()
            self.say(_("{key} written; u takes it back").format(key=key))

    async def action_line_history(self) -> None:
        """Who changed it."""
        from pmo_tui.screens.history import HistoryScreen

        if self.page.target:
            await self.app.push_screen(HistoryScreen(self.page.target))

    def action_seen(self) -> None:
        """What changed is seen."""
        self.desk.last_seen.see(self.desk.store.head())
        self.look()

    def action_next_section(self) -> None:
        """The first line of the next part."""
        self.page.next_part()
