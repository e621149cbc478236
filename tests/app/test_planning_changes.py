"""Changes of a plan by keys: moved and looked at before they are kept, progress, outline, baselines, milestones to a calendar."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.screens.moving import MovingScreen
from pmo_tui.screens.planning import PlanningScreen
from tests.app.conftest import Run, desk_at
from tests.app.plan_help import planned, row_of, table
from tests.app.terminal import terminal
from tests.desk.plan_help import strayed


@pytest.fixture
def bridge(desk: Desk) -> Desk:
    """The bridge with a phase, a baseline and a deadline, and another plan with a late milestone."""
    desk.add("decisions", {"title": "Open after the summer", "project": "P-1"})
    return planned(desk)


# ---- workflow 7 ----------------------------------------------------------------------------------------------------------


async def test_a_milestone_is_moved_with_its_impact_in_six_keys(run: Run, bridge: Desk) -> None:
    """Move a milestone, see the impact, keep the baseline: `3` and the milestone under the cursor first."""
    async with run("planning") as app:
        await app.press("1", "3", "home", "down", "down", "down")
        app.keys = 0
        head = bridge.store.head()
        await app.press("end", "m")
        await app.type("+5d")
        assert "11 Dec → Fri 18 Dec 2026" in app.status
        await app.press("enter")
        assert isinstance(app.frame, MovingScreen)
        assert "instead of Fri 11 Dec 2026" in app.text
        assert "2026-12-18" in row_of(app, "◆ Opening")
        assert "7 days later" in app.text
        assert "+7d" in row_of(app, "◆ Opening")
        assert bridge.store.head() == head
        await app.press("enter")
        await app.type("The minister is away")
        await app.press("enter")
        await app.type("D-1")
        await app.press("enter")
        assert app.keys == 6
        assert bridge.store.head() == head + 1
        opening = bridge.values("T-3")
        assert (opening["finish"], opening["baseline_finish"]) == (date(2026, 12, 18), date(2026, 12, 11))
        assert bridge.history("T-3")[0].note == "Move T-3 Opening: +5d; The minister is away (D-1)"
        assert "+7d" in row_of(app, "Opening")
        assert "kept" in app.status
        await app.press("u")
        assert bridge.values("T-3")["finish"] == date(2026, 12, 11)


async def test_a_move_is_dropped_and_a_wrong_one_is_said(run: Run, bridge: Desk) -> None:
    head = bridge.store.head()
    async with run("planning") as app:
        await app.press("end", "m")
        await app.type("soonish")
        await app.press("enter")
        assert "is not a date" in app.status
        assert app.prompting
        await app.press("escape", "m")
        await app.type("+2w")
        await app.press("enter", "escape")
        assert isinstance(app.frame, PlanningScreen)
        assert "nothing was written" in app.status
        assert bridge.store.head() == head
        await app.press("up", "up", "m")
        assert not app.prompting
        assert "started on" in app.status


async def test_what_a_move_breaks_stands_out(run: Run, bridge: Desk) -> None:
    async with run("planning") as app:
        await app.press("down", "down", "m")
        await app.type("+5d")
        await app.press("enter")
        build = row_of(app, "Build")
        assert build.split()[0] == "!3"
        assert "over its deadline" in build
        assert "for the worse" in app.text


async def test_a_colleagues_change_while_one_looks_is_taken_in(run: Run, bridge: Desk, home: Path) -> None:
    async with run("planning") as app:
        await app.press("down", "down", "m")
        await app.type("+5d")
        await app.press("enter")
        other = desk_at(home / "pmo.json", home, "bert")
        other.set(["T-2"], {"duration": "11d"})
        other.store.close()
        await app.until(lambda: "2026-12-21" in app.text)
        assert "2026-12-21" in row_of(app, "Build")
        await app.press("enter", "enter", "enter")
        assert bridge.values("T-2")["finish"] == date(2026, 12, 21)


async def test_what_holds_a_task_and_who_waits_for_it_elsewhere_is_told(run: Run, bridge: Desk) -> None:
    bridge.set(["T-5"], {}, {"predecessors": [{"task": "T-3"}]})
    async with run("planning") as app:
        await app.press("end", "m")
        await app.type("+1d")
        await app.press("enter")
        assert "T-5 (P-2) ← T-3" in app.text
        await app.press("escape", "m")
        await app.type("1-12")
        await app.press("enter")
        assert "Held where it is" in app.text
        assert "No task would move" in app.text


async def test_several_marked_tasks_move_together(run: Run, bridge: Desk) -> None:
    async with run("planning") as app:
        await app.press("end", "space", "up", "space", "m")
        await app.type("+1d")
        await app.press("enter", "enter", "enter", "enter")
        assert bridge.values("T-2")["start"] == date(2026, 12, 1)
        assert bridge.values("T-3")["finish"] == date(2026, 12, 14)


# ---- other changes -------------------------------------------------------------------------------------------------------


async def test_a_duration_and_links_are_looked_at_before_they_are_kept(run: Run, bridge: Desk) -> None:
    async with run("planning") as app:
        await app.press("down", "down", "l")
        assert "now 10d" in app.text
        await app.type("3d")
        await app.press("enter", "enter", "enter", "enter")
        assert bridge.values("T-2")["duration"] == "3d"
        assert bridge.values("T-3")["finish"] == date(2026, 12, 2)
        await app.press("end", "L", *["backspace"] * 3)
        await app.type("2FS+1d")
        await app.press("enter", "enter", "enter", "enter")
        assert [(link.task, link.lag) for link in bridge.values("T-3")["predecessors"]] == [("T-1", "1d")]
        await app.press("L")
        await app.type(";99")
        await app.press("enter")
        assert "no line 99" in app.status


@pytest.mark.parametrize(
    ("column", "text", "told", "days"),
    [
        ("duration", "12d", "finish 11 Dec → Tue 15 Dec 2026", ("12d", "11-30", "12-15")),
        ("finish", "15-12", "finish 11 Dec → Tue 15 Dec 2026", ("12d", "11-30", "12-15")),
        ("start", "2-12", "start 30 Nov → Wed 2 Dec 2026; finish 11 Dec → Tue 15 Dec 2026", ("10d", "12-02", "12-15")),
    ],
)
async def test_a_day_or_duration_in_its_cell_shows_what_moves(
    run: Run, bridge: Desk, column: str, text: str, told: str, days: tuple[str, str, str]
) -> None:
    """One definition for `f2` in a cell and for `m` and the key of durations: what waits for the task moves too."""
    async with run("planning") as app:
        place = [each.name for each in table(app).columns].index(column)
        await app.press("down", "down", *["right"] * (place - table(app).column), "f2", "ctrl+u")
        await app.type(text)
        assert told in app.status
        await app.press("enter")
        assert isinstance(app.frame, MovingScreen)
        assert "◆ Opening" in app.text
        await app.press("enter", "enter", "enter")
        built = bridge.values("T-2")
        assert (built["duration"], f"{built['start']:%m-%d}", f"{built['finish']:%m-%d}") == days
        assert bridge.values("T-3")["finish"] == date(2026, 12, 15)


async def test_what_has_no_other_duration_is_refused_before_one_is_asked_for(run: Run, bridge: Desk) -> None:
    bridge.set(["T-1"], {"percent_complete": "100"})
    async with run("planning") as app:
        await app.press("home", "l")
        assert not app.prompting
        assert "is a summary task" in app.status
        await app.press("down", "l")
        assert not app.prompting
        assert "is done: its dates are facts" in app.status


@pytest.mark.parametrize(
    ("text", "told"), [("-3d", "negative"), ("1w 2d", "not a duration"), ("½d", "not a duration"), ("1.234d", "1.234")]
)
async def test_what_is_wrong_with_a_duration_is_told_while_it_is_typed(
    run: Run, bridge: Desk, text: str, told: str
) -> None:
    async with run("planning") as app:
        await app.press("down", "down", "l")
        await app.type(text)
        assert told in app.status


async def test_a_decision_is_one_that_is_there_and_other_words_are_refused(run: Run, bridge: Desk) -> None:
    head = bridge.store.head()
    async with run("planning") as app:
        await app.press("end", "m")
        await app.type("+5d")
        await app.press("enter", "enter", "enter")
        await app.type("99FS")
        await app.press("enter")
        assert app.prompting
        assert "belong in the reason" in app.text
        assert bridge.store.head() == head
        await app.press("ctrl+u")
        await app.type("summer")
        await app.press("enter")
    assert bridge.history("T-3")[0].note == "Move T-3 Opening: +5d (D-1)"


async def test_a_day_far_from_today_says_its_year(run: Run, bridge: Desk) -> None:
    strayed(bridge, "T-2", "2025-12-01", "2025-12-12")
    async with run("planning") as app:
        await app.press("down", "down")
        assert "2025-12-01 – 2025-12-12" in app.status


async def test_a_reschedule_is_shown_and_kept(run: Run, bridge: Desk) -> None:
    strayed(bridge, "T-2", "2026-12-02", "2026-12-15")
    async with run("planning") as app:
        await app.press("down", "down")
        assert "by its links 30 Nov – 11 Dec" in app.status
        await app.press("R", "enter")
        assert "Reschedule by the links" in app.text
        await app.press("enter", "enter", "enter")
        assert bridge.values("T-2")["start"] == date(2026, 11, 30)
        assert "R:" not in app.status
        await app.press("R", "enter", "enter")
        await app.press("enter", "enter")
        assert "nothing to keep" in app.status


async def test_progress_by_a_key(run: Run, bridge: Desk) -> None:
    async with run("planning") as app:
        await app.press("down", "percent_sign")
        assert "now 40" in app.text
        await app.type("80")
        await app.press("enter")
        assert bridge.values("T-1")["percent_complete"] == 80
        assert bridge.values("T-4")["percent_complete"] == 27
        assert "━━" in app.text
        await app.press("A")
        await app.type("24-11")
        await app.press("enter")
        assert bridge.values("T-1")["actual_finish"] == date(2026, 11, 24)
        await app.press("home", "percent_sign")
        assert not app.prompting
        assert "summary" in app.status
        await app.press("down", "down", "a", "enter")
        assert bridge.values("T-2")["actual_start"] == date(2026, 11, 25)


async def test_rows_go_in_out_up_and_down(run: Run, bridge: Desk) -> None:
    async with run("planning") as app:
        await app.press("end", "i")
        assert bridge.values("T-3")["outline_level"] == 2
        await app.press("K")
        assert bridge.plans.keys("P-1") == ["T-4", "T-1", "T-3", "T-2"]
        assert "T-3" in str(table(app).key)
        await app.press("J", "o")
        assert bridge.values("T-3")["outline_level"] == 1
        await app.press("o")
        assert "outermost level" in app.status
        await app.press("home", "down", "n")
        await app.type("Soil")
        await app.press("f2")
        assert bridge.plans.keys("P-1")[:3] == ["T-4", "T-1", "T-6"]
        assert table(app).key == "T-6"


async def test_a_baseline_is_taken_with_its_reason(run: Run, bridge: Desk) -> None:
    async with run("planning") as app:
        await app.press("B")
        assert "Baseline 1" in app.text
        await app.press("enter")
        await app.type("After the change of design")
        await app.press("enter")
        assert bridge.values("BL-2")["reason"] == "After the change of design"
        assert "against Baseline 1" in app.text
        await app.press("u")
        assert "against Agreed plan" in app.text


# ---- out -------------------------------------------------------------------------------------------------------------------


async def test_milestones_go_to_a_calendar_in_two_keys(
    run: Run, bridge: Desk, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    async with run("planning") as app:
        app.keys = 0
        await app.press("x", "enter")
        assert app.keys == 2
        assert "1 records in milestones.ics" in app.status
        text = (home / "milestones.ics").read_text(encoding="utf-8")
        assert "SUMMARY:Opening" in text.replace("\r\n ", "")
        assert "Shelves" not in text
        await app.press("M", "x", "enter")
        text = (home / "milestones.ics").read_text(encoding="utf-8")
        assert "Opening" in text
        assert "Shelves" in text


async def test_a_narrowed_plan_is_exported_as_it_is_shown(
    run: Run, bridge: Desk, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    async with run("planning") as app:
        await app.press("k", "k", "k", "x", *["backspace"] * len("milestones.ics"))
        await app.type("tasks.csv")
        await app.press("enter")
        assert "1 records" in app.status
        assert "Opening" in (home / "tasks.csv").read_text(encoding="utf-8-sig")


def test_a_whole_move_typed_ahead_arrives_key_by_key(bridge: Desk, home: Path) -> None:
    """In a real terminal, faster than its screens come up: each key is for the screen that the one before it leads to."""
    with terminal(["--store", str(home / "pmo.json")], str(home)) as screen:
        screen.wait_for("Today")
        screen.type("3")
        screen.wait_for("Opening")
        screen.type("\x1b[F")
        screen.wait_for("4 / 4")
        screen.type("m+5d\r\rRain\rD-1\r")
        screen.wait_for("kept; u takes it back")
        screen.type("\x11")
        assert screen.end() == 0
    bridge.store.refresh()
    assert bridge.history("T-3")[0].note == "Move T-3 Opening: +5d; Rain (D-1)"


async def test_what_is_still_to_come_has_not_started_or_finished(run: Run, bridge: Desk) -> None:
    async with run("planning") as app:
        head = bridge.store.head()
        for key in ("a", "A"):
            await app.press("end", key)
            await app.type("2030-01-01")
            await app.press("enter")
            assert "still to come" in app.text
            await app.press("escape")
        assert bridge.store.head() == head
        await app.press("A", "enter")
        assert bridge.values("T-3")["actual_finish"] == date(2026, 11, 25)


async def test_days_that_the_plan_gives_are_not_typed_into_the_form(run: Run, bridge: Desk) -> None:
    head = bridge.store.head()
    async with run("planning") as app:
        await app.press("end", "e")
        labels = app.lines()
        below = next(i for i, row in enumerate(labels) if "Finish" in row and "2026-12-11" in row)
        above = next(i for i, row in enumerate(labels) if "Opening" in row and "Name" in row)
        await app.press(*["tab"] * (below - above), "ctrl+u")
        await app.type("2027-06-01")
        await app.press("f2")
        assert "follows from the plan" in app.text
        assert bridge.store.head() == head
