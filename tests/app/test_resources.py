"""The resource sheet by its keys: who is over-booked and why, bookings made and mended, requests asked and answered."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
import time_machine

from pmo_tui.cli.main import main
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.request_answers import book
from pmo_tui.widgets.sheet import CELL
from pmo_tui.widgets.text_page import TextPage
from pmo_tui.wording import languages
from tests.app.conftest import Run, desk_at, fill
from tests.app.driving import Driver
from tests.app.shows import assert_shows

THEN = datetime(2026, 11, 24, 12, tzinfo=UTC)
"""When the bookings of the pictures are made."""


@pytest.fixture
def team(desk: Desk) -> Desk:
    """Jan (32 hours, Monday to Thursday) over-booked in two weeks of December, Esra booked softly and away at the year's end."""
    return fill_team(desk)


def fill_team(desk: Desk) -> Desk:
    desk.set(["PER-1"], {"pattern": "8 8 8 8 0 0 0", "fte": "0.8", "unit": "Digital"})
    desk.add("people", {"name": "Zoë Esra", "function": "Architect", "unit": "Works"})
    desk.add("systems", {"name": "Zz lab"})
    booked(desk, "PER-1", "P-1", "16", "2026-11-02", "2027-06-30")
    booked(desk, "PER-1", "P-2", "20", "2026-12-07", "2026-12-20")
    booked(desk, "PER-3", "P-2", "40", "2026-11-23", "2026-12-20", status="soft", probability="50%")
    desk.add("absences", {"person": "PER-3", "start": "2026-12-21", "finish": "2026-12-31"})
    return desk


def booked(desk: Desk, person: str, project: str, hours: str, start: str, finish: str, **more: str) -> str:
    texts = {"person": person, "project": project, "hours_per_week": hours, "start": start, "finish": finish}
    return desk.add("bookings", {**texts, **more})


def row(app: Driver, name: str) -> list[str]:
    """The cells of a person, or of a line of the head, as they are shown."""
    return _cells(app, next(line for line in app.lines()[1:] if line[1:].startswith(name)))


def labels(app: Driver) -> list[str]:
    """The labels of the periods in sight."""
    return [label.strip("▸") for label in _cells(app, app.lines()[2])]


def _cells(app: Driver, line: str) -> list[str]:
    first, last = app.frame.table.in_sight  # type: ignore[attr-defined]
    return line.ljust(app.app.size.width)[-CELL * (last - first + 1) :].split()


# ---- what is seen ------------------------------------------------------------------------------------------------------


@pytest.fixture
def pictured(home: Path) -> Iterator[Desk]:
    """The same, all of it written on one known day."""
    with time_machine.travel(THEN, tick=False):
        found = desk_at(home / "pictured.json", home)
        fill(found)
        fill_team(found)
    yield found
    found.store.close()


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_the_sheet_and_the_causes_look_so(run: Run, pictured: Desk, size: tuple[int, int], language: str) -> None:
    languages.use(language)
    name = f"{size[0]}x{size[1]}" + ("" if language == "en" else f"-{language}")
    async with run("resources", size, on=pictured) as app:
        assert_shows(app, f"resources-{name}")
        await app.press("o", "enter")
        assert_shows(app, f"causes-{name}")


async def test_an_empty_store_says_what_to_do(run: Run, home: Path) -> None:
    empty = desk_at(home / "empty.json", home)
    async with run("resources", on=empty) as app:
        assert_shows(app, "resources-empty-80x24")
        for key in ("o", "z", "percent_sign", "greater_than_sign", "right_square_bracket", "right", "s", "t", "space"):
            await app.press(key)
        await app.press("enter")
        assert "nothing here to do that with" in app.status
    empty.store.close()


