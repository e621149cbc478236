"""The page of the day and the portfolio, by keys."""

from __future__ import annotations

from pathlib import Path

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.past import Past
from pmo_tui.screens.status_form import StatusForm
from tests.app.conftest import Run, desk_at


def some_work(desk: Desk) -> None:
    desk.add("actions", {"title": "Call the mill", "due": "2026-11-20", "project": "P-1", "owner": "Jan de Vries"})
    desk.add("actions", {"title": "Order paint", "due": "2026-11-27", "project": "P-1", "owner": "Anna Bos"})
    desk.add("actions", {"title": "Far away", "due": "2027-06-01", "project": "P-2"})
    for hours in ("30", "24"):
        desk.add(
            "bookings",
            {
                "person": "Jan de Vries",
                "project": "P-1",
                "start": "2026-11-23",
                "finish": "2026-12-04",
                "hours_per_week": hours,
            },
        )


async def test_late_and_due_act_on_enter(run: Run, desk: Desk) -> None:
    some_work(desk)
    async with run("today") as app:
        text = app.text
        assert "5 d late" in text
        assert "Call the mill" in text
        assert "Order paint" in text
        assert "Far away" not in text
        await app.press("enter")
        assert "Action A-1" in app.lines()[0]
        await app.press("escape", "tab", "enter")
        assert "Order paint" in app.lines()[0]


async def test_a_report_that_is_late_is_taken_down_on_enter(run: Run, desk: Desk) -> None:
    desk.add("reports", {"project": "P-1", "period": "2026-w46", "status": "requested"})
    desk.add("reports", {"project": "P-2", "period": "2026-w46", "status": "draft", "rag": "green"})
    async with run("today") as app:
        await app.press("enter")
        assert isinstance(app.frame, StatusForm)
        assert "P-1" in app.lines()[0]
        assert "2026-w46" in app.lines()[0]
        await app.press("escape", "down", "enter")
        assert "Status report REP-2" in app.lines()[0]


async def test_too_much_work_is_named_with_the_worst_week(run: Run, desk: Desk) -> None:
    some_work(desk)
    async with run("today", size=(120, 40)) as app:
        assert "Jan de Vries: 14 h too much" in app.text


async def test_who_is_booked_while_away_has_too_much_work_the_most_hours_first(run: Run, desk: Desk) -> None:
    some_work(desk)
    desk.add("absences", {"person": "Anna Bos", "start": "2026-11-30", "finish": "2026-12-06"})
    desk.add(
        "bookings",
        {
            "person": "Anna Bos",
            "project": "P-2",
            "start": "2026-11-23",
            "finish": "2026-12-06",
            "hours_per_week": "20",
        },
    )
    async with run("today", size=(120, 40)) as app:
        assert "Too much work (2)" in app.text
        anna, jan = (line.split() for line in app.lines() if "h too much" in line)
        assert anna[:2] == ["2026-w49", "away"]
        assert " ".join(anna).endswith("Anna Bos: 20 h too much")
        assert " ".join(jan).endswith("Jan de Vries: 14 h too much")


async def test_the_scope_narrows_it_to_me(run: Run, desk: Desk) -> None:
    some_work(desk)
    async with run("today") as app:
        await app.press("at")
        await app.type("me")
        await app.press("enter")
        assert "Order paint" in app.text
        assert "Call the mill" not in app.text


async def test_what_others_changed_is_shown_until_it_is_seen(run: Run, desk: Desk, home: Path) -> None:
    desk.last_seen.see(desk.store.head())
    other = desk_at(home / "pmo.json", home, "bert")
    other.set(["R-3"], {"title": "Paper is dry again"})
    other.store.close()
    desk.store.refresh()
    async with run("today", size=(120, 40)) as app:
        assert "Paper is dry again (title)" in app.text
        assert "bert" in app.text
        await app.press("S")
        assert "Paper is dry again" not in app.text


async def test_an_empty_store_says_how_to_begin(run: Run, home: Path) -> None:
    empty = desk_at(home / "empty.json", home)
    async with run("today", on=empty) as app:
        assert "This store is empty" in app.text
        await app.press("7")
        assert "No project yet: 8 pr" in app.text
    empty.store.close()


