"""`pmo completion`: the line that lets a shell complete verbs, registers, fields and options."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem, get_completion_class

from pmo_tui.cli.command import WORDS, global_options
from pmo_tui.records.registers import REGISTERS, by_name, is_register

VARIABLE = "_PMO_COMPLETE"
"""The environment variable through which a shell asks this program for completions."""


@click.command("completion", context_settings=WORDS)
@global_options()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion_verb(context: click.Context, shell: str) -> None:
    """Print the completion script of a SHELL: eval "$(pmo completion bash)" in ~/.bashrc."""
    found = get_completion_class(shell)
    if found is not None:
        click.echo(found(context.find_root().command, {}, "pmo", VARIABLE).source())


def registers(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Register names that begin so."""
    return [CompletionItem(register.name) for register in REGISTERS if register.name.startswith(begun)]


def fields(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Fields of the register named before, as the beginning of `field=`; choices after it."""
    register = context.params.get("register") or ""
    if not is_register(register):
        return []
    known = by_name(register).fields
    name, equals, value = begun.partition("=")
    if equals and name in known:
        return [CompletionItem(f"{name}={word}") for word in known[name].field.choices if word.startswith(value)]
    stored = (
        name for name, item in known.items() if not item.field.computed and name not in ("key", "revision", "extra")
    )
    return [CompletionItem(f"{name}=") for name in stored if name.startswith(begun)]


def words(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Fields of the register named before, as the beginning of a filter word."""
    register = context.params.get("register") or ""
    names = by_name(register).fields if is_register(register) else {}
    return [CompletionItem(f"{name}:") for name in names if name.startswith(begun)]
