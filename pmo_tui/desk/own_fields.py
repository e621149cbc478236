"""User-defined fields beside the built-in ones: their descriptions, and their values in `extra`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from pmo_tui.records.errors import Fault, NotFound, Problem
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import Register, by_name, is_register
from pmo_tui.records.schema import FieldOf

if TYPE_CHECKING:
    from pmo_tui.store import Store


def own_fields(store: Store, register: str) -> dict[str, FieldOf]:
    """The fields that the organisation added to `register`, by name."""
    shelf = store.shelf("fields")
    numbers = shelf.where("register", register) if shelf else ()
    if not numbers:
        return {}
    from pmo_tui.records.own_fields import OwnField

    found: dict[str, FieldOf] = {}
    for number in numbers:
        own = msgspec.json.decode(shelf.raw(number), type=OwnField)
        found[own.name] = FieldOf(own.name, own.as_field(), own.required, None)
    return found


def all_fields(store: Store, register: Register) -> dict[str, FieldOf]:
    """Built-in and computed fields, then the organisation's own, then the common ones; `extra` itself is not one of them."""
    built_in = {name: item for name, item in register.fields.items() if name != "extra"}
    own = {name: item for name, item in own_fields(store, register.name).items() if name not in built_in}
    if not own:
        return built_in
    tail = [name for name in ("code", "tags", "notes", "source_key", "revision") if name in built_in]
    head = {name: item for name, item in built_in.items() if name not in tail}
    return head | own | {name: built_in[name] for name in tail}


def stored(field: FieldOf, value: Any) -> Any:
    """The JSON value of an own field, checked; Fault where it breaks its rule."""
    checked = field.field.checked(value)
    return msgspec.to_builtins(checked)


def loaded(field: FieldOf, value: Any) -> Any:
    """The value of an own field as its kind: Decimal, date, whole number, text."""
    return None if value is None else field.field.checked(value)


def check_definition(store: Store, values: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with a definition of an own field: no such register, a name that is taken, a choice without choices."""
    problems: list[Problem] = []
    register, name = str(values.get("register", "")), str(values.get("name", ""))
    if not is_register(register):
        try:
            by_name(register)
        except NotFound as error:
            problems.append(Problem(error.message, "register"))
        return problems
    taken = set(by_name(register).fields)
    if name in taken:
        problems.append(Problem(N_("is a built-in field of that register already"), "name"))
    same = [own for own in own_fields(store, register) if own == name]
    if same and not values.get("key"):
        problems.append(Problem(N_("is an own field of that register already"), "name"))
    if values.get("kind") == "choice" and not values.get("choices"):
        problems.append(Problem(N_("a choice needs its choices"), "choices"))
    return problems


def missing(fields: Mapping[str, FieldOf], extra: Mapping[str, Any]) -> list[Problem]:
    """Own fields that are needed and not given."""
    return [
        Problem(N_("is needed"), name)
        for name, item in fields.items()
        if item.required and extra.get(name) in (None, "")
    ]


def as_extra(fields: Mapping[str, FieldOf], values: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """The `extra` of a record made of canonical values, and what is wrong with them."""
    extra: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in values.items():
        try:
            extra[name] = None if value is None else stored(fields[name], value)
        except Fault as fault:
            problems.append(Problem(fault.reason, name))
        except ValueError as error:
            problems.append(Problem(str(error), name))
    return extra, problems
