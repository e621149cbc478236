"""The outbox: one message a person about everything that is open with them, as a file to be sent by the officer's own mail program.

Nobody is written to twice within some days, nobody who is away; whoever is left out is named with the reason.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pmo_tui.analysis.invoice_steps import FINANCE
from pmo_tui.desk.agenda import REPORT, Entry, entries
from pmo_tui.desk.files.exporting import put_file
from pmo_tui.desk.home.folders import private
from pmo_tui.desk.reports import status_list
from pmo_tui.desk.reports.message_text import letter_text, subject
from pmo_tui.desk.reports.status import ask_for, me
from pmo_tui.desk.writing import build, without_key
from pmo_tui.exchange.eml import Mail, is_address, write_mail
from pmo_tui.records.documents import document_of
from pmo_tui.records.errors import PmoError, Refused, Said
from pmo_tui.records.marks import N_
from pmo_tui.records.people import Absence, Person
from pmo_tui.records.registers import by_name
from pmo_tui.store import Draft

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk


WAITING = {FINANCE: N_("approved: finance has to pay")}
"""Why nobody is written to about what waits for a party."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to one person about some items. Texts are raw: make them safe before they are shown."""

    person: str
    name: str
    address: str
    subject: str
    text: str
    items: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """Items that nobody is written to about, and why; `person` is None where nobody is named."""

    person: str | None
    why: Said
    items: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """The messages, by name of the person, and what is left out."""

    letters: tuple[Letter, ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class Put:
    """A message that was written: its key and its file."""

    key: str
    path: Path


# ---- what there is to write about ------------------------------------------------------------------------------------------


def overdue(desk: Desk, scope: str = "") -> list[Entry]:
    """Everything that is late inside a scope and that somebody has to do; also the status of projects that did not report."""
    late = [entry for entry in entries(desk, scope, 0) if entry.days_late and entry.kind != REPORT]
    rows = desk.view(status_list.NAME, f"state:late {scope}".strip())
    asked = [status_item(desk, rows.key(i)) for i in range(len(rows))]
    return [*asked, *sorted(late, key=lambda entry: (-entry.days_late, entry.key))]


def status_item(desk: Desk, node: str, day: date | None = None) -> Entry:
    """The status of a node for a period as something that its manager has to tell."""
    period = desk.statuses.period(node, day)
    manager = getattr(desk.portfolio.node(node), "manager", None)
    late = max(0, (desk.today() - period.finish).days)
    return Entry(REPORT, period.finish, late, node, period.name, node, manager)


# ---- who is written to -----------------------------------------------------------------------------------------------------


def prepare(desk: Desk, items: Iterable[Entry]) -> Prepared:
    """One message a person about all their items. Nothing is written."""
    by_person: dict[tuple[str | None, str], list[Entry]] = {}
    for item in items:
        by_person.setdefault((item.who, item.party), []).append(item)
    letters: list[Letter] = []
    skipped: list[Skipped] = []
    for (person, party), found in by_person.items():
        why = Said(WAITING[party], {}) if party else _why_not(desk, person)
        if why is not None:
            skipped.append(Skipped(person, why, tuple(found)))
        elif person is not None:
            letters.append(_letter(desk, person, found))
    letters.sort(key=lambda each: each.name.casefold())
    return Prepared(tuple(letters), tuple(skipped))


def _why_not(desk: Desk, key: str | None) -> Said | None:
    """Why somebody is not written to today; None where they are."""
    if key is None:
        return Said(N_("nobody is named"), {})
    today, person = desk.today(), desk.record(key)
    if not isinstance(person, Person):
        return Said(N_("nobody is named"), {})
    if person.kind == "placeholder":
        return Said(N_("is a placeholder, not a person"), {})
    if person.finish is not None and person.finish < today:
        return Said(N_("left on {day}"), {"day": person.finish})
    if key == desk.me():
        return Said(N_("that is you"), {})
    away = _away_until(desk, key, today)
    if away is not None:
        return Said(N_("is away until {day}"), {"day": away})
    return _written_lately(desk, key, today)


def _away_until(desk: Desk, key: str, today: date) -> date | None:
    """The last day of an absence that takes the whole of today; None for one who is here."""
    numbers = desk.store.shelf("absences").where("person", key)
    found = desk.money.some("absences", numbers, Absence)
    days = [each.finish for each in found if each.start <= today <= each.finish and each.hours_per_day is None]
    return max(days, default=None)


def _written_lately(desk: Desk, key: str, today: date) -> Said | None:
    shelf = desk.store.shelf("messages")
    for number in shelf.where("to", key):
        document = shelf[number]
        on = date.fromisoformat(document["on"])
        if document.get("status") != "dropped" and 0 <= (today - on).days < desk.config.chase_days:
            return Said(N_("was written to on {day} ({key})"), {"day": on, "key": f"MSG-{number}"})
    return None


def _letter(desk: Desk, key: str, items: Sequence[Entry]) -> Letter:
    person = desk.record(key)
    assert isinstance(person, Person)
    address = person.email if person.email and is_address(person.email) else ""
    return Letter(key, person.name, address, subject(desk, items), letter_text(desk, person.name, items), tuple(items))


# ---- writing them ----------------------------------------------------------------------------------------------------------


def outbox_folder(desk: Desk) -> Path:
    """Where the files go when no other folder is named."""
    return desk.folders.state / "outbox"


def put(desk: Desk, letters: Sequence[Letter], folder: Path | None = None) -> list[Put]:
    """Write each message as a file and note it as a record, all in one transaction; statuses that are asked for are noted too.

    The files are there before the records say so; where the records are refused the files go again.
    """
    place = folder or private(outbox_folder(desk))
    sender = desk.record(desk.me()) if me(desk) else None
    paths: list[Path] = []
    try:
        place.mkdir(parents=True, exist_ok=True)
        for letter in letters:
            paths.append(_free_name(place, f"{desk.today().isoformat()}-{_slug(letter.name)}"))
            put_file(paths[-1], write_mail(_mail(letter, sender)))
            paths[-1].chmod(0o600)
        keys = _note(desk, letters, paths)
    except OSError as error:
        _take_away(paths)
        raise PmoError(
            N_("{folder} cannot be written to: {why}"), N_("Name another folder."), folder=place, why=error
        ) from error
    except BaseException:
        _take_away(paths)
        raise
    return [Put(key, path) for key, path in zip(keys, paths, strict=True)]


def _mail(letter: Letter, sender: object) -> Mail:
    name, address = (sender.name, sender.email or "") if isinstance(sender, Person) else ("", "")
    return Mail(letter.name, letter.address, letter.subject, letter.text, name, address)


def _note(desk: Desk, letters: Sequence[Letter], paths: Sequence[Path]) -> list[str]:
    documents = []
    for letter, path in zip(letters, paths, strict=True):
        about = list(dict.fromkeys(item.key for item in letter.items))
        values = {
            "to": letter.person, "address": letter.address or None, "subject": letter.subject, "about": about,
            "on": desk.today(), "prepared_by": me(desk), "text": letter.text, "file": str(path),
        }  # fmt: skip
        record, problems = build(desk, by_name("messages"), values)
        if problems:
            raise Refused(problems=problems)
        documents.append(without_key(document_of(record)))
    asked = [(item.key, item.text) for letter in letters for item in letter.items if item.kind == REPORT]
    keys: list[str] = []

    def work(draft: Draft) -> None:
        keys[:] = [draft.add("messages", dict(document)) for document in documents]
        ask_for(draft, asked)

    desk.store.transact(work, note="outbox")
    return keys


def _take_away(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _slug(name: str) -> str:
    """A name as part of a file's name: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "message"


def _free_name(place: Path, stem: str) -> Path:
    path, number = place / f"{stem}.eml", 1
    while path.exists():
        number += 1
        path = place / f"{stem}-{number}.eml"
    return path
