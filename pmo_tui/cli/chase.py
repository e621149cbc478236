"""`pmo chase`: one message a person about what is overdue with them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pmo_tui.cli.command import desk_of, option, settings_of, verb
from pmo_tui.cli.output import narrate, put_json
from pmo_tui.records.marks import N_
from pmo_tui.wording.languages import _
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe, safe_lines

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.desk.reports.outbox import Prepared, Put


MOST_KEYS = 8
"""So many records are named of what is left out for one person."""


@verb(
    "chase",
    N_(
        "One message a person, as a file, about the records KEY… or about everything that is overdue. Nothing is sent. "
        "Nobody who is away or was written to lately."
    ),
)
@click.argument("keys", nargs=-1)
@option("--scope", default="", metavar="@NODE", help=N_("Only what belongs to a node, @me or @mine."))
@option(
    "--folder", default="", metavar="DIR", help=N_("Where the files go; without it the outbox in the state folder.")
)
@option("--dry-run", is_flag=True, help=N_("Show the messages; write nothing."))
@click.pass_context
def chase_verb(context: click.Context, keys: tuple[str, ...], scope: str, folder: str, dry_run: bool) -> None:
    """Messages as files, and as records."""
    from pmo_tui.desk.agenda import quoted
    from pmo_tui.desk.reports import outbox
    from pmo_tui.desk.reports.outbox_items import items_about

    desk = desk_of(context)
    where = f"@{scope.removeprefix('@')}" if scope else ""
    items = items_about(desk, desk.keys(keys)) if keys else outbox.overdue(desk, quoted(where))
    prepared = outbox.prepare(desk, items)
    put = [] if dry_run else outbox.put(desk, prepared.letters, Path(folder).expanduser() if folder else None)
    if settings_of(context).json:
        put_json(_facts(desk, prepared, put))
        return
    _tell(desk, prepared, put, full=dry_run)


def _facts(desk: Desk, prepared: Prepared, put: list[Put]) -> dict[str, Any]:
    from pmo_tui.desk.said import said

    places = [*put, *[None] * (len(prepared.letters) - len(put))]
    return {
        "messages": [
            {
                "key": place.key if place else None, "file": str(place.path) if place else None, "to": letter.person,
                "name": letter.name, "address": letter.address, "subject": letter.subject, "text": letter.text,
                "about": [item.key for item in letter.items],
            }
            for letter, place in zip(prepared.letters, places, strict=True)
        ],
        "skipped": [
            {"person": each.person, "why": said(each.why), "about": [item.key for item in each.items]}
            for each in prepared.skipped
        ],
    }  # fmt: skip


def _tell(desk: Desk, prepared: Prepared, put: list[Put], *, full: bool) -> None:
    from pmo_tui.desk.said import said

    for place, letter in enumerate(prepared.letters):
        head = (
            f"{letter.name} <{letter.address}>" if letter.address else _("{name} (no address)").format(name=letter.name)
        )
        where = f"{put[place].key}  {put[place].path}  " if put else ""
        click.echo(safe(f"{where}{head}  {letter.subject}"))
        for line in safe_lines(letter.text) if full else ():
            click.echo(f"    {line}")
    for each in prepared.skipped:
        name = desk.title(each.person) if each.person else _("nobody")
        keys = _some([item.key for item in each.items])
        narrate(safe(_("left out: {name}, {why}: {keys}").format(name=name, why=said(each.why), keys=keys)))
    words = (
        _("{count} messages; open them in a mail program to send them")
        if put
        else _("{count} messages; nothing was written")
    )
    narrate(words.format(count=len(prepared.letters)))


def _some(keys: Sequence[str]) -> str:
    """The first of many keys, and how many more there are."""
    named, more = ", ".join(keys[:MOST_KEYS]), len(keys) - MOST_KEYS
    return named if more <= 0 else named + _(" … and {count} more").format(count=format_number(more))
