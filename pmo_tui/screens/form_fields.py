"""The fields of a form: what is typed, what is understood of it, what is offered, and what is kept until it is written or dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from textual import on
from textual.await_complete import AwaitComplete
from textual.timer import Timer
from textual.widget import Widget

from pmo_tui.desk.doubtful_numbers import doubt_words
from pmo_tui.desk.home.drafts import Draft, OpenDraft
from pmo_tui.desk.together.form_texts import choice_word, form_text, is_table
from pmo_tui.desk.together.record_form import RecordForm
from pmo_tui.records.errors import Fault
from pmo_tui.records.registers import Register, by_name, register_of
from pmo_tui.records.schema import FieldOf
from pmo_tui.screens.field_words import HOW
from pmo_tui.screens.frame import Frame
from pmo_tui.screens.together import Colleagues
from pmo_tui.screens.understood import offered, taken_for
from pmo_tui.widgets.form import Entry, Form, Heard
from pmo_tui.widgets.prompt import Offer
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

KEEP_AFTER = 0.8
"""Seconds after the last key at which what was typed is kept."""
NEVER_TYPED = frozenset({"key", "revision", "source_key", "extra", "steps"})


class FormFields(Frame):
    """The fields of a new record of `register`, or of the record `key`."""

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
        self._unkept = False
        self._draft: Draft | None = None
        self._held: OpenDraft | None = None
        self.model: RecordForm | None = None
        """The record as others may change it meanwhile; None for a new one."""

    def heading(self) -> str:
        """What is added or changed."""
        one = _(self.register.one)
        return _("Change {one} {key}").format(one=one, key=self.key) if self.key else _("New {one}").format(one=one)

    def body(self) -> Iterable[Widget]:
        """The form, from the record or from what was typed before."""
        self.take_draft()
        self._read()
        texts = {**self.before, **self.given, **(self._draft.texts if self._draft else {})}
        if self.model is not None:
            texts |= self.model.take_in(texts)
        yield Colleagues(id="colleagues")
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

    # ---- what was typed before -------------------------------------------------------------------------------------------

    def take_draft(self) -> None:
        """Take what was typed before; it is this form's until that is left."""
        self.let_draft_go()
        self._held = self.desk.drafts.open(self.draft_name)
        self._draft = self._held.draft

    def let_draft_go(self) -> None:
        """Whoever opens the form next gets what was typed."""
        if self._held is not None:
            self._held.close()

    def forget_draft(self) -> None:
        """It is written, or not wanted."""
        if self._held is not None:
            self._held.drop()

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Leave; what was typed may be taken up from now on."""
        self.let_draft_go()
        return super().dismiss(result)

    def on_unmount(self) -> None:
        """The program ends."""
        self.let_draft_go()

    # ---- the fields ------------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        if self.key:
            since = self._draft.revision if self._draft is not None else 0
            self.model = RecordForm(self.desk, self.key, self.fields, since)
            self.before, self._known = self.model.before, self.model.values
        else:
            self._known = {}
            self.before = {
                name: self.typed_text(item, item.default if item.default not in ([], {}) else None)
                for name, item in self.fields.items()
            }

    def typed_text(self, item: FieldOf, value: Any) -> str:
        """A value as it is edited: rows as lines under a head, the rest as it would be typed."""
        return form_text(self.desk, self.register, item, value)

    def _word(self, item: FieldOf, choice: str) -> str:
        return choice_word(self.register, item, choice)

    def _entries(self, texts: Mapping[str, str], at: str) -> list[Entry]:
        names = [name for name in self.fields if self.every or self._usual(name, texts) or name == at]
        return [self._entry(name, texts.get(name, "")) for name in names]

    async def _show(self, texts: Mapping[str, str], at: str = "") -> None:
        await self.form.show(self._entries(texts, at), at)
        self.explain()
        self.tell_theirs()

    def explain(self) -> None:
        """What was typed is explained when it is put into a form as it was when it was typed."""
        texts, rows = self.form.texts(), self.form.rows
        for name in self.changed_texts():
            if name in rows:
                heard = self.understand(name, texts)
                rows[name].say(heard.wrong or heard.understood, wrong=bool(heard.wrong))

    def tell_theirs(self) -> None:
        """Called when the fields were put anew: what is beside them is told again."""

    def _usual(self, name: str, texts: Mapping[str, str]) -> bool:
        item = self.fields[name]
        changed = texts.get(name, "") != self._default(item) and item.row is None
        return item.required or item.field.shown or changed or (item.row is not None and bool(self._known.get(name)))

    def _default(self, item: FieldOf) -> str:
        return self.typed_text(item, item.default if item.default not in ([], {}) else None)

    def _entry(self, name: str, text: str) -> Entry:
        item = self.fields[name]
        cells = is_table(item)
        label = safe(_(item.field.label)) + (f" ({item.field.unit})" if item.field.unit else "")
        return Entry(name, label[:18], text, cells or item.field.kind == "long", cells, item.required, self._hint(item))

    def _hint(self, item: FieldOf) -> str:
        if item.field.help:
            return _(item.field.help)
        return _(HOW[item.field.kind]) if item.field.kind in HOW else ""

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
        doubt = self.doubt(item, value)
        if doubt:
            return Heard(f"⚠ {doubt}")
        return Heard(taken_for(self.desk, self.register, item, text.strip(), value, self._known))

    def doubt(self, item: FieldOf, value: Any) -> str:
        """What cannot be right about a value that is taken all the same; empty where nothing is known against it."""
        return doubt_words(item.name, value)

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

    def offers(self, name: str, text: str) -> list[Offer]:
        """Choices, or records that a text may mean."""
        item = self.fields[name]
        return offered(self.desk, self.register, item, text) if item.field.choices or text.strip() else []

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
        if self.model is not None:
            return self.model.changed(self.form.texts())
        return {name: text for name, text in self.form.texts().items() if text != self.before.get(name, "")}

    def keep(self) -> None:
        """Keep what was typed, in case this ends before it is written."""
        if self._writing or not self.is_attached:
            return
        changed = {name: text for name, text in self.changed_texts().items() if text != self.given.get(name, "")}
        if changed:
            since = self.model.kept_since if self.model is not None else 0
            self._keep_draft(self.changed_texts(), since)

    def _keep_draft(self, texts: dict[str, str], since: int) -> bool:
        """Whether it could be kept; why not is said."""
        try:
            if self._held is not None:
                self._held.save({name: self._lasting(name, text) for name, text in texts.items()}, since)
        except OSError as error:
            words = _("what you typed could not be kept ({reason}); {leave} again leaves without it")
            self.say(self.keyed(words, reason=safe(error.strerror or error)), error=True)
            self._unkept = True
            return False
        self._unkept = False
        return True

    def _lasting(self, name: str, text: str) -> str:
        """A text that means the same when it is read on another day: the day itself where one was typed as `fri`, in rows too."""
        item = self.fields.get(name)
        if item is None or not (item.field.kind == "date" or is_table(item)):
            return text
        try:
            value = self.desk.parse(item, text, self._known)
        except ValueError:
            return text
        return self.typed_text(item, value) if value else text
