"""The planning board by its keys: the chart, what of a plan is shown, from plan to plan, milestones of all plans by week."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.files.importing import carry_out, plan_import
from pmo_tui.exchange import mspdi
from pmo_tui.records.documents import document_of
from pmo_tui.records.planning import Link, Task
from pmo_tui.screens.milestones import MilestonesScreen
from pmo_tui.screens.planning import PlanningScreen
from pmo_tui.widgets.text_page import TextPage
from pmo_tui.wording import languages
from tests.app.conftest import Run, desk_at
from tests.app.plan_help import planned, row_of, table
from tests.app.shows import assert_shows

NAMES = ("‮[red]Walls[/]", "\x1b[2J\x07bell", "外壁工事 🚧🚧", "x" * 10_000, "[/]", "e\u0301\u0301\u0301")


@pytest.fixture
def bridge(desk: Desk) -> Desk:
    """The bridge with a phase, a baseline and a deadline, and another plan with a late milestone."""
    return planned(desk)


# ---- pictures ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "nl"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_how_it_looks(run: Run, bridge: Desk, lang: str, size: tuple[int, int]) -> None:
    languages.use(lang)
    name = f"planning-{size[0]}x{size[1]}-{lang}"
    async with run("planning", size=size) as app:
        await app.press("down", "down")
        assert_shows(app, name)
        await app.press("m")
        await app.type("+3d")
        await app.press("enter")
        assert_shows(app, f"{name}-moving")
        await app.press("escape", "M")
        assert_shows(app, f"{name}-milestones")


async def test_an_empty_store_says_what_to_do(run: Run, home: Path) -> None:
    empty = desk_at(home / "empty.json", home)
    try:
        async with run("planning", on=empty) as app:
            assert "No project here to plan" in app.text
            await app.press("m", "k", "k", "f", "R", "]", "[", "t", "b", "z", "x", "escape")
            assert "no project" in app.status or "nothing" in app.status.casefold()
            await app.press("M")
            assert "No plan has a milestone" in app.text
    finally:
        empty.store.close()


async def test_a_project_without_tasks_gets_its_first_one(run: Run, desk: Desk) -> None:
    async with run("planning") as app:
        await app.press("P")
        await app.type("archive")
        await app.press("enter")
        assert "No task here yet" in app.text
        await app.press("n")
        await app.type("Cabinets")
        await app.press("f2")
        assert "Cabinets" in app.text
        assert desk.values("T-4")["project"] == "P-2"


# ---- looks -----------------------------------------------------------------------------------------------------------------


async def test_folds_kinds_and_filters(run: Run, bridge: Desk) -> None:
    async with run("planning") as app:
        await app.press("down", "f")
        assert "▸ Works" in app.text
        assert "Design" not in app.text
        assert app.status.endswith("1 / 2 of 4")
        await app.press("plus")
        assert "Design" in app.text
        await app.press("minus")
        assert "Design" not in app.text
        await app.press("slash")
        await app.type("design")
        await app.press("enter")
        assert "Design" in app.text
        await app.press("f")
        assert "whole plan" in app.status
        await app.press("slash", *["backspace"] * 6, "enter", "plus", "k")
        assert "critical only" in app.text
        assert "Works" not in app.text
        await app.press("k")
        assert "late only" in app.text
        await app.press("W")
        await app.type("1")
        await app.press("enter")
        assert "next 1 weeks" in app.text
        assert "Opening" not in app.text
        await app.press("W")
        await app.type("0")
        await app.press("enter")
        assert "1 to 104" in app.status


async def test_scales_days_and_views(run: Run, bridge: Desk) -> None:
    async with run("planning") as app:
        chart = table(app)
        first = chart.place
        await app.press("z")
        assert chart.place == first + 1
        await app.press("Z", "Z", "Z", "Z")
        assert chart.scale.name == "day"
        await app.press("equals_sign")
        assert chart.place == first
        origin = chart.origin
        await app.press("greater_than_sign", "less_than_sign")
        assert chart.origin == origin
        await app.press("end", "Z", "Z", "b")
        assert "◈" in row_of(app, "Opening")
        await app.press("t")
        assert "│" in app.text
        await app.press("O")
        assert "▒" not in app.text
        assert "2026-12-11" in row_of(app, "Opening")
        await app.press("O", "b")
        assert "◈" in row_of(app, "Opening")
        await app.press("O")
        assert chart.split == "both"


async def test_from_plan_to_plan(run: Run, bridge: Desk) -> None:
    async with run("planning") as app:
        assert "P-1 Harbour bridge" in app.lines()[0]
        await app.press("right_square_bracket")
        assert "P-2 Town archive" in app.lines()[0]
        assert "!5d" in row_of(app, "Shelves")
        await app.press("right_square_bracket")
        assert "last one" in app.status
        await app.press("left_square_bracket")
        assert "P-1" in app.lines()[0]


async def test_a_scope_chooses_the_plan_and_a_node_shows_all_milestones(run: Run, bridge: Desk) -> None:
    bridge.add("programmes", {"name": "Quays"})
    bridge.set(["P-1", "P-2"], {"parent": "PG-1"})
    async with run("planning") as app:
        await app.press("at")
        await app.type("P-2")
        await app.press("enter")
        assert "P-2 Town archive" in app.lines()[0]
        await app.press("at", *["backspace"] * 3)
        await app.type("Quays")
        await app.press("enter")
        assert isinstance(app.frame, MilestonesScreen)
        assert "Harbour bridge" in app.text
        assert "Town archive" in app.text
        bridge.add("programmes", {"name": "Docks"})
        bridge.set(["PG-1"], {"parent": "PG-2"})
        await app.press("at", *["backspace"] * 5)
        await app.type("Docks")
        await app.press("enter", "escape")
        assert isinstance(app.frame, PlanningScreen)
        assert "Programme Docks" in app.lines()[0]
        await app.press("7", "at", *["backspace"] * 5)
        await app.type("Quays")
        await app.press("enter", "3")
        assert isinstance(app.frame, MilestonesScreen)


async def test_from_the_milestones_of_all_plans_into_one(run: Run, bridge: Desk) -> None:
    async with run("planning") as app:
        await app.press("M")
        assert "◆" in row_of(app, "Harbour")
        assert row_of(app, "Town").split()[:4] == ["P-2", "Town", "archive", "1"]
        await app.press("down", "left")
        assert "Shelves 20 Nov (late)" in app.status
        await app.press("enter")
        assert "P-2 Town archive" in app.lines()[0]
        assert table(app).key == "T-5"
        await app.press("M", "greater_than_sign", "less_than_sign", "t", "s", "s")
        assert isinstance(app.frame, MilestonesScreen)
        await app.press("escape")
        assert "P-2 Town archive" in app.lines()[0]


async def test_every_list_gesture_works_on_tasks(run: Run, bridge: Desk) -> None:
    async with run("planning") as app:
        await app.press("end", "enter")
        assert "Task T-3" in app.lines()[0]
        await app.press("escape", "e", "end")
        await app.type(" day")
        await app.press("f2")
        assert bridge.values("T-3")["name"] == "Opening day"
        await app.press("u", "d")
        assert bridge.store.get("T-3") is not None
        assert "BL-1" in app.status
        await app.press("question_mark")
        assert "━━━▒▒▒" in app.frame.query_one(TextPage).text
        await app.press("escape", "right", "right", "s")
        assert not app.text.count("▾")
        await app.press("left", "s")
        await app.press("h")
        assert "History" in app.lines()[0]


async def test_a_plan_with_a_loop_is_shown_and_says_so(run: Run, bridge: Desk) -> None:
    bridge.add("calendars", {"name": "Empty"})
    bridge.set(["P-1"], {"calendar": "CAL-1"})
    async with run("planning") as app:
        assert "Design" in app.text
        assert "Empty" in app.status
        await app.press("end", "m")
        assert "Empty" in app.status


# ---- hostile and large -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
async def test_hostile_names_break_nothing(run: Run, bridge: Desk, name: str) -> None:
    names = {"name": name} if name.isprintable() else {"name": "plain"}
    bridge.set(["T-2", "P-1"], names)
    if not name.isprintable():
        bridge.store.transact(lambda draft: draft.change("T-2", {"name": name}))
    async with run("planning") as app:
        await app.press("down", "down", "O", "O", "O", "m")
        await app.type("+1d")
        await app.press("enter", "escape", "M", "escape")
        assert len(app.lines()) == 24
        assert all(line.isprintable() for line in app.lines())


async def test_a_plan_of_two_thousand_tasks_stays_quick(run: Run, bridge: Desk) -> None:
    bridge.add("projects", {"name": "Large", "start": "2026-01-05"})

    def work(draft: object) -> None:
        start = date(2026, 1, 5)
        for number in range(2000):
            day = start + timedelta(number // 3)
            links = [Link(task=f"T-{5 + number}")] if number % 10 else []
            made = Task(
                project="P-3", name=f"Step {number}", position=number + 1, duration="1d", start=day, finish=day, predecessors=links,
            )  # fmt: skip
            draft.add("tasks", document_of(made))  # type: ignore[attr-defined]

    bridge.store.transact(work)
    async with run("planning") as app:
        await app.press("right_square_bracket", "right_square_bracket")
        assert "Large" in app.lines()[0]
        board = app.frame.board()  # type: ignore[attr-defined]
        made: list[str] = []
        row = board.row

        def counted(key: str) -> object:
            made.append(key)
            return row(key)

        board.row = counted
        await app.press("end")
        assert "2,000 / 2,000" in app.status
        assert "Step 1999" in app.text
        await app.press("up")
        assert len(made) < 200


async def test_a_real_plan_is_shown_at_both_sizes(run: Run, bridge: Desk, shared_data: Path) -> None:
    path = shared_data / "msproject" / "new-product.xml"
    carry_out(bridge, plan_import(bridge, [mspdi.read(path.read_bytes(), path.name)]))
    for size in ((80, 24), (120, 40)):
        async with run("planning", size=size) as app:
            await app.press("right_square_bracket", "right_square_bracket")
            assert "Product #23 Development" in app.lines()[0]
            assert "▛" in row_of(app, "Design Phase")
            assert "█" in row_of(app, "Prototype design")
            await app.press("minus")
            assert app.status.endswith("1 / 8 of 43")
