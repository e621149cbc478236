"""`pmo list`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from pmo_tui.cli.command import desk_of, option, settings_of, verb
from pmo_tui.cli.completion import registers, words
from pmo_tui.cli.output import narrate, put_csv, put_json
from pmo_tui.cli.words import check_register, filter_of
from pmo_tui.desk.views.list_names import LISTS
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import REGISTERS
from pmo_tui.wording.languages import _

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.desk.views.view import View


@verb(
    "list",
    N_(
        'The records of a REGISTER or computed list that a FILTER leaves: owner:jan status:open score>=12 due<+2w -tag:legacy "free text".'
    ),
)
@click.argument("register", required=False, shell_complete=registers)
@click.argument("filter", nargs=-1, type=click.UNPROCESSED, shell_complete=words)
@option("--sort", default="", metavar="FIELDS", help=N_("Fields to sort by, such as due,-score."))
@option("--fields", default="", metavar="FIELDS", help=N_("Which fields, separated by commas; “all” for every one."))
@option("--view", "kept", default="", metavar="NAME", help=N_("As a view has it that was kept, yours or everybody's."))
@option("--limit", type=click.IntRange(min=0), default=0, metavar="N", help=N_("At most so many rows; 0 for all."))
@click.pass_context
def list_verb(
    context: click.Context, register: str | None, filter: tuple[str, ...], sort: str, fields: str, kept: str, limit: int
) -> None:
    """The records of a register as JSON, as CSV, or in columns."""
    settings = settings_of(context)
    if register is None:
        _registers(context)
        return
    check_register(register, lists=True)
    desk = desk_of(context)
    words = filter_of(filter)
    if kept:
        words, sort, fields = _as_kept(desk, register, kept, (words, sort, fields))
    view = desk.view(register, words, sort)
    names = _names(view, fields, every=settings.json)
    rows = range(len(view))[: limit or None]
    if settings.json:
        put_json(_flat(view, i, names) for i in rows)
        return
    items = view.fields
    if settings.csv:
        from pmo_tui.desk.files.exporting import table_of

        put_csv(table_of(desk, view, names, rows=rows))
        return
    from pmo_tui.cli.columns import put_columns

    header = [_(items[name].field.label) for name in names]
    put_columns(header, [view.cells(i, names) for i in rows], [items[name].field.right for name in names])
    narrate(_("{shown} of {total}").format(shown=len(rows), total=view.total))


def _as_kept(desk: Desk, register: str, name: str, said: tuple[str, str, str]) -> tuple[str, str, str]:
    """Filter, order and fields of a view that was kept; what was said besides narrows it further, and goes before its order and fields."""
    from pmo_tui.desk.views.fitting import column_of, fitted
    from pmo_tui.desk.views.kept_views import find_view

    items = desk.list_fields(register)
    view, lost = fitted(desk, items, find_view(desk, register, name).view)
    if lost:
        narrate(_("left out, as it is no longer there: {words}").format(words=", ".join(lost)))
    words, sort, fields = said
    order = ",".join(word for word in (view.group, view.sort) if word)
    columns = ",".join(column_of(word)[0] for word in view.columns)
    return " ".join(word for word in (view.filter, words) if word), sort or order, fields or columns


def _registers(context: click.Context) -> None:
    """Without a register: which there are, and how many records each holds."""
    desk = desk_of(context)
    held = [(each.name, each.label, len(desk.store.shelf(each.name))) for each in REGISTERS]
    lists = [(name, desk.list_label(name)) for name in LISTS]
    if settings_of(context).json:
        put_json(
            [{"register": name, "label": label, "records": count} for name, label, count in held]
            + [{"register": name, "label": label, "records": None} for name, label in lists]
        )
        return
    for name, label, count in held:
        click.echo(f"{name:<16} {count:>7}  {_(label)}")
    narrate(_("and computed: {lists}").format(lists=", ".join(name for name, _label in lists)))


def _names(view: View, fields: str, *, every: bool) -> list[str]:
    items = view.fields
    if fields and fields != "all":
        from pmo_tui.desk.views.filter import field_named

        return [field_named(name.strip(), items) for name in fields.split(",") if name.strip()]
    return [name for name, item in items.items() if every or fields == "all" or item.field.shown]


def _flat(view: View, i: int, names: list[str]) -> dict[str, Any]:
    """Fields of a row as scripts get them."""
    from pmo_tui.desk.plain import as_json

    values = view.values(i, names)
    return {name: as_json(values[name]) for name in names}
