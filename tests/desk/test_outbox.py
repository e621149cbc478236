"""The outbox: one message a person with all their items; nobody twice in three days, nobody who is away; nothing is sent."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from pmo_tui.desk import rules
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.reports import outbox
from pmo_tui.desk.reports.outbox_items import items_about
from pmo_tui.records.errors import PmoError, Refused
from pmo_tui.records.messages import Message
from pmo_tui.store import open_store
from pmo_tui.wording import languages
from tests.desk.office import TODAY, furnish


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Anna works here; Piet has an address and is late with a milestone, a status and an action; Els with an action."""
    furnish(desk)
    desk.set(["PER-2"], {"email": "piet@town.example"})
    desk.add("people", {"name": "Els de Boer"})
    desk.add("actions", {"title": "Call the council", "project": "P-2", "owner": "Els de Boer", "due": "2026-11-20"})
    desk.add("actions", {"title": "Order sand", "project": "P-1", "owner": "Piet", "due": "2026-11-24"})
    desk.add("actions", {"title": "Later", "project": "P-1", "owner": "Piet", "due": "2026-12-24"})
    return desk


def names(prepared: outbox.Prepared) -> list[str]:
    return [letter.name for letter in prepared.letters]


def later(desk: Desk, day: date) -> Desk:
    store = open_store(Path(desk.store.location), author="Anna", login="anna", check=rules.check)
    return Desk(store, desk.folders, today=lambda: day)


def test_one_message_a_person_with_all_their_items(office: Desk) -> None:
    prepared = outbox.prepare(office, outbox.overdue(office))
    assert names(prepared) == ["Els de Boer", "Piet"]
    els, piet = prepared.letters
    assert [item.key for item in els.items] == ["A-1"]
    assert {item.key for item in piet.items} == {"P-2", "P-3", "T-1", "A-2"}
    assert "Call the council" in els.text
    assert "5 days late" in els.text
    assert "Later" not in piet.text
    assert piet.address == "piet@town.example"
    assert els.address == ""


def test_what_nobody_is_written_to_about_is_named_with_the_reason(office: Desk) -> None:
    prepared = outbox.prepare(office, outbox.overdue(office))
    why = {(each.person, each.why.words()): [item.key for item in each.items] for each in prepared.skipped}
    assert why[("PER-1", "that is you")] == ["R-1"]
    assert why[(None, "nobody is named")] == ["INV-1"]


@pytest.mark.parametrize("status", ["approved", "payable"])
def test_who_approved_an_invoice_is_not_chased_for_its_payment(office: Desk, status: str) -> None:
    office.set(["PO-1"], {"budget_holder": "Piet"})
    chased = {
        letter.name: [item.key for item in letter.items]
        for letter in outbox.prepare(office, outbox.overdue(office)).letters
    }
    assert "INV-1" in chased["Piet"]
    office.set(["INV-1"], {"status": status, "approved_by": "Piet"})
    for items in (outbox.overdue(office), items_about(office, ["INV-1"])):
        prepared = outbox.prepare(office, items)
        assert not [item for letter in prepared.letters for item in letter.items if item.key == "INV-1"]
        why = {(each.person, each.why.words()): [item.key for item in each.items] for each in prepared.skipped}
        assert why[None, "approved: finance has to pay"] == ["INV-1"]


def test_nobody_who_is_away_is_written_to(office: Desk) -> None:
    office.add("absences", {"person": "Els de Boer", "start": "2026-11-23", "finish": "2026-11-27"})
    office.add("absences", {"person": "Piet", "start": "2026-11-25", "finish": "2026-11-25", "hours_per_day": "2"})
    prepared = outbox.prepare(office, outbox.overdue(office))
    assert names(prepared) == ["Piet"], "an hour off is not away"
    assert "is away until 2026-11-27" in [each.why.words() for each in prepared.skipped]


def test_nobody_is_written_to_twice_in_three_days(office: Desk) -> None:
    outbox.put(office, outbox.prepare(office, outbox.overdue(office)).letters)
    again = outbox.prepare(office, outbox.overdue(office))
    assert names(again) == []
    assert {"was written to on 2026-11-25 (MSG-1)", "was written to on 2026-11-25 (MSG-2)"} <= {
        each.why.words() for each in again.skipped
    }
    for day, expected in ((date(2026, 11, 27), 0), (date(2026, 11, 28), 2)):
        then = later(office, day)
        assert len(outbox.prepare(then, outbox.overdue(then)).letters) == expected, day
        then.store.close()
    office.set(["MSG-1"], {"status": "dropped"})
    assert names(outbox.prepare(office, outbox.overdue(office))) == ["Els de Boer"], "a dropped one never went out"


def test_placeholders_and_people_who_left_are_not_written_to(office: Desk) -> None:
    office.set(["PER-3"], {"kind": "placeholder"})
    office.set(["PER-2"], {"finish": "2026-11-01"})
    prepared = outbox.prepare(office, outbox.overdue(office))
    assert names(prepared) == []
    assert {"is a placeholder, not a person", "left on 2026-11-01"} <= {each.why.words() for each in prepared.skipped}


