"""Whom or what a word in a line means: `@jan`, `#portal`. One record, or those it could be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmo_tui.desk.lookup import CALLED, title_of
from pmo_tui.records.errors import Said
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import by_name, looks_like_key, register_of
from pmo_tui.wording.not_understood import shortened
from pmo_tui.wording.suggest import nearest

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

ME = frozenset({"me", "ik", "mij", "mezelf"})
MOST_OFFERS = 8
EQUAL, BEGINS, INSIDE = range(3)

Offer = tuple[str, str]
"""A key and the title of the record."""


@dataclass(frozen=True, slots=True)
class Mention:
    """What a word means: the `key`, or why it is none, with what it could be. Titles are raw text."""

    key: str | None
    why: Said | None = None
    offers: tuple[Offer, ...] = ()


def resolve(desk: Desk, registers: Sequence[str], word: str) -> Mention:
    """The one record of `registers` that `word` means: its key, code or name, or the only one with such a word in its name.

    Whole words go before beginnings, beginnings before the rest; blanks may be written as full stops or underscores.
    """
    typed = word.strip()
    if not typed:
        return Mention(None, Said(N_("a name is missing"), {}), ())
    if looks_like_key(typed.upper()) and register_of(typed.upper()).name in registers and desk.store.get(typed.upper()):
        return Mention(typed.upper())
    if "people" in registers and typed.casefold() in ME and looks_like_key(desk.me()):
        return Mention(desk.me())
    exact = desk.lookup.named(typed, registers)
    if exact:
        return _one(desk, typed, exact)
    ranked: dict[int, list[str]] = {}
    for key, names in _named(desk, registers):
        rank = min((each for name in names if (each := likeness(typed, name)) is not None), default=None)
        if rank is not None:
            ranked.setdefault(rank, []).append(key)
    if ranked:
        return _one(desk, typed, ranked[min(ranked)])
    offers = tuple(desk.complete(registers, typed, MOST_OFFERS))
    return Mention(None, Said(N_("“{word}” is nobody and nothing that is known"), {"word": shortened(typed)}), offers)


def alike(desk: Desk, registers: Sequence[str], word: str) -> list[Offer]:
    """Records with a word in their names that `word` may be a slip of the pen for, the likeliest first. Looks at every name."""
    wanted = "".join(_words(word))
    found: dict[str, list[str]] = {}
    for key, names in _named(desk, registers):
        for each in {each for name in names for each in _words(name)}:
            found.setdefault(each, []).append(key)
    keys = dict.fromkeys(key for each in nearest(wanted, found, MOST_OFFERS) for key in found[each])
    return [(key, desk.title(key)) for key in list(keys)[:MOST_OFFERS]]


def _one(desk: Desk, typed: str, keys: Sequence[str]) -> Mention:
    if len(keys) == 1:
        return Mention(keys[0])
    offers = sorted(((key, desk.title(key)) for key in keys), key=lambda offer: offer[1].casefold())
    return Mention(None, Said(N_("“{word}” can be several"), {"word": shortened(typed)}), tuple(offers[:MOST_OFFERS]))


def _named(desk: Desk, registers: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Every record of the registers with what it is called."""
    found = []
    for register in registers:
        fields = ("code", *CALLED.get(register, ("name",)))
        for number, document in desk.store.shelf(register).items():
            key = f"{by_name(register).prefix}-{number}"
            names = [document[field] for field in fields if isinstance(document.get(field), str)]
            found.append((key, [*names, title_of(document, key)]))
    return found


def likeness(typed: str, name: str) -> int | None:
    """How `typed` lies in a name: its words are words of it, they begin words of it in order, it stands inside; None if not."""
    wanted, words = _words(typed), _words(name)
    if not wanted:
        return None
    rest = iter(words)
    if all(word in rest for word in wanted):
        return EQUAL
    rest = iter(words)
    if all(any(other.startswith(word) for other in rest) for word in wanted):
        return BEGINS
    return INSIDE if len("".join(wanted)) > 2 and "".join(wanted) in "".join(words) else None


def _words(text: str) -> list[str]:
    """The words of a name without capitals and accents."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter)
    )
    return re.findall(r"[^\W_]+", plain)
