"""Nobody writes over what a colleague wrote into the same field meanwhile; other fields of the record do not stand in the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pmo_tui.desk.together.changes_since import Writing, changes_since, values_of
from pmo_tui.desk.together.form_texts import form_text
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import register_of
from pmo_tui.store import Edited

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

ONE = N_("{key}: {author} changed {field} from “{earlier}” to “{theirs}” at {when}. Nothing was written.")
MORE = N_(
    "{key}: {author} changed {field} from “{earlier}” to “{theirs}” at {when}; so it is with {count} more. Nothing was written."
)
AGAIN = N_("Look at it as it is now, then make your change again.")


@dataclass(frozen=True, slots=True)
class LostChange:
    """What a write would take away: a field of a record, the text that a colleague gave it, the one before, and who."""

    key: str
    field: str
    theirs: str
    earlier: str
    by: Writing


class WouldLose(Edited):
    """A colleague wrote the same field first. `changes` are all of them."""

    def __init__(self, changes: Sequence[LostChange]) -> None:
        first = changes[0]
        values: dict[str, object] = {
            "field": first.field,
            "theirs": first.theirs or "–",
            "earlier": first.earlier or "–",
            "when": clock(first.by.time),
            "count": len(changes) - 1,
        }
        super().__init__(
            MORE if len(changes) > 1 else ONE, AGAIN, key=first.key, author=first.by.author, sequence=first.by.sequence,
            time=first.by.time, values=values,
        )  # fmt: skip
        self.changes = tuple(changes)


def clock(time: datetime) -> str:
    """A time on the clock of whoever reads it: the time of day, before today with the day."""
    local, now = time.astimezone(), datetime.now().astimezone()
    return f"{local:%H:%M}" if local.date() == now.date() else f"{local:%Y-%m-%d %H:%M}"


def refuse_lost(desk: Desk, writes: Sequence[tuple[str, Mapping[str, Any], int]]) -> None:
    """WouldLose where writing values over a record that was looked at in a revision would take a colleague's away; inside the lock."""
    found = [each for key, values, revision in writes for each in lost_changes(desk, key, values, revision)]
    if found:
        raise WouldLose(found)


def lost_changes(desk: Desk, key: str, values: Mapping[str, Any], revision: int) -> list[LostChange]:
    """What writing `values` over `key`, looked at in `revision`, would take from colleagues."""
    since = changes_since(desk, key, revision)
    if not since.fields or since.now is None or since.before is None:
        return []
    register, every = register_of(key), desk.fields(register_of(key).name)
    fields = {name: every[name] for name in values if name in since.fields}
    before, now = values_of(key, since.before, fields), values_of(key, since.now, fields)
    return [
        LostChange(
            key, name, form_text(desk, register, item, now[name]), form_text(desk, register, item, before[name]),
            since.fields[name],
        )
        for name, item in fields.items()
        if now[name] != before[name] and now[name] != values[name]
    ]  # fmt: skip
