"""`pmo verify` and `pmo backup`."""

from __future__ import annotations

import click

from pmo_tui.cli.command import WORDS, global_options, settings_of
from pmo_tui.cli.output import put_json
from pmo_tui.desk.opening import open_desk
from pmo_tui.wording.languages import _


@click.command("verify", context_settings=WORDS)
@global_options()
@click.pass_context
def verify_verb(context: click.Context) -> None:
    """Walk the whole journal and the snapshot; prints the head sum, or where it is broken."""
    desk = open_desk(settings_of(context), create=False)
    proved = desk.store.verify()
    if settings_of(context).json:
        put_json({"seq": proved.sequence, "sum": proved.sum, "documents": proved.documents, "files": proved.files})
    else:
        words = _("{transactions} transactions, {documents} records, all whole; the head sum is {sum}")
        click.echo(words.format(transactions=proved.sequence, documents=proved.documents, sum=proved.sum))


@click.command("backup", context_settings=WORDS)
@global_options()
@click.argument("path", type=click.Path())
@click.pass_context
def backup_verb(context: click.Context, path: str) -> None:
    """Copy the store with its whole history to PATH, while others go on working."""
    desk = open_desk(settings_of(context), create=False)
    desk.store.backup(path)
    if settings_of(context).json:
        put_json({"path": path, "seq": desk.store.head()})
    else:
        click.echo(_("backed up to {path}; pmo --store {path} opens it").format(path=path))
