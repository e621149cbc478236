"""Taking back shows what it brought back: the cursor goes there."""

from __future__ import annotations

from pmo_tui.desk.desk import Desk
from pmo_tui.store import Draft
from tests.app.conftest import Run
from tests.app.driving import Driver, said


def stands_on(app: Driver) -> str | None:
    """The record under the cursor."""
    found: str | None = app.frame.table.key  # type: ignore[attr-defined]
    return found


async def test_after_taking_back_the_cursor_stands_on_what_came_back(run: Run) -> None:
    async with run(register="risks") as app:
        await app.press("home", "down", "d")
        await app.until(lambda: stands_on(app) != "R-2")
        await app.press("home")
        await app.press("u")
        await app.until(lambda: stands_on(app) == "R-2")
        assert "took back R-2" in app.text
        await app.press("home", "U")
        await app.until(lambda: "did R-2 again" in app.text)


async def test_what_is_taken_back_elsewhere_leaves_the_cursor(run: Run) -> None:
    async with run(register="risks") as app:
        app.app.desk.add("issues", {"title": "Elsewhere", "project": "P-1"})
        await app.settle()
        await app.press("down", "u")
        await app.until(lambda: "took back I-1" in app.text)
        assert stands_on(app) == "R-2"


async def test_taking_back_a_new_record_leaves_the_cursor_where_it_was(run: Run) -> None:
    async with run(register="risks") as app:
        app.app.desk.add("risks", {"title": "New", "project": "P-1", "probability": "1", "impact": "1"})
        await app.settle()
        await app.press("home", "down", "u")
        await app.until(lambda: "took back R-4" in app.text)
        assert stands_on(app) == "R-2"


async def test_of_several_records_the_cursor_goes_to_the_one_that_is_here(run: Run) -> None:
    async with run(register="risks") as app:
        desk = app.app.desk

        def work(draft: Draft) -> None:
            draft.change("P-1", {"title": "Another"})
            draft.change("R-3", {"title": "Another"})

        desk.store.transact(work)
        await app.settle()
        await app.press("home", "u")
        await app.until(lambda: "took back" in app.status)
        assert stands_on(app) == "R-3"


async def test_a_name_taken_back_is_taken_back_in_the_line_on_top_too(run: Run) -> None:
    async with run() as app:
        await app.press("g")
        await app.type("SUP-1")
        await app.press("enter", "e")
        await app.type("QQ")
        await app.press("enter")
        await app.until(lambda: app.lines()[0].startswith(" Supplier SUP-1 · Staal BVQQ "))
        await app.press("u")
        await app.until(lambda: "took back SUP-1" in app.text)
        assert app.lines()[0].startswith(" Supplier SUP-1 · Staal BV ")
        assert "QQ" not in app.text


async def test_past_a_change_that_a_colleague_built_upon_one_goes_on(run: Run, jan: Desk) -> None:
    async with run(register="risks") as app:
        desk = app.app.desk
        desk.set(["R-1"], {"title": "First"})
        desk.set(["R-2"], {"title": "Second"})
        desk.set(["R-3"], {"title": "Third"})
        jan.store.refresh()
        jan.set(["R-3"], {"title": "Hers"})
        await app.settle()
        await app.press("u")
        await app.until(lambda: "R-3 was changed by jan" in said(app))
        assert "u again passes over it, to your change before: R-2" in said(app)
        await app.press("u")
        await app.until(lambda: "took back R-2" in app.text)
        await app.press("u")
        await app.until(lambda: "took back R-1" in app.text)
        assert desk.values("R-3", ["title"]) == {"title": "Hers"}


async def test_a_new_change_is_taken_back_before_what_was_passed_over(run: Run, jan: Desk) -> None:
    async with run(register="risks") as app:
        desk = app.app.desk
        desk.set(["R-3"], {"title": "Third"})
        jan.store.refresh()
        jan.set(["R-3"], {"title": "Hers"})
        await app.settle()
        await app.press("u")
        await app.until(lambda: "R-3 was changed by jan" in said(app))
        desk.set(["R-1"], {"title": "Again"})
        await app.press("u")
        await app.until(lambda: "took back R-1" in app.text)
