"""What is said in Dutch holds no word that is stored in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.row_text import parse_rows, rows_text
from pmo_tui.desk.views.scope import title_of_scope
from pmo_tui.records.errors import Fault, PmoError
from pmo_tui.records.registers import REGISTERS
from pmo_tui.records.schema import fields_of
from pmo_tui.wording import languages
from pmo_tui.wording.languages import _


@pytest.fixture(autouse=True)
def in_dutch() -> Iterator[None]:
    before = languages.current().code
    languages.use("nl")
    yield
    languages.use(before)


CHOICES = [
    (register.name, name)
    for register in REGISTERS
    for name, item in register.fields.items()
    if item.field.kind == "choice" and not item.field.computed
]


@pytest.mark.parametrize(("register", "name"), CHOICES)
def test_choices_are_named_as_they_are_shown(desk: Desk, register: str, name: str) -> None:
    item = desk.fields(register)[name]
    with pytest.raises(Fault) as refused:
        desk.parse(item, "kapot")
    said = refused.value.reason.words(_)
    translated = [word for word in item.field.choices if _(word) != word]
    assert all(_(word) in said for word in item.field.choices)
    shown = set(re.findall(r"\w+", " ".join(map(_, item.field.choices)) + said.partition(" van ")[0]))
    assert not set(re.findall(r"\w+", said)).intersection(translated) - shown


@pytest.mark.parametrize("registers", [(), ("people", "systems")])
def test_registers_are_named_as_they_are_shown(desk: Desk, registers: tuple[str, ...]) -> None:
    with pytest.raises(PmoError) as refused:
        desk.find("zzz", registers)
    said = refused.value.message.words(_) + refused.value.hint.words(_)
    assert ("Mensen" if registers else _("any register")) in said
    assert "any register" not in said
    assert "people" not in said


def test_a_scope_is_titled_in_dutch(desk: Desk) -> None:
    desk.add("programmes", {"name": "Dry feet"})
    assert title_of_scope(desk, "@PG-1") == "Programma Dry feet"


def test_rows_have_their_labels_over_them_and_are_read_by_label_and_by_name(desk: Desk) -> None:
    item = desk.fields("orders")["lines"]
    head = rows_text(desk, item, []).splitlines()[0]
    assert "quantity" not in head
    assert "aantal" in head
    languages.use("en")
    assert "quantity" in rows_text(desk, item, [])
    languages.use("nl")
    rows = parse_rows(desk, item, "aantal | prijs\n2 | 10")
    assert rows == parse_rows(desk, item, "quantity | price\n2 | 10")


def test_a_label_of_a_column_of_rows_is_no_other_columns_label_or_name(desk: Desk) -> None:
    for register in REGISTERS:
        for item in desk.fields(register.name).values():
            if item.row is not None:
                labels = {name: _(each.field.label).casefold() for name, each in fields_of(item.row).items()}
                assert len(set(labels.values())) == len(labels), register.name
                assert not [name for name, label in labels.items() if label in labels and label != name], register.name
