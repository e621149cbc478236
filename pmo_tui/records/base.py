"""What every record has: a key, a code, a revision, where it was imported from, tags, notes and user-defined fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar

from pmo_tui.records import fields as f
from pmo_tui.records.fields import Field
from pmo_tui.records.marks import N_

NODES = ("projects", "programmes", "portfolios")
"""The registers whose records make the one tree: portfolio › programme › project › subproject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The base of every register's class.

    `key` is given by the store (`R-12`) and never reused; `code` is the organisation's own and accepted wherever a key is;
    `revision` is the sequence of the transaction that last wrote the record; `source_key` tells which row of which file it was
    imported from (`msproject:plan.xml#17`), so that importing again updates. `computed` describes the derived fields, `without`
    names common fields that a register must not have, `natural_order` the columns it is sorted by when nothing else is asked.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}
    title_field: ClassVar[str] = "name"
    computed: ClassVar[dict[str, Field]] = {}
    without: ClassVar[tuple[str, ...]] = ()
    natural_order: ClassVar[str] = ""

    key: Annotated[str, f.text(N_("Key"), 8, shown=True)] = ""
    code: Annotated[str | None, f.text(N_("Code"), 10)] = None
    revision: Annotated[int, f.integer(N_("Revision"))] = 0
    source_key: Annotated[str | None, f.text(N_("Imported from"), 24)] = None
    tags: Annotated[list[str], f.several(N_("Tags"))] = field(default_factory=list)
    notes: Annotated[str | None, f.long(N_("Notes"))] = None
    extra: Annotated[dict[str, Any], Field(N_("Own fields"), "extra")] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The base of the small records inside a record, such as an order's lines."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}
