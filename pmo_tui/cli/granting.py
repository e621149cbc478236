"""`pmo grant`: who may read, write and administer a store on a server."""

from __future__ import annotations

import os

import click

from pmo_tui.cli.command import settings_of, verb
from pmo_tui.cli.output import narrate, put_json
from pmo_tui.desk.opening import configured, location, speak
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

LEVELS = ("viewer", "officer", "admin", "none")


@verb(
    "grant",
    N_(
        "Let the database role NAME read a store on a server (viewer), also write (officer), or also administer (admin)."
    ),
)
@click.argument("name")
@click.argument("level", type=click.Choice(LEVELS), metavar="viewer|officer|admin|none")
@click.pass_context
def grant_verb(context: click.Context, name: str, level: str) -> None:
    """Rights in the database, in place of those that the role had."""
    from pmo_tui.store.opening import is_url

    settings = settings_of(context)
    places, config = configured()
    speak(settings, config, os.environ)
    where = location(settings, config, places)
    if not is_url(where):
        raise WrongUse(
            N_("{location} is a store in files: who may open its folder may read and write all of it."),
            N_("Rights are for a store on a server; pmo copy moves one there."),
            location=where,
        )
    from pmo_tui.store.postgres.opening import open_log
    from pmo_tui.store.postgres.rights import grant

    log = open_log(where, read_only=True)
    try:
        made = grant(log, name, level)
    finally:
        log.close()
    if settings.json:
        put_json({"name": name, "level": level, "made": made, "store": log.location})
        return
    if made:
        narrate(_("a new database role: {name}; give it a password with \\password in psql").format(name=safe(name)))
    said = _("{name} is {level} of {location}") if level != "none" else _("{name} has no rights in {location} any more")
    click.echo(said.format(name=safe(name), level=level, location=safe(log.location)))
