"""Which column of a file is which field: by name, or by label in any language, whatever its case, blanks and underscores."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache

from pmo_tui.records.schema import FieldOf


def folded(text: str) -> str:
    """Letters, digits and % alone, without case and accents: `Due date`, `due_date` and `DUE-DATE` are one."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum() or letter == "%")


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
    """The field whose name or label is most like `title`."""
    from pmo_tui.wording.suggest import nearest

    known = names_by_title(fields)
    near = nearest(folded(title), known, 1)
    return known[near[0]] if near else None