async def test_half_of_jan_in_the_week_of_ascension(run: Run, team: Desk) -> None:
    async with run("resources", (120, 30)) as app:
        await app.press("down", "greater_than_sign", "greater_than_sign", "percent_sign")
        assert row(app, "Jan")[labels(app).index("w18")] == "66.7°"
        await app.press("t", *["right"] * 23)
        assert "w18 3–9 May: 16 of 24 h, 66.7%, 8 h free; usually 32 h" in app.status
        await app.press("w")
        assert "Why: Load · Jan de Vries · w18 3–9 May" in app.lines()[0]
        assert "Ascension Day" in app.text
        assert "66.7%" in app.text


async def test_numbers_marks_and_words_without_colour(run: Run, team: Desk) -> None:
    async with run("resources") as app:
        assert row(app, "Jan")[:4] == ["16", "16", "36!", "36!"]
        assert row(app, "Zoë Esra")[:6] == ["20~", "20~", "20~", "20~", "–°", "–°"]
        assert row(app, "Booked")[:3] == ["36", "36", "56"]
        assert row(app, "Available")[:3] == ["112", "112", "112"]
        await app.press("percent_sign")
        assert row(app, "Jan")[:3] == ["50", "50", "113!"]
        await app.press("percent_sign")
        assert row(app, "Jan")[:3] == ["0.4", "0.4", "0.9!"]
        await app.press("end", "up")
        assert "soft 20 of 40 h" in app.status


async def test_days_and_months_are_the_same_hours(run: Run, team: Desk) -> None:
    async with run("resources") as app:
        await app.press("down", "z")
        assert row(app, "Jan")[:2] == ["68", "116w"]
        assert "too much in a week" not in app.status
        await app.press("right", "z")
        assert "Tu 1" in app.lines()[2]
        assert row(app, "Jan")[0] == "4"
        await app.press("z", "t")
        assert "▸w48" in app.lines()[2]


async def test_periods_scroll_to_both_sides_and_back_to_today(run: Run, team: Desk) -> None:
    async with run("resources") as app:
        for _ in range(4):
            await app.press("greater_than_sign")
        assert "w21" in app.lines()[2] or "w20" in app.lines()[2]
        for _ in range(10):
            await app.press("right")
        assert "2027" in app.lines()[1]
        await app.press("t")
        assert labels(app)[0] == "w48"
        await app.press("less_than_sign")
        assert "w47" in app.status
        await app.press("down", "left")
        assert "w46 9–15 Nov: 16 of 32 h" in app.status


async def test_an_alarm_out_of_sight_is_pointed_at(run: Run, team: Desk) -> None:
    booked(team, "PER-2", "P-1", "60", "2027-04-05", "2027-04-11")
    async with run("resources") as app:
        assert "›" in next(line for line in app.lines() if "Anna" in line)
        await app.press("right_square_bracket")
        assert "w14 5–11 Apr: 60 of 40 h" in app.status
        await app.press("right_square_bracket")
        assert "w50 7–13 Dec: 36 of 32 h, 112.5%, 4 h over" in app.status
        await app.press("left_square_bracket")
        assert "60 of 40 h" in app.status


# ---- whom, in which order ----------------------------------------------------------------------------------------------


async def test_filter_scope_order_and_only_who_is_over(run: Run, team: Desk) -> None:
    booked(team, "SYS-1", "P-1", "60", "2026-11-23", "2026-11-29")
    async with run("resources") as app:

        def names() -> list[str]:
            return [line[1:24].strip(" ›‹") for line in app.lines()[5:-2] if line.strip()]

        everybody = ["Anna Bos", "Jan de Vries", "Zoë Esra", "Zz lab"]
        assert names() == everybody
        await app.press("s")
        assert names() == ["Zz lab", "Jan de Vries", "Anna Bos", "Zoë Esra"]
        await app.press("s", "o")
        assert names() == ["Zz lab", "Jan de Vries"]
        assert "only over-booked" in app.lines()[0]
        await app.press("o")
        for words, left in (
            ("unit:dig", ["Jan de Vries"]),
            ("func:arch", ["Zoë Esra"]),
            ("proj:hb1", ["Jan de Vries", "Zz lab"]),
            ("unit:x", ["The filter and the sc"]),
        ):
            await app.press("slash")
            await app.type(words)
            await app.press("enter")
            assert [name[:21] for name in names()][: len(left)] == left
            await app.press("slash", "ctrl+u", "enter")
        await app.press("at")
        await app.type("P-2")
        await app.press("enter")
        assert names() == ["Jan de Vries", "Zoë Esra"]
        await app.press("right", "right")
        assert "20 h in this scope" in app.status
        await app.press("at")
        await app.press("ctrl+u")
        await app.type("me")
        await app.press("enter")
        assert names() == ["Anna Bos"]


