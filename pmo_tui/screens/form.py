"""Adding and changing a record: what the keys of a form do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from pmo_tui.actions import FORM
from pmo_tui.records.errors import Conflict, Refused
from pmo_tui.screens.field_words import meaning
from pmo_tui.screens.form_news import FormNews
from pmo_tui.screens.frame import Frame
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.form import Form
from pmo_tui.wording.languages import _, ngettext
from pmo_tui.wording.safe import safe


class FormScreen(FormNews):
    """A new record of `register`, or the record `key`. Dismissed with the key that was written, None when left."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(FORM)
    parts: ClassVar[tuple[str, ...]] = (FORM,)
    writes = True

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
                self.forget_draft()
                self.dismiss(None)
                return
        texts = {
            name: text for name, text in self.changed_texts().items() if text.strip() and not self._same(name, text)
        }
        self._writing = True
        try:
            key = await self.write(self.writer(texts))
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
        self.forget_draft()
        self.dismiss(key)

    def _same(self, name: str, text: str) -> bool:
        """Rows that were only offered, not filled in."""
        item = self.fields[name]
        return item.row is not None and text.strip() == self.before.get(name, "").strip()

    def writer(self, texts: Mapping[str, str]) -> Callable[[], str]:
        """What writes the record, beside the keys, and gives its key; what is on the screen may change before it has its turn."""
        if self.model is None:
            return lambda: self.desk.add(self.register.name, texts)
        return self.model.writer(self.form.texts())

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
        wrong = ngettext("not written: {count} field is wrong", "not written: {count} fields are wrong", len(problems))
        first = message or "; ".join(others) or wrong.format(count=len(problems))
        self.say(first, error=True)

    async def _reveal(self, problems: Mapping[str, str]) -> None:
        await self._show({**self.before, **self.form.texts()})
        self.form.mark(problems)

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
        self.forget_draft()
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
        if self.changed_texts() and self._held is not None and self._held.is_kept():
            self.app.call_later(self._say_kept)

    def _say_kept(self) -> None:
        screen = self.app.screen
        if isinstance(screen, Frame):
            screen.say(_("what you typed is kept; open the form again to go on"))
