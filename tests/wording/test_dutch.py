"""The Dutch catalogue is whole, and what it calls fields and choices is understood when it is typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from pmo_tui.desk import rules
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.folders import folders
from pmo_tui.desk.views.filter import field_named, label
from pmo_tui.desk.views.list_names import LISTS
from pmo_tui.desk.views.lists import list_named
from pmo_tui.records.registers import REGISTERS, Register
from pmo_tui.records.schema import FieldOf, fields_of
from pmo_tui.store import open_store
from pmo_tui.wording import languages
from pmo_tui.wording.catalogue import compile_all, extract
from pmo_tui.wording.languages import DOMAIN, LOCALE, _

REGISTERS_BY_NAME = pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)


@pytest.fixture(scope="module")
def written() -> Catalog:
    """The Dutch catalogue as it is kept."""
    with (LOCALE / "nl" / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as stream:
        return read_po(stream, locale="nl", domain=DOMAIN)


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogue compiled as it is now, whatever lies beside it."""
    target = tmp_path_factory.mktemp("locale")
    assert compile_all(LOCALE, target) == []
    return target


@pytest.fixture(autouse=True)
def in_dutch(compiled: Path, monkeypatch: pytest.MonkeyPatch, dutch: None) -> Iterator[None]:
    """These tests speak Dutch out of the catalogue as it is now."""
    from pmo_tui.exchange.headers import wordings

    monkeypatch.setattr(languages, "LOCALE", compiled)
    languages.forget_catalogues()
    wordings.cache_clear()
    yield
    monkeypatch.undo()
    languages.forget_catalogues()
    wordings.cache_clear()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on an empty store."""
    with open_store(tmp_path / "pmo.json", author="Anna", login="anna", check=rules.check) as store:
        yield Desk(store, folders({"HOME": str(tmp_path)}), today=lambda: date(2026, 11, 25))


def _choice_fields(register: Register) -> list[FieldOf]:
    """The choice fields of a register and of the rows in it."""
    found = []
    for item in register.fields.values():
        inner = fields_of(item.row).values() if item.row is not None else ()
        found += [each for each in (item, *inner) if each.field.choices]
    return found


def test_every_message_of_the_program_is_translated(written: Catalog) -> None:
    missing = []
    for message in extract():
        if not message.id:
            continue
        key = message.id if isinstance(message.id, str) else message.id[0]
        found = written.get(key, message.context)
        string = None if found is None else found.string
        forms = [string] if isinstance(string, str) else list(string or ())
        if not forms or not all(forms):
            missing.append((message.context, message.id))
    assert missing == []


@pytest.mark.parametrize("name", LISTS)
def test_what_a_computed_list_tells_by_words_is_translated(name: str) -> None:
    messages = {message.id for message in extract()}
    said = {word for item in list_named(name).fields.values() for word in item.field.choices}
    assert said - messages == set()


@REGISTERS_BY_NAME
def test_choices_of_a_field_are_distinct(register: Register) -> None:
    for item in _choice_fields(register):
        words = Counter(_(word).casefold() for word in item.field.choices)
        assert [word for word, count in words.items() if count > 1] == [], item.name


@REGISTERS_BY_NAME
def test_a_choice_is_understood_by_its_dutch_word(desk: Desk, register: Register) -> None:
    for item in _choice_fields(register):
        for word in item.field.choices:
            assert desk.parse(item, _(word)) == word, (item.name, _(word))


@REGISTERS_BY_NAME
def test_labels_of_a_register_are_distinct_and_name_their_field_in_a_filter(register: Register) -> None:
    for name, item in register.fields.items():
        assert field_named(label(_(item.field.label)), register.fields) == name


def test_a_filter_in_dutch_finds_what_it_says(desk: Desk) -> None:
    desk.add("projects", {"name": "Brug", "status": "actief"})
    desk.add(
        "risks", {"title": "Staal te laat", "project": "P-1", "kind": "bedreiging", "probability": "4", "impact": "3"}
    )
    desk.add("risks", {"title": "Subsidie", "project": "P-1", "kind": "kans", "status": "gesloten", "probability": "2"})
    assert desk.view("risks", "soort:bedreiging kans>=4").keys == ["R-1"]
    assert desk.view("risks", "status:gesloten").keys == ["R-2"]
    assert desk.view("risks", "-status:gesloten").keys == ["R-1"]
    assert desk.view("risks", "soort=opportunity").keys == ["R-2"]


def test_status_letters_are_dutch() -> None:
    from pmo_tui.wording.rag import letter

    assert [letter(colour) for colour in ("red", "amber", "green", "blue")] == ["R", "O", "G", "B"]
