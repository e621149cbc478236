"""Which record of the store an incoming one is, and which records it refers to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pmo_tui.analysis.duplicates import Ledger
from pmo_tui.exchange.incoming import Find, Incoming, To
from pmo_tui.records.errors import NotFound, Problem, Said, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import by_name
from pmo_tui.wording.languages import _

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.desk.files.importing import Planned

Way = tuple[str, ...]
"""Folded values by which a record is recognised."""
NAMED = 5
"""How many records that share a name are told."""


@dataclass(slots=True)
class Resolved:
    """The values of an incoming record with the keys that it refers to, and what is wrong or to be told about them."""

    place: str
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Matcher:
    """Finds the record that an incoming one is: by source key, then by what it is called. Knows those planned before it too."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.keys: dict[str, str] = {}
        self.made: dict[str, Planned] = {}
        self.billed = Ledger([], {})
        """The invoices of this import by number."""
        self._indexes: dict[tuple[str, Way], dict[Way, list[str]]] = {}
        self._new: list[tuple[Incoming, str]] = []
        self._missing: dict[Find, Said] = {}

    def match(self, incoming: Incoming) -> str | None:
        """The key of the record that `incoming` is, None where it is new."""
        if incoming.source_key in self.keys:
            return self.keys[incoming.source_key]
        if incoming.source_key:
            found = self.desk.store.shelf(incoming.register).where("source_key", incoming.source_key)
            if found:
                return f"{by_name(incoming.register).prefix}-{found[0]}"
        for way in incoming.match:
            wanted = tuple(folded(self._plain(value)) for value in way.values())
            keys = self._index(incoming.register, tuple(way)).get(wanted) if all(wanted) else None
            if keys:
                return keys[0]
        return None

    def settle(self, incoming: Incoming, key: str | None) -> None:
        """Remember which record `incoming` is; a new one gets a provisional key and can be matched by those after it."""
        if key is None:
            key = f"{by_name(incoming.register).prefix}-?{len(self._new) + 1}"
            self._new.append((incoming, key))
            for (register, names), index in self._indexes.items():
                if register == incoming.register:
                    self._enter_new(index, names, incoming, key)
        self.keys[incoming.source_key] = key

    def _enter_new(self, index: dict[Way, list[str]], names: Way, incoming: Incoming, key: str) -> None:
        _enter(index, names, {name: self._plain(incoming.values.get(name)) for name in names}, key)

    def _plain(self, value: Any) -> Any:
        return self.keys.get(value.source_key) if isinstance(value, To) else value

    def _index(self, register: str, names: Way) -> dict[Way, list[str]]:
        if (register, names) not in self._indexes:
            index: dict[Way, list[str]] = {}
            prefix = by_name(register).prefix
            for number, document in self.desk.store.shelf(register).items():
                key = f"{prefix}-{number}"
                _enter(index, names, {**document, "key": key}, key)
            for incoming, key in self._new:
                if incoming.register == register:
                    self._enter_new(index, names, incoming, key)
            self._indexes[register, names] = index
        return self._indexes[register, names]

    def called(self, register: str, field: str, name: str) -> list[str]:
        """The keys of those that are called so in `field`: of the store first, then provisional ones of this import."""
        return self._index(register, (field,)).get((folded(name),), [])

    def resolve(self, incoming: Incoming, values: Mapping[str, Any]) -> Resolved:
        """`values` with every `To` and `Find` inside them turned into a key."""
        found = Resolved(incoming.place)
        for name, value in values.items():
            found.values[name] = self._resolved(value, found, name)
        return found

    def _resolved(self, value: Any, found: Resolved, name: str) -> Any:
        if isinstance(value, To):
            key = self.keys.get(value.source_key)
            if key is None:
                found.problems.append(Problem(N_("what it refers to is not taken in"), name, found.place))
            return key
        if isinstance(value, Find):
            return self._found(value, found, name)
        if isinstance(value, list):
            items = [self._resolved(item, found, name) for item in value]
            pairs = zip(items, value, strict=True)
            return [item for item, raw in pairs if item is not None or not isinstance(raw, To | Find)]
        if isinstance(value, dict):
            return {key: self._resolved(inner, found, f"{name}.{key}") for key, inner in value.items()}
        return value

    def _found(self, wanted: Find, found: Resolved, name: str) -> str | None:
        """By key, by code, then by each name; a name that several records share is not guessed."""
        for by in ("key", "code", *wanted.by):
            keys = self._called(wanted, by, wanted.having)
            if len(keys) == 1:
                return keys[0]
            if keys:
                self._missing[wanted] = _several(wanted.text, keys)
                break
        if wanted not in self._missing:
            self._missing[wanted] = self._why_not(wanted)
        reason = self._missing[wanted]
        if wanted.missing == "problem":
            found.problems.append(Problem(reason, name, found.place))
        else:
            found.notes.append(": ".join(part for part in (found.place, name, reason.words(_)) if part))
        return None

    def _called(self, wanted: Find, by: str, having: Sequence[tuple[str, str | To]]) -> list[str]:
        """The records whose field `by` is what is looked for, of those that have the other fields."""
        names = (by, *(name for name, _value in having))
        way = (folded(wanted.text), *(folded(self._plain(value)) for _name, value in having))
        registers = [register for register in wanted.registers if by in by_name(register).fields]
        return [key for register in registers for key in self._index(register, names).get(way, ())]

    def _why_not(self, wanted: Find) -> Said:
        others = [key for by in ("key", "code", *wanted.by) for key in self._called(wanted, by, ())]
        if wanted.having and others:
            said = N_("“{word}” is {keys}, of another supplier, and is not taken for it")
            return Said(said, {"word": wanted.text, "keys": ", ".join(others[:NAMED])})
        try:
            self.desk.find(wanted.text, wanted.registers)
        except (NotFound, WrongUse) as error:
            return error.message
        return Said(N_("There is no record “{word}”."), {"word": wanted.text})


def _several(word: str, keys: list[str]) -> Said:
    some = ", ".join(keys[:NAMED]) + (" …" if len(keys) > NAMED else "")
    return Said(
        N_("“{word}” names several records: {some}; give the key of the one you mean"), {"word": word, "some": some}
    )


def _enter(index: dict[Way, list[str]], names: Way, document: Mapping[str, Any], key: str) -> None:
    ways: Iterable[Way]
    values = [document.get(name) for name in names]
    if len(values) == 1 and isinstance(values[0], list):
        ways = [(folded(item),) for item in values[0]]
    else:
        ways = [tuple(folded(value) for value in values)]
    for way in ways:
        if all(way):
            keys = index.setdefault(way, [])
            if key not in keys:
                keys.append(key)


def folded(value: Any) -> str:
    """Text as matching compares it: without case and surrounding blanks."""
    return "" if value is None else " ".join(str(value).casefold().split())
