"""`pmo verify` and `pmo backup`."""

from __future__ import annotations

import click

from pmo_tui.cli.command import desk_of, option, settings_of, verb
from pmo_tui.cli.output import put_json
from pmo_tui.cli.progress import Counter
from pmo_tui.records.marks import N_
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe


@verb("verify", N_("Walk the whole journal and the snapshot; prints the head sum, or where it is broken."))
@option(
    "--against",
    default="",
    metavar="SUM",
    help=N_("Prove that the history holds this sum, noted elsewhere (12 characters or more)."),
)
@click.pass_context
def verify_verb(context: click.Context, against: str) -> None:
    """A proof of the history, or the first fault."""
    desk = desk_of(context)
    with Counter(_("transactions")) as counter:
        proved = desk.store.verify(against, counter.show)
    if settings_of(context).json:
        put_json({
            "seq": proved.sequence, "sum": proved.sum, "documents": proved.documents, "files": proved.files, "noted": proved.noted,
        })  # fmt: skip
    else:
        for notice in proved.notices:
            click.echo(safe(notice.words(_)))
        if proved.noted is not None:
            click.echo(
                _("the sum is that of transaction {seq}: everything up to it is as it was").format(seq=proved.noted)
            )
        words = _("{transactions} transactions, {documents} records, all whole; the head sum is {sum}")
        click.echo(words.format(transactions=proved.sequence, documents=proved.documents, sum=proved.sum))


@verb("backup", N_("Copy the store with its whole history to PATH, while others go on working."))
@click.argument("path", type=click.Path())
@click.pass_context
def backup_verb(context: click.Context, path: str) -> None:
    """A store at another place."""
    desk = desk_of(context)
    desk.store.backup(path)
    if settings_of(context).json:
        put_json({"path": path, "seq": desk.store.head()})
    else:
        click.echo(_("backed up to {path}; pmo --store {path} opens it").format(path=safe(path)))
