"""The JSON values of documents: made plain before they are kept, compared exactly, found by a dotted path."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from pmo_tui.records.errors import Problem, Refused, Said
from pmo_tui.records.marks import N_

Json = dict[str, Any]
"""A document: field names and JSON values."""

encode: Callable[[Any], bytes] = msgspec.json.Encoder(order="sorted").encode
"""JSON with sorted names, so that the same document is always the same bytes."""

decode: Callable[[bytes | msgspec.Raw], Any] = msgspec.json.Decoder().decode


def plain(value: Any, field: str, place: str) -> Any:
    """`value` as the JSON value that reading it back gives; Refused where there is none (NaN, half a character, an
    object).

    Amounts become text and dates ISO text, as everywhere in the store. `field` and `place` are named in the refusal.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return _whole(value, field, place)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise _refused(N_("{value} is not a number that can be kept"), value, field, place)
        return value
    if isinstance(value, Mapping):
        return {
            _name(key, field, place): plain(item, f"{field}.{key}" if field else str(key), place)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [plain(item, field, place) for item in value]
    if isinstance(value, Decimal) and value.is_finite():
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    raise _refused(N_("{value} cannot be kept as a value"), value, field, place)


def _whole(text: str, field: str, place: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _refused(N_("{value} holds half a character (a lone surrogate)"), ascii(text), field, place) from None
    return text


def _name(name: object, field: str, place: str) -> str:
    if not isinstance(name, str):
        raise _refused(N_("{value} is not a field name"), name, field, place)
    return _whole(name, field, place)


def _refused(reason: str, value: object, field: str, place: str) -> Refused:
    return Refused(problems=[Problem(Said(reason, {"value": str(value)}), field, place)])


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are the same, where 1, 1.0 and true are three different ones."""
    if type(one) is not type(other) or one != other:
        return False
    return not isinstance(one, dict | list) or encode(one) == encode(other)


def at_path(document: Any, path: Sequence[str]) -> Iterator[Any]:
    """The values at a path of field names; lists on the way and at the end are walked, what is empty is left out."""
    if isinstance(document, list):
        for item in document:
            yield from at_path(item, path)
    elif not path:
        if document is not None:
            yield document
    elif isinstance(document, dict):
        yield from at_path(document.get(path[0]), path[1:])


def field_reader(name: str) -> Callable[[msgspec.Raw], Any]:
    """A reader of one top-level field of undecoded documents, several times quicker than decoding them whole."""
    only = msgspec.defstruct("Only", [("value", Any, msgspec.field(name=name, default=None))])
    read = msgspec.json.Decoder(only).decode

    def value(raw: msgspec.Raw) -> Any:
        return read(raw).value  # type: ignore[attr-defined]  # the class is made here, from a name known only now

    return value
