"""Lines of an order typed into a new one's form, below the line that names their columns."""

from __future__ import annotations

from pmo_tui.desk.desk import Desk
from pmo_tui.screens.form import FormScreen
from tests.app.conftest import Run


async def test_lines_are_typed_below_the_line_that_names_their_columns(run: Run, desk: Desk) -> None:
    supplier = desk.add("suppliers", {"name": "Beton Oost"})
    async with run("registers") as app:
        await app.app.push_screen(FormScreen("orders", values={"title": "Beton", "supplier": supplier}, at="lines"))
        await app.pilot.pause()
        await app.type("Beton | 10 | m3 | 120")
        await app.press("enter")
        await app.type("Uren | 40 | h | 85")
        await app.press("f2")
        assert [line.quantity for line in desk.values(desk.find("Beton", ("orders",)))["lines"]] == [10, 40]


async def test_an_order_without_lines_is_written_without_lines(run: Run, desk: Desk) -> None:
    supplier = desk.add("suppliers", {"name": "Beton Oost"})
    async with run("registers") as app:
        await app.app.push_screen(FormScreen("orders", values={"title": "Beton", "supplier": supplier}))
        await app.pilot.pause()
        await app.press("f2")
        assert desk.values(desk.find("Beton", ("orders",)))["lines"] == []
