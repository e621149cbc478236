"""The program's front: global options, and the verbs, each loaded when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from pmo_tui import __version__
from pmo_tui.cli import click_words
from pmo_tui.cli.command import Option, Speaking, global_options, settings_of
from pmo_tui.records.marks import N_
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

VERBS: dict[str, str] = {
    "demo": "demo",
    "import": "files",
    "export": "files",
    "list": "listing",
    "show": "showing",
    "history": "showing",
    "why": "why",
    "add": "writing",
    "set": "writing",
    "delete": "writing",
    "undo": "writing",
    "redo": "writing",
    "report": "report",
    "chase": "chase",
    "verify": "storing",
    "backup": "storing",
    "forget": "forgetting",
    "copy": "copying",
    "grant": "granting",
    "docs": "reference",
    "completion": "completion",
}
"""Each verb and the module of this package that holds it, in the order of the help."""

click_words.speak()


class Verbs(Speaking, click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = VERBS.get(cmd_name)
        if module is None:
            return None
        found: click.Command = getattr(import_module(f"pmo_tui.cli.{module}"), f"{cmd_name}_verb")
        return found

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and args[0] not in VERBS:
            from pmo_tui.wording.suggest import nearest

            near = nearest(args[0], list(VERBS), 1)
            hint = N_("Did you mean {near}?") if near else N_("The verbs are {verbs}.")
            said = N_("There is no verb “{verb}”.")
            raise click.UsageError(
                _(said).format(verb=safe(args[0])) + " " + _(hint).format(near="".join(near), verbs=", ".join(VERBS)),
                ctx,
            )
        return super().resolve_command(ctx, args)


@click.group(
    cls=Verbs,
    invoke_without_command=True,
    help=N_("The project management office in a terminal. Without a verb it opens the app."),
    context_settings={"help_option_names": ["--help", "-h"]},
)
@click.version_option(__version__, prog_name="pmo", cls=Option, help=N_("Show the version and exit."))
@global_options()
@click.pass_context
def main(context: click.Context) -> None:
    """The front door of the command line."""
    if context.invoked_subcommand is None:
        context.meta["pmo.open"] = settings_of(context)