def test_a_message_is_a_file_and_a_record(office: Desk, tmp_path: Path) -> None:
    office.set(["PER-1"], {"email": "anna@town.example"})
    head = office.store.head()
    put = outbox.put(office, outbox.prepare(office, outbox.overdue(office)).letters)
    assert office.store.head() == head + 1, "one transaction"
    assert [each.key for each in put] == ["MSG-1", "MSG-2"]
    assert put[1].path == tmp_path / ".local/state/pmo_tui/outbox/2026-11-25-piet.eml"
    assert put[1].path.stat().st_mode & 0o777 == 0o600
    mail = message_from_bytes(put[1].path.read_bytes(), policy=default)
    assert (mail["To"], mail["From"], mail["X-Unsent"]) == ("Piet <piet@town.example>", "Anna <anna@town.example>", "1")
    sent = office.record("MSG-2")
    assert isinstance(sent, Message)
    assert mail.get_content().replace("\r\n", "\n").rstrip() == (sent.text or "").rstrip()
    assert (sent.to, sent.on, sent.status, sent.subject) == ("PER-2", TODAY, "prepared", "4 things are overdue")
    assert set(sent.about) == {"P-2", "P-3", "T-1", "A-2"}
    assert sent.file == str(put[1].path)
    office.delete(["A-2"])
    assert "A-2" in (office.values("MSG-2")["about"]), "the record may go, what was said stays"


def test_a_status_that_is_asked_for_is_noted(office: Desk) -> None:
    letters = outbox.prepare(office, items_about(office, ["P-3"])).letters
    assert letters[0].subject == "Status of P-3 for week 47 of 2026"
    outbox.put(office, letters)
    asked = [each for each in office.statuses.reports("P-3") if each.period == "2026-w47"]
    assert [each.status for each in asked] == ["requested"]


def test_another_folder_and_names_that_are_taken(office: Desk, tmp_path: Path) -> None:
    letters = outbox.prepare(office, outbox.overdue(office)).letters
    folder = tmp_path / "out" / "box"
    first = outbox.put(office, letters[:1], folder)
    second = outbox.put(office, letters[:1], folder)
    assert [each.path.name for each in (*first, *second)] == [
        "2026-11-25-els-de-boer.eml", "2026-11-25-els-de-boer-2.eml",
    ]  # fmt: skip


def test_a_folder_that_cannot_be_written_to_leaves_nothing_behind(office: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    head = office.store.head()
    letters = outbox.prepare(office, outbox.overdue(office)).letters
    with pytest.raises(PmoError, match="cannot be written to"):
        outbox.put(office, letters, tmp_path / "file")
    assert office.store.head() == head


def test_refused_records_take_their_files_with_them(office: Desk, tmp_path: Path) -> None:
    letters = outbox.prepare(office, outbox.overdue(office)).letters
    office.delete(["A-1"])
    office.delete(["PER-3"])
    with pytest.raises(Refused):
        outbox.put(office, letters, tmp_path / "box")
    assert list((tmp_path / "box").iterdir()) == []


def test_records_of_any_register_find_who_is_to_act(office: Desk) -> None:
    office.set(["PO-1"], {"budget_holder": "Els de Boer"})
    found = {
        item.key: (item.who, item.days_late) for item in items_about(office, ["R-1", "T-1", "INV-1", "PO-1", "D-1"][:4])
    }
    assert found == {"R-1": ("PER-1", 5), "T-1": ("PER-2", 2), "INV-1": ("PER-3", 5), "PO-1": ("PER-3", 0)}


def test_the_scope_narrows_what_is_chased(office: Desk) -> None:
    assert {item.project for item in outbox.overdue(office, "@P-2")} == {"P-2"}


def test_a_message_speaks_the_language_in_use(office: Desk) -> None:
    with languages.speaking("nl"):
        letter = outbox.prepare(office, items_about(office, ["A-1"])).letters[0]
    assert "20 nov 2026" in letter.text


@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("Eve\u202e", "eve@x.example\r\nBcc: all@x.example"),
        ("=?utf-8?q?x?=", "a b@c"),
        ('"; rm -rf', "'@x"),
        ("漢字 👩‍💻", "x@y.example"),
    ],
)
def test_no_name_and_no_address_writes_a_header_of_its_own(office: Desk, name: str, email: str) -> None:
    office.set(["PER-3"], {"name": name})
    try:
        office.set(["PER-3"], {"email": email})
    except Refused:
        office.set(["PER-3"], {"email": email.split("\r")[0] + " Bcc: all@x.example"})
    put = outbox.put(office, outbox.prepare(office, items_about(office, ["A-1"])).letters)
    mail = message_from_bytes(put[0].path.read_bytes(), policy=default)
    assert set(mail.keys()) <= {
        "To",
        "Subject",
        "X-Unsent",
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
    }
    assert "all@x.example" not in str(mail["To"])
