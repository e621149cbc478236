"""Who decided and when, and what was paid when, as they are typed: `Jan de Vries, 24-11`, `24-11 500`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from pmo_tui.records.errors import Fault, NotFound, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.wording.dates import parse_date
from pmo_tui.wording.languages import _
from pmo_tui.wording.typed_money import parse_money

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk


def read_decider(desk: Desk, text: str, usual: str | None = None) -> tuple[str | None, date | None]:
    """The key of the person and the day: `Jan`, `Jan, 24-11`, `, 24-11` or `24-11` alone. `usual` is the person where none is named,
    None is today. A Fault says what is not understood."""
    name, comma, day = text.rpartition(",")
    on = _day(desk, day)
    if on is None or (comma and not day.strip()):
        name, on = text, None
    name = name.strip(" ,")
    return (person_meant(desk, name) if name else usual), on


def _day(desk: Desk, text: str) -> date | None:
    try:
        return parse_date(text.strip(), desk.today())
    except ValueError:
        return None


def person_meant(desk: Desk, name: str) -> str:
    """The person of that name, key or code, or the only one that it comes near; a Fault otherwise."""
    try:
        return desk.find(name, ("people",))
    except WrongUse as error:
        raise Fault(error.message.words(_)) from error
    except NotFound as error:
        near = desk.complete(("people",), name, 2)
        if len(near) == 1:
            return near[0][0]
        some = ", ".join(f"{key} {title}" for key, title in near) or "–"
        raise Fault(N_("nobody is called “{name}” (nearest: {near})"), name=name, near=some) from error


def read_payment(desk: Desk, text: str) -> tuple[date | None, Decimal | None]:
    """The day, None for today, and the amount, None for all that is open, in either order. A Fault where neither is said."""
    if not text.strip():
        raise Fault(N_("When? The day that it was paid, and how much where that is not all; esc leaves it as it is."))
    on: date | None = None
    amount: Decimal | None = None
    for word in text.split():
        try:
            on = parse_date(word, desk.today())
        except ValueError:
            amount = parse_money(word)[0]
    return on, amount
