"""Milestones as a calendar: the rules of RFC 5545, and that calendar programs take the file twice without doubling it."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from pmo_tui.exchange.ics import Milestone, write_milestones

CHANGED = datetime(2026, 3, 1, 10, 30, 15, 999, tzinfo=timezone(timedelta(hours=2)))


def milestone(number: int = 1, **changes: object) -> Milestone:
    values: dict[str, object] = {
        "uid": f"T-{number}@store-1",
        "day": date(2026, 12, 31),
        "title": "Go live",
        "project": "New harbour",
        "revision": 7,
        "changed": CHANGED,
    }
    return Milestone(**(values | changes))  # type: ignore[arg-type]


def lines(data: bytes) -> list[str]:
    """The content lines, unfolded."""
    return data.replace(b"\r\n ", b"").decode().split("\r\n")


def test_a_milestone_is_a_whole_day_that_blocks_nothing() -> None:
    found = lines(write_milestones([milestone()], name="Harbour"))
    assert found == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//pmo_tui//milestones//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        "X-WR-CALNAME:Harbour",
        "BEGIN:VEVENT", "SUMMARY:Go live", "DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101", "DTSTAMP:20260301T083015Z",
        "UID:T-1@store-1", "SEQUENCE:7", "CATEGORIES:New harbour", "LAST-MODIFIED:20260301T083015Z", "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip


def test_the_same_milestones_in_any_order_give_the_same_bytes() -> None:
    some = [milestone(number, day=date(2026, 1 + number % 3, 5)) for number in range(9)]
    assert write_milestones(some, name="x") == write_milestones(some[::-1], name="x")
    stamped = write_milestones(some, name="x", stamp=datetime(2027, 1, 1, tzinfo=UTC))
    assert stamped.count(b"DTSTAMP:20270101T000000Z") == 9


def test_a_deleted_milestone_is_cancelled_and_rings_no_bell() -> None:
    found = lines(write_milestones([milestone(cancelled=True)], name="x", alarm=True))
    assert "STATUS:CANCELLED" in found
    assert "BEGIN:VALARM" not in found


def test_the_bell_rings_at_nine_the_day_before_when_asked_for() -> None:
    assert b"VALARM" not in write_milestones([milestone()], name="x")
    assert "TRIGGER:-PT15H" in lines(write_milestones([milestone()], name="x", alarm=True))


def test_an_address_that_is_none_goes_into_the_description() -> None:
    found = lines(write_milestones([milestone(notes="see", url="https://x.example/é y\r\nATTACH:z")], name="x"))
    assert "DESCRIPTION:see\\nhttps://x.example/é y ATTACH:z" in found
    assert not any(line.startswith("URL") for line in found)
    assert "URL:https://x.example/1" in lines(write_milestones([milestone(url="https://x.example/1")], name="x"))


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        write_milestones([milestone(changed=datetime(2026, 1, 1))], name="x")


TEXT = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=120),
    st.lists(
        st.sampled_from(
            ["\r\nBEGIN:VEVENT", "\n", "\r", "\\", ";", ",", "é" * 40, "👩‍👩‍👧" * 9, "\x1b[31m", "\u2028", "\0"]
        )
    ).map("".join),
)


@given(title=TEXT, project=TEXT, notes=TEXT, name=TEXT, url=TEXT)
def test_no_text_breaks_the_calendar(title: str, project: str, notes: str, name: str, url: str) -> None:
    data = write_milestones([milestone(title=title, project=project, notes=notes, url=url)], name=name, alarm=True)
    physical = data.split(b"\r\n")
    assert all(len(line) <= 75 for line in physical)
    assert all(
        line.decode() is not None and not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", line.decode()) for line in physical
    )
    assert [line for line in lines(data) if line.startswith("BEGIN:")] == [
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        "BEGIN:VALARM",
    ]
    event = Calendar.from_ical(data).walk("VEVENT")[0]
    assert event["uid"] == "T-1@store-1"
    clean = re.sub(r"[\s\x00-\x1f\x7f-\x9f]+", " ", title).strip()
    assert re.sub(r"\s+", " ", str(event["summary"])).strip() == clean


def needs(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not on this machine")
    return found


def run(*words: str, cwd: Path) -> str:
    return subprocess.run(
        words, cwd=cwd, check=True, capture_output=True, text=True, timeout=60, env=environment(cwd)
    ).stdout


def environment(home: Path) -> dict[str, str]:
    return {"HOME": str(home), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "Europe/Amsterdam"}


TITLES = ["Go live; phase 1, “soft” – " + "é" * 50, "Handover"]


def two_files(folder: Path) -> tuple[Path, Path]:
    """The same milestones as first exported, and with the first one moved."""
    first = [milestone(number, title=title) for number, title in enumerate(TITLES)]
    moved = [milestone(0, title=TITLES[0], day=date(2027, 1, 8), revision=9), first[1]]
    before, after = folder / "before.ics", folder / "after.ics"
    before.write_bytes(write_milestones(first, name="Harbour"))
    after.write_bytes(write_milestones(moved, name="Harbour"))
    return before, after


def test_khal_takes_the_file_twice_and_moves_what_moved(tmp_path: Path) -> None:
    khal = needs("khal")
    config = tmp_path / "config"
    config.write_text(
        f"[calendars]\n[[pmo]]\npath = {tmp_path}/events\ntype = calendar\n"
        "[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        f"[sqlite]\npath = {tmp_path}/khal.db\n"
    )
    before, after = two_files(tmp_path)

    def listed() -> list[str]:
        out = run(
            khal,
            "-c",
            str(config),
            "list",
            "2026-12-01",
            "60d",
            "--format",
            "{start-date} {title}",
            "--day-format",
            "",
            cwd=tmp_path,
        )
        return sorted(line for line in out.splitlines() if line)

    for _ in range(2):
        run(khal, "-c", str(config), "import", "--batch", str(before), cwd=tmp_path)
        assert listed() == sorted(f"2026-12-31 {title}" for title in TITLES)
    run(khal, "-c", str(config), "import", "--batch", str(after), cwd=tmp_path)
    assert listed() == [f"2026-12-31 {TITLES[1]}", f"2027-01-08 {TITLES[0]}"]


def test_calcurse_takes_the_file_twice_into_a_folder_of_its_own(tmp_path: Path) -> None:
    """calcurse forgets every UID, so that a second import doubles: docs/calendars.md has it emptied first, as here."""
    calcurse = needs("calcurse")
    before, after = two_files(tmp_path)
    store = str(tmp_path / "calcurse")

    def listed(file: Path) -> list[str]:
        run(calcurse, "-q", "-D", store, "-P", "--filter-type", "event", cwd=tmp_path)
        run(calcurse, "-q", "-D", store, "-i", str(file), cwd=tmp_path)
        return sorted((tmp_path / "calcurse" / "apts").read_text(encoding="utf-8").splitlines())

    assert listed(before) == listed(before) == sorted(f"12/31/2026 [1] {title}" for title in TITLES)
    assert listed(after) == sorted([f"01/08/2027 [1] {TITLES[0]}", f"12/31/2026 [1] {TITLES[1]}"])
