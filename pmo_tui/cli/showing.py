"""`pmo show`, `pmo history`."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from pmo_tui.cli.command import desk_of, option, settings_of, verb
from pmo_tui.cli.output import put_csv, put_json
from pmo_tui.records.errors import NotFound
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import looks_like_key
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe, safe_lines

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk, Entry
    from pmo_tui.desk.events import Event
    from pmo_tui.exchange.tables import Table
    from pmo_tui.records.schema import FieldOf


@verb("show", N_("Records, by KEY or code, with every field. JSON is an object, or an array where several are named."))
@click.argument("keys", nargs=-1, required=True, metavar="KEY...")
@click.pass_context
def show_verb(context: click.Context, keys: tuple[str, ...]) -> None:
    """One record, or one after the other."""
    from pmo_tui.desk.plain import as_json

    desk = desk_of(context)
    entries = [desk.entry(key) for key in keys]
    if settings_of(context).json:
        found = [{name: as_json(value) for name, value in entry.values.items()} for entry in entries]
        put_json(found[0] if len(found) == 1 else found)
        return
    for place, entry in enumerate(entries):
        if place:
            click.echo()
        _show(desk, entry)


def _show(desk: Desk, entry: Entry) -> None:
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
    if settings_of(context).csv:
        put_csv(_table(found))
        return
    for event in found:
        _tell(event)


def _table(found: list[Event]) -> Table:
    """A row for each changed field."""
    from pmo_tui.exchange.tables import Table

    header = ["seq", "time", "author", "login", "note", "key", "what", "field", "old", "new"]
    table = Table("history", header)
    for event in found:
        told = [event.time.isoformat(), event.author, event.login, event.note, event.key, event.what]
        for change in event.changes:
            table.rows.append([Decimal(event.sequence), *told, change.field, change.old, change.new])
    return table


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
