"""What there is to do today: what is late, what comes due, and what others changed since somebody was last here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, overload

import msgspec

from pmo_tui.desk.views.scope import ME, MINE, members, nodes
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import by_name

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.desk.views.view import View
    from pmo_tui.store import Op, Transaction

AHEAD = 7
"""So many days before its day something is shown as due."""
MANY = 20
"""A transaction that touches more records than this is told in one line."""


class Watched(msgspec.Struct, frozen=True):
    """What is looked at: rows of a view that `words` leave, by a day; `who` are the fields that tell who is to do something."""

    kind: str
    view: str
    day: str
    words: str
    text: str
    who: tuple[str, ...] = ("owner",)


WATCHED: tuple[Watched, ...] = (
    Watched(N_("milestone"), "milestones", "finish", "-status:done", "name", ("owner", "manager")),
    Watched(N_("action"), "actions", "due", "status:open", "title"),
    Watched(N_("issue"), "issues", "due", "status:open,escalated", "title"),
    Watched(N_("decision"), "decisions", "due", "status:asked,deferred", "title", ()),
    Watched(N_("review"), "risks", "next_review", "-status:closed,occurred", "title"),
    Watched(N_("gate"), "gates", "planned_on", "status:planned", "name", ()),
    Watched(N_("request"), "requests", "needed_by", "status:submitted,proposed", "role", ("requested_by",)),
    Watched(N_("invoice"), "ageing", "due_date", "-status:disputed", "number", ("budget_holder",)),
    Watched(N_("notice"), "contracts", "notice_by", "status:active", "title"),
    Watched(N_("end of contract"), "contracts", "finish", "status:active", "title"),
)
REPORT = N_("report")
AT_HAND = ("actions", "issues", "decisions", "risks")


class Entry(msgspec.Struct, frozen=True):
    """Something to see to: what `kind` it is, its day, how many days it is late (0 when it is not), the record to open, and what it is
    called (raw text). `who` is to do it, where that is said, or else a `party` such as finance (English, marked)."""

    kind: str
    date: date
    days_late: int
    key: str
    text: str
    project: str | None = None
    who: str | None = None
    party: str = ""


class Changed(msgspec.Struct, frozen=True):
    """What happened to a record since: the fields that were set, by whom, when last. `count` records of one transaction where it
    touched many; `text` is what the record is called or the transaction's note (raw text)."""

    key: str
    what: str
    fields: tuple[str, ...]
    authors: tuple[str, ...]
    time: datetime
    sequence: int
    text: str
    count: int = 1


class Place(msgspec.Struct, frozen=True):
    """Where something to see to stands: its day, how late it is, the record to open, and the row of the view that tells the rest."""

    date: date
    days_late: int
    key: str
    view: View
    row: int
    watched: Watched | None

    def entry(self, desk: Desk) -> Entry:
        """What it is about, read now."""
        if self.watched is None:
            return _report_entry(desk, self)
        return _entry(desk, self.watched, self)


class Entries(Sequence[Entry]):
    """Things to see to, in order. What one of them is about is read when it is asked for: a page shows a few of many."""

    def __init__(self, desk: Desk, places: Sequence[Place]) -> None:
        self._desk = desk
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, i: int) -> Entry: ...

    @overload
    def __getitem__(self, i: slice) -> Entries: ...

    def __getitem__(self, i: int | slice) -> Entry | Entries:
        return Entries(self._desk, self._places[i]) if isinstance(i, slice) else self._places[i].entry(self._desk)

    def keys(self) -> Iterator[str]:
        """The record of each."""
        return (place.key for place in self._places)


class Agenda(msgspec.Struct, frozen=True):
    """Late (the latest first), due (the soonest first), changed (the newest first)."""

    late: Entries
    due: Entries
    changed: tuple[Changed, ...]


