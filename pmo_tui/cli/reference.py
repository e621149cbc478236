"""`pmo docs`: the reference of keys, fields, verbs, filters and configuration, made from the definitions; it cannot go stale unnoticed."""

from __future__ import annotations

from pathlib import Path

import click

from pmo_tui.cli.command import option, verb
from pmo_tui.records.errors import PmoError
from pmo_tui.records.marks import N_
from pmo_tui.wording.languages import _, speaking

WIDTH = 120


@verb("docs", N_("Write the reference of keys, fields, verbs, filters and configuration into FOLDER."))
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
    """The generated pages by file name, in English whatever is spoken."""
    from pmo_tui.desk.field_reference import field_reference
    from pmo_tui.desk.home.config_reference import page as configuration
    from pmo_tui.desk.views.filter_reference import page as filters
    from pmo_tui.keymaps import reference as keys

    with speaking("en"):
        return {
            "keys.md": keys(),
            "fields.md": field_reference(),
            "verbs.md": verbs(),
            "filters.md": filters(),
            "configuration.md": configuration(),
        }


def verbs() -> str:
    """Every verb with its help and its own options, as the command line prints them; those that all have stand once, at the top."""
    from pmo_tui.cli.main import VERBS, main

    root = click.Context(main, info_name="pmo", terminal_width=WIDTH, max_content_width=WIDTH)
    common = {option.name or "" for option in main.params}
    parts = [
        "# The command line",
        "",
        "Made by `./pmo docs` from the verbs themselves.",
        "",
        "## Before or after every verb",
        "",
    ]
    parts += _options([option for option in main.params if isinstance(option, click.Option)], root)
    parts += ["", "`--as` behind `import` and `export` is the format; there the author is named before the verb."]
    for name in VERBS:
        command = main.get_command(root, name)
        if command is not None:
            parts += _section(command, click.Context(command, info_name=name, parent=root), common)
    return "\n".join(parts)


def _section(command: click.Command, context: click.Context, common: set[str]) -> list[str]:
    usage = context.get_usage().removeprefix("Usage: ").replace("[OPTIONS] ", "").replace(" [OPTIONS]", "")
    own = [option for option in command.params if isinstance(option, click.Option) and option.name not in common]
    return ["", f"## {command.name}", "", f"`{usage}`", "", command.help or "", "", *_options(own, context)]


def _options(options: list[click.Option], context: click.Context) -> list[str]:
    """A table row an option."""
    records = [option.get_help_record(context) for option in options]
    rows = [f"| `{_cell(names)}` | {_cell(help)} |" for names, help in filter(None, records)]
    return ["| option | what it does |", "|---|---|", *rows] if rows else []


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
