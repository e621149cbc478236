"""Lines that are longer than the page are broken; nothing is lost, nothing is told twice."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.widgets.cutting import split, width_of, wrap
from pmo_tui.widgets.text_page import TextLine, _broken
from pmo_tui.wording.safe import safe

WORDS = st.text(alphabet=st.sampled_from("ab  é漢字🚧["), max_size=60)


@given(st.lists(WORDS, min_size=1, max_size=5), st.integers(10, 50), st.integers(0, 20))
def test_every_letter_stands_once_and_no_line_is_too_long(pieces: list[str], width: int, indent: int) -> None:
    found = _broken(TextLine(tuple((piece, "") for piece in pieces), "", indent), width)
    told = "".join(line.text for line in found)
    assert told.replace(" ", "") == "".join(pieces).replace(" ", "")
    assert all(width_of(line.text) <= width for line in found)


@given(st.text(max_size=80), st.integers(1, 40), st.booleans())
def test_what_is_split_is_whole_again_but_for_blanks(text: str, width: int, whole: bool) -> None:
    shown = safe(text)
    first, rest = split(shown, width, whole)
    assert (first + rest).replace(" ", "") == shown.replace(" ", "")
    assert width_of(first) <= max(width, 2)


def test_a_piece_that_does_not_fit_goes_to_the_next_line_as_words() -> None:
    line = TextLine((("Exposure  EUR 744,400.00", ""), ("  sum of the open threats", "")), "", 4)
    assert [each.text for each in _broken(line, 40)] == ["Exposure  EUR 744,400.00  sum of the", "    open threats"]


@given(st.text(alphabet=st.sampled_from("ab é漢🚧\u0301\u0489\ufe0f"), max_size=60), st.integers(2, 20))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = wrap(safe(text), width)
    assert all(width_of(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == safe(text).replace(" ", "")


def test_a_text_of_ten_thousand_wide_letters_is_wrapped_at_once() -> None:
    begun = time.perf_counter()
    assert len(wrap("漢" * 10_000, 20)) == 1000
    assert len(wrap(safe("e" + "\u0301" * 10_000), 20)) > 1000
    assert time.perf_counter() - begun < 2
