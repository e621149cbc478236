"""`pmo list`, `pmo show`, `pmo history`."""

from __future__ import annotations

from typing import Any

import click

from pmo_tui.cli.command import WORDS, global_options, settings_of
from pmo_tui.cli.completion import registers, words
from pmo_tui.cli.output import narrate, put_columns, put_csv, put_json
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.opening import open_desk
from pmo_tui.desk.typed import as_json
from pmo_tui.desk.view import View
from pmo_tui.records.registers import by_name
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe, safe_lines


@click.command("list", context_settings=WORDS)
@global_options()
@click.argument("register", shell_complete=registers)
@click.argument("filter", nargs=-1, type=click.UNPROCESSED, shell_complete=words)
@click.option("--sort", default="", metavar="FIELDS", help="Fields to sort by, such as due,-score.")
@click.option("--fields", default="", metavar="FIELDS", help="Which fields, separated by commas; “all” for every one.")
@click.option("--limit", type=int, default=0, metavar="N", help="At most so many rows.")
@click.pass_context
def list_verb(
    context: click.Context, register: str, filter: tuple[str, ...], sort: str, fields: str, limit: int
) -> None:
    """The records of a REGISTER that a FILTER leaves: owner:jan status:open score>=12 due<+2w "free text"."""
    settings = settings_of(context)
    by_name(register)
    desk = open_desk(settings)
    view = desk.view(register, " ".join(quoted(word) for word in filter), sort)
    rows = range(min(limit, len(view)) if limit else len(view))
    names = _names(desk, view, fields, every=settings.json)
    if settings.json:
        put_json([{name: as_json(value) for name, value in view.values(i).items() if name in names} for i in rows])
    elif settings.csv:
        items = desk.fields(register)
        put_csv(names, ([desk.text(items[name], view.values(i)[name]) for name in names] for i in rows))
    else:
        items = desk.fields(register)
        header = [_(items[name].field.label) for name in names]
        put_columns(header, [view.cells(i, names) for i in rows], [items[name].field.right for name in names])
        narrate(_("{shown} of {total}").format(shown=len(rows), total=view.total))


def quoted(word: str) -> str:
    """A word of the shell as a word of the filter: blanks in it are quoted again."""
    if not any(letter.isspace() for letter in word) or '"' in word:
        return word
    head, colon, tail = word.partition(":")
    return f'{head}:"{tail}"' if colon and head.isidentifier() else f'"{word}"'


def _names(desk: Desk, view: View, fields: str, *, every: bool) -> list[str]:
    items = desk.fields(view.register.name)
    if fields and fields != "all":
        from pmo_tui.desk.filter import field_named

        return [field_named(name.strip(), items) for name in fields.split(",")]
    return [name for name, item in items.items() if every or fields == "all" or item.field.shown]


@click.command("show", context_settings=WORDS)
@global_options()
@click.argument("key")
@click.pass_context
def show_verb(context: click.Context, key: str) -> None:
    """One record, by KEY or code, with every field."""
    settings = settings_of(context)
    desk = open_desk(settings)
    entry = desk.entry(key)
    if settings.json:
        put_json({name: as_json(value) for name, value in entry.values.items()})
        return
    items = desk.fields(entry.register.name)
    width = max(len(_(item.field.label)) for item in items.values())
    for name, value in entry.values.items():
        if value in (None, "", []):
            continue
        item = items[name]
        lines = _value_lines(desk, item, value, entry.values)
        click.echo(f"{_(item.field.label):<{width}}  {lines[0]}")
        for line in lines[1:]:
            click.echo(f"{'':<{width}}  {line}")


def _value_lines(desk: Desk, item: Any, value: Any, values: dict[str, Any]) -> list[str]:
    if item.field.kind == "long":
        return safe_lines(value) or [""]
    if item.row is not None and item.name != "predecessors":
        from pmo_tui.records.documents import document_of

        return [", ".join(f"{name}={safe(each)}" for name, each in document_of(row).items()) for row in value]
    if item.field.kind == "reference":
        title = desk.title(value)
        return [safe(value) + (f"  {safe(title)}" if title != value else "")]
    return [desk.cell(item, value, values)]


@click.command("history", context_settings=WORDS)
@global_options()
@click.argument("key", required=False)
@click.option("--limit", type=int, default=0, metavar="N", help="At most so many events, the newest.")
@click.pass_context
def history_verb(context: click.Context, key: str | None, limit: int) -> None:
    """What happened to the record KEY, or to all: who, when, old and new. Newest first; JSON has “seq”."""
    settings = settings_of(context)
    desk = open_desk(settings)
    found = desk.history(_historic(desk, key), limit or None)
    if settings.json:
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
        head = f"{event.sequence:>6}  {event.time.astimezone():%Y-%m-%d %H:%M}  {safe(event.author)}  {event.key}  {_(event.what)}"
        click.echo(head + (f"  ({safe(event.note)})" if event.note else ""))
        if event.what == "changed":
            for each in event.changes:
                click.echo(f"        {each.field}: {safe(each.old) or '–'} → {safe(each.new) or '–'}")


def _historic(desk: Desk, key: str | None) -> str | None:
    """A key also of a record that is gone; a code of one that is there."""
    from pmo_tui.records.registers import looks_like_key

    if key is None or looks_like_key(key.upper()):
        return key.upper() if key else None
    return desk.find(key)
