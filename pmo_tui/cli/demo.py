"""`pmo demo`: a believable portfolio to try the program on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pmo_tui.cli.command import WORDS, global_options, settings_of
from pmo_tui.cli.output import narrate, put_json
from pmo_tui.cli.progress import Counter
from pmo_tui.desk.opening import configured, open_desk, speak
from pmo_tui.records.registers import REGISTERS
from pmo_tui.wording.languages import _


@click.command("demo", context_settings=WORDS)
@global_options()
@click.option("--projects", type=click.IntRange(1, 2000), default=12, show_default=True, help="How many projects.")
@click.option(
    "--seed", type=int, default=1, show_default=True, help="The same seed gives the same data on the same day."
)
@click.option("--no-open", is_flag=True, help="Make it, but do not open the app.")
@click.option("--fresh", is_flag=True, help="Put an older demo in this place aside and make a new one.")
@click.pass_context
def demo_verb(context: click.Context, projects: int, seed: int, no_open: bool, fresh: bool) -> None:
    """Make a portfolio of invented projects with plans, reports, risks, orders, invoices and people, and open it."""
    settings = settings_of(context)
    places, config = configured()
    speak(settings, config)
    if settings.store is None:
        settings.store = str(places.data / f"demo-{projects}-{seed}.json")
    path = Path(settings.store)
    if fresh:
        _put_aside(path)
    desk = open_desk(settings)
    if not desk.store.head():
        from pmo_tui.desk.demo.build import build

        narrate(_("Making {count} projects in {path} …").format(count=projects, path=path))
        with Counter(_("projects")) as counter:
            build(desk.store, projects=projects, seed=seed, today=desk.today(), progress=counter.show)
        desk.store.checkpoint()
    count = sum(len(desk.store.shelf(register.name)) for register in REGISTERS)
    if settings.json:
        put_json({"store": str(path), "projects": projects, "documents": count})
    else:
        narrate(_("{count} records in {path}").format(count=count, path=path))
    desk.store.close()
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
