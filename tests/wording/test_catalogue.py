"""Messages find their way from the modules into the catalogue, and translations survive."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from pmo_tui.wording.catalogue import PACKAGE, compile_all, extract, main, update
from pmo_tui.wording.languages import LOCALE

MODULE = """
from marks import N_, _, ngettext, pgettext
LABEL = N_("Risk")
def say(count):
    return _("Hello {name}"), ngettext("{count} task", "{count} tasks", count), pgettext("light", "Amber"), _("")
def inside(count):
    return f"{_('whole')}, {ngettext('{count} part', '{count} parts', count)}, {pgettext('light', 'Red')}"
FIELD = field(N_("Score"), help="probability times impact")
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "module.py").write_text(MODULE, encoding="utf-8")
    return folder


def _po(locale: Path) -> Path:
    return locale / "nl" / "LC_MESSAGES" / "pmo_tui.po"


def test_every_kind_of_mark_is_found(package: Path) -> None:
    found = {(message.context, message.id) for message in extract(package)}
    assert {(None, "Risk"), (None, "Hello {name}"), (None, ("{count} task", "{count} tasks"))} <= found
    assert ("light", "Amber") in found


def test_marks_inside_formatted_text_and_the_help_of_fields_are_found(package: Path) -> None:
    found = {(message.context, message.id) for message in extract(package)}
    assert {(None, "whole"), (None, ("{count} part", "{count} parts")), ("light", "Red")} <= found
    assert {(None, "Score"), (None, "probability times impact")} <= found


def test_words_of_choice_fields_are_offered_for_translation(package: Path) -> None:
    assert extract(package).get("FS") is not None


def test_the_marks_of_the_program_itself_are_found() -> None:
    found = extract(PACKAGE)
    assert found.get("Supplier invoices") is not None
    assert any("is not a duration" in str(message.id) for message in found)


def test_translations_are_kept_when_messages_come_and_go(tmp_path: Path, package: Path) -> None:
    missing = update(tmp_path, package)["nl"]
    with _po(tmp_path).open("rb") as stream:
        first = read_po(stream)
    assert first.get("Risk") is not None
    text = _po(tmp_path).read_text(encoding="utf-8").replace('msgid "Risk"\nmsgstr ""', 'msgid "Risk"\nmsgstr "Risico"')
    _po(tmp_path).write_text(text, encoding="utf-8")
    assert update(tmp_path, package) == {"nl": missing - 1}
    assert _po(tmp_path).read_text(encoding="utf-8") == text

    (package / "module.py").write_text('_("Something new")', encoding="utf-8")
    update(tmp_path, package)
    later = _po(tmp_path).read_text(encoding="utf-8")
    assert 'msgid "Something new"\nmsgstr ""' in later
    assert '#~ msgid "Risk"\n#~ msgstr "Risico"' in later


def test_compiled_translations_are_found_by_gettext(tmp_path: Path, package: Path) -> None:
    update(tmp_path, package)
    text = _po(tmp_path).read_text(encoding="utf-8").replace('msgid "Risk"\nmsgstr ""', 'msgid "Risk"\nmsgstr "Risico"')
    _po(tmp_path).write_text(text, encoding="utf-8")
    assert compile_all(tmp_path, tmp_path / "compiled") == []
    found = gettext.translation("pmo_tui", str(tmp_path / "compiled"), ["nl"])
    assert found.gettext("Risk") == "Risico"
    assert not _po(tmp_path).with_suffix(".mo").exists()


@pytest.mark.parametrize("translation", ["Hallo {naam}", "Hallo"])
def test_a_translation_with_other_placeholders_is_named_and_left_out(
    tmp_path: Path, package: Path, translation: str
) -> None:
    update(tmp_path, package)
    text = _po(tmp_path).read_text(encoding="utf-8")
    text = text.replace('msgid "Hello {name}"\nmsgstr ""', f'msgid "Hello {{name}}"\nmsgstr "{translation}"')
    _po(tmp_path).write_text(text, encoding="utf-8")
    (fault,) = compile_all(tmp_path)
    assert translation in fault
    assert gettext.translation("pmo_tui", str(tmp_path), ["nl"]).gettext("Hello {name}") == "Hello {name}"


def test_the_programs_own_translations_are_sound(tmp_path: Path) -> None:
    assert compile_all(LOCALE, tmp_path) == []


def test_another_word_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["translate"]) == 2
    assert "update|compile" in capsys.readouterr().err
