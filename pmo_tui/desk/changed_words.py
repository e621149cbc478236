"""A change of a record in words: each field by its label, its values as the list shows them, of rows those that differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from pmo_tui.desk.own_fields import loaded
from pmo_tui.desk.typed import predecessors_text
from pmo_tui.records.documents import record_of
from pmo_tui.records.registers import by_name
from pmo_tui.records.schema import FieldOf, fields_of
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.desk.events import Event

LONGEST = 60


class ChangedWords:
    """Values of stored documents as the lists show them. All of it is safe to be shown."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def label(self, register: str, name: str) -> str:
        """What a field is called."""
        item = self.desk.fields(register).get(name)
        return safe(name if item is None else _(item.field.label))

    def values(self, register: str, document: Mapping[str, Any]) -> dict[str, Any]:
        """The values of a document as their kinds, own fields among them."""
        plain = {name: value for name, value in document.items() if value is not None}
        record = record_of(by_name(register), plain)
        values: dict[str, Any] = {
            name: getattr(record, name) for name in by_name(register).fields if hasattr(record, name)
        }
        own = {name: field for name, field in self.desk.fields(register).items() if name in record.extra}
        return values | {name: loaded(field, record.extra[name]) for name, field in own.items()}

    def pair(self, register: str, name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, str]:
        """The old and the new value of a field, "" for none; `old` and `new` are all values of the record."""
        item = self.desk.fields(register).get(name)
        if item is None:
            return safe(old.get(name) or ""), safe(new.get(name) or "")
        if item.row is not None and name != "predecessors":
            return self._rows(item.row, old, new, name)
        return self.cell(item, old.get(name), old), self.cell(item, new.get(name), new)

    def cell(self, field: FieldOf, value: Any, values: Mapping[str, Any]) -> str:
        """A value as the list shows it."""
        if value is None:
            return ""
        if field.name == "predecessors":
            return safe(predecessors_text(list(value), lambda key: self.line(key, values.get("project"))))
        if field.field.refers:
            keys = value if isinstance(value, list) else [value]
            return ", ".join(self.called(str(key)) for key in keys)
        return self.desk.cell(field, value, values)

    def becomes(self, register: str, key: str, name: str, text: str) -> tuple[str, str]:
        """A field of a record as the list shows it now, and as it would with a text typed into it: as it stands where that is no value."""
        fields = self.desk.fields(register)
        item = fields[name]
        around = {name, "project", item.field.currency, item.field.share_of}
        values = self.desk.values(key, [each for each in fields if each in around])
        try:
            new = self.cell(item, self.desk.parse(item, text, values), values)
        except ValueError:
            new = safe(text)
        return self.cell(item, values.get(name), values), new

    def called(self, key: str) -> str:
        """How a record is called where others refer to it."""
        return safe(self.desk.lookup.short(key))

    def line(self, key: str, project: str | None) -> str:
        """A task by its line in its plan."""
        return self.desk.line_of(key, project)

    def _rows(self, cls: type[Any], old: Mapping[str, Any], new: Mapping[str, Any], name: str) -> tuple[str, str]:
        before, after = ([self._row(cls, row, values) for row in values.get(name) or ()] for values in (old, new))
        gone, come = [row for row in before if row not in after], [row for row in after if row not in before]
        return "; ".join(gone), "; ".join(come)

    def _row(self, cls: type[Any], row: Any, values: Mapping[str, Any]) -> str:
        """The cells of a row that say something."""
        inner = {name: getattr(row, name) for name in fields_of(cls)}
        shown = {
            name: self.cell(field, inner[name], {**values, **inner})
            for name, field in fields_of(cls).items()
            if inner[name] not in (None, "", [], field.default)
        }
        return " ".join(text for text in shown.values() if text)


def event_words(desk: Desk, event: Event) -> list[tuple[str, str, str]]:
    """The fields that an event of the journal changed: label, old and new value, as safe text, "" for no value."""
    words, register = ChangedWords(desk), event.register
    now = desk.store.get(event.key) or {}
    try:
        old, new = (words.values(register, {**now, **part}) for part in (event.old, event.new))
    except (msgspec.ValidationError, TypeError, ValueError):  # the record is gone: what it was besides is not known
        return [(words.label(register, each.field), safe(each.old), safe(each.new)) for each in event.changes]
    names: list[str] = []
    for change in event.changes:
        own = {**(event.old.get("extra") or {}), **(event.new.get("extra") or {})} if change.field == "extra" else None
        names += [change.field] if own is None else list(own)
    pairs = [(name, words.pair(register, name, old, new)) for name in names]
    return [(words.label(register, name), *pair) for name, pair in pairs if pair[0] != pair[1]]


def short(text: str) -> str:
    """At most so much of a value as can be taken in beside others."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