async def test_the_portfolio_goes_into_a_programme_and_back(run: Run, desk: Desk) -> None:
    desk.add("programmes", {"name": "Waterfront"})
    desk.set(["P-1"], {"parent": "Waterfront"})
    async with run("portfolio", size=(120, 40)) as app:
        assert "Projects 2" in app.text
        assert "Harbour bridge" in app.text
        await app.press("t")
        assert "Waterfront" in app.text
        await app.press("home", "enter")
        if "Waterfront" not in app.lines()[0]:
            await app.press("t", "down", "enter")
        assert "Waterfront" in app.lines()[0]
        assert "Town archive" not in app.text
        assert "Projects 1" in app.text
        await app.press("backspace")
        assert "Town archive" in app.text


async def test_the_portfolio_adds_up_by_a_field_and_says_why(run: Run, desk: Desk) -> None:
    async with run("portfolio", size=(120, 40)) as app:
        await app.press("G")
        await app.type("rag")
        await app.press("enter")
        assert "RAG: ■ R (1)" in app.text
        total = next(line for line in app.lines() if "Total" in line)
        assert "350,000" in total
        await app.press("T", "right", "enter")
        assert "Why: Budget" in app.lines()[0]
        assert "350,000" in app.text


async def test_a_project_without_a_colour_is_counted_as_grey_in_the_totals(run: Run) -> None:
    async with run("portfolio", size=(120, 40)) as app:
        assert "Projects 2  ■R1 ○–1" in app.text


async def test_a_total_of_the_portfolio_says_why_by_the_key_for_it_too(run: Run) -> None:
    async with run("portfolio", size=(120, 40)) as app:
        await app.press("T", "right", "w")
        assert "Why: Budget" in app.lines()[0]
        assert "350,000" in app.text
        await app.press("escape", "T", "home", "w")
        assert "Why: Projects" in app.lines()[0]
        assert "P-2  RAG  ■ R" in app.text
        await app.press("escape", "T", "end", "w")
        assert "Why: Open risks" in app.lines()[0]
        assert "Open risks  3  sum over the projects listed" in app.text
        assert "P-1  Open risks  2" in app.text
        await app.press("escape", "T", "left", "left", "w")
        assert "Exceptions" in app.lines()[0]


async def test_exceptions_come_first_with_their_rule(run: Run, desk: Desk) -> None:
    desk.add(
        "tasks",
        {
            "project": "P-2",
            "name": "Key handed over",
            "milestone": "yes",
            "start": "2026-10-01",
            "finish": "2026-10-01",
            "duration": "0d",
        },
    )
    async with run("portfolio", size=(120, 40)) as app:
        rows = [line.split()[0] for line in app.lines() if line.strip().startswith("P-")]
        assert rows == sorted(rows, key=lambda key: -int(desk.view("portfolio").value(key, "exceptions")))
        await app.press("X")
        assert "Exceptions" in app.lines()[0]


async def test_the_past_is_shown_as_it_was_known_and_not_written(run: Run, desk: Desk) -> None:
    desk.set(["R-1"], {"title": "Later wording"})
    past = Desk(Past(desk.store, desk.store.head() - 1), desk.folders, today=desk.today)
    async with run(register="risks", on=past, size=(120, 40)) as app:
        assert "as known on" in app.lines()[0]
        assert "Steel comes late" in app.text
        assert "Later wording" not in app.text
        await app.press("d")
        assert "nothing is written there" in app.status
    assert desk.store.get("R-1") is not None


async def test_too_much_work_is_what_exceptions_call_over_booked(run: Run, desk: Desk) -> None:
    """The same eight weeks, for people and systems alike: nobody by a booking of the ninth week alone."""
    some_work(desk)
    desk.add("systems", {"name": "Crane", "owner": "Anna Bos"})
    for who, first, last in (("SYS-1", "2027-01-11", "2027-01-15"), ("Anna Bos", "2027-01-18", "2027-01-22")):
        desk.add(
            "bookings",
            {"person": who, "project": "P-2", "start": first, "finish": last, "hours_per_week": "90"},
        )
    view = desk.view("exceptions", "rule:over_booked")
    over = {view.record_key(view.key(i)) for i in range(len(view))}
    async with run("today", size=(120, 40)) as app:
        assert f"Too much work ({len(over)})" in app.text
        assert "SYS-1" in over
        assert "Crane: 50 h too much" in app.text
        assert not [line for line in app.lines() if "Anna Bos" in line and "too much" in line]
