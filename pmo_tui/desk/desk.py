"""The desk: everything an officer can do, for the app and the command line alike.

It holds no state of its own beyond caches: the store is the truth, and each cache knows the sequence it was made at.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from pmo_tui.desk.home.config import Config
from pmo_tui.desk.home.folders import Folders
from pmo_tui.desk.lookup import CALLED, Lookup
from pmo_tui.desk.views.columns import Columns
from pmo_tui.records.base import Record
from pmo_tui.records.documents import record_of
from pmo_tui.records.errors import NotFound, PmoError, Problem, Refused
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import (
    REGISTERS,
    Register,
    by_name,
    is_register,
    looks_like_key,
    register_of,
)
from pmo_tui.records.schema import FieldOf

if TYPE_CHECKING:
    from pmo_tui.desk.events import Event
    from pmo_tui.desk.exceptions import Exceptions
    from pmo_tui.desk.home.drafts import Drafts
    from pmo_tui.desk.home.last_looks import LastLooks
    from pmo_tui.desk.home.last_seen import LastSeen
    from pmo_tui.desk.money.ledger import Money
    from pmo_tui.desk.people.allocation import Allocation
    from pmo_tui.desk.planning.plans import Plans
    from pmo_tui.desk.portfolio import Portfolio
    from pmo_tui.desk.raid.risk_log import RiskLog
    from pmo_tui.desk.raid.risk_trend import Trends
    from pmo_tui.desk.reports.status_list import Statuses
    from pmo_tui.desk.touched import Touched
    from pmo_tui.desk.views.lists import ListDefinition, Lists
    from pmo_tui.desk.views.saved_views import SavedViews
    from pmo_tui.desk.views.view import View
    from pmo_tui.store import Store, Undone


QUICK_UP_TO = 5_000
"""Up to so many records a list is filtered, sorted or worked out within the time of a key."""


class Entry(Struct, frozen=True):
    """One record as it is opened: its register, key, revision, the record itself and the values of all its fields."""

    register: Register
    key: str
    revision: int
    record: Record
    values: dict[str, Any]


class Desk:
    """One officer's work on one store. What a piece of it needs is imported when that piece is first asked for."""

    def __init__(
        self, store: Store, folders: Folders, config: Config | None = None, today: Callable[[], date] = date.today
    ) -> None:
        self.store = store
        self.folders = folders
        self.config = config or Config()
        self.today = today
        self.lookup = Lookup(store)
        self.columns = Columns(self)
        self._fields: dict[str, tuple[int, dict[str, FieldOf]]] = {}
        self._computed: dict[tuple[str, str], tuple[int, Any]] = {}
        self._last_row: tuple[tuple[object, ...], _Row | None] = ((), None)

    @property
    def author(self) -> str:
        """In whose name this desk writes."""
        return self.store.author

    @property
    def _owner(self) -> str:
        """Whose, and of which store, things are that are kept outside it."""
        return f"{self.author}@{self.store.location}"

    @cached_property
    def views(self) -> SavedViews:
        """Saved views of lists."""
        from pmo_tui.desk.views.saved_views import SavedViews

        return SavedViews(self.folders.data / "views.json")

    @cached_property
    def last_looks(self) -> LastLooks:
        """How each list was left last."""
        from pmo_tui.desk.home.last_looks import LastLooks

        return LastLooks(self.folders.state / "looks.json", self._owner)

    @cached_property
    def last_seen(self) -> LastSeen:
        """Up to where this officer had seen everything when the program was left last."""
        from pmo_tui.desk.home.last_seen import LastSeen

        return LastSeen(self.folders.state / "seen.json", self._owner)

    @cached_property
    def drafts(self) -> Drafts:
        """Half-filled forms."""
        from pmo_tui.desk.home.drafts import Drafts

        drafts = Drafts(self.folders.state / "drafts", self._owner)
        if {*self.last_seen.names(), *self.last_looks.names()} == {self._owner}:
            drafts.take_over(self.folders.state / "drafts")  # nobody else ever worked here, nor on another store
        return drafts

    @cached_property
    def plans(self) -> Plans:
        """The plans of all projects."""
        from pmo_tui.desk.planning.plans import Plans

        return Plans(self)

    @cached_property
    def money(self) -> Money:
        """Orders, receipts and invoices brought together."""
        from pmo_tui.desk.money.ledger import Money

        return Money(self)

    @cached_property
    def allocation(self) -> Allocation:
        """People by weeks: how full they are, and because of what."""
        from pmo_tui.desk.people.allocation import Allocation

        return Allocation(self)

    @cached_property
    def portfolio(self) -> Portfolio:
        """Projects as they stand, and the nodes above them."""
        from pmo_tui.desk.portfolio import Portfolio

        return Portfolio(self)

    @cached_property
    def risk_log(self) -> RiskLog:
        """Open risks in money and on the heat map."""
        from pmo_tui.desk.raid.risk_log import RiskLog

        return RiskLog(self)

    @cached_property
    def trends(self) -> Trends:
        """How the scores of risks moved."""
        from pmo_tui.desk.raid.risk_trend import Trends

        return Trends(self)

    @cached_property
    def statuses(self) -> Statuses:
        """The reports of every node, and the periods they are for."""
        from pmo_tui.desk.reports.status_list import Statuses

        return Statuses(self)

    @cached_property
    def exceptions(self) -> Exceptions:
        """What needs attention, by rule."""
        from pmo_tui.desk.exceptions import Exceptions

        return Exceptions(self)

    @cached_property
    def lists(self) -> Lists:
        """The rows of computed lists."""
        from pmo_tui.desk.views.lists import Lists

        return Lists(self)

    @cached_property
    def touched(self) -> Touched:
        """Which transaction last touched what figures stand on."""
        from pmo_tui.desk.touched import Touched

        return Touched(self)

    # ---- reading -------------------------------------------------------------------------------------------------------

    def fields(self, register: str) -> dict[str, FieldOf]:
        """Every field of a register by name: built-in, computed and the organisation's own; or those of a computed list."""
        from pmo_tui.desk.own_fields import all_fields

        if not is_register(register):
            return self._list(register).fields
        version = self.store.version("fields")
        kept = self._fields.get(register)
        if kept is None or kept[0] != version:
            kept = self._fields[register] = (version, all_fields(self.store, by_name(register)))
        return kept[1]

    def view(self, register: str, filter_text: str = "", sort: str = "") -> View:
        """The rows of a register or computed list that a filter leaves, in order; WrongUse names the word that is wrong."""
        if not is_register(register):
            from pmo_tui.desk.views.lists import ListView

            return ListView(self, self._list(register), filter_text, sort)
        from pmo_tui.desk.views.view import RegisterView

        return RegisterView(self, register, filter_text, sort)

    def _list(self, name: str) -> ListDefinition:
        from pmo_tui.desk.views.lists import list_named

        return list_named(name)

    def record(self, key: str) -> Record | None:
        """The record with that key; None where there is none."""
        document = self.store.get(key)
        return None if document is None else record_of(register_of(key), document)

    def entry(self, word: str, registers: Sequence[str] = ()) -> Entry:
        """The record that a key, a code or a name means."""
        key = self.find(word, registers)
        record = self.record(key)
        if record is None:
            raise NotFound(
                N_("There is no record {key}."), N_("It may have been deleted: pmo history {key} tells."), key=key
            )
        return Entry(register_of(key), key, record.revision, record, self._values(register_of(key), record))

    def values(self, key: str, names: Sequence[str] | None = None) -> dict[str, Any]:
        """Every field of a record by name, or those asked for; empty where the record is gone."""
        record = self.record(key)
        return {} if record is None else self._values(register_of(key), record, names)

    def _values(self, register: Register, record: Record, names: Sequence[str] | None = None) -> dict[str, Any]:
        fields, stored = self.fields(register.name), register.fields
        wanted = fields if names is None else names
        return {name: self._value(register, record, fields[name], stored) for name in wanted}

    def _value(self, register: Register, record: Record, item: FieldOf, stored: Mapping[str, FieldOf]) -> Any:
        if item.field.computed:
            return self._compute(register, record, item.name)
        if item.name in stored:
            return getattr(record, item.name)
        from pmo_tui.desk.own_fields import loaded

        return loaded(item, record.extra.get(item.name))

    def _compute(self, register: Register, record: Record, name: str) -> Any:
        from pmo_tui.desk.computed import compute

        kept = self._computed.get((record.key, name))
        if kept is None or kept[0] != self.store.head():
            kept = (self.store.head(), compute(self, register.name, record, name))
            self._computed[record.key, name] = kept
        return kept[1]

    def computed(self, key: str, name: str) -> Any:
        """One computed field of a record."""
        record = self.record(key)
        return None if record is None else self._compute(register_of(key), record, name)

    def cells(self, key: str, names: Sequence[str]) -> list[str]:
        """Some fields of a record as a table shows them."""
        from pmo_tui.desk.views.cells import cell

        row = self._row(key, names)
        return [""] * len(names) if row is None else [cell(self, item, value, row[0]) for item, value in row[1]]

    def tones(self, key: str, names: Sequence[str]) -> list[str]:
        """What colour may stress each of some fields with: a status colour, `late`, `key`, or nothing."""
        from pmo_tui.desk.views.cells import tone

        row = self._row(key, names)
        return [""] * len(names) if row is None else [tone(self, item, value, row[0]) for item, value in row[1]]

    def _row(self, key: str, names: Sequence[str]) -> _Row | None:
        """A record with the values of some of its fields; a table asks for the same row twice, for its cells and for its tones."""
        asked, last = (self.store.head(), key, *names), self._last_row
        if asked != last[0]:
            record = self.record(key)
            found = None
            if record is not None:
                register = register_of(key)
                fields, stored = self.fields(register.name), register.fields
                items = [fields[name] for name in names]
                found = (_Around(record), [(item, self._value(register, record, item, stored)) for item in items])
            last = self._last_row = (asked, found)
        return last[1]

    def cell(self, item: FieldOf, value: Any, values: Mapping[str, Any] | None = None) -> str:
        """One value as a table shows it."""
        from pmo_tui.desk.views.cells import cell

        return cell(self, item, value, values or {})

    def tone(self, item: FieldOf, value: Any, values: Mapping[str, Any] | None = None) -> str:
        """What colour may stress one value with."""
        from pmo_tui.desk.views import cells

        return cells.tone(self, item, value, values or {})

    def title(self, key: str) -> str:
        """How a record is called. Raw text: make it safe before it is shown."""
        return self.lookup.title(key)

    def find(self, word: str, registers: Sequence[str] = ()) -> str:
        """The key that a key, a code or a name means."""
        return self.lookup.find(word, registers)

    def complete(self, registers: Sequence[str], text: str, limit: int = 8) -> list[tuple[str, str]]:
        """Keys and titles that `text` may mean, the nearest first."""
        return self.lookup.complete(registers, text, limit)

    def called(self, text: str, registers: Sequence[str], *, exact: bool = False) -> list[str]:
        """Keys of the records whose code or name holds `text` (or, when exact, is it)."""
        wanted = text.casefold()
        found = []
        for name in registers or [register.name for register in REGISTERS]:
            by = ("code", *CALLED.get(name, (by_name(name).cls.title_field,)))
            for number, document in self.store.shelf(name).items():
                words = [str(document[field]).casefold() for field in by if document.get(field)]
                if any(word == wanted if exact else wanted in word for word in words):
                    found.append(f"{by_name(name).prefix}-{number}")
        return found

    def me(self) -> str:
        """The key of the person who works here, by login or name; the author's name where there is none."""
        return self.person(self.author)

    def person(self, author: str) -> str:
        """The key of the person whose login or name an author is; the author itself where there is none."""
        for field in ("login", "email", "name", "code"):
            found = self.store.shelf("people").where(field, author)
            if found:
                return f"PER-{found[0]}"
        return author

    def plan_lines(self, project: str) -> list[str]:
        """The tasks of a project in the order of its plan."""
        return self.plans.keys(project)

    def line_of(self, key: str, project: str | None = None) -> str:
        """A task as the planner's notation names it: its line, with the project before it where that is another one."""
        task = self.store.get(key)
        if task is None:
            return key
        line = str(self.plans.line(key))
        return line if project in (None, task["project"]) else f"{self.lookup.short(task['project'])}:{line}"

    def predecessors(self, links: Sequence[Any], project: str | None = None) -> str:
        """Links in planner's notation."""
        from pmo_tui.desk.typed import predecessors_text

        return predecessors_text(list(links), lambda key: self.line_of(key, project))

    def predecessors_by_key(self, links: Sequence[Any]) -> str:
        """Links in planner's notation with the tasks' keys, which hold outside their plan too."""
        from pmo_tui.desk.typed import predecessors_text

        return predecessors_text(list(links), str)

    def history(self, key: str | None = None, limit: int | None = None) -> list[Event]:
        """What happened to a record, or to all, newest first."""
        from pmo_tui.desk.events import events, latest

        if key is None and limit:
            return latest(self, limit)
        found = list(events(self, self.store.history(key), key))
        found.reverse()
        return found[:limit] if limit else found

    def referrers(self, key: str) -> dict[str, list[str]]:
        """Keys of the records that refer to `key`, by register."""
        from pmo_tui.desk.referrers import referrers

        return referrers(self, key)

    def summary(self, key: str) -> str:
        """A record in one safe line."""
        from pmo_tui.desk.referrers import summary

        return summary(self, key)

    @property
    def known_on(self) -> date | None:
        """The day up to which this desk knows anything, when it was opened on the past; None on the present."""
        if not self.store.read_only:
            return None
        from pmo_tui.desk.past import Past

        return self.store.day() if isinstance(self.store, Past) else None

    def why_not_write(self) -> PmoError | None:
        """Why nothing can be written through this desk; None where it can."""
        if not self.store.read_only:
            return None
        from pmo_tui.desk.together.reading_only import why_not_write

        return why_not_write(self)

    @property
    def store_name(self) -> str:
        """What the store is called on screen: its file's name, or its database's and its schema's."""
        location = self.store.location
        if "://" not in location:
            return PurePath(location).name
        database, _, query = location.partition("?")
        _, within, schema = query.partition("schema=")
        return PurePath(database).name + (f" {schema}" if within else "")

    def list_label(self, name: str) -> str:
        """The label of a register or computed list, marked for translation."""
        return by_name(name).label if is_register(name) else self._list(name).label

    def list_fields(self, name: str) -> dict[str, FieldOf]:
        """The fields of a register or computed list."""
        return self.fields(name)

    def is_quick(self, name: str) -> bool:
        """Whether a register or a computed list is shown without a wait: it is short, or was worked out before."""
        if is_register(name):
            return len(self.store.shelf(name)) < QUICK_UP_TO
        return self.lists.known(name) or self.is_small()

    def is_small(self) -> bool:
        """Whether there are so few records that anything is worked out within the time of a key."""
        left = QUICK_UP_TO
        for register in self.store.registers():
            left -= len(self.store.shelf(register))
            if left <= 0:
                return False
        return True

    def list_size(self, name: str) -> int:
        """How many records a register, or rows a computed list, holds."""
        return len(self.store.shelf(name)) if is_register(name) else len(self.lists.rows(self._list(name)))

    # ---- understanding what is typed -----------------------------------------------------------------------------------

    def parse(self, item: FieldOf, text: str, values: Mapping[str, Any] | None = None) -> Any:
        """Typed text as a canonical value, None for nothing; a ValueError says what is not understood."""
        from pmo_tui.desk.typed import parse

        return parse(self, item, text, values or {})

    def text(self, item: FieldOf, value: Any) -> str:
        """A value as an officer would type it."""
        from pmo_tui.desk.typed import text

        return text(self, item, value)

    def check(
        self, register: str, texts: Mapping[str, str], key: str | None = None
    ) -> tuple[dict[str, Any], list[Problem]]:
        """A whole form without writing it: the values, and a problem for each field that is wrong."""
        from pmo_tui.desk.writing import build, understand

        before = self.record(key) if key else None
        known = self.values(key) if key else {}
        values, problems = understand(self, register, texts, {}, known)
        try:
            problems += build(self, by_name(register), values, before)[1]
        except Refused as refused:
            problems += [each for each in refused.problems if each.field not in {found.field for found in problems}]
        return values, problems

    # ---- writing -------------------------------------------------------------------------------------------------------

    def add(self, register: str, texts: Mapping[str, str], given: Mapping[str, Any] | None = None) -> str:
        """Write a new record from typed text and JSON values; returns its key."""
        from pmo_tui.desk.writing import add

        return add(self, register, texts, given or {})

    def set(
        self,
        keys: Sequence[str],
        texts: Mapping[str, str],
        given: Mapping[str, Any] | None = None,
        revisions: Mapping[str, int] | None = None,
        *,
        each_field: bool = False,
    ) -> int:
        """Change records in one transaction; returns its sequence. Those in `revisions` must be as they were looked at: whole, or
        with `each_field` in the fields that are changed.
        """
        from pmo_tui.desk.writing import change

        return change(self, keys, texts, given or {}, revisions or {}, each_field=each_field)

    def set_each(
        self,
        changes: Mapping[str, Mapping[str, str]],
        revisions: Mapping[str, int] | None = None,
        *,
        each_field: bool = False,
    ) -> int:
        """Change records in one transaction, each by its own typed texts; returns its sequence. `revisions` as for `set`."""
        from pmo_tui.desk.writing import change_each

        return change_each(self, changes, {}, revisions or {}, each_field=each_field)

    def revisions(self, keys: Sequence[str]) -> dict[str, int]:
        """In which revision records are now; those that are gone are left out."""
        return {key: document["revision"] for key in keys if (document := self.store.get(key)) is not None}

    def delete(self, keys: Sequence[str], revisions: Mapping[str, int] | None = None) -> int:
        """Delete records in one transaction; returns its sequence."""
        from pmo_tui.desk.writing import delete

        return delete(self, keys, revisions or {})

    def undo(self, sequence: int | None = None, but: Collection[int] = ()) -> Undone:
        """Take back a transaction, by default one's own last that is none of `but`. NotTakenBack where what others did since is in the
        way.
        """
        from pmo_tui.desk.taking_back import take_back

        return take_back(self, sequence, but)

    def redo(self) -> Undone:
        """Take back the last undo."""
        return self.store.redo()

    def keys(self, words: Sequence[str]) -> list[str]:
        """The keys that several keys or codes mean."""
        return [word if looks_like_key(word) and self.store.get(word) else self.find(word) for word in words]


class _Around(Mapping[str, Any]):
    """The fields of a record as a mapping, read only when asked: what a cell needs to know about its row."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def __getitem__(self, name: str) -> Any:
        try:
            return getattr(self._record, name)
        except AttributeError as error:
            raise KeyError(name) from error

    def __iter__(self) -> Any:
        return iter(self._record.__slots__)

    def __len__(self) -> int:
        return len(self._record.__slots__)


_Row = tuple[_Around, list[tuple[FieldOf, Any]]]
"""What is around a cell, and the fields with their values."""
