"""The page on the configuration, made of its definition: each key with its meaning, choices and default, and an example that loads."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from msgspec import NODEFAULT, structs

from pmo_tui.analysis.exceptions import LIMITS
from pmo_tui.analysis.rag import THRESHOLDS
from pmo_tui.desk.home.config import CHOICES, Config

KINDS: Mapping[type, str] = {str: "text", bool: "true or false", int: "whole number"}

RULES: Mapping[str, str] = {
    "cost": "per cent over the budget before cost is red",
    "time": "days late before time is red",
    "risk": "net exposure in per cent of the budget before risk is red",
    "used": "per cent of a tolerance that green may use",
    "red_share": "more than this per cent of the budget in red makes a roll-up red",
    "amber_share": "more than this per cent of the budget in amber makes a roll-up amber",
    "worst_of": "yes: a roll-up is as its worst project",
    "slip": "calendar days a milestone may slip before it is an exception",
    "notice": "days before the notice of a contract that it is an exception",
}
"""What each rule of `[rules]` sets."""

EXAMPLE = """\
lang = "nl"
author = "anna"
theme = "high-contrast"
keys = "vim"
profile = "ssh"
report_period = "profile"
over_percent = 110

[rules]
cost = "8"
slip = "15"
worst_of = "yes"

[tolerances]
price = "2% 50"
licences = "0%"

[keymap]
undo = "u,f12"
new = "insert"
"""
"""A file as somebody may have it."""


class Setting(NamedTuple):
    """A key of the configuration: its name, its meaning, what it takes, what it is where nothing is said."""

    name: str
    meaning: str
    takes: str
    default: str


def settings() -> Iterator[Setting]:
    """Every key in order."""
    meanings = _meanings()
    for part in structs.fields(Config):
        table = part.default is NODEFAULT
        takes = "table of texts" if table else _takes(part.name, type(part.default))
        yield Setting(part.name, meanings[part.name], takes, "" if table else _written(part.default))


def page() -> str:
    """The page as Markdown."""
    parts = [
        "# Configuration",
        "",
        "Made by `./pmo docs` from the definition of the configuration. One file, `~/.config/pmo_tui/config.toml` (`XDG_CONFIG_HOME` moves"
        " it); the program reads it when it starts and never writes it. A key or value that is not understood is named, with what it could"
        " have been, and nothing starts.",
        "",
        "| key | what it sets | takes | by itself |",
        "|---|---|---|---|",
        *(f"| `{each.name}` | {_cell(each.meaning)} | {_cell(each.takes)} | {each.default} |" for each in settings()),
        "",
        "A theme that is chosen in the program (`:theme`) is kept for the next start, until `theme` here says another than it did then.",
        "",
        "## `[rules]`",
        "",
        "| rule | what it sets | by itself |",
        "|---|---|---|",
        *(f"| `{name}` | {RULES[name]} | {_written(default)} |" for name, default in rules().items()),
        "",
        "## `[tolerances]`",
        "",
        "`price` is for everything, any other name for order lines with that cost type: per cent of the price, and money per invoice line;"
        " with both, both must hold.",
        "",
        "## `[keymap]`",
        "",
        "Keys by the id of an action, several between commas, none for an action that only `:` shall find. The ids, the keys and the"
        " presets: [keys](keys.md).",
        "",
        "## An example",
        "",
        "```toml",
        EXAMPLE.rstrip(),
        "```",
        "",
    ]
    return "\n".join(parts)


def rules() -> dict[str, object]:
    """The rules with what they are where nothing is said."""
    return {part.name: getattr(each, part.name) for each in (THRESHOLDS, LIMITS) for part in structs.fields(each)}


def _meanings() -> dict[str, str]:
    """What stands under each field of the definition."""
    body = ast.parse(inspect.getsource(Config)).body[0]
    assert isinstance(body, ast.ClassDef)
    found = {}
    for field, below in zip(body.body, body.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(below, ast.Expr):
            found[field.target.id] = str(ast.literal_eval(below.value))
    return found


def _takes(name: str, kind: type) -> str:
    choices = CHOICES.get(name)
    return ", ".join(f"`{word}`" for word in choices if word) if choices else KINDS[kind]


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    return f"`{value}`" if value != "" else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
