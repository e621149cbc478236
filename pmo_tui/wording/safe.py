"""Any value as text that a terminal, and whoever reads it, can be shown.

A name from a file may hold an escape sequence, a tab, half a surrogate pair or an invisible character that turns the
reading order round. None of these reaches the screen raw: they are shown, so that an officer sees that they are
there.

- controls as their Unicode pictures: `␛` for escape, `␀` for NUL, `␡` for DEL, `⏎` for a line's end, `⇥` for a tab;
- everything else that Python does not call printable (C1 controls, bidirectional overrides and isolates, zero-width
  joiners, line and paragraph separators, lone surrogates, private and unassigned code points) as an escape such as
  `\\u202e`;
- blanks of other widths (no-break space) stay what they are;
- of a pile of marks on one letter, which takes no column however high it is, those above the eighth as escapes too.

Text is not normalised (NFC): what is shown is what is stored. It is no markup either: brackets stay brackets. What is
safe already stays as it is, so it does no harm to ask twice.
"""

from __future__ import annotations

import re
import unicodedata

LINE_END, TAB, DELETE_PICTURE = "⏎", "⇥", "␡"
REPLACED = "\ufffd"
"""What stands for an invisible letter where an escape would take more than its place."""
FIRST_PICTURE = 0x2400
MOST_MARKS = 8
"""So many marks may stand on one letter; no writing system needs more."""
_PILES = re.compile(rf"[^\w\s\x00-\x7f]{{{MOST_MARKS + 1},}}")
"""Where there may be more: marks are neither letters nor ASCII."""


def safe(value: object) -> str:
    """`value` as one line of text without anything a terminal could act on; "" for None."""
    if value is None:
        return ""
    text = value if type(value) is str else str(value)
    if not text.isprintable():
        text = text.replace("\r\n", "\n").translate(_SHOWN)
    return text if text.isascii() else _PILES.sub(_lowered, text)


def safe_lines(text: str) -> list[str]:
    """The lines of `text`, each safe; an end of line after the last one adds none."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not lines[-1]:
        lines.pop()
    return [safe(line) for line in lines]


def _lowered(found: re.Match[str]) -> str:
    """A run of letters that may be marks, without those that are too many."""
    letters, marks = [], 0
    for letter in found[0]:
        marks = marks + 1 if unicodedata.category(letter) in ("Mn", "Me") else 0
        letters.append(letter if marks <= MOST_MARKS else _visible(ord(letter)))
    return "".join(letters)


def safe_in_place(text: str) -> str:
    """`text` with one safe letter in the place of each, for a field in which a cursor counts letters. Tabs and ends of lines stay."""
    return text if text.isprintable() else text.translate(_IN_PLACE)


class _Shown(dict[int, str]):
    """What each code point is shown as, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        shown = letter if letter.isprintable() or unicodedata.category(letter) == "Zs" else _visible(code)
        if len(self) < 4096:
            self[code] = shown
        return shown


def _visible(code: int) -> str:
    if code < 0x20:
        return chr(FIRST_PICTURE + code)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


_SHOWN = _Shown({ord("\n"): LINE_END, ord("\t"): TAB, 0x7F: DELETE_PICTURE})


class _InPlace(dict[int, str]):
    """The one letter that each code point is shown as while it is typed."""

    def __missing__(self, code: int) -> str:
        shown = _SHOWN[code]
        return shown if len(shown) == 1 else REPLACED


_IN_PLACE = _InPlace({ord("\n"): "\n", ord("\t"): "\t"})
