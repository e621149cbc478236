"""Finding records by what people call them: key, code, name; and what to call them in return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pmo_tui.records.errors import NotFound, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import REGISTERS, by_name, looks_like_key, register_of

if TYPE_CHECKING:
    from pmo_tui.store import Store

CALLED: dict[str, tuple[str, ...]] = {
    "people": ("name", "email", "login"),
    "suppliers": ("name", "registration", "vat_number", "ibans"),
    "projects": ("short_name", "name"),
    "orders": ("number", "title"),
    "invoices": ("number",),
    "contracts": ("number", "title"),
}
"""By which fields a record is found beside key and code; elsewhere by its title."""
INSIDE, LEAST = 3, 3
"""How near a text is that a number holds, and how many letters it must have for that."""
NAMED_IN_TABLES = frozenset({"people", "suppliers", "systems", "programmes", "portfolios", "calendars"})
"""Registers whose records a table shows by name; of the others it shows the code or the key."""


class Lookup:
    """Titles and names of records, read from the store when asked."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def title(self, key: str) -> str:
        """The name or title of the record; its key where it has none or is gone."""
        document = self.store.get(key)
        if document is None:
            return key
        return title_of(document, key)

    def short(self, key: str) -> str:
        """How a table names the record: a person by name, a project by its short name or code, the rest by key."""
        document = self.store.get(key)
        if document is None:
            return key
        if register_of(key).name in NAMED_IN_TABLES:
            return title_of(document, key)
        return str(document.get("short_name") or document.get("code") or key)

    def find(self, word: str, registers: Sequence[str]) -> str:
        """The key of the one record that `word` names. NotFound where there is none, WrongUse where there are several."""
        word = word.strip()
        upper = word.upper()
        if looks_like_key(upper) and self.store.get(upper) is not None:
            return self._allowed(upper, registers)
        found = self.named(word, registers)
        if not found and looks_like_key(upper):
            raise NotFound(
                N_("There is no record {key}."), N_("It may have been deleted: pmo history {key} tells."), key=upper
            )
        if len(found) == 1:
            return found[0]
        if found:
            some = ", ".join(f"{key} ({self.title(key)})" for key in found[:5])
            raise WrongUse(
                N_("“{word}” names several records: {some}."),
                N_("Give the key of the one you mean."),
                word=word,
                some=some,
            )
        near = ", ".join(f"{key} {title}" for key, title in self.complete(registers, word, 3))
        hint = N_("The nearest are {near}.") if near else N_("Give a key, a code or a name of {registers}.")
        names = ", ".join(registers) or N_("any register")
        raise NotFound(N_("There is no record “{word}” in {registers}."), hint, word=word, near=near, registers=names)

    def _allowed(self, key: str, registers: Sequence[str]) -> str:
        if registers and register_of(key).name not in registers:
            names = ", ".join(registers)
            raise WrongUse(
                N_("{key} is not one of {registers}."), N_("Give a key of {registers}."), key=key, registers=names
            )
        return key

    def named(self, word: str, registers: Sequence[str]) -> list[str]:
        """Keys whose code is `word`, or else whose name is, in any case of letters; in the order of the registers."""
        wanted = word.casefold()
        names = list(registers) or [register.name for register in REGISTERS]
        for fields in (("code",), None):
            found: list[str] = []
            for name in names:
                by = fields or CALLED.get(name, (by_name(name).cls.title_field,))
                for number, document in self.store.shelf(name).items():
                    if any(wanted in _folded(document.get(field)) for field in by):
                        found.append(f"{by_name(name).prefix}-{number}")
            if found:
                return found
        return []

    def complete(self, registers: Sequence[str], text: str, limit: int = 8) -> list[tuple[str, str]]:
        """Keys and titles that `text` may mean: those that begin with it, then those that hold its letters in order."""
        wanted = text.strip().casefold()
        ranked: list[tuple[int, str, str, str]] = []
        for name in registers or [register.name for register in REGISTERS]:
            prefix = by_name(name).prefix
            for number, document in self.store.shelf(name).items():
                key = f"{prefix}-{number}"
                title = title_of(document, key)
                rank = nearness(
                    wanted, (key, str(document.get("code") or ""), str(document.get("short_name") or ""), title)
                )
                if (rank is None or rank > INSIDE) and _numbered(name, document, wanted):
                    rank = INSIDE
                if rank is not None:
                    ranked.append((rank, title.casefold(), key, title))
        return [(key, title) for _, _, key, title in sorted(ranked)[:limit]]


def _numbered(register: str, document: Mapping[str, Any], wanted: str) -> bool:
    """Whether a number, account or address by which a record is found holds the text, blanks left out."""
    plain = wanted.replace(" ", "")
    words = [word for field in CALLED.get(register, ()) for word in _folded(document.get(field))]
    return len(plain) >= LEAST and any(plain in word.replace(" ", "") for word in words)


def _folded(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(str(item).casefold() for item in value)
    return () if value is None else (str(value).casefold(),)


def title_of(document: Mapping[str, Any], key: str) -> str:
    """The title of a document of the register that `key` belongs to; for a record titled by a reference, its key."""
    return str(document.get(register_of(key).cls.title_field) or key)


def nearness(wanted: str, names: Sequence[str]) -> int | None:
    """How near `wanted` is to the nearest of `names`: 0 equal, 1 begins, 2 a word begins, 3 inside, 4 its letters in order."""
    best: int | None = None
    for name in names:
        folded = name.casefold()
        if not folded:
            continue
        if folded == wanted:
            rank = 0
        elif folded.startswith(wanted):
            rank = 1
        elif any(word.startswith(wanted) for word in folded.split()):
            rank = 2
        elif wanted in folded:
            rank = 3
        elif _in_order(wanted, folded):
            rank = 4
        else:
            continue
        best = rank if best is None else min(best, rank)
    return best


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
