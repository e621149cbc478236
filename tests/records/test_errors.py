"""Messages in a language: the template is translated, and words of the program among its values too."""

from __future__ import annotations

from pmo_tui.records.errors import NotFound, Said, Words

DUTCH = {"{value} is not one of {choices}": "{value} is niet een van {choices}", "open": "open", "done": "gereed"}


def in_dutch(text: str) -> str:
    return DUTCH[text]


def test_words_among_the_values_are_translated_and_what_people_typed_is_not() -> None:
    said = Said("{value} is not one of {choices}", {"value": "done", "choices": Words("open", "done")})
    assert said.words() == "done is not one of open, done"
    assert said.words(in_dutch) == "done is niet een van open, gereed"


def test_as_text_an_error_is_english() -> None:
    assert str(NotFound("nothing in {registers}", registers=Words("People", "Systems"))) == "nothing in People, Systems"