def agenda(
    desk: Desk, scope: str = "", since: int | None = None, ahead: int = AHEAD, *, at_hand: bool = False
) -> Agenda:
    """What is late, what is due within `ahead` days, and what others changed after the transaction `since` (nothing for None).

    `scope` is everything when empty, or a word of the filter: `@me`, `@mine` (where I am officer, deputy or manager), `@P-3`.
    With `at_hand` it is a first look, at the RAID log alone: nothing of that has to be worked out.
    """
    found = [*_places(desk, scope, ahead, at_hand=at_hand)]
    late = sorted((place for place in found if place.days_late), key=lambda place: (-place.days_late, place.key))
    due = sorted((place for place in found if not place.days_late), key=lambda place: (place.date, place.key))
    news = () if since is None else tuple(changes(desk, since, scope))
    return Agenda(Entries(desk, late), Entries(desk, due), news)


# ---- what is late and due ----------------------------------------------------------------------------------------------


def entries(desk: Desk, scope: str, ahead: int = AHEAD) -> Iterable[Entry]:
    """Everything whose day has come or comes within `ahead` days."""
    return (place.entry(desk) for place in _places(desk, scope, ahead))


def _places(desk: Desk, scope: str, ahead: int, *, at_hand: bool = False) -> Iterator[Place]:
    today = desk.today()
    until = today + timedelta(days=ahead)
    for watched in WATCHED:
        if at_hand and watched.view not in AT_HAND:
            continue
        view = _view(desk, watched, scope, until)
        for i, day in enumerate(view.each(watched.day)):
            yield Place(day, max(0, (today - day).days), view.record_key(view.key(i)), view, i, watched)
    if not at_hand:
        yield from _reports(desk, scope, until)


def _view(desk: Desk, watched: Watched, scope: str, until: date) -> View:
    words = [f"{watched.day}<={until.isoformat()}", watched.words]
    if scope and watched.view == "contracts":
        words.append(_contracts_in(desk, scope))
    elif scope:
        words.append(quoted(scope))
    return desk.view(watched.view, " ".join(words), watched.day)


def quoted(scope: str) -> str:
    """A scope as one word of the filter."""
    return f'@"{scope[1:]}"' if any(letter.isspace() for letter in scope) and '"' not in scope else scope


def _contracts_in(desk: Desk, scope: str) -> str:
    """Contracts belong to whoever owns them, and to the projects whose orders they are for; as a word of the filter."""
    word = scope.removeprefix("@").replace('"', "").casefold()
    found: set[str] = set()
    if word in (ME, MINE):
        found.update(f"CON-{number}" for number in desk.store.shelf("contracts").where("owner", desk.me()))
    if word != ME:
        orders = desk.view("orders", quoted(scope))
        found.update(key for i in range(len(orders)) if (key := orders.values(i, ("contract",))["contract"]))
    return "key=" + (",".join(sorted(found)) or "CON-0")


def _entry(desk: Desk, watched: Watched, place: Place) -> Entry:
    wanted = [watched.text, *watched.who]
    wanted += [name for name in ("project", "supplier", "open", "currency", "status") if name in place.view.fields]
    values = place.view.values(place.row, wanted)
    text = str(values.get(watched.text) or "")
    who = next((values[name] for name in watched.who if values.get(name)), None)
    party = ""
    if watched.view == "ageing":
        from pmo_tui.analysis.invoice_steps import FINANCE, TO_BE_PAID
        from pmo_tui.wording.money import format_money

        who, party = (None, FINANCE) if values["status"] in TO_BE_PAID else (who, "")
        text = f"{text} · {desk.title(values['supplier'] or '')} · {format_money(values['open'], values['currency'])}"
    return Entry(watched.kind, place.date, place.days_late, place.key, text, values.get("project"), who, party)


def _reports(desk: Desk, scope: str, until: date) -> Iterator[Place]:
    """Reports that were asked for and have not come, or have come and are not issued; due on the last day of their period."""
    from pmo_tui.analysis.reporting import period_days

    mine = scope.casefold() == f"@{ME}"
    view = desk.view("reports", " ".join(["status:requested,draft", "" if mine else quoted(scope)]))
    me = desk.me() if mine else ""
    for i, period in enumerate(view.each("period")):
        last = period_days(period)[1]
        if last <= until and (not mine or _manager(desk, view.value(view.key(i), "project")) == me):
            yield Place(last, max(0, (desk.today() - last).days), view.key(i), view, i, None)


