"""How characters look, as SGR parameters say it, and the shortest way from one look to another.

SGR is "select graphic rendition" of ECMA-48; the parameters are those that every terminal of the last decades knows.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

RESET = "\x1b[0m"
OFF = {
    "1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "6": "25", "7": "27", "8": "28", "9": "29", "21": "24", "53": "55",
}  # fmt: skip
"""What takes a mark off again. 22 takes off bold and faint together, 24 both underlines, 25 both kinds of blinking."""
UNSEEN_ON_BLANKS = frozenset({"1", "2", "3", "5", "6", "8"})
"""Bold, faint, italic, blinking and concealed: a blank looks the same with them as without."""


class Look(NamedTuple):
    """Marks (bold, underline …), colour and background, each as SGR parameters; nothing is the terminal's own."""

    marks: tuple[str, ...] = ()
    fore: str = ""
    back: str = ""

    @property
    def sgr(self) -> str:
        """The parameters that lead here from nothing."""
        return ";".join([*self.marks, *(part for part in (self.fore, self.back) if part)])


PLAIN = Look()


@lru_cache(1024)
def look_of(sgr: str) -> Look:
    """What SGR parameters make of a plain character."""
    marks: list[str] = []
    fore = back = ""
    parts = sgr.split(";")
    i = 0
    while i < len(parts):
        part = parts[i]
        size = 1
        if part in ("38", "48"):
            size = 5 if parts[i + 1 : i + 2] == ["2"] else 3
        words = ";".join(parts[i : i + size])
        i += size
        if part in ("", "0"):
            marks, fore, back = [], "", ""
        elif part == "38" or (part.isdigit() and (30 <= int(part) <= 37 or 90 <= int(part) <= 97)):
            fore = words
        elif part == "48" or (part.isdigit() and (40 <= int(part) <= 47 or 100 <= int(part) <= 107)):
            back = words
        elif part == "39":
            fore = ""
        elif part == "49":
            back = ""
        elif part not in marks:
            marks.append(part)
    return Look(tuple(sorted(marks)), fore, back)


@lru_cache(1024)
def on_blank(look: Look) -> Look:
    """What of a look can be seen on a blank: its background, and all of it where something is drawn on blanks too."""
    return Look((), "", look.back) if UNSEEN_ON_BLANKS.issuperset(look.marks) else look


@lru_cache(4096)
def change(old: Look | None, new: Look) -> str:
    """The shortest sequence from one look to another; `old` is None where the terminal may be in any."""
    if old == new:
        return ""
    whole = f"\x1b[0;{new.sgr}m" if new.sgr else RESET
    if old is None:
        return whole
    gone = [mark for mark in old.marks if mark not in new.marks]
    if any(mark not in OFF for mark in gone):
        return whole
    off = {OFF[mark] for mark in gone}
    parts = sorted(off)
    parts += [mark for mark in new.marks if mark not in old.marks or OFF.get(mark) in off]
    if new.fore != old.fore:
        parts.append(new.fore or "39")
    if new.back != old.back:
        parts.append(new.back or "49")
    step = f"\x1b[{';'.join(parts)}m"
    return step if len(step) < len(whole) else whole


@lru_cache(4096)
def change_for_blank(old: Look | None, new: Look) -> tuple[str, Look]:
    """The shortest sequence to any look whose blanks are those of `new`, and that look."""
    if old is None or on_blank(new) != new or new.marks or new.fore:
        return change(old, new), new
    near = Look(tuple(mark for mark in old.marks if mark in UNSEEN_ON_BLANKS), old.fore, new.back)
    return min((change(old, near), near), (change(old, new), new), key=lambda found: len(found[0]))
