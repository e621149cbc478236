"""`pmo forget`: the one verb that cannot be undone."""

from __future__ import annotations

import click

from pmo_tui.cli.command import desk_of, option, settings_of, verb
from pmo_tui.cli.output import narrate, put_json
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import looks_like_key
from pmo_tui.wording.languages import _


@verb(
    "forget",
    N_("Take the personal values of the record KEY out of the store and its whole history. It cannot be undone."),
)
@click.argument("key")
@option("--yes", is_flag=True, help=N_("Do it; without this it is only said what would be removed."))
@option("--note", default="", metavar="TEXT", help=N_("Why, told in the new history."))
@click.pass_context
def forget_verb(context: click.Context, key: str, yes: bool, note: str) -> None:
    """Rewrites the history without them."""
    from pmo_tui.desk.forgetting import forget, personal_fields

    desk = desk_of(context)
    key = key.upper() if looks_like_key(key.upper()) else desk.find(key)
    fields = personal_fields(desk, key)
    if not yes:
        raise WrongUse(
            N_("This would take {fields} of {key} out of the store and its whole history, for good."),
            N_(
                "Note the sum that pmo verify prints, then say it again with --yes. Backups keep what they hold: see to them yourself."
            ),
            fields=", ".join(fields),
            key=key,
        )
    done = forget(desk, key, note)
    if settings_of(context).json:
        put_json(
            {
                "key": key,
                "seq": done.sequence,
                "values": done.values,
                "replaced": list(done.replaced),
                "mentioned": list(done.mentioned),
            }
        )
        return
    click.echo(_("forgotten: {count} values of {key}").format(count=done.values, key=key))
    if done.replaced:
        narrate(_("the key stands in its place in: {keys}").format(keys=", ".join(done.replaced)))
    if done.mentioned:
        narrate(_("still mentioned in other texts, look at them: {keys}").format(keys=", ".join(done.mentioned)))
