"""What every backend's whole check says and compares: noted sums, removed values, the registers in memory."""

from __future__ import annotations

import re

from pmo_tui.records.errors import Said, StoreTrouble, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.store.errors import Damaged, moment
from pmo_tui.store.lines import Removal
from pmo_tui.store.replica import Replica

BATCH = 1_000
"""Transactions that are replayed at once."""


def read_noted(against: str) -> str:
    """A sum as somebody noted it, or its beginning; "" for none, WrongUse for anything else."""
    against = against.strip().lower()
    if against and not re.fullmatch(r"[0-9a-f]{12,64}", against):
        raise WrongUse(N_("“{sum}” is not a sum, nor the first twelve characters or more of one."), sum=against)
    return against


def told(removed: Removal) -> Said:
    """What was once removed, in words."""
    values: dict[str, object] = {
        "key": removed.key,
        "fields": ", ".join(removed.fields),
        "author": removed.author,
        "time": moment(removed.ts),
        "sum": removed.after,
    }
    return Said(
        N_("{fields} of {key} were removed from the history by {author} on {time}, after the sum {sum}."), values
    )


def unknown_sum(location: str, against: str, removed: list[Removal]) -> StoreTrouble:
    """The sum is not in the chain; told apart from one that was noted before values were removed."""
    if not removed:
        return StoreTrouble(
            N_("No transaction of {location} has the sum {sum}: this is not the history it was noted from."),
            N_("Look for a backup of the time when it was noted, and compare."),
            location=location,
            sum=against,
        )
    last = removed[-1]
    return StoreTrouble(
        N_("No transaction of {location} has the sum {sum} any more, or none ever had: values were removed on {time}."),
        N_("Sums noted before that day cannot be found; the last of them was {after}."),
        location=location,
        sum=against,
        time=moment(last.ts),
        after=last.after,
    )


def compare_replica(location: str, fresh: Replica, replica: Replica) -> None:
    """Damaged where the registers in memory are not what the journal gives."""
    for name in sorted({*fresh.registers(), *replica.registers()}):
        one, other = fresh.shelf(name).raws(), replica.shelf(name).raws()
        if [(number, bytes(raw)) for number, raw in one] != [(number, bytes(raw)) for number, raw in other]:
            raise Damaged(
                N_("{register} in memory differs from what {file} gives."),
                N_("Open the store again."),
                file=location,
                offset=0,
                register=name,
            )
