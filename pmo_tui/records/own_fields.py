"""User-defined fields: what an organisation adds to a register. Their values live in `extra` of its records."""

from dataclasses import field
from typing import Annotated

from pmo_tui.records import fields as f
from pmo_tui.records.base import Record, record
from pmo_tui.records.fields import Field, Kind
from pmo_tui.records.marks import N_

OWN_KINDS: tuple[Kind, ...] = ("text", "long", "integer", "number", "money", "percent", "date", "flag", "choice")
NAME = r"[a-z][a-z0-9_]{0,39}"


@record
class OwnField(Record):
    """A field added to `register`: its `name` in filters and files, its `label` on screen, its `kind`, its `choices`."""

    register: Annotated[str, f.text(N_("Register"), 14, shown=True)]
    name: Annotated[
        str,
        f.text(
            N_("Name"),
            18,
            shown=True,
            pattern=NAME,
            help="a field name is small letters, digits and _, such as cost_owner",
        ),
    ]
    label: Annotated[str | None, f.text(N_("Label"), 20, shown=True)] = None
    kind: Annotated[str, f.choice(N_("Kind"), *OWN_KINDS, shown=True)] = "text"
    choices: Annotated[list[str], f.several(N_("Choices"), width=24, shown=True)] = field(default_factory=list)
    required: Annotated[bool, f.flag(N_("Required"))] = False
    shown: Annotated[bool, f.flag(N_("In the table"))] = True

    def as_field(self) -> Field:
        """The field description that table, form, filter and files use, the same as for a built-in one."""
        kind: Kind = next(kind for kind in OWN_KINDS if kind == self.kind)
        return Field(self.label or self.name, kind, choices=tuple(self.choices), shown=self.shown)
