"""What click says by itself, in the language in use: headings of the help, and what is wrong with words of the command line."""

from __future__ import annotations

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

from pmo_tui.records.marks import N_
from pmo_tui.wording.languages import _

SAID = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
    N_("{name} {filename!r} does not exist."),
    N_("{name} {filename!r} is a directory."),
    N_("{name} {filename!r} is not readable."),
    N_("Option {name!r} does not take a value."),
    N_("default: {default}"),
)
"""Click's own messages that an officer may meet; what is not among them stays English."""


def speak() -> None:
    """Let click look its messages up where the program does. Its modules hold the function they translate with as `_`."""
    for module in (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types):
        if hasattr(module, "_"):
            setattr(module, "_", _)  # noqa: B010  # a name of the module that its types do not show
