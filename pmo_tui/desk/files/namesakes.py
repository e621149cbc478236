"""That a file makes something new although one of the name is there: from then on the name means two records, and is no longer found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pmo_tui.records.registers import by_name
from pmo_tui.wording.languages import _, ngettext
from pmo_tui.wording.numbers import format_number

if TYPE_CHECKING:
    from pmo_tui.desk.files.doors import Door
    from pmo_tui.desk.files.importing import Planned
    from pmo_tui.desk.files.matcher import Matcher
    from pmo_tui.exchange.incoming import Batch

CALLED_BY = {"projects": ("name", "short_name"), "people": ("name",), "suppliers": ("name",), "systems": ("name",)}
"""Registers whose records other files refer to by name, and the fields that are such names."""
NAMED_AT_MOST = 10


class Namesakes:
    """Finds them batch after batch; one that this import makes counts for those after it."""

    def __init__(self, matcher: Matcher, door: Door) -> None:
        self._matcher = matcher
        self._door = door
        self._made: dict[str, str] = {}

    def notes(self, batch: Batch, planned: Iterable[Planned]) -> list[str]:
        """A note for a plan that makes a project, since who sends it has to say which one it belongs to; one for all the others."""
        notes: list[str] = []
        names: list[str] = []
        for item in planned:
            register = item.incoming.register
            if item.what != "new" or register not in CALLED_BY:
                continue
            name = str(item.fields.get(by_name(register).cls.title_field) or "")
            other = self._other(register, name)
            if other and register == "projects" and batch.format == "mspdi" and other not in self._made:
                notes.append(_(self._door.project).format(place=item.incoming.place, name=name, key=other))
            elif other:
                names.append(f"“{name}” ({self._made.get(other, other)})")
            self._made[item.key] = item.incoming.place
        return notes + _together(batch, names)

    def _other(self, register: str, name: str) -> str:
        """The key of the first of that name which is there, or which this import made before."""
        called = (key for field in CALLED_BY[register] for key in self._matcher.called(register, field, name))
        return next((key for key in called if key in self._made or self._matcher.desk.store.get(key) is not None), "")


def _together(batch: Batch, names: Sequence[str]) -> list[str]:
    if not names:
        return []
    some = ", ".join(names[:NAMED_AT_MOST]) + (", …" if len(names) > NAMED_AT_MOST else "")
    template = ngettext(
        "{file}: {count} new record has the name of one that is there: {names}",
        "{file}: {count} new records have the names of others that are there: {names}",
        len(names),
    )
    told = template.format(file=batch.source, count=format_number(len(names)), names=some)
    if batch.format == "table":
        told += "; " + _("a row with the key of the other one in a column “key” changes that one instead")
    return [told]
