"""What one typed line was understood as: the texts of a form, and what is still to be asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from pmo_tui.desk.mentions import Mention, Offer, resolve
from pmo_tui.desk.views.filter import ALIASES, label
from pmo_tui.records.errors import Fault, Said
from pmo_tui.wording.languages import _

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class Unclear:
    """What was not understood: for which field, what was typed, why, and the records it could mean."""

    field: str
    text: str
    why: Said
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Captured:
    """A record to be: `texts` by field, as a form and `Desk.add` take them, and what is `unclear`. Raw text of a person."""

    register: str
    texts: dict[str, str]
    unclear: tuple[Unclear, ...] = ()

    def chosen(self, field: str, text: str) -> Captured:
        """The same with a field filled in, such as the key of an offer; it is then no longer unclear."""
        left = tuple(each for each in self.unclear if each.field != field)
        return replace(self, texts={**self.texts, field: text}, unclear=left)


class Word(NamedTuple):
    """A word of a line: `mark` is @ or # for what it begins with, : for field:value, or nothing for text."""

    mark: str
    text: str
    field: str = ""


_WORD = re.compile(r'[@#]"[^"]*"?|[^\W\d]\w*:"[^"]*"?|"[^"]*"|\S+')
_ASSIGNED = re.compile(r"([^\W\d]\w*):(.+)", re.DOTALL)


def words_of(desk: Desk, register: str, line: str) -> list[Word]:
    """The words of a line. `name:value` is one for a field when the register has it, by its name or label; else it is text."""
    found = []
    names = field_names(desk, register)
    for typed in _WORD.findall(line):
        assigned = _ASSIGNED.fullmatch(typed)
        if typed[0] in "@#" and len(typed) > 1:
            found.append(Word(typed[0], typed[1:].strip('"').rstrip(",;:.")))
        elif assigned is not None and assigned[1].casefold() in names:
            found.append(Word(":", assigned[2].strip('"'), names[assigned[1].casefold()]))
        else:
            found.append(Word("", typed))
    return found


def field_names(desk: Desk, register: str) -> dict[str, str]:
    """Every word for a field that can be typed: its name, its label in English and in the language in use, its alias."""
    fields = {name: item for name, item in desk.fields(register).items() if not item.field.computed}
    named = {label(item.field.label): name for name, item in fields.items()}
    named |= {label(_(item.field.label)): name for name, item in fields.items()}
    named |= {short: name for short, name in ALIASES.items() if name in fields}
    return named | {name: name for name in fields}


class Capture:
    """Collects what a line is understood as."""

    def __init__(self, desk: Desk, register: str) -> None:
        self.desk = desk
        self.register = register
        self.texts: dict[str, str] = {}
        self.unclear: list[Unclear] = []

    def ask(self, field: str, text: str, why: Said, offers: Sequence[Offer] = ()) -> None:
        """Leave a field open, with what was typed for it."""
        self.unclear.append(Unclear(field, text, why, tuple(offers)))

    def mention(self, field: str, typed: str, found: Mention) -> None:
        """Fill a field with the record meant, or ask."""
        if found.key is not None:
            self.texts[field] = found.key
        elif found.why is not None:
            self.ask(field, typed, found.why, found.offers)

    def assign(self, field: str, typed: str) -> None:
        """Fill a field with what was typed for it, if that is understood; else ask."""
        item = self.desk.fields(self.register)[field]
        if item.field.kind == "reference":
            self.mention(field, typed, resolve(self.desk, item.field.refers, typed))
            return
        try:
            self.desk.parse(item, typed, {})
        except Fault as fault:
            self.ask(field, typed, fault.reason)
        else:
            self.texts[field] = typed

    def done(self) -> Captured:
        """What was collected. A field that was answered elsewhere in the line is not asked."""
        left = tuple(each for each in self.unclear if each.field not in self.texts)
        return Captured(self.register, self.texts, left)
