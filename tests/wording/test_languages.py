"""Which language is used, and what a message becomes in it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmo_tui.wording import languages
from pmo_tui.wording.catalogue import compile_all
from pmo_tui.wording.languages import _, choose, current, language, ngettext, pgettext, speaking, use

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Risk"
msgstr "Risico"

msgid "{count} task"
msgid_plural "{count} tasks"
msgstr[0] "{count} taak"
msgstr[1] "{count} taken"

msgctxt "traffic light"
msgid "Amber"
msgstr "Oranje"
"""


@pytest.fixture
def little_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Dutch catalogue of three messages, in place of the program's own."""
    file = tmp_path / "nl" / "LC_MESSAGES" / "pmo_tui.po"
    file.parent.mkdir(parents=True)
    file.write_text(PO, encoding="utf-8")
    assert compile_all(tmp_path) == []
    monkeypatch.setattr(languages, "LOCALE", tmp_path)
    languages.forget_catalogues()


@pytest.fixture(autouse=True)
def fresh_catalogues() -> Iterator[None]:
    """No catalogue of another test is kept."""
    languages.forget_catalogues()
    yield
    languages.forget_catalogues()


@pytest.mark.parametrize(
    ("option", "config", "environ", "code"),
    [
        ("nl", "en", {"LANG": "en_GB.UTF-8"}, "nl"),
        (None, "nl", {"LANG": "en_GB.UTF-8"}, "nl"),
        (None, None, {"LC_ALL": "nl_NL.UTF-8", "LANG": "en_GB.UTF-8"}, "nl"),
        (None, None, {"LC_ALL": "C", "LANG": "nl_NL"}, "en"),
        (None, None, {"LC_ALL": "", "LC_MESSAGES": "nl_BE", "LANG": "de_DE"}, "nl"),
        (None, None, {"LANG": "nl_NL@euro"}, "nl"),
        (None, None, {"LANG": "de_DE.UTF-8"}, "en"),
        (None, None, {}, "en"),
        ("NL", None, {}, "nl"),
        ("fr", "nl", {}, "en"),
    ],
)
def test_choice(option: str | None, config: str | None, environ: dict[str, str], code: str) -> None:
    assert choose(option, config, environ) == code


def test_a_language_not_spoken_is_english() -> None:
    assert language("de-AT") is language("en") is language(None) is languages.ENGLISH


def test_messages_follow_the_language_in_use(little_catalogue: None) -> None:
    assert (_("Risk"), ngettext("{count} task", "{count} tasks", 1), pgettext("traffic light", "Amber")) == (
        "Risk",
        "{count} task",
        "Amber",
    )
    use("nl")
    assert _("Risk") == "Risico"
    assert _("Nobody translated this") == "Nobody translated this"
    assert _("") == ""
    assert [ngettext("{count} task", "{count} tasks", count) for count in (0, 1, 2)] == [
        "{count} taken",
        "{count} taak",
        "{count} taken",
    ]
    assert pgettext("traffic light", "Amber") == "Oranje"
    assert pgettext("beer", "Amber") == "Amber"


def test_without_a_compiled_catalogue_messages_stay_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "LOCALE", tmp_path)
    use("nl")
    assert _("Risk") == "Risk"
    assert ngettext("one", "several", 2) == "several"


def test_a_block_may_speak_another_language_and_other_threads_do_not(little_catalogue: None) -> None:
    heard: list[str] = []
    with speaking("nl") as spoken:
        assert spoken.code == current().code == "nl"
        other = threading.Thread(target=lambda: heard.append(_("Risk")))
        other.start()
        other.join()
        heard.append(_("Risk"))
    heard.append(_("Risk"))
    assert heard == ["Risk", "Risico", "Risk"]


@pytest.mark.parametrize("spoken", languages.LANGUAGES.values(), ids=lambda spoken: spoken.code)
def test_every_language_names_all_days_and_months(spoken: languages.Language) -> None:
    assert len(set(spoken.weekdays)) == len(set(spoken.weekdays_short)) == 7
    assert len(set(spoken.months)) == len(set(spoken.months_short)) == 12
    assert {spoken.decimal_mark, spoken.group_mark} == {".", ","}


def test_a_choice_reads_as_words_in_english_too() -> None:
    with languages.speaking("en"):
        assert languages._("no_owner") == "no owner"
        assert languages._("{no_owner}") == "{no_owner}"
        assert languages._("R_OFF") == "R_OFF"
