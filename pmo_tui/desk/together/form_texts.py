"""Values as they are edited in a form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pmo_tui.records.registers import Register
from pmo_tui.records.schema import FieldOf
from pmo_tui.wording.languages import _

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk


def is_table(item: FieldOf) -> bool:
    """Whether a field is edited as rows of cells under a head."""
    return item.row is not None and item.name != "predecessors"


def form_text(desk: Desk, register: Register, item: FieldOf, value: Any) -> str:
    """A value as it is edited: rows as lines under a head, the rest as it would be typed in the language in use."""
    if is_table(item):
        from pmo_tui.desk.row_text import rows_text

        return rows_text(desk, item, value or [])
    if item.field.kind == "reference" and value:
        title = desk.title(value)
        return title if desk.lookup.named(title, item.field.refers) == [value] else str(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return choice_word(register, item, value) if item.field.kind == "choice" and value else desk.text(item, value)


def choice_word(register: Register, item: FieldOf, choice: str) -> str:
    """A choice in the language in use; those of the organisation's own fields are its own words."""
    return _(choice) if item.name in register.fields else choice
