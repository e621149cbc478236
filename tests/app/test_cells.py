"""f2 on a cell of a list: what is typed is understood, offered and told as in a form."""

from __future__ import annotations

from datetime import date

from pmo_tui.desk.desk import Desk
from pmo_tui.wording import languages
from tests.app.conftest import Run
from tests.app.driving import Driver, said


async def at(app: Driver, name: str) -> None:
    """The cursor into the column of a field, and its cell into the line that asks."""
    table = app.frame.table  # type: ignore[attr-defined]
    table.go_to_column([column.name for column in table.columns].index(name))
    await app.press("f2")


async def test_a_day_is_told_while_it_is_typed_and_so_is_what_is_wrong_with_it(run: Run, desk: Desk) -> None:
    desk.set(["R-1"], {"next_review": "2026-12-01"})
    async with run("risks", size=(120, 24)) as app:
        await at(app, "next_review")
        await app.press("ctrl+u")
        await app.type("fri")
        assert "= Fri 27 Nov 2026, w48" in said(app)
        await app.press("ctrl+u")
        await app.type("31-2")
        assert "✗ " in said(app)
        await app.press("ctrl+u")
        await app.type("fri")
        await app.press("enter")
        assert desk.values("R-1", ["next_review"])["next_review"] == date(2026, 11, 27)


async def test_an_amount_is_told_while_it_is_typed(run: Run, desk: Desk) -> None:
    async with run(register="projects", size=(160, 24)) as app:
        await at(app, "budget")
        await app.press("ctrl+u")
        await app.type("12k")
        assert "= EUR 12,000.00" in said(app)


async def test_a_choice_stands_in_the_language_in_use_and_is_offered_in_it(run: Run, desk: Desk) -> None:
    languages.use("nl")
    async with run("risks", size=(120, 24)) as app:
        await at(app, "status")
        assert "Status onderkend" in said(app)
        await app.press("ctrl+u")
        await app.type("gesl")
        await app.press("tab", "enter")
        assert desk.values("R-1", ["status"])["status"] == "closed"


async def test_the_one_record_that_is_offered_is_taken(run: Run, desk: Desk) -> None:
    async with run("risks", size=(120, 24)) as app:
        await at(app, "owner")
        await app.press("ctrl+u")
        await app.type("bos")
        await app.press("enter")
        assert desk.values("R-1", ["owner"])["owner"] == "PER-2"


async def test_of_several_that_are_offered_none_is_taken_and_the_error_goes_with_the_question(
    run: Run, desk: Desk
) -> None:
    desk.add("people", {"name": "Thea Bos"})
    async with run("risks", size=(120, 24)) as app:
        await at(app, "owner")
        await app.press("ctrl+u")
        await app.type("os")
        await app.press("enter")
        assert "There is no record “os”" in said(app)
        await app.press("escape")
        assert "There is no record" not in said(app)
        assert desk.values("R-1", ["owner"])["owner"] == "PER-1"


async def test_of_marked_records_a_field_is_offered_and_taken_likewise(run: Run, desk: Desk) -> None:
    async with run("risks", size=(120, 24)) as app:
        await app.press("space", "space", "e", "ctrl+u")
        await app.type("owner=bos")
        await app.press("enter")
        assert [desk.values(key, ["owner"])["owner"] for key in ("R-1", "R-2", "R-3")].count("PER-2") == 2
