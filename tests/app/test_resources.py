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
from pmo_tui.widgets.sheet import CELL
from pmo_tui.widgets.text_page import TextPage
from pmo_tui.wording import languages
from tests.app.conftest import Run, desk_at, fill
from tests.app.driving import Driver
from tests.app.shows import assert_shows
from tests.app.team import booked, fill_team

THEN = datetime(2026, 11, 24, 12, tzinfo=UTC)
"""When the bookings of the pictures are made."""


@pytest.fixture
def team(desk: Desk) -> Desk:
    """Jan (32 hours, Monday to Thursday) over-booked in two weeks of December, Esra booked softly and away at the year's end."""
    return fill_team(desk)


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
        assert (second[0], second[3:5]) == ("HB1", ["16", "Anna"])
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
        page = app.frame.query_one(TextPage).text
        assert page.index("more is booked in the period than can be worked") < page.index("In a list")
        await app.press("escape", "F")
        assert "Tester" in app.text
        await app.press("escape", "s", "v", "n")
        await app.type("fullest")
        await app.press("enter", "escape", "s")
        assert "Name ▾" not in app.text
        await app.press("v", "down", "enter")
        assert "Name ▾" in app.lines()[2]


async def test_a_colleagues_booking_shows_by_itself(run: Run, team: Desk, home: Path) -> None:
    async with run("resources") as app:
        assert row(app, "Anna")[0] == "·"
        other = desk_at(home / "pmo.json", home, "bert")
        booked(other, "PER-2", "P-1", "12", "2026-11-23", "2026-11-29")
        other.store.close()
        await app.until(lambda: row(app, "Anna")[0] == "12")
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
        await app.press("ctrl+u")
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


async def test_hostile_names_stay_text(run: Run, team: Desk) -> None:
    for name in ("[red]x[/]", "\u202eevil", "漢字" * 40, "👩‍🚀 mission", "a" * 10_000):
        team.add("people", {"name": name, "function": name[:60]})
    async with run("resources", (120, 30)) as app:
        assert "[red]x[/]" in app.text
        assert "\\u202eevil" in app.text
        assert all(len(line) <= 120 for line in app.lines())
        for _ in range(8):
            await app.press("down", "enter", "escape")