def _report_entry(desk: Desk, place: Place) -> Entry:
    values = place.view.values(place.row, ("project", "period"))
    manager = _manager(desk, values.get("project"))
    text = str(values.get("period") or "")
    return Entry(REPORT, place.date, place.days_late, place.key, text, values.get("project"), manager)


def _manager(desk: Desk, project: str | None) -> str | None:
    record: Any = desk.record(project) if project else None
    return getattr(record, "manager", None)


# ---- what changed ------------------------------------------------------------------------------------------------------


def changes(desk: Desk, since: int, scope: str = "", *, own: bool = False) -> list[Changed]:
    """What happened to records after a transaction, one entry a record, the newest first; one's own changes only when asked.

    What is again as it was then did not change: neither a field, nor a record that came and went.
    """
    by_key: dict[str, Changed] = {}
    then: dict[str, dict[str, Any] | None] = {}
    many: list[Changed] = []
    scoped = _Scoped(desk, scope)
    for transaction in desk.store.since(since):
        for op in transaction.ops:
            _remember(op, then)
        if transaction.author == desk.author and not own:
            continue
        ops = [op for op in transaction.ops if scoped.holds(op)]
        if len(ops) > MANY:
            many.append(_told_at_once(transaction, ops))
            continue
        for op in ops:
            by_key[op.key] = _changed(desk, transaction, op, by_key.pop(op.key, None))
    lasting = [each for key, change in by_key.items() for each in _lasting(desk, change, then[key])]
    return sorted([*lasting, *many], key=lambda each: each.sequence, reverse=True)


def _told_at_once(transaction: Transaction, ops: list[Op]) -> Changed:
    return Changed(
        ops[0].key,
        "changed",
        (),
        (transaction.author,),
        transaction.time,
        transaction.sequence,
        transaction.note,
        len(ops),
    )


def _changed(desk: Desk, transaction: Transaction, op: Op, before: Changed | None) -> Changed:
    what = "created" if op.old is None else "deleted" if op.new is None else "changed"
    fields = () if what != "changed" else tuple({**(op.old or {}), **(op.new or {})})
    authors: tuple[str, ...] = (transaction.author,)
    if before is not None and what == "changed":
        what = before.what if before.what == "created" else what
        fields = tuple(dict.fromkeys([*before.fields, *fields]))
        authors = tuple(dict.fromkeys([*before.authors, *authors]))
    title = by_name(op.register).cls.title_field
    text = desk.title(op.key) if op.new is not None else str((op.old or {}).get(title) or op.key)
    return Changed(op.key, what, fields, authors, transaction.time, transaction.sequence, text)


def _remember(op: Op, then: dict[str, dict[str, Any] | None]) -> None:
    """The first change of a field tells how it was; None for a record that was not there."""
    known = then.setdefault(op.key, None if op.old is None else {})
    if known is not None:
        old = op.old or {}
        for name in {**old, **(op.new or {})}:
            known.setdefault(name, old.get(name))


def _lasting(desk: Desk, change: Changed, then: dict[str, Any] | None) -> Iterator[Changed]:
    """What is left of a change beside how the record is now; nothing where that is how it was."""
    now = desk.store.get(change.key)
    if now is None or then is None:
        if now is not then:
            yield change
        return
    fields = tuple(name for name in change.fields or then if now.get(name) != then.get(name))
    if fields:
        yield msgspec.structs.replace(change, what="changed", fields=fields)


class _Scoped:
    """Whether what happened to a record belongs to a scope."""

    def __init__(self, desk: Desk, scope: str) -> None:
        self.desk = desk
        self.word = scope.removeprefix("@").replace('"', "")
        self._members: dict[str, set[str] | None] = {}

    def holds(self, op: Op) -> bool:
        """Whether the record is inside; one that is gone, where it named a node inside."""
        if not self.word:
            return True
        if op.new is None:
            return (op.old or {}).get("project") in self._nodes()
        if op.register not in self._members:
            self._members[op.register] = members(self.desk, op.register, self.word)
        inside = self._members[op.register]
        return inside is not None and op.key.rpartition("-")[2] in inside

    def _nodes(self) -> set[str]:
        return set() if self.word.casefold() == ME else nodes(self.desk, self.word)
