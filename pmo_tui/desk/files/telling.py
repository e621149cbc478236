"""What an import would do to each record, in the words of the lists: both doors show these."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pmo_tui.desk.own_fields import loaded
from pmo_tui.desk.typed import predecessors_text
from pmo_tui.records.documents import record_of
from pmo_tui.records.registers import by_name
from pmo_tui.records.schema import FieldOf, fields_of
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.desk.files.importing import ImportPlan, Planned

BY_ITSELF = frozenset({"text", "long", "choice", "reference", "list"})
"""Kinds whose values say what they are; before the others stands the label."""
LONGEST = 60


class Telling:
    """The records of a plan in words. All of it is safe to be shown."""

    def __init__(self, desk: Desk, plan: ImportPlan) -> None:
        self.desk = desk
        self._new = {item.key: item for item in plan.planned if item.what == "new"}

    def title(self, item: Planned) -> str:
        """How the record is called; "" for one that has no name."""
        register = by_name(item.incoming.register)
        name = register.cls.title_field
        if item.what != "new" and not register.fields[name].field.refers:
            return safe(self.desk.title(item.key))
        values = self._values(item.incoming.register, {**item.before, **item.fields})
        return self._cell(register.fields[name], values.get(name), values)

    def facts(self, item: Planned) -> list[str]:
        """What the list of the register shows of a new record beside its title; what is as it is anyway stays out."""
        register = by_name(item.incoming.register)
        values = self._values(register.name, item.fields)
        found = []
        for name, field in self.desk.fields(register.name).items():
            value = values.get(name)
            if not field.field.shown or field.field.computed or name in ("key", register.cls.title_field):
                continue
            if value == field.default and field.field.kind not in ("choice", "money"):
                continue
            if text := self._cell(field, value, values):
                label = "" if field.field.kind in BY_ITSELF else f"{safe(_(field.field.label))} "
                found.append(short(label + text))
        return found

    def changes(self, item: Planned) -> list[tuple[str, str, str]]:
        """Each field that changes, with what the list showed and what it will show; of rows only those that differ."""
        register = item.incoming.register
        fields = self.desk.fields(register)
        old = self._values(register, item.before)
        new = self._values(register, {**item.before, **item.fields})
        found = []
        for name, was, becomes in item.told():
            field = fields.get(name)
            if field is None:
                texts = (str(was or ""), str(becomes or ""))
            elif field.row is not None and name != "predecessors":
                texts = self._rows(field.row, old, new, name)
            else:
                texts = (self._cell(field, old.get(name), old), self._cell(field, new.get(name), new))
            before, after = (short(safe(text)) or "–" for text in texts)
            found.append((safe(name), before, after))
        return found

    def _values(self, register: str, document: Mapping[str, Any]) -> dict[str, Any]:
        """The values of a document as their kinds, own fields among them."""
        plain = {name: value for name, value in document.items() if value is not None}
        record = record_of(by_name(register), plain)
        values: dict[str, Any] = {
            name: getattr(record, name) for name in by_name(register).fields if hasattr(record, name)
        }
        own = {name: field for name, field in self.desk.fields(register).items() if name in record.extra}
        return values | {name: loaded(field, record.extra[name]) for name, field in own.items()}

    def _cell(self, field: FieldOf, value: Any, values: Mapping[str, Any]) -> str:
        """As the list shows it; what the import makes itself is called by its title."""
        if value is None:
            return ""
        if field.name == "predecessors":
            return safe(predecessors_text(list(value), lambda key: self._line(key, values.get("project"))))
        if field.field.refers:
            keys = value if isinstance(value, list) else [value]
            return ", ".join(self._called(str(key)) for key in keys)
        return self.desk.cell(field, value, values)

    def _called(self, key: str) -> str:
        item = self._new.get(key)
        return safe(self.desk.lookup.short(key)) if item is None else self.title(item)

    def _line(self, key: str, project: str | None) -> str:
        """A task by its line; one that the import makes by the place that it gets."""
        item = self._new.get(key)
        return self.desk.line_of(key, project) if item is None else str(item.fields.get("position") or self.title(item))

    def _rows(self, cls: type[Any], old: Mapping[str, Any], new: Mapping[str, Any], name: str) -> tuple[str, str]:
        texts = [[self._row(cls, row, values) for row in values.get(name) or ()] for values in (old, new)]
        before, after = texts
        return "; ".join(row for row in before if row not in after), "; ".join(
            row for row in after if row not in before
        )

    def _row(self, cls: type[Any], row: Any, values: Mapping[str, Any]) -> str:
        """The cells of a row that say something."""
        inner = {name: getattr(row, name) for name in fields_of(cls)}
        shown = {
            name: self._cell(field, inner[name], {**values, **inner})
            for name, field in fields_of(cls).items()
            if inner[name] not in (None, "", [], field.default)
        }
        return " ".join(text for text in shown.values() if text)


def short(text: str) -> str:
    """At most so much of a value as can be taken in beside others."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
