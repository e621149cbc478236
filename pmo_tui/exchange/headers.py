"""Which column of a file is which field: by name, or by label in any language, whatever its case, blanks and underscores."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache

from pmo_tui.exchange.tables import Cell, Table, plain
from pmo_tui.records.schema import FieldOf

REASON, OTHER_REASON = "reason", "rejected because"
"""The last column of a file of rejected rows: the second where the register has a field of the first's name."""


def folded(text: str) -> str:
    """Letters, digits and % alone, without case and accents: `Due date`, `due_date` and `DUE-DATE` are one."""
    bare = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in bare if letter.isalnum() or letter == "%")


def reason_column(fields: Mapping[str, FieldOf]) -> str:
    """What the column is called that says why a row was rejected."""
    return REASON if names_by_title(fields).get(REASON) is None else OTHER_REASON


@cache
def wordings(text: str) -> tuple[str, ...]:
    """`text` and what it is in every language that is spoken here."""
    from pmo_tui.wording.languages import LANGUAGES, _, speaking

    found = [text]
    for code in LANGUAGES:
        with speaking(code):
            found.append(_(text))
    return tuple(dict.fromkeys(found))


def names_by_title(fields: Mapping[str, FieldOf]) -> dict[str, str]:
    """Field names by folded column title. A field's own name wins over another's label, an earlier label over a later one."""
    found: dict[str, str] = {}
    for name in fields:
        found.setdefault(folded(name), name)
    for name, item in fields.items():
        for said in wordings(item.field.label):
            found.setdefault(folded(said), name)
    return found


def titles(fields: Mapping[str, FieldOf], names: Sequence[str], *, labels: bool) -> list[str]:
    """The column titles for `names`: the names themselves, or labels; a label that would be read as another field is not used."""
    if not labels:
        return list(names)
    from pmo_tui.wording.languages import _

    known = names_by_title(fields)
    said = {name: _(fields[name].field.label) for name in names}
    return [title if known.get(folded(title)) == name else name for name, title in said.items()]


def nearest_field(title: str, fields: Mapping[str, FieldOf]) -> str | None:
    """The field that `title` is misspelt for: of those that a file can fill the one whose name or label has the fewest letters
    otherwise, and no more of them than a word of that length may have."""
    from pmo_tui.wording.nearness import allowed, distance

    typed = folded(title)
    most = allowed(typed)
    if not most:
        return None
    ranked = [
        (letters, place, name)
        for place, (known, name) in enumerate(names_by_title(fields).items())
        if not fields[name].field.computed and (letters := distance(typed, known, most)) is not None
    ]
    return min(ranked)[2] if ranked else None


PLURALS = (("", "s"), ("", "es"), ("", "en"), ("y", "ies"))
"""How a word and its plural end, in English and Dutch."""
OF_ONE_NUMBER = frozenset({"rows", "choice", "flag", "extra"})
"""Kinds of fields that a title in the other number does not mean: `line` is not all lines of an order."""
OF_THE_FILE = frozenset({"key", "revision", "source_key"})


def in_other_number(title: str, fields: Mapping[str, FieldOf]) -> str | None:
    """The field that `title` is the singular or the plural of, where it is that of one field alone and is like no other."""
    known = names_by_title(fields)
    found = {known[form] for form in _other_numbers(folded(title)) if form in known}
    name = found.pop() if len(found) == 1 else None
    if name is None or name in OF_THE_FILE or fields[name].field.computed or fields[name].field.kind in OF_ONE_NUMBER:
        return None
    return name if nearest_field(title, fields) in (None, name) else None


def _other_numbers(word: str) -> Iterator[str]:
    """The plurals that a word may have, and the words that it may be the plural of."""
    for one, several in PLURALS:
        if word.endswith(one):
            yield word.removesuffix(one) + several
        if word.endswith(several):
            yield word.removesuffix(several) + one


def head_below(table: Table, known: Set[str]) -> int | None:
    """The number of the row that seems to be the head, where what stands in the first is none: of the next few the first in which at
    least two columns are `known` (folded titles), and more than in the first."""
    here = len(known & _titles_in(table.header))
    for number, cells in itertools.islice(table.numbered(), ROWS_ABOVE):
        if len(known & _titles_in(cells)) > max(1, here):
            return number
    return None


ROWS_ABOVE = 10
"""So many rows are looked at for a head."""


def _titles_in(cells: Sequence[Cell]) -> set[str]:
    """The cells as titles; what stands in one cell because the row above it has no other is taken apart."""
    texts = [plain(cell) for cell in cells]
    filled = [text for text in texts if text.strip()]
    if len(filled) == 1:
        texts = re.split(r"[;\t|,]", filled[0])
    return {folded(text) for text in texts}
