"""`pmo import` and `pmo export`."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pmo_tui.cli.command import desk_of, option, settings_of, verb
from pmo_tui.cli.output import narrate, put_json
from pmo_tui.cli.progress import Counter
from pmo_tui.cli.words import filter_of
from pmo_tui.desk.files.formats import Choices
from pmo_tui.desk.files.sources import STDIN, check_names
from pmo_tui.records.errors import Refused, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.wording.languages import _, ngettext
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.desk.files.formats import Prepared
    from pmo_tui.desk.files.importing import ImportPlan, Planned
    from pmo_tui.desk.files.telling import Telling

LISTED = 40
"""How many records an import lists for a person before it only counts; JSON and --all list every one."""


@verb(
    "import",
    N_(
        "Take FILES in, all of them or nothing: plans, e-invoices, orders, tables. The format is recognised by content."
    ),
    author=False,
)
@click.argument("files", nargs=-1, required=True)
@option("--project", default="", metavar="KEY", help=N_("The project that a plan belongs to."))
@option(
    "--as",
    "as_format",
    default="",
    metavar="FORMAT",
    help=N_("mspdi, invoice, order, csv, xlsx, or the register of a table."),
)
@option("--map", "map_file", default="", metavar="FILE", help=N_("Which column is which field (TOML)."))
@option("--dry-run", is_flag=True, help=N_("Show what would be new, changed and unchanged; write nothing."))
@option(
    "--reject", default="", metavar="FILE", help=N_("Write the good rows, and the bad ones with their reasons to FILE.")
)
@option(
    "--return",
    "accept_broken",
    is_flag=True,
    help=N_("Register an invoice that breaks a fatal rule as returned, with the reasons."),
)
@option("--all", "every", is_flag=True, help=N_("List every record."))
@click.pass_context
def import_verb(
    context: click.Context, files: tuple[str, ...], project: str, as_format: str, map_file: str, dry_run: bool, reject: str,
    accept_broken: bool, every: bool,
) -> None:  # fmt: skip
    """Several files in one transaction."""
    from pmo_tui.desk.files.formats import prepare
    from pmo_tui.desk.files.importing import carry_out

    check_names([*files, *([map_file] if map_file else [])])
    if reject == STDIN and len(files) > 1:
        raise WrongUse(
            N_("The wrong rows of several files do not go into one stream."), N_("Name a file: --reject bad.csv")
        )
    desk = desk_of(context, create=True)
    choices = Choices(project, as_format, map_file, bool(reject), accept_broken)
    with Counter(_("records")) as counter:
        prepared = prepare(desk, files, choices, counter.show)
    plan = prepared.plan
    if plan.problems:
        _tell(context, desk, plan, every=every, written=False)
        raise Refused(
            N_("Nothing was imported."),
            _way_out(prepared),
            plan.problems,
        )
    if prepared.rejects:
        _write_rejects(reject, prepared, len(files))
    if not dry_run:
        carry_out(desk, plan)
    _tell(context, desk, plan, every=every, written=not dry_run)


def _way_out(prepared: Prepared) -> str:
    """What to do where something is wrong."""
    if prepared.strange:
        return N_(
            "Mend the file, or say with --map FILE which column is which field; --reject FILE takes the good rows."
        )
    return N_("Mend the file; --reject FILE takes the good rows.") if prepared.tables else N_("Mend the file.")


def _write_rejects(name: str, prepared: Prepared, files: int) -> None:
    """The wrong rows are put down before the good ones are taken in, so that none is lost when the disk is full.

    Rows of several files go into as many, called after them: bad-risks.csv, bad-actions.csv.
    """
    from pmo_tui.desk.files.exporting import table_bytes

    path = Path(name)
    for table, register in zip(prepared.rejects, prepared.registers, strict=True):
        beside = name if files == 1 else str(path.with_name(f"{path.stem}-{Path(table.name).stem}{path.suffix}"))
        _put(beside, table_bytes(table, path.suffix.lstrip(".").casefold()))
        said = ngettext(
            "{count} row of {file} was wrong; mended, it is taken in with: pmo import {name} --as {register}",
            "{count} rows of {file} were wrong; mended, they are taken in with: pmo import {name} --as {register}",
            len(table.rows),
        )
        words = {"file": safe(table.name), "name": safe(beside), "register": register}
        narrate(said.format(count=len(table.rows), **words))


def _put(name: str, data: bytes) -> None:
    """Write a file whole or not at all; `-` is standard output."""
    from pmo_tui.desk.files.exporting import put_file

    if name == STDIN:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        put_file(Path(name).expanduser(), data)


def _tell(context: click.Context, desk: Desk, plan: ImportPlan, *, every: bool, written: bool) -> None:
    changes = [item for item in plan.planned if item.what != "unchanged"]
    counts = {what: plan.count(what) for what in ("new", "changed", "unchanged")}
    if settings_of(context).json:
        put_json({
            **counts, "written": written, "notes": plan.notes, "gone": plan.gone, "problems": [str(each) for each in plan.problems],
            "records": [
                {
                    "key": item.key if written or item.what == "changed" else None, "register": item.incoming.register,
                    "what": item.what, "changes": changed_fields(item),
                }
                for item in changes
            ],
        })  # fmt: skip
        return
    if not plan.problems:
        from pmo_tui.desk.files.telling import Telling

        _list(changes, Telling(desk, plan), every=every)
    for note in plan.notes:
        narrate(_("note: {note}").format(note=safe(note)))
    if plan.gone:
        narrate(_("no longer in the file, left as they are: {keys}").format(keys=", ".join(plan.gone)))
    text = _("{new} new, {changed} changed, {unchanged} unchanged").format(**counts)
    if plan.problems:
        text += "; " + ngettext("{count} wrong", "{count} wrong", len(plan.wrong)).format(count=len(plan.wrong))
    narrate(text + ("" if written else "; " + _("nothing was written")))


def _list(changes: list[Planned], telling: Telling, *, every: bool) -> None:
    for item in changes if every else changes[:LISTED]:
        _line(item, telling)
    if not every and len(changes) > LISTED:
        narrate(_("… and {count} more (--all lists them)").format(count=len(changes) - LISTED))


def changed_fields(item: Planned) -> list[dict[str, Any]]:
    """Field, old and new of a planned change."""
    return [{"field": name, "old": old, "new": new} for name, old, new in item.told()]


def _line(item: Planned, telling: Telling) -> None:
    title = telling.title(item)
    if item.what == "new":
        key = item.incoming.register if "?" in item.key else item.key
        click.echo(f"+ {safe(key)}  " + " · ".join(part for part in (title, *telling.facts(item)) if part))
        return
    click.echo(f"~ {safe(item.key)}  {title}  {safe(item.incoming.place)}")
    for name, old, new in telling.changes(item):
        click.echo(f"    {name}: {old} → {new}")


@verb(
    "export",
    N_("Write records to FILE: risks.csv, projects.xlsx, milestones.ics; - is standard output. A FILTER says which."),
    author=False,
)
@click.argument("file")
@click.argument("filter", nargs=-1, type=click.UNPROCESSED)
@option("--project", default="", metavar="KEY", help=N_("Only what belongs to this project."))
@option(
    "--as",
    "as_format",
    default="",
    metavar="FORMAT",
    help=N_("For -, or another name: risks.csv, projects.xlsx, milestones.ics."),
)
@option("--labels", is_flag=True, help=N_("Column heads in words instead of field names."))
@click.pass_context
def export_verb(
    context: click.Context, file: str, filter: tuple[str, ...], project: str, as_format: str, labels: bool
) -> None:
    """One file out."""
    from pmo_tui.desk.files.exporting import export, target_of

    target = target_of(file, as_format)
    desk = desk_of(context)
    stream = io.BytesIO()
    with Counter(_("records")) as counter:
        count = export(desk, target, stream, filter_of(filter), project, labels=labels, progress=counter.show)
    _put(file, stream.getvalue())
    if file == STDIN:
        return
    if settings_of(context).json:
        put_json({"file": file, "records": count})
    else:
        narrate(_("{count} records in {file}").format(count=count, file=safe(file)))
