"""`field=text` and `field:=JSON` on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_


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
        if name.endswith(":"):
            given[name[:-1]] = _json(name[:-1], text)
        else:
            typed[name] = text
    return typed, given


def _json(name: str, text: str) -> Any:
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_no_constant)
    except ValueError as error:
        hint = N_("Inside single quotes: {name}:='[1, \"two\"]'.")
        raise WrongUse(N_("{name}:= is not JSON: {why}"), hint, name=name, why=error) from error


def _no_constant(word: str) -> Any:
    raise ValueError(f"{word} is not a value")
