"""`pmo demo`: a believable portfolio to try the program on."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmo_tui.cli.command import desk_of, option, settings_of, verb
from pmo_tui.cli.output import narrate, put_json
from pmo_tui.cli.progress import Counter
from pmo_tui.desk.opening import configured, speak
from pmo_tui.records.errors import Refused, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import REGISTERS
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.store import Store


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
    settings.store = _place(context, projects, seed)
    if fresh and "://" in settings.store:
        raise WrongUse(N_("--fresh puts files aside; on a server, name another place: ?schema=NAME."))
    path = Path(settings.store)
    desk = desk_of(context, create=True)
    if desk.store.head() and not is_demo(desk.store):
        raise Refused(
            N_("{path} holds records already; the demo needs a store of its own."),
            N_("Name another with --store PATH."),
            path=desk.store.location,
        )
    if fresh and desk.store.head() and not desk.store.read_only:
        desk.store.close()
        _put_aside(path)
        desk = desk_of(context, create=True)
    if not desk.store.head():
        _make(desk, projects, seed)
    elif not settings.json:
        made_on = next(desk.store.since(0)).time.astimezone().date()
        said = _("There is a demo of {count} projects already, made on {day}; --fresh makes a new one.")
        narrate(said.format(count=len(desk.store.shelf("projects")), day=made_on.isoformat()))
    made = len(desk.store.shelf("projects"))
    count = sum(len(desk.store.shelf(register.name)) for register in REGISTERS)
    if settings.json:
        put_json({"store": desk.store.location, "projects": made, "documents": count, "seq": desk.store.head()})
    else:
        narrate(_("{count} records in {path}").format(count=count, path=safe(desk.store.location)))
    if not no_open and not settings.json:
        context.meta["pmo.open"] = settings


def _place(context: click.Context, projects: int, seed: int) -> str:
    """Where the demo is: --store; else a file in PMO_STORE, unless that holds real records; else a place of its own in the data folder."""
    settings = settings_of(context)
    places, config = configured()
    speak(settings, config)
    own = str(places.data / f"demo-{projects}-{seed}.json")
    named = settings.store or os.environ.get("PMO_STORE")
    if not named:
        return own
    if "://" in named:
        return settings.store or own
    path = Path(named).expanduser()
    if settings.store or not path.exists():
        return str(path)
    settings.store = named
    desk = desk_of(context)
    try:
        free = not desk.store.head() or is_demo(desk.store)
    finally:
        desk.store.close()
    return str(path) if free else own


def _make(desk: Desk, projects: int, seed: int) -> None:
    from pmo_tui.desk.demo.build import build

    narrate(_("Making {count} projects in {path} …").format(count=projects, path=safe(desk.store.location)))
    with Counter(_("projects")) as counter:
        build(desk.store, projects=projects, seed=seed, today=desk.today(), progress=counter.show)
    desk.store.checkpoint()


def is_demo(store: Store) -> bool:
    """Whether a store begins with a demo."""
    from pmo_tui.desk.demo.build import NOTE

    first = next(store.since(0), None)
    return first is not None and first.note == NOTE


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
