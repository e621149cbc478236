"""`pmo demo`: a believable portfolio to try the program on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pmo_tui.cli.command import desk_of, option, settings_of, verb
from pmo_tui.cli.output import narrate, put_json
from pmo_tui.cli.progress import Counter
from pmo_tui.desk.opening import configured, speak
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import REGISTERS
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe


@verb(
    "demo",
    N_("Make a portfolio of invented projects with plans, reports, risks, orders, invoices and people, and open it."),
)
@option(
    "--projects",
    type=click.IntRange(1, 2000),
    default=12,
    metavar="N",
    show_default=True,
    help=N_("How many projects."),
)
@option(
    "--seed",
    type=int,
    default=1,
    metavar="S",
    show_default=True,
    help=N_("The same seed gives the same data on the same day."),
)
@option("--no-open", is_flag=True, help=N_("Make it, but do not open the app."))
@option("--fresh", is_flag=True, help=N_("Put an older demo in this place aside and make a new one."))
@click.pass_context
def demo_verb(context: click.Context, projects: int, seed: int, no_open: bool, fresh: bool) -> None:
    """A store of its own with a demo in it."""
    settings = settings_of(context)
    places, config = configured()
    speak(settings, config)
    if settings.store is None:
        settings.store = str(places.data / f"demo-{projects}-{seed}.json")
    path = Path(settings.store).expanduser()
    if fresh and settings.at is None and not settings.read_only:
        _put_aside(path)
    desk = desk_of(context, create=True)
    if not desk.store.head():
        from pmo_tui.desk.demo.build import build

        narrate(_("Making {count} projects in {path} …").format(count=projects, path=safe(path)))
        with Counter(_("projects")) as counter:
            build(desk.store, projects=projects, seed=seed, today=desk.today(), progress=counter.show)
        desk.store.checkpoint()
    made = len(desk.store.shelf("projects"))
    count = sum(len(desk.store.shelf(register.name)) for register in REGISTERS)
    if settings.json:
        put_json({"store": str(path), "projects": made, "documents": count, "seq": desk.store.head()})
    else:
        narrate(_("{count} records in {path}").format(count=count, path=safe(path)))
    if not no_open and not settings.json:
        context.meta["pmo.open"] = settings


def _put_aside(path: Path) -> None:
    """Rename the files of an older demo, so that nothing is lost."""
    stamp = f"{date.today():%Y%m%d}"
    number = 1
    while (path.parent / f"{path.name}.old-{stamp}-{number}").exists():
        number += 1
    folder = path.parent / f"{path.name}.old-{stamp}-{number}"
    found = [each for each in path.parent.glob(f"{path.name}*") if each.is_file()]
    if found:
        folder.mkdir()
        for each in found:
            each.rename(folder / each.name)
