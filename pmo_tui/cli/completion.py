"""`pmo completion`: the line that lets a shell complete verbs, registers, fields and options."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from pmo_tui.cli.command import verb
from pmo_tui.desk.views.list_names import LISTS
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import REGISTERS, by_name, is_register

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

GIVEN = ("key", "revision", "extra")
"""Fields that nobody sets."""


@verb("completion", N_('Print the completion script of a SHELL: eval "$(pmo completion bash)" in ~/.bashrc.'))
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion_verb(context: click.Context, shell: str) -> None:
    """The script, for a shell to read."""
    from click.shell_completion import get_completion_class

    from pmo_tui.cli import COMPLETION

    found = get_completion_class(shell)
    if found is not None:
        click.echo(found(context.find_root().command, {}, "pmo", COMPLETION).source())


def registers(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Names of registers and computed lists that begin so."""
    names = [*(register.name for register in REGISTERS), *LISTS]
    return _items(name for name in names if name.startswith(begun))


def fields(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Fields of the register named before, as the beginning of `field=`; choices after it."""
    register = context.params.get("register") or ""
    if not is_register(register):
        return []
    known = by_name(register).fields
    name, equals, value = begun.partition("=")
    if equals and name in known:
        return _items(f"{name}={word}" for word in known[name].field.choices if word.startswith(value))
    stored = [name for name, item in known.items() if not item.field.computed and name not in GIVEN]
    return _items(f"{name}=" for name in stored if name.startswith(begun))


def words(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Fields of the register named before, as the beginning of a filter word."""
    register = context.params.get("register") or ""
    names = by_name(register).fields if is_register(register) else {}
    return _items(f"{name}:" for name in names if name.startswith(begun))


def _items(found: Iterable[str]) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(word) for word in found]
