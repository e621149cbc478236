"""Between records and the documents of the store: validation on the way in, decoding on the way out.

What comes from forms, files and the command line passes `validated`; what the store holds was validated before and is decoded
straight into its class.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from threading import Lock
from typing import Any, TypeVar

import msgspec

from pmo_tui.records.base import Record
from pmo_tui.records.errors import Fault, Problem, Refused, Said
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import Register
from pmo_tui.records.schema import fields_of

C = TypeVar("C")
Document = dict[str, Any]
"""A record as the store keeps it: JSON values, empty fields left out, amounts as decimal text, dates as ISO text."""


def document_of(record: Any) -> Document:
    """The document of a record or of a row inside one. Fields that hold nothing are left out."""
    plain: Document = msgspec.to_builtins(record)
    return {name: _compact(value) for name, value in plain.items() if value not in (None, "", [], {})}


def _compact(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _compact(inner) for name, inner in value.items() if inner not in (None, "", [], {})}
    if isinstance(value, list):
        return [_compact(inner) for inner in value]
    return value


def record_of(register: Register, document: Mapping[str, Any]) -> Record:
    """The record that a stored document holds."""
    found: Record = msgspec.convert(document, ready(register.cls), builtin_types=())
    return found


_READY: set[type[Any]] = set()
_ONE_AT_A_TIME = Lock()


def ready(cls: type[C]) -> type[C]:
    """The class, known to msgspec: it reads a class when it first meets it, and falls over when two threads let it do so at once."""
    if cls not in _READY:
        with _ONE_AT_A_TIME:
            msgspec.json.Decoder(cls)
            _READY.add(cls)
    return cls


_ADAPTERS: dict[type[Any], Any] = {}


def _adapter(cls: type[Any]) -> Any:
    # what other packages would add to pydantic is not looked for: it takes longer than a commit, and nothing foreign is to run here
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from pydantic import TypeAdapter

    if cls not in _ADAPTERS:
        _ADAPTERS[cls] = TypeAdapter(cls)
    return _ADAPTERS[cls]


def validated(register: Register, values: Mapping[str, Any], *, place: str = "") -> Record:
    """The record made of `values`, each checked by its field; Refused with one `Problem` a fault, all of them at once."""
    problems = [
        Problem(unknown_field(name, register.fields), name, place) for name in values if name not in register.fields
    ]
    given = {name: value for name, value in values.items() if name in register.fields and value is not None}
    for name in [name for name in given if register.fields[name].field.computed]:
        problems.append(Problem(N_("is computed and cannot be set"), name, place))
        given.pop(name)
    record, faults = check(register.cls, given, place)
    problems += faults
    if problems or record is None:
        raise Refused(problems=problems)
    found: Record = record
    return found


def check(cls: type[Any], values: Mapping[str, Any], place: str = "") -> tuple[Any, list[Problem]]:
    """Validate `values` as `cls`: the object and no problems, or None and the problems."""
    from pydantic import ValidationError

    required = {name for name, item in fields_of(cls).items() if item.required}
    blank = [name for name in required if isinstance(values.get(name), str) and not values[name].strip()]
    if blank:
        return None, [Problem(N_("is needed"), name, place) for name in blank]
    try:
        return _adapter(cls).validate_python(dict(values)), []
    except ValidationError as error:
        return None, [_problem(fault, place) for fault in error.errors(include_url=False)]


REASONS = {
    "missing": N_("is needed"),
    "missing_argument": N_("is needed"),
    "missing_keyword_only_argument": N_("is needed"),
    "unexpected_keyword_argument": N_("is not a field here"),
    "list_type": N_("a list is expected"),
    "dict_type": N_("an object is expected"),
    "dataclass_type": N_("an object is expected"),
}


def _problem(fault: Any, place: str) -> Problem:
    where = [str(part + 1) if isinstance(part, int) else str(part) for part in fault["loc"]]
    error = fault.get("ctx", {}).get("error")
    reason = error.reason if isinstance(error, Fault) else str(error or REASONS.get(fault["type"]) or fault["msg"])
    return Problem(reason, ".".join(where), place)


def unknown_field(name: str, known: Mapping[str, Any]) -> Said:
    """Why `name` is not a field, and the nearest one that is."""
    import difflib

    near = difflib.get_close_matches(name, list(known), 1, 0.6)
    if near:
        return Said(N_("is not a field here; did you mean {near}?"), {"near": near[0]})
    return Said(N_("is not a field here; the fields are {fields}"), {"fields": ", ".join(known)})


def empty(cls: type[Any]) -> Document:
    """The default values of a class, for a form that starts blank."""
    return {part.name: found.default for part in dataclass_fields(cls) if (found := fields_of(cls).get(part.name))}
