"""What an import would do to each record, in the words of the lists: both doors show these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_tui.desk.changed_words import ChangedWords, short
from pmo_tui.records.registers import by_name
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.desk.files.importing import ImportPlan, Planned

BY_ITSELF = frozenset({"text", "long", "choice", "reference", "list"})
"""Kinds whose values say what they are; before the others stands the label."""


class Telling(ChangedWords):
    """The records of a plan in words. All of it is safe to be shown."""

    def __init__(self, desk: Desk, plan: ImportPlan) -> None:
        super().__init__(desk)
        self._new = {item.key: item for item in plan.planned if item.what == "new"}

    def title(self, item: Planned) -> str:
        """How the record is called; "" for one that has no name."""
        register = by_name(item.incoming.register)
        name = register.cls.title_field
        if item.what != "new" and not register.fields[name].field.refers:
            return safe(self.desk.title(item.key))
        values = self.values(item.incoming.register, {**item.before, **item.fields})
        return self.cell(register.fields[name], values.get(name), values)

    def facts(self, item: Planned) -> list[str]:
        """What the list of the register shows of a new record beside its title; what is as it is anyway stays out."""
        register = by_name(item.incoming.register)
        values = self.values(register.name, item.fields)
        found = []
        for name, field in self.desk.fields(register.name).items():
            value = values.get(name)
            if not field.field.shown or field.field.computed or name in ("key", register.cls.title_field):
                continue
            if value == field.default and field.field.kind not in ("choice", "money"):
                continue
            if text := self.cell(field, value, values):
                label = "" if field.field.kind in BY_ITSELF else f"{safe(_(field.field.label))} "
                found.append(short(label + text))
        return found

    def changes(self, item: Planned) -> list[tuple[str, str, str]]:
        """Each field that changes, with what the list showed and what it will show; of rows only those that differ."""
        register = item.incoming.register
        old = self.values(register, item.before)
        new = self.values(register, {**item.before, **item.fields})
        found = []
        for name, was, becomes in item.told():
            known = name in self.desk.fields(register)
            pair = self.pair(register, name, old, new) if known else (safe(was or ""), safe(becomes or ""))
            before, after = (short(text) or "–" for text in pair)
            found.append((safe(name), before, after))
        return found

    def called(self, key: str) -> str:
        """What the import makes itself is called by its title."""
        item = self._new.get(key)
        return super().called(key) if item is None else self.title(item)

    def line(self, key: str, project: str | None) -> str:
        """A task that the import makes by the place that it gets."""
        item = self._new.get(key)
        return super().line(key, project) if item is None else str(item.fields.get("position") or self.title(item))
