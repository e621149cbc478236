"""Views of lists that everybody here may use: a filter, an order, columns and a grouping under a name."""

from dataclasses import field
from typing import Annotated, ClassVar

from pmo_tui.records import fields as f
from pmo_tui.records.base import Record, record
from pmo_tui.records.marks import N_


@record
class SharedView(Record):
    """How a list may be looked at. `of` is a register or a computed list by its name in commands; `filter` and `sort` are written as
    there; a column is a field's name, with `:20` behind it so many terminal columns wide, with `:*` as wide as what it holds; `group`
    is the field by which the list is added up."""

    natural_order: ClassVar[str] = "of,name"
    without: ClassVar[tuple[str, ...]] = ("code",)

    of: Annotated[str, f.text(N_("List"), 14, shown=True)]
    name: Annotated[str, f.text(N_("Name"), 22, shown=True)]
    filter: Annotated[str | None, f.text(N_("Filter"), 30, shown=True)] = None
    sort: Annotated[str | None, f.text(N_("Sorted by"), 16, shown=True)] = None
    group: Annotated[str | None, f.text(N_("Grouped by"), 14, shown=True)] = None
    columns: Annotated[list[str], f.several(N_("Columns"), width=30)] = field(default_factory=list)
