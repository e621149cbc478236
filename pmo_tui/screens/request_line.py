"""`+` on the resource sheet: somebody asked for in one line, `tester 0.5fte w02-w07 #project`; shown as it was understood, then written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from textual.binding import Binding

from pmo_tui.actions import EVERYWHERE, MOVE
from pmo_tui.analysis.periods import periods_between
from pmo_tui.desk.captured import Captured, Unclear
from pmo_tui.desk.home.drafts import Draft
from pmo_tui.desk.people.candidates import candidates
from pmo_tui.desk.people.request_line import parse_request
from pmo_tui.records.marks import N_
from pmo_tui.records.people import FULL_TIME_HOURS
from pmo_tui.records.registers import by_name
from pmo_tui.records.requests import Request
from pmo_tui.screens.open_requests import candidate_words
from pmo_tui.screens.text_screen import TextScreen
from pmo_tui.screens.typed_line import TypedLine
from pmo_tui.widgets.prompt import Asked
from pmo_tui.widgets.text_page import TextLine, line, two_columns
from pmo_tui.wording.dates import parse_range
from pmo_tui.wording.hours import format_load
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe
from pmo_tui.wording.shown_days import format_date

SENT = "submitted"
EXAMPLE = N_("tester 0.5fte w02-w07 #project")
LABEL = 18
BEST = 5
"""So many people who could do it are shown before the request is written."""


class RequestLine(TypedLine):
    """One request being taken down: what is not understood is asked, then it is shown before it is written."""

    mark = "+"
    draft_name = "request"
    kept = N_("what you typed is kept; {request} offers it again")

    def greet(self, draft: Draft | None) -> None:
        """An example, or what was typed before as it is understood."""
        self.screen.say(self.understood(self.line))

    def parsed(self, line: str) -> Captured:
        """What the line means."""
        return parse_request(self.desk, line, self.project)

    async def finish(self, found: Captured) -> None:
        """Show it before it is written."""
        sent = found if "status" in found.texts else found.chosen("status", SENT)
        await self.screen.app.push_screen(RequestPreview(sent), self._written)

    async def answered(self, found: Captured, unclear: Unclear) -> Captured | None:
        """A period is asked as one, and gives both days."""
        if unclear.field != "start":
            return await super().answered(found, unclear)
        self.screen.say(safe(unclear.why.words(_)))
        text = await self.screen.prompt.ask(Asked(_("Period"), "", wrong=self._wrong_period))
        if text is None:
            return None
        first, last = parse_range(text, self.desk.today())
        return found.chosen("start", first.isoformat()).chosen("finish", last.isoformat())

    def _wrong_period(self, text: str) -> str:
        try:
            parse_range(text, self.desk.today())
        except ValueError as error:
            return safe(error)
        return ""

    def _written(self, key: str | None) -> None:
        if key is None:
            self.keep()
            return
        self.held.drop()
        self.screen.look()
        title = safe(self.desk.title(key))
        self.screen.say(
            self.screen.keyed(
                _("{key} {title} asked for; {requests} shows the open requests, {undo} takes it back"),
                key=key,
                title=title,
            )
        )

    def understood(self, text: str) -> str:
        """A line as it was understood so far."""
        if not text.strip():
            return _("like {example}").format(example=_(EXAMPLE))
        texts = self.parsed(text).texts
        parts = [safe(texts.get("role", "…"))]
        if "hours_per_week" in texts:
            parts.append(format_load(Decimal(texts["hours_per_week"]), FULL_TIME_HOURS))
        if "start" in texts and "finish" in texts:
            parts.append(_span(texts["start"], texts["finish"]))
        parts += [safe(self.desk.title(texts[name])) for name in ("project", "person") if name in texts]
        return " · ".join(parts)


def _span(start: str, finish: str) -> str:
    """`11 Jan – 21 Feb (6 weeks)`, where both are days."""
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(finish)
    except ValueError:
        return safe(f"{start} – {finish}")
    weeks = len(periods_between("week", first, last))
    words = _("{start} – {finish} ({weeks} weeks)")
    return words.format(start=format_date(first, "short"), finish=format_date(last, "short"), weeks=weeks)


class RequestPreview(TextScreen):
    """A request as it was understood, and who could do it. Dismissed with its key when it was written, with None otherwise."""

    BINDINGS = [
        Binding("enter", "write_it", show=False),
        Binding("e", "edit_it", show=False),
    ]
    parts = (EVERYWHERE, MOVE)

    def __init__(self, captured: Captured) -> None:
        super().__init__()
        self.captured = captured

    def heading(self) -> str:
        """What it becomes."""
        return _("New {one}").format(one=_(by_name(self.captured.register).one))

    def footer_keys(self) -> list[tuple[str, str]]:
        """What can be done with it."""
        return [("⏎", _("Write it")), ("e", _("Change")), ("esc", _("Back")), *super().footer_keys()]

    def reload(self) -> None:
        """Every field that is filled, then who could do it."""
        values, problems = self.desk.check(self.captured.register, self.captured.texts)
        fields = self.desk.fields(self.captured.register)
        lines: list[TextLine] = []
        for name, item in fields.items():
            if name in self.captured.texts:
                value = values.get(name)
                shown = self.desk.cell(item, value, values) if value is not None else safe(self.captured.texts[name])
                lines.append(two_columns(safe(_(item.field.label)), self._shown(name, value, shown), LABEL))
        lines += [line(safe(problem.words(_)), "late") for problem in problems]
        self.page.show([*lines, *self._people(values)])
        self.status.stand(_("⏎ writes it, e opens the form, esc goes back to the line"))

    def _shown(self, name: str, value: object, shown: str) -> str:
        if name == "hours_per_week" and isinstance(value, Decimal):
            return format_load(value, FULL_TIME_HOURS)
        if isinstance(value, date):
            return f"{format_date(value, 'long')}, {format_date(value, 'week')}"
        if name in ("project", "person", "requested_by") and isinstance(value, str):
            return f"{safe(self.desk.title(value))}  {value}"
        return shown

    def _people(self, values: dict[str, object]) -> list[TextLine]:
        needed = ("role", "project", "start", "finish", "hours_per_week")
        if any(values.get(name) is None for name in needed):
            return []
        asked = {name: values[name] for name in (*needed, "person", "skills") if values.get(name) is not None}
        found = candidates(self.desk, Request(key="", **asked))[:BEST]  # type: ignore[arg-type]
        if not found:
            return []
        return [
            line(),
            line(_("Who could do it"), "strong"),
            *(line(f"  {candidate_words(each)}", indent=4) for each in found),
        ]

    def action_write_it(self) -> None:
        """Write it."""
        self.start(self._write())

    async def _write(self) -> None:
        register, texts = self.captured.register, self.captured.texts
        key = await self.write(lambda: self.desk.add(register, texts))
        self.dismiss(key)

    async def action_edit_it(self) -> None:
        """All of it as a form."""
        from pmo_tui.screens.form import FormScreen

        await self.app.push_screen(FormScreen(self.captured.register, "", self.captured.texts), self._edited)

    def _edited(self, key: str | None) -> None:
        if key is not None:
            self.dismiss(key)
