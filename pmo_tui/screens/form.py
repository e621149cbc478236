"""Adding and changing a record: fields with what was understood beside them; what is typed is kept until it is written or dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.timer import Timer
from textual.widget import Widget

from pmo_tui.actions import FORM
from pmo_tui.desk.home.drafts import Draft
from pmo_tui.records.errors import Conflict, Fault, Refused
from pmo_tui.records.registers import Register, by_name, register_of
from pmo_tui.records.schema import FieldOf
from pmo_tui.screens.frame import Frame
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.form import Entry, Form, Heard
from pmo_tui.widgets.prompt import Offer
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe
from pmo_tui.wording.suggest import fuzzy

KEEP_AFTER = 0.8
"""Seconds after the last key at which what was typed is kept."""
NEVER_TYPED = frozenset({"key", "revision", "source_key", "extra", "steps"})


class FormScreen(Frame):
    """A new record of `register`, or the record `key`. Dismissed with the key that was written, None when left."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(FORM)
    parts: ClassVar[tuple[str, ...]] = (FORM,)

    def __init__(self, register: str, key: str = "", values: Mapping[str, str] | None = None, at: str = "") -> None:
        super().__init__()
        self.key = key
        self.register: Register = register_of(key) if key else by_name(register)
        self.given = dict(values or {})
        self.at = at
        self.revision = 0
        self.before: dict[str, str] = {}
        self.every = False
        self._keeping: Timer | None = None
        self._known: dict[str, Any] = {}
        self._writing = False
        self._draft: Draft | None = None

    def heading(self) -> str:
        """What is added or changed."""
        one = _(self.register.one)
        return _("Change {one} {key}").format(one=one, key=self.key) if self.key else _("New {one}").format(one=one)

    def body(self) -> Iterable[Widget]:
        """The form, from the record or from what was typed before."""
        self._read()
        self._draft = self.desk.drafts.load(self.draft_name)
        texts = {**self.before, **self.given, **(self._draft.texts if self._draft else {})}
        yield Form(self.understand, self.offers, self._entries(texts, self.at), id="form")

    @property
    def form(self) -> Form:
        """The form."""
        return self.query_one("#form", Form)

    @property
    def fields(self) -> dict[str, FieldOf]:
        """The fields that can be typed."""
        return {
            name: item
            for name, item in self.desk.fields(self.register.name).items()
            if name not in NEVER_TYPED and not item.field.computed
        }

    @property
    def draft_name(self) -> str:
        """Under what name what was typed is kept."""
        return self.key or f"new-{self.register.name}"

    # ---- the fields ------------------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """The keys go to the first field, or the one that was asked for."""
        super().on_mount()
        self.form.begin(self.at)
        if self._draft is not None:
            when = self._draft.time.strftime("%Y-%m-%d %H:%M")
            self.say(self.keyed(_("what you typed on {when} is back; {drop_draft} starts over"), when=when))

    def _read(self) -> None:
        if self.key:
            entry = self.desk.entry(self.key)
            self.revision, self._known = entry.revision, entry.values
            self.before = {name: self.typed_text(item, entry.values.get(name)) for name, item in self.fields.items()}
        else:
            self._known = {}
            self.before = {
                name: self.typed_text(item, item.default if item.default not in ([], {}) else None)
                for name, item in self.fields.items()
            }

    def typed_text(self, item: FieldOf, value: Any) -> str:
        """A value as it is edited: rows as lines under a head, the rest as it would be typed."""
        if item.row is not None and item.name != "predecessors":
            from pmo_tui.desk.row_text import rows_text

            return rows_text(self.desk, item, value or [])
        if item.field.kind == "reference" and value:
            title = self.desk.title(value)
            return title if self.desk.lookup.named(title, item.field.refers) == [value] else str(value)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return self._word(item, value) if item.field.kind == "choice" and value else self.desk.text(item, value)

    def _word(self, item: FieldOf, choice: str) -> str:
        """A choice in the language in use; those of the organisation's own fields are its own words."""
        return _(choice) if item.name in self.register.fields else choice

    def _entries(self, texts: Mapping[str, str], at: str) -> list[Entry]:
        names = [name for name in self.fields if self.every or self._usual(name, texts) or name == at]
        return [self._entry(name, texts.get(name, "")) for name in names]

    async def _show(self, texts: Mapping[str, str], at: str = "") -> None:
        await self.form.show(self._entries(texts, at), at)

    def _usual(self, name: str, texts: Mapping[str, str]) -> bool:
        item = self.fields[name]
        changed = texts.get(name, "") != self._default(item) and item.row is None
        return item.required or item.field.shown or changed or (item.row is not None and bool(self._known.get(name)))

    def _default(self, item: FieldOf) -> str:
        return self.typed_text(item, item.default if item.default not in ([], {}) else None)

    def _entry(self, name: str, text: str) -> Entry:
        item = self.fields[name]
        cells = item.row is not None and name != "predecessors"
        label = safe(_(item.field.label)) + (f" ({item.field.unit})" if item.field.unit else "")
        return Entry(name, label[:18], text, cells or item.field.kind == "long", cells, item.required, self._hint(item))

    def _hint(self, item: FieldOf) -> str:
        if item.field.help:
            return _(item.field.help)
        hints = {
            "date": _("fri, +2w, 31-12, w48, eom"),
            "duration": _("5d, 40h, 2w"),
            "money": _("1234.50 or 10k"),
            "hours": _("20h/w, 50% or 0.5fte"),
            "flag": _("yes or no"),
            "reference": _("key, code or name"),
        }
        return hints.get(item.field.kind, "")

    # ---- while one types -------------------------------------------------------------------------------------------------

    def understand(self, name: str, texts: Mapping[str, str]) -> Heard:
        """What a text was understood as where that is not plain, and what is wrong with it."""
        item = self.fields[name]
        text = texts[name]
        try:
            value = self.desk.parse(item, text, {**self._known, **self._canonical(item, texts)})
        except Fault as fault:
            found = self.offers(name, text)
            if found:
                return Heard(_("tab takes {offer}").format(offer=found[0][1]), "", found[0][0])
            return Heard("", safe(fault.reason.words(_)))
        except ValueError as error:
            return Heard("", safe(error))
        if value is None:
            return Heard("", _("is needed") if item.required else "")
        return Heard(self._said(item, text.strip(), value))

    def _said(self, item: FieldOf, text: str, value: Any) -> str:
        """What a value is, where its text does not say so itself."""
        if item.field.kind == "reference":
            title = self.desk.title(value)
            return "" if text == title else safe(f"= {value}  {title}")
        if isinstance(value, date):
            return "" if text == str(value) else "= " + self._long_date(value)
        if isinstance(value, Decimal):
            return "" if text == str(value) else "= " + self.desk.cell(item, value, self._known)
        return "" if item.field.kind != "choice" or text == self._word(item, value) else f"= {self._word(item, value)}"

    def _canonical(self, item: FieldOf, texts: Mapping[str, str]) -> dict[str, Any]:
        """The other fields that reading this one may need: the plan of a predecessor's line, the currency of an amount."""
        found: dict[str, Any] = {}
        for name in ("project", item.field.currency):
            other = self.fields.get(name)
            if other is not None and other is not item and texts.get(name):
                try:
                    found[name] = self.desk.parse(other, texts[name])
                except ValueError:
                    found[name] = None
        return found

    def _long_date(self, value: date) -> str:
        from pmo_tui.wording.dates import format_date

        return f"{format_date(value, 'long')}, {format_date(value, 'week')}"

    def offers(self, name: str, text: str) -> list[Offer]:
        """Choices, or records that a text may mean."""
        item = self.fields[name]
        if item.field.choices:
            found = fuzzy(text, [(word, self._word(item, word)) for word in item.field.choices])
            return [(shown, shown) for _choice, shown in found]
        if item.field.refers and item.field.kind == "reference" and text.strip():
            return [(key, f"{key}  {safe(title)}") for key, title in self.desk.complete(item.field.refers, text, 6)]
        return []

    @on(Form.Changed)
    def _typed(self, event: Form.Changed) -> None:
        if event.name:
            if self._keeping is not None:
                self._keeping.stop()
            self._keeping = self.set_timer(KEEP_AFTER, self.keep)
        row = self.form.current
        item = self.fields.get(row.entry.name) if row is not None else None
        if item is not None:
            choices = " · ".join(self._word(item, word) for word in item.field.choices)
            self.status.stand("; ".join(part for part in (_(item.field.help), choices) if part), item.name)

    def changed_texts(self) -> dict[str, str]:
        """What differs from the record, or from an empty one."""
        return {name: text for name, text in self.form.texts().items() if text != self.before.get(name, "")}

    def keep(self) -> None:
        """Keep what was typed, in case this ends before it is written."""
        if self._writing or not self.is_attached:
            return
        changed = {name: text for name, text in self.changed_texts().items() if text != self.given.get(name, "")}
        if changed:
            self.desk.drafts.save(self.draft_name, self.changed_texts())

    # ---- gestures ----------------------------------------------------------------------------------------------------------

    @on(Form.Submitted)
    def action_save(self) -> None:
        """Write it."""
        if not self._writing:
            self.start(self._save())

    async def _save(self) -> None:
        texts = {name: text for name, text in self.changed_texts().items() if not self._same(name, text)}
        if not self.key:
            texts = {name: text for name, text in texts.items() if text.strip()}
        elif not texts:
            self.desk.drafts.drop(self.draft_name)
            self.dismiss(None)
            return
        self._writing = True
        try:
            key = await self.write(lambda: self._write(texts))
        except Refused as refused:
            self._refuse(refused)
            return
        except Conflict as conflict:
            self._offer_theirs(conflict, texts)
            return
        finally:
            self._writing = False
        self.desk.drafts.drop(self.draft_name)
        self.dismiss(key)

    def _same(self, name: str, text: str) -> bool:
        """Rows that were only offered, not filled in."""
        item = self.fields[name]
        return item.row is not None and text.strip() == self.before.get(name, "").strip()

    def _write(self, texts: Mapping[str, str]) -> str:
        if not self.key:
            return self.desk.add(self.register.name, texts)
        self.desk.set([self.key], texts, revisions={self.key: self.revision})
        return self.key

    def _refuse(self, refused: Refused) -> None:
        problems: dict[str, str] = {}
        others: list[str] = []
        for problem in refused.problems:
            name = problem.field.partition(".")[0]
            words = safe(problem.reason.words(_))
            if name in self.fields:
                problems.setdefault(name, words)
            else:
                others.append(safe(problem.words(_)))
        missing = [name for name in problems if name not in self.form.rows]
        if missing:
            self.every = True
            self.start(self._reveal(problems))
        else:
            self.form.mark(problems)
        message = safe(refused.message.words(_))
        first = message or "; ".join(others) or _("not written: {count} fields are wrong").format(count=len(problems))
        self.say(first, error=True)

    async def _reveal(self, problems: Mapping[str, str]) -> None:
        await self._show({**self.before, **self.form.texts()})
        self.form.mark(problems)

    def _offer_theirs(self, conflict: Conflict, texts: Mapping[str, str]) -> None:
        """Somebody else wrote the record meanwhile: show field by field what differs, and keep what was typed."""
        self.keep()
        theirs = {} if self.desk.record(self.key) is None else self.desk.values(self.key)
        differing: dict[str, str] = {}
        for name, item in self.fields.items():
            now = self.typed_text(item, theirs.get(name))
            if theirs and now != self.before.get(name, "") and name in texts:
                differing[name] = _("theirs: {value}; save again to write yours").format(value=safe(now) or "–")
        if theirs:
            self.revision = self.desk.entry(self.key).revision
            self.form.mark(differing)
        self.say(
            safe(conflict.message.words(_))
            + " "
            + self.keyed(_("{save} again writes your fields over it; {leave} leaves theirs.")),
            error=True,
        )

    def action_next_field(self) -> None:
        """The next field."""
        self.form.go(1)

    def action_previous_field(self) -> None:
        """The one before."""
        self.form.go(-1)

    def action_all_fields(self) -> None:
        """Every field, or only the usual ones."""
        self.every = not self.every
        row = self.form.current
        self.start(self._show({**self.before, **self.given, **self.form.texts()}, row.entry.name if row else ""))

    def action_drop_draft(self) -> None:
        """Forget what was typed."""
        self.desk.drafts.drop(self.draft_name)
        self.start(self._show({**self.before, **self.given}))
        self.say(_("started over"))

    def action_editor(self) -> None:
        """The text in $EDITOR."""
        row = self.form.current
        if row is not None:
            self.start(self._edit_outside(row.entry.name))

    async def _edit_outside(self, name: str) -> None:
        from pmo_tui.screens.editor import edit

        row = self.form.rows[name]
        text = edit(self.office, row.text, long=row.entry.long)
        if text != row.text:
            row.put(text)

    def action_leave(self) -> None:
        """Leave; what was typed is kept."""
        self.keep()
        self.dismiss(None)
        if self.changed_texts() and self.desk.drafts.load(self.draft_name):
            self.app.call_later(self._say_kept)

    def _say_kept(self) -> None:
        screen = self.app.screen
        if isinstance(screen, Frame):
            screen.say(_("what you typed is kept; open the form again to go on"))
