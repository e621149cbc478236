"""`pmo add`, `pmo set`, `pmo delete`, `pmo undo`, `pmo redo`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pmo_tui.cli.command import desk_of, settings_of, verb
from pmo_tui.cli.completion import fields, registers
from pmo_tui.cli.output import narrate, put_json
from pmo_tui.cli.words import assignments, check_register, with_keys
from pmo_tui.desk.taking_back import NotTakenBack
from pmo_tui.records.errors import Said, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import register_of
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.store import Op, Undone

NAMED = 6
"""How many records a line names before it only counts the rest."""


@verb("add", N_("Add a record to REGISTER: field=text, or field:=JSON for lists and rows."))
@click.argument("register", shell_complete=registers)
@click.argument("values", nargs=-1, type=click.UNPROCESSED, shell_complete=fields)
@click.pass_context
def add_verb(context: click.Context, register: str, values: tuple[str, ...]) -> None:
    """One new record; its key is what comes out."""
    check_register(register)
    typed, given = assignments(values)
    desk = desk_of(context, create=True)
    key = desk.add(register, with_keys(desk, register, typed), given)
    if settings_of(context).json:
        put_json({"key": key, "seq": desk.store.head()})
    else:
        click.echo(f"{key}  {safe(desk.title(key))}")


@verb("set", N_("Change records: KEY… field=text…; several keys are one transaction, field= empties a field."))
@click.argument("words", nargs=-1, required=True, type=click.UNPROCESSED)
@click.pass_context
def set_verb(context: click.Context, words: tuple[str, ...]) -> None:
    """The same change to several records."""
    first = next((place for place, word in enumerate(words) if "=" in word), len(words))
    typed, given = assignments(words[first:])
    if not first or not (typed or given):
        raise WrongUse(N_("Which records, and what?"), N_("pmo set R-1 R-2 status=closed"))
    desk = desk_of(context)
    keys = desk.keys(words[:first])
    before = desk.store.head()
    sequence = desk.set(keys, with_keys(desk, register_of(keys[0]).name, typed), given)
    if settings_of(context).json:
        put_json({"keys": keys, "seq": sequence, "changed": sequence != before})
    else:
        click.echo(_("changed: {keys}").format(keys=", ".join(keys)) if sequence != before else _("nothing to change"))


@verb("delete", N_("Delete records. One that others refer to is not deleted; they are named."))
@click.argument("keys", nargs=-1, required=True)
@click.pass_context
def delete_verb(context: click.Context, keys: tuple[str, ...]) -> None:
    """Several records in one transaction."""
    desk = desk_of(context)
    found = desk.keys(keys)
    named = [f"{key} {safe(desk.title(key))}" for key in found]
    sequence = desk.delete(found)
    if settings_of(context).json:
        put_json({"keys": found, "seq": sequence})
    else:
        click.echo(_("deleted: {keys}; pmo undo brings them back").format(keys=", ".join(named)))


@verb("undo", N_("Take back one's own last change, or the transaction SEQUENCE; twice goes two back."))
@click.argument("sequence", required=False, type=click.IntRange(min=1))
@click.pass_context
def undo_verb(context: click.Context, sequence: int | None) -> None:
    """The inverse of a transaction, as a new one."""
    desk = desk_of(context)
    try:
        done = desk.undo(sequence)
    except NotTakenBack as stays:
        if stays.older is not None:
            stays.hint = Said(N_("pmo undo {older} takes back your change before it."), {"older": stays.older.sequence})
        raise
    _tell(context, desk, done, _("took back {undone}: {what}"))


@verb("redo", N_("Take the last undo back."))
@click.pass_context
def redo_verb(context: click.Context) -> None:
    """The inverse of an undo."""
    desk = desk_of(context)
    _tell(context, desk, desk.redo(), _("did again what {undone} took back: {what}"))


def _tell(context: click.Context, desk: Desk, done: Undone, words: str) -> None:
    if settings_of(context).json:
        put_json({"seq": done.sequence, "undone": done.undone, "skipped": list(done.skipped)})
        return
    made = next(desk.store.since(done.sequence - 1))
    ops = made.ops if made.undoes == done.undone else ()
    click.echo(words.format(undone=done.undone, what=_summary(ops) or _("nothing is left of it")))
    if done.skipped:
        narrate(_("left as they are, edited since: {keys}").format(keys=", ".join(done.skipped)))


def _summary(ops: tuple[Op, ...]) -> str:
    """What a transaction did to which records, the first of them named."""
    parts = []
    for op in ops[:NAMED]:
        what = N_("back again") if op.old is None else N_("gone") if op.new is None else N_("as before")
        parts.append(f"{op.key} {_(what)}")
    if len(ops) > NAMED:
        parts.append(_("… and {count} more").format(count=len(ops) - NAMED))
    return ", ".join(parts)
