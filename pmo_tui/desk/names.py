"""What records are called, prepared for finding them as one types: keys, codes, names and numbers of a register as one text.

Equal, beginning, inside are each one search through that text, however many records there are; only what is found is looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec

from pmo_tui.records.registers import by_name

if TYPE_CHECKING:
    from pmo_tui.store import Store

LEAST = 3
"""So many letters must be typed to look for them inside numbers."""
MOST_WORDS, MOST_LINES = 8, 500
"""So many words that a misspelt one may mean are looked for, and so many records that hold each are looked at."""
FIELD, LINE, NUMBER = "\t", "\n", "\x1f"
EQUAL, BEGINS, WORD_BEGINS, INSIDE, IN_ORDER, NEAR = range(6)
Found = tuple[int, str, str, str]
"""How near (0 is best), the folded title, the key, the title."""
_BLANKS = re.compile(r"[\t\n\x1f]+")


class Names:
    """The names of one register at one version, sorted by title."""

    def __init__(self, register: str, store: Store, called: Sequence[str]) -> None:
        rows = sorted(_rows(register, store, called))
        self.rows = [(folded, key, title) for folded, key, title, _line in rows]
        self.starts: list[int] = []
        parts: list[str] = []
        size = 0
        for _folded, _key, _title, line in rows:
            self.starts.append(size)
            parts.append(line)
            size += len(line)
        self.text = "".join(parts)
        self._vocabulary: set[str] | None = None

    @property
    def vocabulary(self) -> set[str]:
        """Every word of the names that may be misspelt: numbers are not."""
        if self._vocabulary is None:
            self._vocabulary = set(re.findall(r"[^\W\d_]\w{2,}", self.text))
        return self._vocabulary

    def find(self, wanted: str, limit: int) -> list[Found]:
        """The records that `wanted` (folded) may mean, the nearest first, by title within that; at most `limit`."""
        found: dict[int, int] = {}
        if not wanted:
            found = dict.fromkeys(range(min(limit, len(self.rows))), BEGINS)
        for rank, places in self._searches(wanted) if wanted else ():
            for place in places:
                if len(found) >= limit:
                    break
                found.setdefault(place, rank)
        return [(rank, *self.rows[place]) for place, rank in found.items()]

    def _searches(self, wanted: str) -> Iterator[tuple[int, Iterator[int]]]:
        """The searches by how near what they find is; none has begun before its turn."""
        yield EQUAL, self._holding(f"{FIELD}{wanted}{FIELD}")
        yield BEGINS, self._holding(f"{FIELD}{wanted}")
        yield WORD_BEGINS, self._holding(f" {wanted}")
        yield INSIDE, self._inside(wanted)
        yield IN_ORDER, self._in_order(wanted)

    def _line_of(self, position: int) -> int:
        return bisect_right(self.starts, position) - 1

    def _holding(self, piece: str) -> Iterator[int]:
        """The lines that hold a piece of text, in order."""
        position = self.text.find(piece)
        while position >= 0:
            line = self._line_of(position)
            yield line
            following = self.starts[line + 1] if line + 1 < len(self.starts) else len(self.text)
            position = self.text.find(piece, following)

    def _inside(self, wanted: str) -> Iterator[int]:
        """Inside a name; inside a number too, written with blanks or without."""
        plain = wanted.replace(" ", "")
        of_names = self._in_names(wanted)
        if len(plain) < LEAST:
            yield from of_names
        else:
            yield from sorted({*of_names, *self._holding(plain)})

    def _in_names(self, wanted: str) -> Iterator[int]:
        for line in self._holding(wanted):
            end = self.text.find(NUMBER, self.starts[line])
            if self.text.find(wanted, self.starts[line], end) >= 0:
                yield line

    def _in_order(self, wanted: str) -> Iterator[int]:
        """The letters one after the other in one name."""
        letters = [re.escape(letter) for letter in wanted]
        pattern = letters[0] + "".join(f"[^{letter}{FIELD}{LINE}{NUMBER}]*{letter}" for letter in letters[1:])
        for match in re.finditer(pattern, self.text):
            yield self._line_of(match.start())

    def near(self, wanted: str, limit: int) -> list[Found]:
        """The records each of whose names' words are near those of `wanted`, for one that is misspelt."""
        from pmo_tui.wording.nearness import is_near, meant

        longest = max(wanted.split(), key=len)
        words = sorted(word for word in self.vocabulary if is_near(longest, word))[:MOST_WORDS]
        lines = sorted({line for word in words for line in islice(self._holding(word), MOST_LINES)})
        kept = [line for line in lines if meant(wanted, re.findall(r"\w+", self._names_of(line)))]
        return [(NEAR, *self.rows[line]) for line in kept[:limit]]

    def _names_of(self, line: int) -> str:
        start = self.starts[line]
        return self.text[start : self.text.find(NUMBER, start)]


def _rows(register: str, store: Store, called: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    """Folded title, key, title and line of each record; only the fields that name it are decoded."""
    definition = by_name(register)
    title_field = definition.cls.title_field
    names = list(dict.fromkeys(["code", "short_name", title_field, *called]))
    only = msgspec.defstruct("Only", [(name, Any, None) for name in names])
    decode = msgspec.json.Decoder(only).decode
    shelf = store.shelf(register)
    for number in shelf.numbers():
        values = decode(shelf.raw(number))
        key = f"{definition.prefix}-{number}"
        title = str(getattr(values, title_field) or key)
        words = [key, str(values.code or ""), str(values.short_name or ""), title]  # type: ignore[attr-defined]
        found = [getattr(values, name) for name in called]
        numbers = [str(each) for value in found for each in (value if isinstance(value, list) else [value]) if each]
        line = FIELD.join(["", *(_BLANKS.sub(" ", word) for word in words), ""])
        held = NUMBER + NUMBER.join(_BLANKS.sub("", word).replace(" ", "") for word in numbers) + LINE
        yield title.casefold(), key, title, (line + held).casefold()
