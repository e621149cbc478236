"""Back and forth through where one was: lists with their cursor and filter, records, screens by digit."""

from __future__ import annotations

from pmo_tui.desk.desk import Desk
from tests.app.conftest import Run
from tests.app.driving import Driver

BACK, FORTH = "alt+left", "alt+right"


def top(app: Driver) -> str:
    """What the screen is called."""
    return app.lines()[0].split("  ")[0].strip()


async def test_back_and_forth_through_lists_records_and_screens(run: Run) -> None:
    async with run(register="risks") as app:
        await app.press("slash")
        await app.type("score>9")
        await app.press("enter", "down", "enter")
        assert top(app).startswith("Risk R-2")
        await app.press("7")
        assert top(app).startswith("Portfolio")
        await app.press("4")
        await app.press(BACK)
        assert top(app).startswith("Portfolio")
        await app.press(BACK)
        assert top(app).startswith("Risk R-2")
        await app.press(BACK)
        assert top(app) == "Risks"
        assert app.status == "/ score>9 2 / 2 of 3"
        await app.press(FORTH)
        assert top(app).startswith("Risk R-2"), "the record is opened anew"
        await app.press("right_parenthesis", FORTH)
        assert top(app).startswith("Risks")
        await app.press(FORTH)
        assert "last place" in app.status
        await app.press(*[BACK] * 5)
        assert "first place" in app.status


async def test_a_list_that_was_left_with_esc_is_made_anew_as_it_was(run: Run) -> None:
    async with run("registers") as app:
        await app.press("r", "i", "slash")
        await app.type("steel")
        await app.press("enter", "escape", "s", "u")
        assert top(app) == "Suppliers"
        await app.press(BACK, BACK)
        assert top(app) == "Risks"
        assert app.status == "/ steel 1 / 1 of 3"
        await app.press(FORTH, FORTH)
        assert top(app) == "Suppliers"


async def test_what_lay_ahead_is_gone_once_one_goes_elsewhere(run: Run) -> None:
    async with run(register="risks") as app:
        await app.press("enter", BACK, "7", FORTH)
        assert "last place" in app.status
        await app.press(BACK)
        assert top(app) == "Risks"


async def test_a_deleted_record_is_passed_over_with_a_word(run: Run, desk: Desk) -> None:
    async with run(register="risks") as app:
        await app.press("enter", "7")
        desk.delete(["R-1"])
        await app.press(BACK)
        assert top(app) == "Risks"
        assert "passed over, as deleted: R-1" in app.status
        await app.press(FORTH)
        assert top(app).startswith("Portfolio")


async def test_a_record_stepped_through_is_come_back_to_where_it_was_left(run: Run) -> None:
    async with run(register="risks") as app:
        await app.press("enter", "right_square_bracket", "right_square_bracket", "7", BACK)
        assert top(app).startswith("Risk R-3")
        await app.press(BACK)
        assert top(app) == "Risks"


async def test_from_a_page_over_a_list_one_comes_back_to_the_list(run: Run) -> None:
    async with run(register="risks") as app:
        await app.press("question_mark", BACK)
        assert top(app) == "Risks"


async def test_a_register_of_a_screen_with_several_is_come_back_to(run: Run, desk: Desk) -> None:
    desk.add("issues", {"title": "Crane stands still", "project": "P-1"})
    async with run("risks") as app:
        await app.press("tab", "enter")
        assert "Issue I-1" in app.lines()[0]
        await app.press("escape", "tab", "7", BACK)
        assert "[Actions" in app.text
        await app.press(BACK, BACK)
        assert "[Issues" in app.text


async def test_keys_typed_ahead_on_the_way_back_arrive_there(run: Run, desk: Desk) -> None:
    async with run(register="risks") as app:
        await app.press("down", "enter", "7")
        for key in (BACK, BACK, "space", "down", "space"):
            app.app.simulate_key(key)
        await app.settle()
        assert sorted(app.frame.table.marked) == ["R-2", "R-3"]  # type: ignore[attr-defined]


async def test_a_history_is_a_place_with_its_line_that_of_a_deleted_record_too(run: Run, desk: Desk) -> None:
    desk.set(["R-1"], {"title": "Steel much late"})
    desk.set(["R-1"], {"title": "Steel very late"})
    async with run(register="risks") as app:
        app.frame.stand_on("R-1")  # type: ignore[attr-defined]
        await app.press("h", "down", "down")
        stood = app.frame.page.cursor  # type: ignore[attr-defined]
        assert stood > 1
        await app.press("7", BACK)
        assert top(app) == "History of R-1"
        await app.press(BACK, FORTH)
        assert top(app) == "History of R-1", "made anew"
        assert app.frame.page.cursor == stood  # type: ignore[attr-defined]
        await app.press(BACK)
        desk.delete(["R-1"])
        await app.press(FORTH)
        assert top(app) == "History of R-1"
        assert "deleted" in app.lines()[1]


async def test_from_the_journal_to_a_record_and_back(run: Run) -> None:
    async with run(register="risks") as app:
        await app.press("H", "down", "enter")
        record = top(app)
        await app.press(BACK)
        assert top(app) == "Journal"
        await app.press(BACK)
        assert top(app) == "Risks"
        await app.press(FORTH, FORTH)
        assert top(app) == record


async def test_a_report_page_is_come_back_to_where_it_was_left(run: Run, desk: Desk) -> None:
    async with run("reports") as app:
        await app.press("down", "enter", "right_square_bracket", "down", "down")
        page, line = top(app), app.frame.page.cursor  # type: ignore[attr-defined]
        assert page.startswith("Report P-2")
        await app.press("7", BACK)
        assert top(app) == page
        await app.press(BACK)
        assert top(app) == "Reports and outbox"
        await app.press(FORTH)
        assert top(app) == page, "the page is composed anew"
        assert app.frame.page.cursor == line  # type: ignore[attr-defined]
        await app.press("7")
        desk.delete(["P-2", *(key for keys in desk.referrers("P-2").values() for key in keys)])
        await app.press(BACK)
        assert top(app) == "Reports and outbox"
        assert "passed over, as deleted: P-2" in app.status


async def test_where_a_figure_comes_from_is_a_place(run: Run, desk: Desk) -> None:
    async with run(register="risks") as app:
        app.frame.stand_on("R-1", "score")  # type: ignore[attr-defined]
        await app.press("w")
        why = top(app)
        assert why == "Why: Score of R-1"
        await app.press("enter", BACK)
        assert top(app) == why
        await app.press(BACK, FORTH)
        assert top(app) == why, "worked out anew"
    async with run("portfolio") as app:
        await app.press("T", "right", "enter")
        why = top(app)
        assert why.startswith("Why: ")
        await app.press(BACK)
        assert top(app).startswith("Portfolio")
        await app.press(FORTH)
        assert top(app) == why
