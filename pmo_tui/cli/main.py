"""The program's front: global options, and the verbs, each loaded when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from pmo_tui import __version__
from pmo_tui.cli.command import WORDS, global_options

VERBS: dict[str, str] = {
    "demo": "demo",
    "import": "files",
    "export": "files",
    "list": "reading",
    "show": "reading",
    "history": "reading",
    "add": "writing",
    "set": "writing",
    "delete": "writing",
    "undo": "writing",
    "redo": "writing",
    "verify": "storing",
    "backup": "storing",
    "docs": "reference",
    "completion": "completion",
}
"""Each verb and the module of this package that holds it, in the order of the help."""


class Verbs(click.Group):
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
            import difflib

            near = difflib.get_close_matches(args[0], VERBS, 1, 0.5)
            raise click.UsageError(f"There is no verb “{args[0]}”." + (f" Did you mean “{near[0]}”?" if near else ""))
        return super().resolve_command(ctx, args)


@click.group(cls=Verbs, invoke_without_command=True, context_settings={**WORDS, "ignore_unknown_options": False})
@click.version_option(__version__, prog_name="pmo")
@global_options()
@click.pass_context
def main(context: click.Context) -> None:
    """The project management office in a terminal. Without a verb it opens the app."""
    if context.invoked_subcommand is None:
        from pmo_tui.cli.command import settings_of

        context.meta["pmo.open"] = settings_of(context)
