"""`pmo list`, `pmo show`, `pmo history`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from pmo_tui.cli.command import desk_of, option, settings_of, verb
from pmo_tui.cli.completion import registers, words
from pmo_tui.cli.output import narrate, put_csv, put_json
from pmo_tui.cli.words import check_register, filter_of
from pmo_tui.records.errors import NotFound
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import looks_like_key
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe, safe_lines

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.desk.events import Event
    from pmo_tui.desk.view import View
    from pmo_tui.records.schema import FieldOf


@verb(
    "list",
    N_(
        'The records of a REGISTER or computed list that a FILTER leaves: owner:jan status:open score>=12 due<+2w -tag:legacy "free text".'
    ),
)
@click.argument("register", shell_complete=registers)
@click.argument("filter", nargs=-1, type=click.UNPROCESSED, shell_complete=words)
@option("--sort", default="", metavar="FIELDS", help=N_("Fields to sort by, such as due,-score."))
@option("--fields", default="", metavar="FIELDS", help=N_("Which fields, separated by commas; “all” for every one."))
@option("--limit", type=click.IntRange(min=0), default=0, metavar="N", help=N_("At most so many rows; 0 for all."))
@click.pass_context
def list_verb(
    context: click.Context, register: str, filter: tuple[str, ...], sort: str, fields: str, limit: int
) -> None:
    """The records of a register as JSON, as CSV, or in columns."""
    settings = settings_of(context)
    check_register(register, lists=True)
    desk = desk_of(context)
    view = desk.view(register, filter_of(filter), sort)
    names = _names(view, fields, every=settings.json)
    rows = range(len(view))[: limit or None]
    if settings.json:
        put_json(_flat(view, i, names) for i in rows)
        return
    items = view.fields
    if settings.csv:
        from pmo_tui.desk.exporting import table_of

        put_csv(table_of(desk, view, names, rows=rows))
        return
    from pmo_tui.cli.columns import put_columns

    header = [_(items[name].field.label) for name in names]
    put_columns(header, [view.cells(i, names) for i in rows], [items[name].field.right for name in names])
    narrate(_("{shown} of {total}").format(shown=len(rows), total=view.total))


def _names(view: View, fields: str, *, every: bool) -> list[str]:
    items = view.fields
    if fields and fields != "all":
        from pmo_tui.desk.filter import field_named

        return [field_named(name.strip(), items) for name in fields.split(",") if name.strip()]
    return [name for name, item in items.items() if every or fields == "all" or item.field.shown]


def _flat(view: View, i: int, names: list[str]) -> dict[str, Any]:
    """Fields of a row as scripts get them."""
    from pmo_tui.desk.plain import as_json

    values = view.values(i, names)
    return {name: as_json(values[name]) for name in names}


@verb("show", N_("One record, by KEY or code, with every field."))
@click.argument("key")
@click.pass_context
def show_verb(context: click.Context, key: str) -> None:
    """One record."""
    from pmo_tui.desk.plain import as_json

    desk = desk_of(context)
    entry = desk.entry(key)
    if settings_of(context).json:
        put_json({name: as_json(value) for name, value in entry.values.items()})
        return
    items = desk.fields(entry.register.name)
    filled = {name: value for name, value in entry.values.items() if value not in (None, "", [])}
    width = max(len(name) for name in filled)
    for name, value in filled.items():
        lines = _value_lines(desk, items[name], value, entry.values)
        click.echo(f"{name:<{width}}  {lines[0]}")
        for line in lines[1:]:
            click.echo(f"{'':<{width}}  {line}")


def _value_lines(desk: Desk, item: FieldOf, value: Any, values: dict[str, Any]) -> list[str]:
    if item.field.kind == "long":
        return safe_lines(value) or [""]
    if item.row is not None and item.name != "predecessors":
        from pmo_tui.records.documents import document_of

        return [", ".join(f"{name}={safe(each)}" for name, each in document_of(row).items()) for row in value]
    if item.field.kind == "reference":
        title = desk.title(value)
        return [safe(value) + (f"  {safe(title)}" if title != value else "")]
    return [desk.cell(item, value, values)]


@verb(
    "history", N_("What happened to the record KEY, or to all: who, when, old and new. Newest first; JSON has “seq”.")
)
@click.argument("key", required=False)
@option("--limit", type=click.IntRange(min=0), default=0, metavar="N", help=N_("At most so many events; 0 for all."))
@click.pass_context
def history_verb(context: click.Context, key: str | None, limit: int) -> None:
    """The journal, newest first."""
    desk = desk_of(context)
    wanted = _historic(desk, key)
    found = desk.history(wanted, limit or None)
    if wanted and not found:
        raise NotFound(N_("There never was a record {key}."), key=wanted)
    if settings_of(context).json:
        put_json([
            {
                "seq": event.sequence, "time": event.time.isoformat(), "author": event.author, "login": event.login,
                "note": event.note, "key": event.key, "register": event.register, "what": event.what,
                "changes": [{"field": each.field, "old": each.old, "new": each.new} for each in event.changes],
            }
            for event in found
        ])  # fmt: skip
        return
    for event in found:
        _tell(event)


def _tell(event: Event) -> None:
    who = safe(event.author) + (f" ({safe(event.login)})" if event.login not in ("", event.author) else "")
    when = f"{event.time.astimezone():%Y-%m-%d %H:%M}"
    note = f"  ({safe(event.note)})" if event.note else ""
    click.echo(f"{event.sequence:>6}  {when}  {who}  {event.key}  {_(event.what)}{note}")
    if event.what == "changed":
        for each in event.changes:
            click.echo(f"        {each.field}: {safe(each.old) or '–'} → {safe(each.new) or '–'}")


def _historic(desk: Desk, key: str | None) -> str | None:
    """A key also of a record that is gone; a code of one that is there."""
    if key is None or looks_like_key(key.upper()):
        return key.upper() if key else None
    return desk.find(key)
