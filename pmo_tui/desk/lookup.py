"""Finding records by what people call them: key, code, name; and what to call them in return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pmo_tui.desk.names import Found, Names
from pmo_tui.records.errors import NotFound, Words, WrongUse
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
QUICK = 10_000
"""The names of so many records are prepared within the time of a key."""
NAMED_IN_TABLES = frozenset({"people", "suppliers", "systems", "programmes", "portfolios", "calendars"})
"""Registers whose records a table shows by name; of the others it shows the code or the key."""


class Lookup:
    """Titles and names of records, read from the store when asked."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._kept: dict[str, tuple[int, Names]] = {}

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
        near = ", ".join(f"{key} {title}" for key, title in self.complete(registers, word, 3, misspelt=True))
        hint = N_("The nearest are {near}.") if near else N_("Give a key, a code or a name of {registers}.")
        where = _labels(registers) if registers else Words(N_("any register"))
        raise NotFound(N_("There is no record “{word}” in {registers}."), hint, word=word, near=near, registers=where)

    def _allowed(self, key: str, registers: Sequence[str]) -> str:
        if registers and register_of(key).name not in registers:
            raise WrongUse(
                N_("{key} is not one of {registers}."),
                N_("Give a key of {registers}."),
                key=key,
                registers=_labels(registers),
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

    def complete(
        self, registers: Sequence[str], text: str, limit: int = 8, *, misspelt: bool = False
    ) -> list[tuple[str, str]]:
        """Keys and titles that `text` may mean: those that begin with it, then those that hold it or its letters in order; where there
        are none and it may be `misspelt`, those whose words are near its words."""
        return [(key, title) for _rank, _folded, key, title in self.ranked(registers, text, limit, misspelt=misspelt)]

    def ranked(self, registers: Sequence[str], text: str, limit: int, *, misspelt: bool = False) -> list[Found]:
        """As `complete`, with how near each is."""
        wanted = text.strip().casefold()
        names = [self._names(name) for name in registers or [register.name for register in REGISTERS]]
        found = [each for one in names for each in one.find(wanted, limit)]
        if misspelt and not found:
            found = [each for one in names for each in one.near(wanted, limit)]
        return sorted(found)[:limit]

    def is_ready(self) -> bool:
        """Whether any record is found within the time of a key: few enough are not prepared yet."""
        waiting = 0
        for register in self.store.registers():
            kept = self._kept.get(register)
            if kept is None or kept[0] != self.store.version(register):
                waiting += len(self.store.shelf(register))
        return waiting <= QUICK

    def prepare(self) -> None:
        """Make every register's names ready; takes a second with 100,000 records."""
        for register in REGISTERS:
            self._names(register.name)

    def _names(self, register: str) -> Names:
        """The prepared names of a register, made anew when it changes."""
        version = self.store.version(register)
        kept = self._kept.get(register)
        if kept is None or kept[0] != version:
            kept = self._kept[register] = (version, Names(register, self.store, CALLED.get(register, ())))
        return kept[1]


def _labels(registers: Sequence[str]) -> Words:
    return Words(*(by_name(name).label for name in registers))


def _folded(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(str(item).casefold() for item in value)
    return () if value is None else (str(value).casefold(),)


def title_of(document: Mapping[str, Any], key: str) -> str:
    """The title of a document of the register that `key` belongs to; for a record titled by a reference, its key."""
    return str(document.get(register_of(key).cls.title_field) or key)
