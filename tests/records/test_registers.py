"""What must hold for every register, whichever it is: nothing here names one."""

from __future__ import annotations

import dataclasses
import string
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmo_tui.records.base import Record
from pmo_tui.records.documents import document_of, record_of, validated
from pmo_tui.records.errors import NotFound, Refused
from pmo_tui.records.registers import REGISTERS, RESERVED, Register, by_name, looks_like_key, references, register_of
from pmo_tui.records.schema import FieldOf, fields_of

EVERY = pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)


def test_names_prefixes_and_letters_are_used_once() -> None:
    prefixes = [register.prefix for register in REGISTERS] + list(RESERVED.values())
    assert len(set(prefixes)) == len(prefixes)
    assert len({register.letters for register in REGISTERS}) == len(REGISTERS)
    names = [register.name for register in REGISTERS] + list(RESERVED)
    assert len(set(names)) == len(names)


@EVERY
def test_a_register_is_found_by_its_name_and_by_its_keys(register: Register) -> None:
    assert by_name(register.name) is register
    assert register_of(f"{register.prefix}-12") is register
    assert looks_like_key(f"{register.prefix}-12")


@pytest.mark.parametrize("word", ["R-", "R-x", "-1", "QQ-1", "R12", "", "R-1²"])
def test_what_is_no_key_is_refused(word: str) -> None:
    assert not looks_like_key(word)
    with pytest.raises(NotFound):
        register_of(word)


@EVERY
def test_its_class_is_frozen_documented_and_titled_by_a_field(register: Register) -> None:
    assert issubclass(register.cls, Record)
    assert register.cls.__doc__
    assert register.cls.title_field in register.fields
    blank = register.cls.__new__(register.cls)
    with pytest.raises(dataclasses.FrozenInstanceError):
        blank.key = "R-1"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del blank.key


@EVERY
def test_every_stored_field_is_described_and_some_are_shown(register: Register) -> None:
    described = {name for name, item in register.fields.items() if not item.field.computed}
    stored = {part.name for part in dataclasses.fields(register.cls)} - set(register.cls.without)
    assert described == stored
    assert 3 <= sum(item.field.shown for item in register.fields.values()) <= 12


@EVERY
def test_references_lead_to_registers_and_currencies_to_fields(register: Register) -> None:
    for reference in references(register.name):
        for name in reference.registers:
            assert by_name(name)
    for item in register.fields.values():
        if item.field.kind == "money":
            assert item.field.currency in register.fields


def value_of(item: FieldOf) -> st.SearchStrategy[Any]:
    """Values that a field takes."""
    field = item.field
    low, high = int(field.low or 0), int(field.high or 10**9)
    if field.pattern:
        return st.nothing()
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "text": st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40),
        "long": st.text(string.printable.replace("\r", "").replace("\x0b", "").replace("\x0c", ""), min_size=1).filter(
            str.strip
        ),
        "integer": st.integers(low, high),
        "number": st.decimals(low, high, places=4),
        "money": st.decimals(-(10**9) if field.low is None else low, 10**9, places=2),
        "percent": st.decimals(low, high, places=1),
        "hours": st.decimals(low, high, places=2),
        "date": st.dates(),
        "flag": st.booleans(),
        "choice": st.sampled_from(field.choices or ("",)),
        "reference": st.sampled_from(["T-1", "P-7", "PER-3"]),
        "duration": st.sampled_from(["5d", "40h", "2w", "3ed", "1.5d"]),
    }
    return kinds.get(field.kind, st.nothing())


@EVERY
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_record_comes_back_from_its_document_as_it_was(register: Register, data: st.DataObject) -> None:
    values = {}
    for name, item in register.fields.items():
        strategy = value_of(item)
        if strategy.is_empty or item.field.computed or name in ("key", "revision"):
            if item.required:
                values[name] = REQUIRED[name]
        elif item.required or data.draw(st.booleans()):
            values[name] = data.draw(strategy)
    record = validated(register, values)
    document = document_of(record)
    assert all(value not in (None, "", [], {}) for value in document.values())
    assert record_of(register, document) == record


REQUIRED: dict[str, Any] = {"period": "2026-w47", "name": "own_name", "register": "risks", "currency": "USD"}


def test_every_fault_of_a_record_is_named_at_once() -> None:
    values = {
        "titel": "x",
        "probability": 9,
        "score": 4,
        "next_review": "2026-02-30",
        "cost_impact": float("nan"),
        "status": "?",
    }
    with pytest.raises(Refused) as refused:
        validated(by_name("risks"), values)
    faults = {problem.field: str(problem.reason.words()) for problem in refused.value.problems}
    assert set(faults) == {"titel", "probability", "score", "next_review", "cost_impact", "status", "title"}
    assert "title" in faults["titel"]
    assert "1 to 5" in faults["probability"]
    assert "computed" in faults["score"]
    assert "2026-02-30" in faults["next_review"]


@pytest.mark.parametrize("bad", ["a\x00b", "a\x1b[31mb", "a\x9bb", "a\nb", "\ud800"])
def test_control_characters_in_a_name_are_refused_and_their_place_is_named(bad: str) -> None:
    with pytest.raises(Refused, match="control character"):
        validated(by_name("projects"), {"name": bad})


@pytest.mark.parametrize("bad", ["NaN", "Infinity", float("inf"), True, "1e400", "ten", [], 10**16])
def test_amounts_are_numbers(bad: Any) -> None:
    with pytest.raises(Refused):
        validated(by_name("projects"), {"name": "x", "budget": bad})


def test_amounts_are_exact() -> None:
    made = validated(by_name("projects"), {"name": "x", "budget": "0.1", "start": date(2026, 1, 31)})
    assert document_of(made)["budget"] == "0.1"
    assert record_of(by_name("projects"), document_of(made)).budget == Decimal("0.1")  # type: ignore[attr-defined]


def test_rows_are_described_like_records() -> None:
    line = fields_of(by_name("orders").cls)["lines"].row
    assert line is not None
    assert fields_of(line)["quantity"].required