async def test_nobody_over_says_so(run: Run, team: Desk) -> None:
    team.delete(["BKG-2"])
    async with run("resources") as app:
        await app.press("o")
        assert "Nobody is over-booked in w48 23–29 Nov" in app.text
        await app.press("o")
        assert "Jan de Vries" in app.text


# ---- what causes it ----------------------------------------------------------------------------------------------------


async def test_workflow_5_over_allocated_people_next_month_in_three_keys(run: Run, team: Desk, home: Path) -> None:
    other = desk_at(home / "pmo.json", home, "bert")
    other.set(["BKG-2"], {"hours_per_week": "21"})
    other.store.close()
    team.store.refresh()
    async with run("portfolio") as app:
        await app.press("6", "o", "enter")
        assert app.keys == 3
        assert "Jan de Vries · w50 7–13 Dec" in app.lines()[0]
        assert "37 of 32 h, 115.6%, 5 h over" in app.lines()[1]
        first, second = (line.split() for line in app.lines()[4:6])
        assert (first[0], first[3:5]) == ("P-2", ["21", "bert"])
        assert (second[0], second[3:5]) == ("HB1", ["16", "anna"])
        assert "sum 37 h" in app.status


async def test_a_cell_is_the_sum_of_its_causes(run: Run, team: Desk) -> None:
    booked(team, "PER-3", "P-1", "7.5", "2026-11-25", "2026-12-09")
    async with run("resources") as app:
        await app.press("end", "up")
        for _ in range(4):
            figure = row(app, "Zoë Esra")
            await app.press("enter")
            total = Decimal(app.status.split()[1])
            lines = [line.split() for line in app.lines()[4:6] if line.strip()]
            assert total == sum(Decimal(next(part for part in line if _is_number(part))) for line in lines)
            await app.press("escape")
            column = app.frame.table.column - 1  # type: ignore[attr-defined]
            assert Decimal(figure[column].rstrip("~°!d")) == total
            await app.press("right")


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()


async def test_a_cause_is_opened_changed_deleted_and_brought_back(run: Run, team: Desk) -> None:
    async with run("resources") as app:
        await app.press("o", "enter", "enter")
        assert "Booking BKG-2" in app.lines()[0]
        await app.press("escape", "e")
        assert "Change Booking BKG-2" in app.lines()[0]
        await app.press("escape", "d")
        assert team.record("BKG-2") is None
        assert "16 of 32 h" in app.text
        await app.press("u")
        assert "sum 36 h" in app.text or "took back BKG-2" in app.status
        assert team.record("BKG-2") is not None
        await app.press("escape")
        assert "36!" in app.text


async def test_what_would_relieve_is_proposed_and_done_only_after_a_yes(run: Run, team: Desk) -> None:
    team.set(["PER-2"], {"function": "Tester"})
    async with run("resources") as app:
        await app.press("o", "enter", "l")
        assert "What would relieve Jan de Vries" in app.lines()[0]
        assert "hand over P-2      Anna Bos from 7 Dec" in app.text
        head = team.store.head()
        await app.press("enter")
        assert "BKG-2 P-2: Anna Bos from 7 Dec; weeks over 2 → 0" in app.status
        await app.press("escape")
        assert team.store.head() == head
        await app.press("enter", "enter")
        assert team.values("BKG-2")["person"] == "PER-2"
        assert "Nothing helps" in app.text
        await app.press("u", "escape")
        assert "36 of 32 h" in app.text
        assert team.values("BKG-2")["person"] == "PER-1"


