"""The filter language, the same behind `/`, in views and on the command line.

`owner:jan status:open score>=12 due<+2w amount>10k -tag:legacy "free text"`: words that all must hold; `-` turns one round.
`field:value` holds or contains, `field=value` is exactly, a comma offers several, `field:none` is empty and `field:any` is not.
`@me`, `@mine` and `@P-3` (a node of the tree by key, code or name) leave what belongs there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from pmo_tui.exchange.headers import wordings
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.schema import FieldOf

TOKEN = re.compile(r'(?:[^\s"]|"[^"]*(?:"|$))+')
"""A word; blanks inside quotes belong to it, and a quote that is not closed yet goes on to the end."""
TERM = re.compile(r"(-?)([^\W\d][\w.-]*)(<=|>=|!=|<|>|=|:)(.*)", re.DOTALL)
SCOPE_WORD = re.compile(r"(-?)@(.+)", re.DOTALL)
ALIASES = {"tag": "tags", "id": "key", "done": "percent_complete", "pred": "predecessors"}
NUMERIC = frozenset({"number", "money", "percent", "hours"})
"""Kinds of fields in which a comma between digits is part of the number: 1,250.00."""
FREE_TEXT = "*"
SCOPE = "@"


class Term(Struct, frozen=True):
    """One word of a filter: `field` (`*` for free text), operator, the values of which one must hold, whether it is turned round."""

    field: str
    operator: str
    values: tuple[str, ...]
    negated: bool = False
    word: str = ""


def parse_filter(text: str, fields: Mapping[str, FieldOf]) -> list[Term]:
    """The terms of `text`; WrongUse names the word that is not understood and what it could have been."""
    return [_term(word, fields) for word in TOKEN.findall(text)]


def _term(word: str, fields: Mapping[str, FieldOf]) -> Term:
    scope = SCOPE_WORD.fullmatch(word)
    if scope is not None:
        return Term(SCOPE, ":", (_unquoted(scope[2]),), bool(scope[1]), word)
    found = TERM.fullmatch(word)
    if found is None or word.startswith('"'):
        negated = word.startswith("-") and len(word) > 1
        return Term(FREE_TEXT, ":", (_unquoted(word[1:] if negated else word),), negated, word)
    minus, name, operator, value = found.groups()
    if operator == ":" and value.startswith("//"):
        return Term(FREE_TEXT, ":", (_unquoted(word.removeprefix("-")),), bool(minus), word)
    field = field_named(name, fields)
    negated = bool(minus) != (operator == "!=")
    several = operator in (":", "=", "!=")
    parts = _split(value, numeric=fields[field].field.kind in NUMERIC) if several else [value]
    return Term(field, "=" if operator == "!=" else operator, tuple(map(_unquoted, parts)), negated, word)


def _split(value: str, *, numeric: bool) -> list[str]:
    """At the commas that stand outside quotes; in a number a comma between digits is part of it."""
    word = r'[^,"]|"[^"]*(?:"|$)' + (r"|(?<=\d),(?=\d)" if numeric else "")
    return re.findall(rf"(?:{word})+", value) or [""]


def _unquoted(text: str) -> str:
    return text.replace('"', "")


def field_named(name: str, fields: Mapping[str, FieldOf]) -> str:
    """The field that `name` means: its name, its label in any of our languages, or the only one it begins."""
    wanted = label(name)
    wanted = wanted if wanted in fields else ALIASES.get(wanted, wanted)
    if wanted in fields:
        return wanted
    labels: dict[str, str] = {}
    for key, item in fields.items():
        for said in wordings(item.field.label):
            labels.setdefault(label(said), key)
    if wanted in labels:
        return labels[wanted]
    begun = sorted(
        {key for key in fields if key.startswith(wanted)} | {labels[each] for each in labels if each.startswith(wanted)}
    )
    if len(begun) == 1:
        return begun[0]
    if begun:
        raise WrongUse(
            N_("“{name}” could be {fields}."), N_("Write a little more of it."), name=name, fields=", ".join(begun)
        )
    from pmo_tui.wording.suggest import nearest

    near = nearest(wanted, [*fields, *labels])
    hint = N_("Did you mean {near}?") if near else N_("The fields are {fields}.")
    near = [labels.get(word, word) for word in near]
    raise WrongUse(
        N_("There is no field “{name}” here."),
        hint,
        name=name,
        near=", ".join(dict.fromkeys(near)),
        fields=", ".join(fields),
    )


def label(text: str) -> str:
    """A label as one word of the filter language."""
    return text.casefold().replace(" ", "_").replace("-", "_")
