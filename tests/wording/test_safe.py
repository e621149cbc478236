"""Nothing that a terminal acts on, or that hides from a reader, gets through."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.wording.safe import safe, safe_in_place, safe_lines

ANY_TEXT = st.text(st.characters(exclude_categories=()))
NASTY = st.text(
    st.sampled_from("\x1b[31m\x00\x07\x9b\x85\u202e\u2066\u200b\u200d\ufeff\u2028\ud800\udc80\r\n\tab\U000e0041")
)


@given(ANY_TEXT | NASTY)
def test_no_control_or_invisible_character_is_left(text: str) -> None:
    shown = safe(text)
    assert all(letter.isprintable() or unicodedata.category(letter) == "Zs" for letter in shown)
    shown.encode()


@given(ANY_TEXT | NASTY)
def test_asking_twice_changes_nothing(text: str) -> None:
    assert safe(safe(text)) == safe(text)


@given(st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" ")))
def test_printable_text_stays_as_it_is(text: str) -> None:
    assert safe(text) == text


@given(ANY_TEXT | NASTY)
def test_nothing_of_the_text_is_dropped(text: str) -> None:
    assert len(safe(text)) >= len(text.replace("\r\n", "\n"))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("[draft] budget [/]", "[draft] budget [/]"),
        ("\x1b[2Jgone", "␛[2Jgone"),
        ("a\nb\r\nc\rd\te", "a⏎b⏎c␍d⇥e"),
        ("nul\x00 del\x7f", "nul␀ del␡"),
        ("csi\x9b31m nel\x85", "csi\\x9b31m nel\\x85"),
        ("inv\u202eecnion \u2066x\u2069", "inv\\u202eecnion \\u2066x\\u2069"),
        ("zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"),
        ("half \ud83d", "half \\ud83d"),
        ("tag \U000e0041", "tag \\U000e0041"),
        ("soft\xadhyphen", "soft\\xadhyphen"),
        ("1\xa0234", "1\xa0234"),
        ("Zoë, 年, ✅", "Zoë, 年, ✅"),
        ("e\u0301", "e\u0301"),
        ("e" + "\u0301" * 10, "e" + "\u0301" * 8 + "\\u0301\\u0301"),
        ("───────────────", "───────────────"),
        (None, ""),
        (12, "12"),
        (b"\x1b", "b'\\x1b'"),
    ],
)
def test_examples(value: object, shown: str) -> None:
    assert safe(value) == shown


def test_a_text_class_of_its_own_is_taken_at_its_word() -> None:
    class Sly(str):
        def isprintable(self) -> bool:
            return True

    assert safe(Sly("\x1b")) == "␛"


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\r\nb\rc\n\nd", ["a", "b", "c", "", "d"]), ("\x1b\n\t", ["␛", "⇥"])],
)
def test_lines(text: str, lines: list[str]) -> None:
    assert safe_lines(text) == lines


@given(ANY_TEXT | NASTY)
def test_in_place_every_letter_keeps_its_place(text: str) -> None:
    shown = safe_in_place(text)
    assert len(shown) == len(text)
    assert all(letter.isprintable() or letter in "\n\t" or unicodedata.category(letter) == "Zs" for letter in shown)
    assert all(one == other for one, other in zip(text, shown, strict=True) if one.isprintable())
