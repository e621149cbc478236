"""What every record has: a key, a code, a revision, where it was imported from, tags, notes and user-defined fields.

In the modules of record classes annotations are objects, not text: they are read at every start of the command line, and text
would have to be compiled for it, twice.
"""

from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from typing import Annotated, Any, ClassVar, TypeVar, dataclass_transform

from pmo_tui.records import fields as f
from pmo_tui.records.fields import Field
from pmo_tui.records.marks import N_

NODES = ("projects", "programmes", "portfolios")
"""The registers whose records make the one tree: portfolio › programme › project › subproject."""


C = TypeVar("C")


class Fields:
    """What a dataclass does with its fields, written once; a dataclass of its own would have it compiled at every start.

    Made by name, unchangeable, compared and hashed by all fields.
    """

    __slots__ = ()
    __dataclass_fields__: ClassVar[dict[str, Any]]

    def __init__(self, **given: Any) -> None:
        for part in fields(self):
            if part.name in given:
                value = given.pop(part.name)
            elif part.default is not MISSING:
                value = part.default
            elif part.default_factory is not MISSING:
                value = part.default_factory()
            else:
                raise TypeError(f"{type(self).__name__} needs {part.name}")
            object.__setattr__(self, part.name, value)
        if given:
            raise TypeError(f"{type(self).__name__} has no {', '.join(given)}")

    def __setattr__(self, name: str, value: Any) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return all(getattr(self, part.name) == getattr(other, part.name) for part in fields(self))

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, part.name) for part in fields(self)))

    def __repr__(self) -> str:
        inside = ", ".join(f"{part.name}={getattr(self, part.name)!r}" for part in fields(self))
        return f"{type(self).__qualname__}({inside})"


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def record(cls: type[C]) -> type[C]:
    """Makes a class under `Fields` a dataclass."""
    return dataclass(init=False, repr=False, eq=False, slots=True, kw_only=True)(cls)


@record
class Record(Fields):
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


@record
class Row(Fields):
    """The base of the small records inside a record, such as an order's lines."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}
