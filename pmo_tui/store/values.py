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


SUSPECT = (b"null", b"NaN", b"Infinity")
"""What an encoded number that cannot be kept leaves behind: NaN and infinite floats become null, amounts a word."""


def encoded(document: Mapping[str, Any], place: str) -> bytes:
    """The bytes of a document; Refused, by field, for what cannot be kept: NaN, half a character, an object.

    Amounts become text and dates ISO text, as everywhere in the store. `place` is named in the refusal.
    """
    try:
        data = encode(document)
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        check(document, "", place)
        raise _refused(N_("{value} cannot be kept as a value"), error, "", place) from None
    if any(word in data for word in SUSPECT):
        check(document, "", place)
    return data


def check(value: Any, field: str, place: str) -> None:
    """Refused where a value has no form in JSON that reads back as the same."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            if not isinstance(name, str):
                raise _refused(N_("{value} is not a field name"), name, field, place)
            check(name, field, place)
            check(item, f"{field}.{name}" if field else name, place)
    elif isinstance(value, list | tuple):
        for item in value:
            check(item, field, place)
    elif isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            reason = N_("{value} holds half a character (a lone surrogate)")
            raise _refused(reason, ascii(value), field, place) from None
    elif isinstance(value, float | Decimal):
        if not math.isfinite(value):
            raise _refused(N_("{value} is not a number that can be kept"), value, field, place)
    elif value is not None and not isinstance(value, bool | int | date):
        raise _refused(N_("{value} cannot be kept as a value"), value, field, place)


def _refused(reason: str, value: object, field: str, place: str) -> Refused:
    return Refused(problems=[Problem(Said(reason, {"value": str(value)}), field, place)])


NESTED = frozenset({dict, list})
"""Types of which equal values may differ within, such as [1] and [1.0]."""


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are the same, where 1, 1.0 and true are three different ones."""
    if one != other or one.__class__ is not other.__class__:
        return False
    return one.__class__ not in NESTED or encode(one) == encode(other)


def at_path(document: Any, path: Sequence[str]) -> Iterator[Any]:
    """The values at a path of field names; lists on the way and at the end are walked, what is empty is left out."""
    if isinstance(document, dict) and path:
        inside = document.get(path[0])
        if inside is not None:
            yield from at_path(inside, path[1:])
    elif isinstance(document, list):
        for item in document:
            yield from at_path(item, path)
    elif document is not None and not path:
        yield document


def field_reader(name: str) -> Callable[[msgspec.Raw], Any]:
    """A reader of one top-level field of undecoded documents, several times quicker than decoding them whole."""
    only = msgspec.defstruct("Only", [("value", Any, msgspec.field(name=name, default=None))])
    read = msgspec.json.Decoder(only).decode

    def value(raw: msgspec.Raw) -> Any:
        return read(raw).value  # type: ignore[attr-defined]  # the class is made here, from a name known only now

    return value
