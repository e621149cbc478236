"""Small things of a long day: heads that are cut, headings under the cursor, words that are the organisation's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.files.formats import Choices, prepare
from pmo_tui.desk.planning.plan_baseline import take_baseline
from pmo_tui.wording.languages import speaking
from tests.app.conftest import Run
from tests.app.driving import Driver
from tests.app.test_still import kept, painted


async def test_the_arrow_of_a_sorted_column_is_never_cut(run: Run, desk: Desk) -> None:
    async with run("portfolio") as app:
        head = next(line for line in app.lines() if line.startswith(" Key"))
        assert "Exc. ▼" in head  # the worst first, in a narrow column


@pytest.mark.parametrize("width", [80, 120, 200])
async def test_all_sums_of_the_portfolio_are_in_sight(run: Run, width: int) -> None:
    async with run("portfolio", (width, 24)) as app:
        totals = " ".join(app.lines()[1:3])
        assert all(
            f"{name} " in totals for name in ("Budget", "Cost", "Open commitment", "Available", "Expected result")
        )
        assert app.lines()[2].startswith(" Key") == (width == 200)


async def test_home_goes_to_the_first_register_below_its_heading(run: Run, desk: Desk) -> None:
    async with run("registers") as app:
        await app.press("end", "home", "enter")
        assert app.lines()[0].startswith(" Portfolios")


async def test_a_first_exception_that_is_cut_is_told_below(run: Run, desk: Desk) -> None:
    desk.set(["P-1"], {"budget": "1000", "etc": "90000"})
    async with run("portfolio") as app:
        app.frame.table.move_to(app.frame.view.index("P-1"))  # type: ignore[attr-defined]
        await app.settle()
        assert "over budget" in app.status


async def test_choices_of_own_fields_are_not_translated(run: Run, desk: Desk) -> None:
    desk.add(
        "fields", {"register": "projects", "name": "pace", "label": "Pace", "kind": "choice", "choices": "active, low"}
    )
    desk.set(["P-1"], {"pace": "active"})
    with speaking("nl"):
        assert desk.cells("P-1", ["pace", "status"]) == ["active", "actief"]


async def test_a_plan_that_makes_a_namesake_says_how_it_goes_into_the_project_that_is_there(
    desk: Desk, tmp_path: Path
) -> None:
    name = desk.title("P-1")
    path = tmp_path / "plan.xml"
    path.write_text(
        f'<?xml version="1.0"?><Project xmlns="http://schemas.microsoft.com/project"><Name>plan</Name><Title>{name}</Title>'
        "<StartDate>2026-12-01T08:00:00</StartDate><Tasks><Task><UID>1</UID><ID>1</ID><Name>Dig</Name><OutlineLevel>1</OutlineLevel>"
        "<Start>2026-12-01T08:00:00</Start><Finish>2026-12-01T17:00:00</Finish><Duration>PT8H0M0S</Duration></Task></Tasks></Project>"
    )
    notes = prepare(desk, [str(path)], Choices()).plan.notes
    assert any("--project P-1 puts the plan there" in note for note in notes)
    assert not any("--project" in note for note in prepare(desk, [str(path)], Choices(project="P-1")).plan.notes)


async def test_the_result_expected_of_all_is_told_only_when_each_is_estimated(run: Run, desk: Desk) -> None:
    desk.set(["P-1"], {"etc": "40000"})
    async with run("portfolio", (140, 24)) as app:
        assert "Expected result –" in app.text
        await app.press("T", *["right"] * 5, "enter")
        assert "no estimate to complete yet: P-2" in app.text
        await app.press("escape")
        desk.set(["P-2"], {"etc": "250000"})
        await app.press("8", "7")
        assert "Expected result EUR 60k" in app.text  # 350,000 − 0 − 290,000


async def test_why_of_what_is_no_figure_says_so_where_one_asks(run: Run, desk: Desk) -> None:
    async with run(register="projects") as app:
        await app.press("home", "w")
        assert app.lines()[0].startswith(" Projects")
        assert "has no figure" in app.status
        await app.press("enter", "w")
        assert app.lines()[0].startswith(" Project P-1")
        assert "has no figure" in app.status


async def test_the_count_of_values_is_headed_by_the_field(run: Run, desk: Desk) -> None:
    async with run("portfolio") as app:
        await app.press("right", "right", "right", "F")
        assert app.lines()[0].startswith(" Frequency: By rule")


def budgets(app: Driver) -> list[str]:
    """The amounts in sight in the column of budgets, which is fourteen wide and flush right."""
    head, *rows = app.lines()[1:-2]
    end = head.index(" Budget ") + len(" Budget")
    return [text for row in rows if (text := row[end - 14 : end].strip())]


async def test_amounts_of_a_column_are_written_alike_however_wide_one_is(run: Run, desk: Desk) -> None:
    desk.set(["P-1"], {"budget": "1234567.50"})
    desk.set(["P-2"], {"budget": "999.49"})
    for number in range(30):
        desk.add("projects", {"name": f"Quay {number}", "code": f"Q{number}", "currency": "EUR", "budget": "5000"})
    desk.add("projects", {"name": "Cents", "code": "ZC", "currency": "EUR", "budget": "0.40"})
    desk.add("projects", {"name": "Delta", "code": "ZZ", "currency": "EUR", "budget": "900000000"})
    async with run(register="projects", size=(200, 20)) as app:
        await app.press("home")
        assert budgets(app)[:3] == ["EUR 1,234,568", "EUR 999", "EUR 5,000"]
        await app.press("slash")
        await app.type("name:quay")
        await app.press("enter")
        assert set(budgets(app)) == {"EUR 5,000.00"}, "the widest is not in the list"
        await app.press("pagedown", "slash", "ctrl+u", "enter", "end")
        assert set(budgets(app)) == {"5,000", "900,000,000", "EUR 0.40"}, "never nothing for what is something"
        assert kept(app) == painted(app)


async def test_an_amount_that_comes_into_sight_sets_the_form_of_all_in_sight(run: Run, desk: Desk) -> None:
    for number in range(30):
        desk.add("projects", {"name": f"Quay {number}", "code": f"Q{number}", "currency": "EUR", "budget": "5000"})
    desk.add("projects", {"name": "Delta", "code": "ZZ", "currency": "EUR", "budget": "90000000"})
    async with run(register="projects", size=(200, 20)) as app:
        await app.press("home", "pagedown")
        assert set(budgets(app)) == {"EUR 5,000.00"}
        while "Delta" not in app.text:
            assert set(budgets(app)) == {"EUR 5,000.00"}, "what is painted ahead changes nothing"
            await app.press("down")
        assert set(budgets(app)) == {"EUR 5,000", "EUR 90,000,000"}
        assert kept(app) == painted(app)
        await app.press("up", "home", "down")
        assert {"EUR 100,000", "EUR 5,000"} <= set(budgets(app)), "and stays so, whichever is in sight"


async def test_the_first_exception_is_told_whole_on_a_narrow_screen(run: Run, desk: Desk) -> None:
    day = {"start": "2026-12-01", "finish": "2026-12-01"}
    name = "The council has accepted the bridge as built"
    key = desk.add("tasks", {"project": "P-1", "name": name, "milestone": "yes", "duration": "0d", **day})
    take_baseline(desk, "P-1", "Agreed plan")
    desk.set([key], dict.fromkeys(day, "2026-12-22"))
    async with run("portfolio") as app:
        table, view = app.frame.table, app.frame.view  # type: ignore[attr-defined]
        table.move_to(view.index("P-1"))
        await app.settle()
        finding = str(view.value("P-1", "finding"))
        assert 66 < len(finding) <= 78, "there is no room for the count beside it"
        assert app.lines()[-2].strip() == finding
        await app.press("slash")
        await app.type("bridge")
        assert app.lines()[-2].endswith(" 1 / 1 of 2"), "the count while one narrows the list"
        await app.press("escape")
        app.frame.table.move_to(app.frame.view.index("P-1"))  # type: ignore[attr-defined]
        await app.settle()
        assert app.lines()[-2].strip() == finding
    async with run("portfolio", (120, 24)) as app:
        app.frame.table.move_to(app.frame.view.index("P-1"))  # type: ignore[attr-defined]
        await app.settle()
        assert app.lines()[-2].startswith(f" {finding} ")
        assert app.lines()[-2].endswith(" / 2")


async def test_the_exception_that_is_told_is_that_of_the_row_in_groups_too(run: Run, desk: Desk) -> None:
    desk.set(["P-1"], {"budget": "1000", "etc": "90000"})
    desk.set(["P-2"], {"manager": ""})
    async with run("portfolio", (160, 24)) as app:
        await app.press("G")
        await app.type("name")
        await app.press("enter")
        for _row in range(2):
            table, view = app.frame.table, app.frame.view  # type: ignore[attr-defined]
            finding = str(view.value(table.key, "finding") or "")
            assert app.lines()[-2].strip().startswith(finding or "2 /")
            await app.press("down")
