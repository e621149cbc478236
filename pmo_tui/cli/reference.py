"""`pmo docs`: the reference of keys and fields, made from the definitions; it cannot go stale unnoticed."""

from __future__ import annotations

from pathlib import Path

import click

from pmo_tui.cli.command import option, verb
from pmo_tui.records.errors import PmoError
from pmo_tui.records.marks import N_
from pmo_tui.wording.languages import _


@verb("docs", N_("Write the reference of keys, fields and verbs into FOLDER."))
@click.argument("folder", type=click.Path(file_okay=False), default="docs")
@option("--check", is_flag=True, help=N_("Write nothing; fail when a page is not as it would be written."))
def docs_verb(folder: str, check: bool) -> None:
    """The pages that are made from the definitions."""
    for name, text in pages().items():
        path = Path(folder) / name
        if check:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                raise PmoError(N_("{path} is out of date."), N_("./pmo docs writes it again."), path=path)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            click.echo(_("written: {path}").format(path=path), err=True)


def pages() -> dict[str, str]:
    """The generated pages by file name."""
    from pmo_tui.actions import reference as keys
    from pmo_tui.desk.field_reference import field_reference

    return {"keys.md": keys(), "fields.md": field_reference(), "verbs.md": verbs()}


def verbs() -> str:
    """Every verb with its help, as the command line prints it."""
    from pmo_tui.cli.main import VERBS, main

    root = click.Context(main, info_name="pmo")
    parts = ["# The command line", "", "Made by `./pmo docs` from the verbs themselves.", ""]
    for name in VERBS:
        command = main.get_command(root, name)
        if command is not None:
            context = click.Context(command, info_name=name, parent=root, terminal_width=100, max_content_width=100)
            parts += [f"## {name}", "", "```", command.get_help(context), "```", ""]
    return "\n".join(parts)