async def test_a_booking_is_made_from_a_cell(run: Run, team: Desk) -> None:
    async with run("resources") as app:
        await app.press("right", "n")
        form = app.text
        assert "New Booking" in app.lines()[0]
        assert "Anna Bos" in form
        assert "2026-11-30" in form
        assert "2026-12-06" in form
        await app.type("archi")
        await app.press("tab", "tab", "tab", "tab")
        await app.type("50%")
        await app.press("f2")
        values = team.values("BKG-4")
        assert (values["person"], values["project"], values["hours_per_week"]) == ("PER-2", "P-2", 20)
        assert (str(values["start"]), str(values["finish"])) == ("2026-11-30", "2026-12-06")
        assert row(app, "Anna")[:3] == ["·", "20", "·"]


async def test_people_are_opened_changed_but_not_deleted_here(run: Run, team: Desk) -> None:
    async with run("resources") as app:
        await app.press("left", "enter")
        assert "Person PER-2" in app.lines()[0]
        await app.press("escape", "e")
        assert "Change Person PER-2" in app.lines()[0]
        await app.press("escape", "h")
        assert "History of PER-2" in app.lines()[0]
        await app.press("escape", "d")
        assert team.record("PER-2") is not None
        assert "does not delete people" in app.status
        await app.press("space", "space")
        assert "2 marked; w48" not in app.status
        assert "2 marked" in app.status
        await app.press("right")
        assert "2 marked; w48 23–29 Nov: 16 of 72 h" in app.status


async def test_signs_are_explained_functions_counted_and_views_kept(run: Run, team: Desk) -> None:
    async with run("resources") as app:
        await app.press("question_mark")
        assert "more is booked in the period than can be worked" in app.frame.query_one(TextPage).text
        await app.press("escape", "F")
        assert "Tester" in app.text
        await app.press("escape", "s", "v")
        await app.type("fullest")
        await app.press("enter", "s", "v")
        await app.type("fullest")
        await app.press("enter")
        assert "Name ▾" in app.lines()[2]


async def test_a_colleagues_booking_shows_by_itself(run: Run, team: Desk, home: Path) -> None:
    async with run("resources") as app:
        assert row(app, "Anna")[0] == "·"
        other = desk_at(home / "pmo.json", home, "bert")
        booked(other, "PER-2", "P-1", "12", "2026-11-23", "2026-11-29")
        other.store.close()
        for _ in range(100):
            await app.pilot.pause(0.02)
            if row(app, "Anna")[0] == "12":
                break
        assert row(app, "Anna")[0] == "12"
        assert "bert" in app.status


# ---- the same figures through the other door ---------------------------------------------------------------------------


