"""Adding and changing a record: fields with what was understood beside them; what is typed is kept until it is written or dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.timer import Timer
from textual.widget import Widget

from pmo_tui.actions import FORM, action
from pmo_tui.desk.doubtful_numbers import doubt_words
from pmo_tui.desk.home.drafts import Draft
from pmo_tui.desk.together.form_texts import choice_word, form_text, is_table
from pmo_tui.desk.together.record_form import RecordForm
from pmo_tui.desk.together.who import called
from pmo_tui.records.errors import Conflict, Fault, Refused
from pmo_tui.records.registers import Register, by_name, register_of
from pmo_tui.records.schema import FieldOf
from pmo_tui.screens.field_words import HOW, meaning
from pmo_tui.screens.frame import Frame
from pmo_tui.screens.together import Colleagues, came_words, differing_words, who_is_here, whose_changes
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.form import Entry, Form, Heard
from pmo_tui.widgets.prompt import Offer
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe
from pmo_tui.wording.suggest import fuzzy

KEEP_AFTER = 0.8
"""Seconds after the last key at which what was typed is kept."""
DECIDING = ("take_theirs", "keep_mine", "take_all_theirs", "keep_all_mine")
NEVER_TYPED = frozenset({"key", "revision", "source_key", "extra", "steps"})


class FormScreen(Frame):
    """A new record of `register`, or the record `key`. Dismissed with the key that was written, None when left."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(FORM)
    parts: ClassVar[tuple[str, ...]] = (FORM,)
    writes = True

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
        self.model: RecordForm | None = None
        """The record as others may change it meanwhile; None for a new one."""

    def heading(self) -> str:
        """What is added or changed."""
        one = _(self.register.one)
        return _("Change {one} {key}").format(one=one, key=self.key) if self.key else _("New {one}").format(one=one)

    def body(self) -> Iterable[Widget]:
        """The form, from the record or from what was typed before."""
        self._draft = self.desk.drafts.load(self.draft_name)
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

    # ---- the fields ------------------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """The keys go to the first field, or the one that was asked for."""
        super().on_mount()
        self.form.begin(self.at)
        self.tell_theirs()
        if self.model is not None and self.model.differing:
            self._say_news([])
        elif self._draft is not None:
            when = self._draft.time.strftime("%Y-%m-%d %H:%M")
            self.say(self.keyed(_("what you typed on {when} is back; {drop_draft} starts over"), when=when))

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
        self.tell_theirs()

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
        doubt = doubt_words(item.name, value)
        if doubt:
            return Heard(f"⚠ {doubt}")
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
            self.desk.drafts.save(self.draft_name, texts, since)
        except OSError as error:
            words = _("what you typed could not be kept ({reason}); {leave} again leaves without it")
            self.say(self.keyed(words, reason=safe(error.strerror or error)), error=True)
            self._unkept = True
            return False
        self._unkept = False
        return True

    # ---- gestures ----------------------------------------------------------------------------------------------------------

    @on(Form.Submitted)
    def action_save(self) -> None:
        """Write it."""
        if not self._writing:
            self.start(self._save())

    async def _save(self) -> None:
        if self.model is not None:
            if self.model.differing:
                self._ask_to_decide()
                return
            if not (self.model.gone or self.changed_texts()):
                self.desk.drafts.drop(self.draft_name)
                self.dismiss(None)
                return
        texts = {
            name: text for name, text in self.changed_texts().items() if text.strip() and not self._same(name, text)
        }
        self._writing = True
        try:
            key = await self.write(lambda: self._write(texts))
        except Refused as refused:
            self._refuse(refused)
            return
        except Conflict as conflict:
            self.take_in_news()
            if self.model is None or not (self.model.differing or self.model.gone):
                self.say_error(conflict)
            elif self.model.differing:
                self._ask_to_decide()
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
        if self.model is None:
            return self.desk.add(self.register.name, texts)
        return self.model.write(self.form.texts())

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

    # ---- what others do meanwhile ------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Take in what others wrote."""
        self.take_in_news()

    def others_changed(self) -> None:
        """Who else is at the record."""
        words = [self._gone_words(), who_is_here(self.desk, self.key) if self.key else ""]
        for line in self.query(Colleagues):
            line.show("\n".join(each for each in words if each))

    def place(self) -> tuple[str, bool]:
        """The record that is edited."""
        return self.key, bool(self.key)

    def told_of(self, by: str) -> None:
        """What others wrote is told where it touches this record."""

    def take_in_news(self) -> None:
        """Let the fields that only others changed follow, and ask about those that both changed."""
        model = self.model
        if model is None or not self.form.rows:
            self.others_changed()
            return
        asked, told, was_gone = set(model.differing), dict(model.came), model.gone
        put = model.take_in(self.form.texts())
        self.put_texts(put)
        self.tell_theirs()
        self.others_changed()
        if model.gone is not None and model.gone != was_gone:
            self.say(self._gone_words(), error=True)
        elif set(model.differing) != asked or model.came != told:
            self._say_news([name for name in put if model.came.get(name) != told.get(name)])

    def put_texts(self, texts: Mapping[str, str]) -> None:
        """Put texts into fields that nobody types into."""
        for name, row in self.form.rows.items():
            if name in texts:
                with row.field.prevent(type(row.field).Changed):
                    row.put(texts[name])

    def tell_theirs(self) -> None:
        """Beside each field what others made of it."""
        model = self.model
        if model is None:
            return
        for name, row in self.form.rows.items():
            differing, came = model.differing.get(name), model.came.get(name)
            if differing is not None:
                row.tell(differing_words(self, differing), differs=True)
            else:
                row.tell(came_words(self.desk, came) if came is not None else "")
        self.dress()

    def _say_news(self, came: Sequence[str]) -> None:
        model = self.model
        assert model is not None
        parts = []
        if model.differing:
            words = _("{names} changed {fields} too: {take_theirs} takes theirs, {keep_mine} keeps yours")
            names = whose_changes(self.desk, model.differing.values())
            parts.append(self.keyed(words, names=names, fields=self._labels(model.differing)))
        if came:
            words = _("came in: {fields}") if parts else _("{names} changed {fields}")
            names = whose_changes(self.desk, (model.came[name] for name in came))
            parts.append(words.format(names=names, fields=self._labels(came)))
        self.say("; ".join(parts), error=bool(model.differing))

    def _labels(self, names: Iterable[str]) -> str:
        return ", ".join(safe(_(self.fields[name].field.label)) for name in names)

    def _gone_words(self) -> str:
        """Who deleted the record, and what can be done; nothing while it is there."""
        gone = self.model.gone if self.model is not None else None
        if gone is None:
            return ""
        words = _("{name} deleted {key}: {save} brings it back, {leave} leaves and keeps what you typed")
        return self.keyed(words, name=safe(called(self.desk, gone.author)), key=self.key)

    def _ask_to_decide(self) -> None:
        self._say_news([])
        self._to_next_question()

    def _to_next_question(self) -> None:
        """The keys go to the next field that is still to be decided on."""
        model = self.model
        if model is not None and model.differing:
            name = next(iter(model.differing))
            if name in self.form.rows:
                self.form.begin(name)
            else:
                self.every = True
                self.start(self._show({**self.before, **self.form.texts()}, name))

    def _decide(self, names: Iterable[str], theirs: bool) -> None:
        model = self.model
        if model is None:
            return
        texts = self.form.texts()
        decide = model.take_theirs if theirs else model.keep_mine
        self.put_texts({name: decide(name, texts.get(name, model.before[name])) for name in names})
        self.tell_theirs()
        self.say("")
        if model.differing:
            self._to_next_question()
        else:
            self.say(self.keyed(_("all is decided; {save} writes it")))

    def _decide_here(self, theirs: bool) -> None:
        row, model = self.form.current, self.model
        if model is None or row is None or not (model.differing or model.open_question(row.entry.name)):
            self.say(_("nobody else changed this field"))
        elif model.open_question(row.entry.name):
            self._decide([row.entry.name], theirs)
        else:
            self._to_next_question()

    def action_take_theirs(self) -> None:
        """What the colleague wrote into this field."""
        self._decide_here(True)

    def action_keep_mine(self) -> None:
        """What the officer wrote into this field."""
        self._decide_here(False)

    def action_take_all_theirs(self) -> None:
        """What colleagues wrote into every field that differs."""
        self._decide(list(self.model.differing) if self.model is not None else (), True)

    def action_keep_all_mine(self) -> None:
        """What the officer wrote into every field that differs."""
        self._decide(list(self.model.differing) if self.model is not None else (), False)

    def footer_keys(self) -> list[tuple[str, str]]:
        """While something is to be decided, the keys for that come first."""
        keys = super().footer_keys()
        if self.model is None or not self.model.differing:
            return keys
        named = [(name, _(action(id).label)) for id, name in self.named(*DECIDING).items()]
        return named + [each for each in keys if each not in named]

    def field_in_focus(self) -> str:
        """The field with the cursor."""
        row = self.form.current
        return row.entry.name if row is not None else ""

    def help_fields(self) -> list[tuple[str, str]]:
        """The fields of the form, what they mean, how they are typed, and what can be chosen."""
        return [(name, meaning(item)) for name, item in self.fields.items()]

    async def action_form_help(self) -> None:
        """Explain the field, and the keys of the form."""
        await self.show_help()

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
        if self.key:
            self._draft = None
            self._read()
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
        was_unkept = self._unkept
        self.keep()
        if self._unkept and not was_unkept:
            return
        self.dismiss(None)
        if self.changed_texts() and self.desk.drafts.load(self.draft_name):
            self.app.call_later(self._say_kept)

    def _say_kept(self) -> None:
        screen = self.app.screen
        if isinstance(screen, Frame):
            screen.say(_("what you typed is kept; open the form again to go on"))
