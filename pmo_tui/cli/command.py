"""What every verb has: the global options before or after it, help in the language in use, and errors in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from pmo_tui.desk.opening import Settings

WORDS = {"ignore_unknown_options": True, "help_option_names": ["-h", "--help"]}


def _keep(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
    if value not in (None, False):
        setattr(settings_of(context), parameter.name or "", value)
    return value


def settings_of(context: click.Context) -> Settings:
    """The settings of this run, shared by the program and its verb."""
    settings: Settings = context.find_root().ensure_object(Settings)
    return settings


def _option(*names: str, help: str, **more: Any) -> Callable[[Any], Any]:
    return click.option(*names, help=help, expose_value=False, callback=_keep, **more)


_AUTHOR = _option("--as", "author", metavar="NAME", help="In whose name to write (or PMO_USER).")
_OPTIONS = (
    _option("--store", metavar="PATH|URL", help="The store (or PMO_STORE)."),
    _option("--at", metavar="DATE", help="As it was known then, read-only."),
    _option("--json", is_flag=True, help="JSON on standard output, for scripts."),
    _option("--csv", is_flag=True, help="CSV on standard output."),
    _option("--lang", type=click.Choice(["en", "nl"]), help="Language of messages."),
    _option("--read-only", is_flag=True, help="Open the store without writing to it."),
)


def global_options(*, author: bool = True) -> Callable[[Any], Any]:
    """The options every verb takes. `import` and `export` use --as for the format; there the author is named before the verb."""

    def dress(function: Any) -> Any:
        for option in reversed((*_OPTIONS, *([_AUTHOR] if author else []))):
            function = option(function)
        return function

    return dress
