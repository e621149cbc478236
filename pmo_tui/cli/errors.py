"""Errors as a person reads them: what is wrong, where, what to do; the exit code says the same to a script."""

from __future__ import annotations

import os
import sys

import click

from pmo_tui.records.errors import Exit, PmoError, Refused
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

SHOWN = 20
"""How many faults of one file are listed before the rest is counted."""


def explain(error: Exception) -> int:
    """Say an expected error on standard error and return its exit code."""
    if isinstance(error, click.ClickException):
        click.echo(f"pmo: {safe(_usage(error))}", err=True)
        if isinstance(error, click.UsageError) and error.ctx is not None:
            click.echo(error.ctx.get_usage(), err=True)
        return Exit.WRONG_USE
    if isinstance(error, PmoError):
        for line in lines_of(error):
            click.echo(line, err=True)
        return error.code
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left of the data goes nowhere
    if isinstance(error, BrokenPipeError):
        return Exit.DONE
    click.echo(f"pmo: {safe(_system(error))}", err=True)
    return Exit.FAILED


def _system(error: Exception) -> str:
    """What the operating system said, and of which file."""
    if isinstance(error, OSError) and error.strerror:
        return ": ".join(str(part) for part in (error.filename, error.strerror) if part)
    return str(error)


def _usage(error: click.ClickException) -> str:
    """What is wrong with the words of the command line."""
    if isinstance(error, click.MissingParameter) and error.param is not None:
        name = error.param.make_metavar(error.ctx) if error.ctx is not None else error.param.human_readable_name
        return _("{name} is missing.").format(name=name)
    return error.format_message()


def lines_of(error: PmoError) -> list[str]:
    """The message, each fault on its own line, and the way out."""
    lines = [safe(error.message.words(_))] if error.message.template else []
    if isinstance(error, Refused):
        lines += [safe(problem.words(_)) for problem in error.problems[:SHOWN]]
        if len(error.problems) > SHOWN:
            lines.append(_("… and {count} more").format(count=len(error.problems) - SHOWN))
    hint = safe(error.hint.words(_))
    return [f"pmo: {line}" for line in lines] + ([f"     {hint}"] if hint else [])


def explain_crash(error: Exception) -> int:
    """A fault of the program: a report in the state folder, one sentence here."""
    from pmo_tui.desk.home.crash import report
    from pmo_tui.desk.home.folders import folders

    path = report(error, folders(os.environ).state)
    click.echo(f"pmo: {_('this is a fault of the program; a report is in {path}').format(path=path)}", err=True)
    return Exit.FAILED
