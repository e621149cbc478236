"""Cells edited in the list, filled down, and pasted from a spreadsheet with a preview."""

from __future__ import annotations

from textual.events import Paste

from pmo_tui.desk.desk import Desk
from tests.app.conftest import Run
from tests.app.driving import Driver, said


async def go_to(app: Driver, name: str) -> None:
    while app.app.screen.table.current_column.name != name:  # type: ignore[attr-defined]
        await app.press("right")


async def paste(app: Driver, text: str) -> None:
    app.app.post_message(Paste(text))
    await app.pilot.pause()
    await app.settle()


async def test_one_cell_is_changed_in_the_list(run: Run, desk: Desk) -> None:
    async with run(register="risks") as app:
        await go_to(app, "status")
        await app.press("f2", *["backspace"] * len("identified"))
        await app.type("mon")
        await app.press("down", "enter")
        assert desk.values("R-1")["status"] == "monitoring"
        await go_to(app, "next_review")
        await app.press("f2")
        await app.type("31-02-2027")
        await app.press("enter")
        assert app.prompting
        assert "February" in app.status
        await app.press("escape")
        await go_to(app, "score")
        await app.press("f2")
        assert "follows from others" in app.status


async def test_a_value_is_filled_into_the_marked_rows(run: Run, desk: Desk) -> None:
    desk.set(["R-1"], {"category": "supply"})
    async with run(register="risks") as app:
        await app.press("down", "space", "space", "home")
        await go_to(app, "category")
        await app.press("quotation_mark")
        assert [desk.values(key)["category"] for key in ("R-2", "R-3")] == ["supply", "supply"]
        await app.press("u")
        assert desk.values("R-2")["category"] is None


async def test_a_block_shows_what_it_changes_and_is_one_change(run: Run, desk: Desk) -> None:
    async with run(register="risks") as app:
        await go_to(app, "probability")
        await paste(app, "5\t4\r\n2\t3\r\n")
        assert "Paste into Risks" in app.lines()[0]
        assert "Probability: 3 → 5" in app.text
        assert "Impact: 5 → 3" in app.text
        assert "2 cells of 2 records would change, 2 stay" in app.text
        assert desk.values("R-1")["probability"] == 3
        await app.press("enter")
        assert [(desk.values(key)["probability"], desk.values(key)["impact"]) for key in ("R-1", "R-2")] == [
            (5, 4),
            (2, 3),
        ]
        assert "2 records changed" in app.status
        await app.press("u")
        assert desk.values("R-1")["probability"] == 3


async def test_a_block_with_its_header_says_itself_where_it_belongs(run: Run, desk: Desk) -> None:
    async with run(register="risks") as app:
        await paste(app, 'Key\tTitle\tStatus\nR-3\tPaper is soaked\tclosed\nR-1\t"Steel\ncomes late"\tidentified\n')
        assert "control character" in app.text
        await app.press("enter", "escape")
        assert desk.values("R-3")["title"] == "Paper is wet"
        await paste(app, "Key\tTitle\nR-3\tPaper is soaked\nR-9\tNobody\n")
        assert "there is no record R-9" in app.text
        await app.press("escape")
        await paste(app, "Key\tTitle\nR-3\tPaper is soaked\n")
        await app.press("enter")
        assert desk.values("R-3")["title"] == "Paper is soaked"


async def test_what_is_wrong_refuses_the_whole_block(run: Run, desk: Desk) -> None:
    async with run(register="risks") as app:
        await go_to(app, "probability")
        await paste(app, "4\n9\n1\n1\n")
        assert "R-2: probability" in app.text
        assert "of the block ha" in app.text
        await app.press("enter")
        assert desk.values("R-1")["probability"] == 3
        assert "nothing can be written" in app.text


async def test_one_cell_without_marks_is_the_one_under_the_cursor(run: Run, desk: Desk) -> None:
    async with run(register="risks") as app:
        await go_to(app, "owner")
        await app.press("down")
        await paste(app, "Anna Bos\n")
        await app.press("enter")
        assert [desk.values(f"R-{number}")["owner"] for number in (1, 2, 3)] == ["PER-1", "PER-2", "PER-1"]


async def test_one_cell_fills_the_marked_rows(run: Run, desk: Desk) -> None:
    async with run(register="risks") as app:
        await app.press("asterisk")
        await go_to(app, "owner")
        await paste(app, "Anna Bos\n")
        await app.press("enter")
        assert {desk.values(f"R-{number}")["owner"] for number in (1, 2, 3)} == {"PER-2"}


async def test_the_preview_shows_what_is_understood_beside_what_was_pasted(run: Run, desk: Desk) -> None:
    async with run(register="risks") as app:
        await paste(app, "Key\tNext review\nR-1\t1/2/27\n")
        assert "→ 2027-02-01  “1/2/27”" in app.text
        await app.press("enter")
        await app.until(lambda: str(desk.values("R-1")["next_review"]) == "2027-02-01")


async def test_a_block_with_the_heads_of_the_screen_comes_back(run: Run, desk: Desk) -> None:
    async with run("risks") as app:
        heads = "\t".join(column.label for column in app.frame.table.columns)  # type: ignore[attr-defined]
        await paste(app, f"{heads}\nR-2\t\tAnother permit\n")
        assert "there is no record" not in app.text.lower()
        assert "→ Another permit" in app.text


async def test_the_preview_names_fields_and_records_as_the_list_does(run: Run, desk: Desk) -> None:
    async with run(register="risks", size=(140, 24)) as app:
        table = app.frame.table  # type: ignore[attr-defined]
        table.go_to_column([column.name for column in table.columns].index("owner"))
        await paste(app, "Anna Bos\n")
        assert "Owner: Jan de Vries → Anna Bos" in said(app)
        assert "PER-" not in app.text
