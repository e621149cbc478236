"""A form on a record that others may change meanwhile: the officer's texts, theirs, and the earlier value, field by field.

A field that only they changed comes in by itself. A field that only the officer changed stays. Where both changed it, it is the
officer who decides, and until then nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pmo_tui.desk.together.changes_since import Since, Writing, changes_since, values_of
from pmo_tui.desk.together.form_texts import form_text, is_table
from pmo_tui.records.errors import NotFound
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import register_of
from pmo_tui.records.schema import FieldOf

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class Theirs:
    """What somebody else made of a field: their text, the one before it (both as they are edited; raw text), and who."""

    text: str
    earlier: str
    by: Writing


class RecordForm:
    """The texts of a form on the record `key`, looked at in the revision `since` (0: as it is now).

    `before` holds the texts as the record has them, `differing` the fields that both changed and nobody decided on, `came` those
    that others changed and that came in, `gone` who deleted the record. NotFound where it never was, or is gone already.
    """

    def __init__(self, desk: Desk, key: str, fields: Mapping[str, FieldOf], since: int = 0) -> None:
        self.desk = desk
        self.key = key
        self.fields = dict(fields)
        self.register = register_of(key)
        document: Mapping[str, Any] | None = desk.store.get(key)
        if document is None:
            raise NotFound(
                N_("There is no record {key}."), N_("It may have been deleted: pmo history {key} tells."), key=key
            )
        if 0 < since < document["revision"]:
            document = changes_since(desk, key, since).before or document
        self.revision: int = document["revision"]
        self.values = values_of(key, document, self.fields)
        self.before = {name: self.text_of(name, value) for name, value in self.values.items()}
        self.differing: dict[str, Theirs] = {}
        self.came: dict[str, Theirs] = {}
        self.gone: Writing | None = None
        self._based_on: dict[str, tuple[Any, str]] = {}
        self._aside: dict[str, str] = {}
        self._first_differing = 0

    def text_of(self, name: str, value: Any) -> str:
        """A value as it is edited."""
        return form_text(self.desk, self.register, self.fields[name], value)

    @property
    def kept_since(self) -> int:
        """The revision from which what was typed can be laid over the record again, with every question that is still open."""
        return self._first_differing if self.differing else self.revision

    # ---- what others do --------------------------------------------------------------------------------------------------

    def take_in(self, texts: Mapping[str, str]) -> dict[str, str]:
        """See what others did since, `texts` being what stands in the form: the texts that other fields get by that."""
        since = changes_since(self.desk, self.key, self.revision)
        if since.now is None:
            self.gone = since.last or self.gone
            return {}
        self.gone = None
        if since.now["revision"] == self.revision:
            return {}
        put: dict[str, str] = {}
        now = values_of(self.key, since.now, self.fields)
        for name in self.fields:
            if now[name] != self.values[name]:
                self._take_in_field(name, now[name], texts, since, put)
        self.revision = since.now["revision"]
        return put

    def _take_in_field(
        self, name: str, value: Any, texts: Mapping[str, str], since: Since, put: dict[str, str]
    ) -> None:
        base, earlier = self._based_on.get(name, (self.values[name], self.before[name]))
        text, mine = self.text_of(name, value), texts.get(name, self.before[name])
        by = since.fields.get(name) or since.last
        untouched = name not in self.differing and self._same_text(name, mine, self.before[name])
        self.values[name], self.before[name] = value, text
        self.came.pop(name, None)
        if untouched:
            put[name] = text
            self._aside.setdefault(name, earlier)
            if by is not None:
                self.came[name] = Theirs(text, earlier, by)
        elif value == base or by is None or self._means(name, mine, value, texts):
            self._settle(name)
        else:
            if not self.differing:
                self._first_differing = self.revision
            self._based_on[name] = (base, earlier)
            self.differing[name] = Theirs(text, earlier, by)

    def _same_text(self, name: str, one: str, other: str) -> bool:
        return one.strip() == other.strip() if is_table(self.fields[name]) else one == other

    def _means(self, name: str, text: str, value: Any, texts: Mapping[str, str]) -> bool:
        """Whether a text says the same as a value."""
        if text == self.before[name]:
            return True
        item = self.fields[name]
        try:
            return bool(self.desk.parse(item, text, self.values) == value)
        except ValueError:
            return False

    def _settle(self, name: str) -> None:
        self.differing.pop(name, None)
        self._based_on.pop(name, None)

    # ---- deciding --------------------------------------------------------------------------------------------------------

    def take_theirs(self, name: str, text: str) -> str:
        """Decide for what others wrote, `text` being the officer's, which is laid aside: what the field gets."""
        if name in self.differing:
            self._aside[name] = text
            self.came[name] = self.differing[name]
            self._settle(name)
        return self.before[name]

    def keep_mine(self, name: str, text: str) -> str:
        """Decide for the officer's own: what the field gets. Where theirs was taken in before, what was laid aside comes back."""
        if name in self.differing:
            self._settle(name)
            return text
        self.came.pop(name, None)
        return self._aside.pop(name, text)

    def open_question(self, name: str) -> bool:
        """Whether there is anything to decide about a field."""
        return name in self.differing or name in self._aside

    # ---- writing ---------------------------------------------------------------------------------------------------------

    def changed(self, texts: Mapping[str, str]) -> dict[str, str]:
        """The texts that differ from the record."""
        return {
            name: text
            for name, text in texts.items()
            if name in self.fields and not self._same_text(name, text, self.before[name])
        }

    def writer(self, texts: Mapping[str, str]) -> Callable[[], str]:
        """What writes that which differs from the record now, or brings a deleted record back with it, and gives the key.

        It stands on the record as this form knows it at the moment: others may be taken in while it waits for its turn. Calling it raises
        Conflict where somebody wrote one of those fields since; `take_in` then tells. Only to be asked for with nothing `differing`.
        """
        if self.differing:
            raise ValueError(f"still to be decided: {', '.join(self.differing)}")
        changed, revision, gone = self.changed(texts), self.revision, self.gone

        def write() -> str:
            if gone is not None:
                from pmo_tui.desk.together.restoring import restore

                restore(self.desk, self.key, changed)
            elif changed:
                self.desk.set([self.key], changed, revisions={self.key: revision}, each_field=True)
            return self.key

        return write
