"""`pmo copy`: a store moves elsewhere with its whole history, from files to a server or back."""

from __future__ import annotations

import click

from pmo_tui.cli.command import settings_of, verb
from pmo_tui.cli.output import put_json
from pmo_tui.cli.progress import Counter
from pmo_tui.desk.opening import configured, speak
from pmo_tui.records.marks import N_
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe


@verb(
    "copy",
    N_(
        "Copy a store with its whole history FROM one place TO another, an empty one; each is a path or a postgresql:// URL."
    ),
)
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.pass_context
def copy_verb(context: click.Context, source: str, target: str) -> None:
    """The same transactions at another place."""
    from pmo_tui.store.copying import copy

    settings = settings_of(context)
    _places, config = configured()
    speak(settings, config)
    with Counter(_("transactions")) as counter:
        copied = copy(source, target, counter.show)
    if settings.json:
        put_json({
            "to": copied.target, "seq": copied.sequence, "sum": copied.sum, "documents": copied.documents,
        })  # fmt: skip
        return
    words = _("{transactions} transactions, {documents} records; the head sum is {sum}")
    click.echo(words.format(transactions=copied.sequence, documents=copied.documents, sum=copied.sum))
    click.echo(_("copied to {path}; pmo --store {path} opens it").format(path=safe(copied.target)))
