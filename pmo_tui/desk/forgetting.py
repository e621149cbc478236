"""Taking what is personal of one record out of the store and its whole history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_tui.records.errors import NotFound, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import REGISTERS, register_of

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.store import Forgotten


def personal_fields(desk: Desk, key: str) -> list[str]:
    """The fields of a record that are marked as personal; WrongUse where its register has none.

    Free text that is about somebody is personal too: the notes go with them.
    """
    register = register_of(key)
    found = [name for name, item in desk.fields(register.name).items() if item.field.personal]
    if not found:
        names = ", ".join(each.name for each in REGISTERS if any(item.field.personal for item in each.fields.values()))
        raise WrongUse(
            N_("Nothing in {register} is personal."),
            N_("Personal fields are in {registers}."),
            register=register.name,
            registers=names,
        )
    return [*found, "notes"] if "notes" in register.fields else found


REPEATING = ("reports", "messages")
"""Registers whose records repeat the words of others as they once were, and are never edited: what was issued, and what was sent."""


def forget(desk: Desk, key: str, note: str = "") -> Forgotten:
    """Take the personal values of a record out of journal and snapshot. It cannot be undone; what happened stays told without them.

    Where an issued report or a message repeats one, the key stands from then on; so it does for the addresses that messages
    went to.
    """
    if next(iter(desk.store.history(key)), None) is None:
        raise NotFound(
            N_("There is no record {key}, and there never was."), N_("Give the key, such as PER-7."), key=key
        )
    letters = desk.store.shelf("messages")
    sent = [letters[number] for number in letters.where("to", key)]
    addresses = [letter["address"] for letter in sent if letter.get("address")]
    return desk.store.forget(key, personal_fields(desk, key), note, REPEATING, addresses)
