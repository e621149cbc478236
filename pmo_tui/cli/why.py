"""`pmo why`: where a figure comes from."""

from __future__ import annotations

import click

from pmo_tui.cli.command import desk_of, settings_of, verb
from pmo_tui.cli.output import put_json
from pmo_tui.records.marks import N_
from pmo_tui.wording.safe import safe

INDENT = "  "


@verb("why", N_("Where a FIGURE of the record KEY comes from, down to the fields of records: pmo why P-1 available."))
@click.argument("key")
@click.argument("figure")
@click.pass_context
def why_verb(context: click.Context, key: str, figure: str) -> None:
    """A figure with its formula in words and everything it stands on."""
    from pmo_tui.desk import why, why_words

    desk = desk_of(context)
    found = why.figure(desk, key, figure)
    if settings_of(context).json:
        put_json(why_words.as_tree(found))
        return
    for step in why_words.steps(desk, found):
        parts = [safe(step.name), safe(step.value), safe(step.formula)]
        click.echo(INDENT * step.depth + INDENT.join(part for part in parts if part))
