"""`pmo add`, `pmo set`, `pmo delete`, `pmo undo`, `pmo redo`."""

from __future__ import annotations

import click

from pmo_tui.cli.command import WORDS, global_options, settings_of
from pmo_tui.cli.completion import fields, registers
from pmo_tui.cli.output import put_json
from pmo_tui.cli.words import assignments
from pmo_tui.desk.opening import open_desk
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import by_name
from pmo_tui.store import Undone
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe


@click.command("add", context_settings=WORDS)
@global_options()
@click.argument("register", shell_complete=registers)
@click.argument("values", nargs=-1, type=click.UNPROCESSED, shell_complete=fields)
@click.pass_context
def add_verb(context: click.Context, register: str, values: tuple[str, ...]) -> None:
    """Add a record to REGISTER: field=text, or field:=JSON for lists and rows."""
    by_name(register)
    typed, given = assignments(values)
    desk = open_desk(settings_of(context))
    key = desk.add(register, typed, given)
    if settings_of(context).json:
        put_json({"key": key, "seq": desk.store.head()})
    else:
        click.echo(f"{key}  {safe(desk.title(key))}")


@click.command("set", context_settings=WORDS)
@global_options()
@click.argument("words", nargs=-1, required=True, type=click.UNPROCESSED)
@click.pass_context
def set_verb(context: click.Context, words: tuple[str, ...]) -> None:
    """Change records: KEY… field=text…; several keys are one transaction, field= empties a field."""
    first = next((place for place, word in enumerate(words) if "=" in word), len(words))
    typed, given = assignments(words[first:])
    if not first or not (typed or given):
        raise WrongUse(N_("Which records, and what?"), N_("pmo set R-1 R-2 status=closed"))
    desk = open_desk(settings_of(context))
    keys = desk.keys(words[:first])
    before = desk.store.head()
    sequence = desk.set(keys, typed, given)
    if settings_of(context).json:
        put_json({"keys": keys, "seq": sequence, "changed": sequence != before})
    else:
        click.echo(_("changed: {keys}").format(keys=", ".join(keys)) if sequence != before else _("nothing to change"))


@click.command("delete", context_settings=WORDS)
@global_options()
@click.argument("keys", nargs=-1, required=True)
@click.pass_context
def delete_verb(context: click.Context, keys: tuple[str, ...]) -> None:
    """Delete records. One that others refer to is not deleted; they are named."""
    desk = open_desk(settings_of(context))
    found = desk.keys(keys)
    sequence = desk.delete(found)
    if settings_of(context).json:
        put_json({"keys": found, "seq": sequence})
    else:
        click.echo(_("deleted: {keys}; pmo undo brings them back").format(keys=", ".join(found)))


@click.command("undo", context_settings=WORDS)
@global_options()
@click.argument("sequence", required=False, type=int)
@click.pass_context
def undo_verb(context: click.Context, sequence: int | None) -> None:
    """Take back one's own last change, or the transaction SEQUENCE; twice goes two back."""
    desk = open_desk(settings_of(context))
    _tell(context, desk.undo(sequence), _("took back {undone}"))


@click.command("redo", context_settings=WORDS)
@global_options()
@click.pass_context
def redo_verb(context: click.Context) -> None:
    """Take the last undo back."""
    desk = open_desk(settings_of(context))
    _tell(context, desk.redo(), _("did {undone} again"))


def _tell(context: click.Context, done: Undone, words: str) -> None:
    if settings_of(context).json:
        put_json({"seq": done.sequence, "undone": done.undone, "skipped": list(done.skipped)})
        return
    click.echo(words.format(undone=done.undone))
    if done.skipped:
        click.echo(_("left as they are, edited since: {keys}").format(keys=", ".join(done.skipped)), err=True)