async def test_the_sheet_says_what_the_command_line_lists(
    run: Run, team: Desk, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    heard = StringIO()
    with redirect_stdout(heard), pytest.raises(SystemExit):
        main(["--store", str(home / "pmo.json"), "--read-only", "list", "load", "--json"])
    listed = {(each["person"], each["week"]): each for each in json.loads(heard.getvalue())}
    for key, unit, field in ((None, "hours", "booked"), ("percent_sign", "per cent", "percent")):
        path = home / f"{field[0]}.csv"
        async with run("resources") as app:
            await app.press(*[key] if key else [], "x", "ctrl+u")
            await app.type(path.name)
            await app.press("enter")
            assert "4 rows" in app.status
        rows = list(csv.DictReader(path.open(encoding="utf-8")))
        assert [each["name"] for each in rows] == ["Anna Bos", "Jan de Vries", "Zoë Esra", "Zz lab"]
        assert {each["measure"] for each in rows} == {unit}
        compared = 0
        for each in rows:
            for week, text in each.items():
                known = listed.get((each["key"], week))
                if known is not None:
                    expected = known[field]
                    assert (Decimal(text) if text else None) == (None if expected is None else Decimal(str(expected)))
                    compared += 1
        assert compared == 4 * 26


async def test_marked_rows_are_exported_and_sent_to_the_clipboard(
    run: Run, team: Desk, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    async with run("resources") as app:
        await app.press("down", "space", "y")
        assert app.app.clipboard.splitlines()[1].split("\t")[:4] == ["Jan de Vries", "16", "16", "36"]
        await app.press("x", "ctrl+u")
        await app.type("o.txt")
        await app.press("enter")
        assert "sheet.csv" in app.status
        await app.press("x", "ctrl+u")
        await app.type("o.xlsx")
        await app.press("enter")
        assert "1 rows" in app.status
        assert (home / "o.xlsx").stat().st_size > 1000


async def test_lists_that_look_ahead(run: Run, team: Desk) -> None:
    for number in range(3):
        team.add("projects", {"name": f"Small {number}"})
        booked(team, "PER-1", f"P-{3 + number}", "1", "2026-11-23", "2026-12-11")
    async with run("resources") as app:
        await app.press("L")
        assert "Load" in app.lines()[0]
        assert "2026-w50" in app.text
        await app.press("enter")
        assert "Jan de Vries · w50 7–13 Dec" in app.lines()[0]
        await app.press("escape", "escape", "E")
        assert "Coming free" in app.lines()[0]
        assert "2026-12-20" in app.text
        await app.press("escape", "P")
        assert "Projects at once" in app.lines()[0]
        assert "Jan de Vries" in app.text
        await app.press("escape", "D")
        assert "Demand and capacity" in app.lines()[0]
        assert "2026-w50" in app.text


# ---- requests ----------------------------------------------------------------------------------------------------------


async def test_workflow_9_a_tester_half_time_for_six_weeks_in_seven_keys(run: Run, team: Desk) -> None:
    async with run("portfolio") as app:
        await app.press("6", "plus")
        await app.type("tester 0.5fte w02-w07 #hb1")
        assert "tester · 20h/w = 50% = 0.5fte · 11 Jan – 21 Feb (6 weeks) · Harbour bridge" in app.status
        await app.press("enter")
        assert "20h/w = 50% = 0.5fte" in app.text
        assert "Mon 11 Jan 2027, w02" in app.text
        assert "✓ Jan de Vries" in app.text
        await app.press("enter")
        assert app.keys <= 7
        values = team.values("REQ-1")
        assert (values["role"], values["project"], values["hours_per_week"]) == ("tester", "P-1", 20)
        assert (str(values["start"]), str(values["finish"]), values["status"]) == (
            "2027-01-11", "2027-02-21", "submitted",
        )  # fmt: skip
        assert "REQ-1" in app.status
        await app.press("u")
        assert team.record("REQ-1") is None


async def test_what_a_request_leaves_open_is_asked_with_offers(run: Run, team: Desk) -> None:
    async with run("resources") as app:
        await app.press("plus")
        await app.type("tester 50% #x")
        await app.press("enter")
        assert app.prompting
        await app.type("bri")
        await app.press("enter")
        assert "in which period?" in app.status
        await app.type("soonish")
        await app.press("enter")
        assert app.prompting
        await app.press("ctrl+u")
        await app.type("w02-w07")
        await app.press("enter")
        assert "20h/w" in app.text
        assert "Harbour bridge" in app.text
        assert "Sun 21 Feb 2027, w07" in app.text
        await app.press("e")
        assert "New Resource request" in app.lines()[0]
        await app.press("f2")
        assert str(team.values("REQ-1")["finish"]) == "2027-02-21"


async def test_half_a_request_is_kept(run: Run, team: Desk) -> None:
    async with run("resources") as app:
        await app.press("plus")
        await app.type("tester 0.5fte")
        await app.press("escape")
        assert "kept" in app.status
        await app.press("plus")
        assert "tester 0.5fte" in app.text
        await app.type(" w02-w07 #hb1")
        await app.press("enter", "escape")
        assert "kept" in app.status
        assert not team.store.shelf("requests")
        await app.press("plus", "enter", "enter")
        assert team.record("REQ-1") is not None
        await app.press("plus")
        assert "+ tester" not in app.text


@pytest.fixture
def asked(team: Desk) -> Desk:
    """A tester is asked for, half time, in two weeks of December in which Jan is over-booked already."""
    team.add("people", {"name": "Bo Tester", "function": "Tester"})
    team.add("requests", {
        "role": "Tester", "project": "P-2", "start": "2026-12-07", "finish": "2026-12-20", "hours_per_week": "20", "status": "submitted",
    })  # fmt: skip
    return team


async def test_a_request_is_booked_on_whoever_has_time(run: Run, asked: Desk) -> None:
    async with run("resources") as app:
        await app.press("R")
        assert "Open requests" in app.lines()[0]
        await app.press("b")
        offers = [line.strip() for line in app.lines() if "h free for" in line]
        assert offers[0].startswith("✓ Bo Tester")
        assert "80 h free for 40 h" in offers[0]
        assert offers[1].startswith("✓ Jan de Vries")
        assert "2/2 weeks over" in offers[1]
        head = asked.store.head()
        await app.press("enter")
        assert asked.store.head() == head + 1
        assert asked.values("REQ-1")["status"] == "booked"
        assert asked.values("BKG-4")["person"] == "PER-4"
        assert "Bo Tester booked as BKG-4" in app.status
        assert "No request waits" in app.text
        await app.press("u")
        assert asked.record("BKG-4") is None
        assert asked.values("REQ-1")["status"] == "submitted"
        await app.press("b", "down", "down", "enter")
        assert asked.values("REQ-1")["person"] == "PER-1"
        await app.press("C")
        assert "booked" in app.text


async def test_a_request_is_proposed_with_a_probability_and_turned_down(run: Run, asked: Desk) -> None:
    async with run("resources") as app:
        await app.press("R", "B")
        await app.type("esra")
        await app.press("enter")
        assert "How likely" in app.text
        await app.press("backspace", "backspace")
        await app.type("x")
        await app.press("enter")
        assert app.prompting
        await app.press("backspace")
        await app.type("70")
        await app.press("enter")
        assert (asked.values("BKG-4")["status"], asked.values("BKG-4")["probability"]) == ("soft", 70)
        assert asked.values("REQ-1")["status"] == "proposed"
        await app.press("minus")
        await app.type("rel")
        await app.press("enter")
        assert asked.values("REQ-1")["status"] == "released"
        assert asked.record("BKG-4") is None
        await app.press("u", "minus", "enter")
        assert asked.values("REQ-1")["status"] == "rejected"


async def test_a_proposal_does_not_stand_in_its_own_way(run: Run, asked: Desk) -> None:
    book(asked, "REQ-1", "PER-4", Decimal(100))
    async with run("resources") as app:
        await app.press("R", "b")
        first = next(line for line in app.lines() if "h free for" in line)
        assert "Bo Tester" in first
        assert "80 h free for 40 h" in first


async def test_hostile_names_stay_text(run: Run, team: Desk) -> None:
    for name in ("[red]x[/]", "\u202eevil", "漢字" * 40, "👩‍🚀 mission", "a" * 10_000):
        team.add("people", {"name": name, "function": name[:60]})
    async with run("resources", (120, 30)) as app:
        assert "[red]x[/]" in app.text
        assert "\\u202eevil" in app.text
        assert all(len(line) <= 120 for line in app.lines())
        for _ in range(8):
            await app.press("down", "enter", "escape")
