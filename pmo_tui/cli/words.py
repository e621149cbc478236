"""The words of a verb: registers, `field=text`, `field:=JSON`, and the shell's words as a filter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pmo_tui.desk.views.list_names import LISTS, is_list
from pmo_tui.records.errors import NotFound, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import REGISTERS, by_name, is_register

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.records.schema import FieldOf

TERM = re.compile(r"-?[^\W\d][\w.-]*(<=|>=|!=|<|>|=|:)")


def check_register(name: str, *, lists: bool = False) -> None:
    """NotFound where there is no register of that name (or computed list, with `lists`), with what it could have been."""
    if is_register(name) or (lists and is_list(name)):
        return
    from pmo_tui.wording.suggest import nearest

    near = nearest(name, [*(register.name for register in REGISTERS), *(LISTS if lists else ())], 1)
    if not near:
        by_name(name)
    raise NotFound(N_("There is no register “{name}”."), N_("Did you mean {near}?"), name=name, near=near[0])


def assignments(words: Iterable[str]) -> tuple[dict[str, str], dict[str, Any]]:
    """Typed texts and JSON values by field; WrongUse names the word that is neither."""
    typed: dict[str, str] = {}
    given: dict[str, Any] = {}
    for word in words:
        name, equals, text = word.partition("=")
        if not equals or not name:
            raise WrongUse(
                N_("“{word}” is not field=value."), N_("Write it as title=\"A text\" or lines:='[…]'."), word=word
            )
        field = name.removesuffix(":")
        if field in typed or field in given:
            raise WrongUse(N_("{field} is given twice."), N_("Leave one out."), field=field)
        if name.endswith(":"):
            given[field] = _json(field, text)
        else:
            typed[field] = text
    return typed, given


def with_keys(desk: Desk, register: str, typed: dict[str, str]) -> dict[str, str]:
    """Typed texts in which a word that only one record's name has (`owner=jan`), or `me`, stands for that record's key."""
    fields = desk.fields(register)
    return {name: _key(desk, fields[name], text) if name in fields else text for name, text in typed.items()}


def _key(desk: Desk, item: FieldOf, text: str) -> str:
    if item.field.kind != "reference" or not text.strip():
        return text
    try:
        return desk.find(text, item.field.refers)
    except (NotFound, WrongUse):
        from pmo_tui.desk.mentions import ME, resolve

        word = text.strip().removeprefix("@").casefold()
        key = resolve(desk, item.field.refers, word).key
        if key is None or not (word in ME or any(each.startswith(word) for each in desk.title(key).casefold().split())):
            return text
        return key


def _json(name: str, text: str) -> Any:
    import json
    from decimal import Decimal

    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        hint = N_("Inside single quotes: {name}:='[1, \"two\"]'.")
        raise WrongUse(N_("{name}:= is not JSON: {why}"), hint, name=name, why=error) from error


def _no_constant(word: str) -> Any:
    raise ValueError(f"{word} is not a value")


def filter_of(words: Iterable[str]) -> str:
    """The words of the shell as one filter. The shell took quotes away; where a word holds blanks they are set again."""
    return " ".join(_quoted(word) for word in words)


def _quoted(word: str) -> str:
    """`owner:jan de boer` is one term and `owner:jan status:open` two; without any field it is one free text."""
    if not any(letter.isspace() for letter in word) or '"' in word:
        return word
    term = TERM.match(word)
    if any(TERM.match(other) for other in word.split()[1:]):
        return word
    if term is None:
        return f'-"{word[1:]}"' if word.startswith("-") else f'"{word}"'
    value = word[term.end() :]
    values = [value] if term[1] in ("<", "<=", ">", ">=") else value.split(",")
    return term[0] + ",".join(f'"{each.strip()}"' for each in values)
