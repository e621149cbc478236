"""Screen 9 by its keys: pages of nodes, issuing them, files of them, and the outbox."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.reports import reporting, status
from pmo_tui.exchange.blocks import Table
from pmo_tui.exchange.report_blocks import blocks
from pmo_tui.records.messages import Message
from pmo_tui.screens.letters import LettersScreen
from pmo_tui.screens.report_page import PageScreen
from pmo_tui.screens.reports import ReportsScreen
from pmo_tui.wording import languages
from tests.app.conftest import Run, desk_at
from tests.app.driving import Driver
from tests.app.shows import assert_shows
from tests.app.status_help import collect

WEEK = "2026-w47"


@pytest.fixture
def office(desk: Desk) -> Desk:
    """As in the tests of status updates; P-1 is declared red for week 47, and Jan is late with an action."""
    collect(desk)
    status.declare(desk, "P-1", WEEK, {"summary": "The bridge\nis late.", "declared_how": "phone"}, {"rag": "red"})
    desk.add("actions", {"title": "Call the council", "project": "P-1", "owner": "Jan de Vries", "due": "2026-11-20"})
    desk.add("decisions", {"title": "Wait for steel?", "project": "P-1", "due": "2026-12-01", "recommendation": "wait"})
    return desk


def rows(app: Driver) -> list[str]:
    """The keys in the list."""
    return [line.split()[0] for line in app.lines()[3:-2] if line.strip()]


# ---- pictures ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "nl"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_how_it_looks(run: Run, office: Desk, lang: str, size: tuple[int, int]) -> None:
    languages.use(lang)
    ending = f"{size[0]}x{size[1]}" + ("" if lang == "en" else f"-{lang}")
    async with run("reports", size=size) as app:
        assert_shows(app, f"reports-{ending}")
        await app.press("c")
        assert_shows(app, f"reports-letters-{ending}")
        await app.press("escape", "down", "enter")
        shown = "\n".join(line for line in app.lines() if "journal" not in line)
        assert "Harbour bridge" in shown
        assert "■ R" in shown


async def test_an_empty_store_says_what_to_do(run: Run, home: Path) -> None:
    empty = desk_at(home / "empty.json", home)
    async with run("reports", on=empty) as app:
        for _section in range(3):
            await app.press("enter", "c", "enter", "escape", "O", "S", "tab")
        assert isinstance(app.frame, ReportsScreen)
        await app.press("tab")
        assert "Nothing was issued yet" in app.text
        await app.press("tab")
        assert "The outbox is empty" in app.text
    empty.store.close()


# ---- pages -------------------------------------------------------------------------------------------------------------


async def test_a_page_is_shown_issued_and_frozen(run: Run, office: Desk) -> None:
    async with run("reports") as app:
        assert rows(app)[:2] == ["PG-1", "P-1"]
        await app.press("down", "enter")
        assert "draft" in app.lines()[0]
        assert "Status report HB1 Harbour bridge" in app.text
        await app.press("i")
        assert "issued, version 2" in app.status
        assert "issued" in app.lines()[0]
        key = app.status.split()[0]
        await app.press("i")
        assert "issued for 2026-w47 already" in app.status
        office.set(["P-1"], {"name": "Another name"})
        await app.press("escape", "tab", "enter")
        assert "Harbour bridge" in app.text
        assert "Another name" not in "\n".join(app.lines()[1:])
        await app.press("escape")
        assert rows(app)[0] == key
    assert office.values(key, ["status"]) == {"status": "issued"}


async def test_an_issue_is_taken_back_at_once(run: Run, office: Desk) -> None:
    async with run("reports") as app:
        await app.press("down", "enter", "i", "u")
        assert "took back" in app.status
        assert "draft" in app.lines()[0]


async def test_nothing_declared_is_not_issued(run: Run, office: Desk) -> None:
    async with run("reports") as app:
        await app.press("end", "enter", "i")
        assert "Nothing is declared" in app.status


async def test_the_screen_says_what_the_page_says(run: Run, office: Desk) -> None:
    async with run("reports", size=(120, 70)) as app:
        await app.press("down", "enter")
        screen = " ".join(app.text.split())
        for block in blocks(reporting.page(office, "P-1")):
            if isinstance(block, Table):
                for row in block.rows:
                    assert all(cell.text in screen for cell in row.cells if len(cell.text) < 24), row


async def test_a_last_colour_that_is_too_old_is_grey_on_every_page_and_on_the_form(run: Run, office: Desk) -> None:
    async with run("reports", size=(120, 70)) as app:
        await app.press("down", "down", "down", "enter")
        assert "Overall    ○ –  ○ –   ○ –" in app.text, "green in week 44 is too old for week 47"
        await app.press("w")
        assert "REP-3  RAG  ● G  2026-w44" in app.text, "what was declared is still told"
        await app.press("escape", "e")
        assert "Overall    ○ –    ○ –    ○ –" in app.text
        await app.press("escape", "escape", "home", "enter")
        assert "P-3  Pump house      ○ –  ○ –   ○ –" in app.text


async def test_each_figure_answers_why(run: Run, office: Desk) -> None:
    async with run("reports") as app:
        await app.press("down", "enter", "w")
        assert "Why: Overall" in app.lines()[0]
        assert "REP-4" in app.text
        await app.press("escape")
        page = app.frame
        assert isinstance(page, PageScreen)
        while page.page.target != "money:available":
            await app.press("down")
        await app.press("w")
        assert "Why: Available" in app.lines()[0]
        assert "EUR 90,000.00" in app.text
        await app.press("escape", "home", "w")
        assert "no figure here" in app.status


async def test_enter_opens_what_a_line_is_about(run: Run, office: Desk) -> None:
    async with run("reports") as app:
        await app.press("down", "enter")
        page = app.frame
        assert isinstance(page, PageScreen)
        while page.page.target != "risks:R-1":
            await app.press("down")
        await app.press("enter")
        assert "Risk R-1" in app.lines()[0]


async def test_a_page_is_written_as_markdown_and_as_html(
    run: Run, office: Desk, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    async with run("reports") as app:
        await app.press("down", "enter", "x", "ctrl+u")
        await app.type("page.html")
        await app.press("enter")
        assert "written" in app.status
        await app.press("x")
        assert "report-hb1-2026-w47.md" in app.text
        await app.press("enter", "x", "ctrl+u")
        await app.type("a.docx")
        await app.press("enter")
        assert "What kind of report" in app.status
    assert (home / "report-hb1-2026-w47.md").read_text().startswith("# Status report HB1")
    assert "<h1>Status report HB1 Harbour bridge</h1>" in (home / "page.html").read_text()


async def test_from_one_page_to_the_next_and_to_the_status(run: Run, office: Desk) -> None:
    async with run("reports") as app:
        await app.press("down", "enter", "right_square_bracket")
        assert "P-2" in app.lines()[0]
        await app.press("left_square_bracket", "left_square_bracket", "left_square_bracket")
        assert "PG-1" in app.lines()[0]
        assert "that was the first one" in app.status
        await app.press("right_square_bracket", "e", "a", "f2")
        assert "▲ A" in app.text
    assert office.values("P-1", ["rag"]) == {"rag": "amber"}


# ---- the outbox --------------------------------------------------------------------------------------------------------


async def test_what_is_overdue_is_chased_in_four_keys(run: Run, office: Desk, home: Path) -> None:
    async with run() as app:
        app.keys = 0
        await app.press("9", "c")
        assert isinstance(app.frame, LettersScreen)
        assert "Jan de Vries <jan@town.example>" in app.text
        assert "Call the council" in app.text
        assert not len(office.store.shelf("messages")), "shown before anything is written"
        await app.press("enter")
        assert app.keys <= 4
        assert "2 messages" in app.status
        assert "[Outbox 2]" in app.lines()[1]
        await app.press("c")
        assert "was written to on" in app.text
        await app.press("enter")
        assert "nobody to write to" in app.status
    assert len(list((home / ".local/state/pmo_tui/outbox").glob("*.eml"))) == 2
    messages = [office.record(f"MSG-{number}") for number in (1, 2)]
    assert all(isinstance(each, Message) and each.status == "prepared" for each in messages)


async def test_one_is_left_out_and_another_folder_is_named(run: Run, office: Desk, home: Path) -> None:
    async with run("reports") as app:
        await app.press("c", "space")
        assert "left out" in app.text
        assert "1 message" in app.status
        await app.press("f", "ctrl+u")
        await app.type("~/box")
        await app.press("enter", "enter")
        assert isinstance(app.frame, ReportsScreen)
    assert [path.name for path in (home / "box").iterdir()] == ["2026-11-25-piet-smit.eml"]


async def test_the_preview_writes_nothing(run: Run, office: Desk, home: Path) -> None:
    head = office.store.head()
    async with run("reports") as app:
        await app.press("c", "escape")
    assert office.store.head() == head
    assert not (home / ".local/state/pmo_tui/outbox").exists()


async def test_marked_rows_of_any_list_go_into_the_outbox(run: Run, office: Desk) -> None:
    async with run("registers") as app:
        await app.press("a", "c", "asterisk", "O")
        assert "Call the council" in app.text
        await app.press("enter")
        assert "1 message" in app.status
    assert office.values("MSG-1", ["about", "to"]) == {"about": ["A-1"], "to": "PER-1"}


async def test_messages_are_noted_as_sent(run: Run, office: Desk) -> None:
    async with run("reports") as app:
        await app.press("c", "enter", "asterisk", "S")
        assert {office.values(f"MSG-{number}")["status"] for number in (1, 2)} == {"sent"}
        await app.press("u")
        assert office.values("MSG-1")["status"] == "prepared"
        await app.press("shift+tab", "shift+tab", "S")
        assert "Only messages are sent" in app.status


async def test_scope_narrows_reports_and_chasing(run: Run, office: Desk) -> None:
    async with run("reports") as app:
        await app.press("at")
        await app.type("P-3")
        await app.press("enter")
        assert rows(app) == ["P-3"]
        await app.press("c")
        assert "Piet Smit" in app.text
        assert "Jan de Vries" not in app.text


@pytest.mark.parametrize("text", ["[red]x[/red]", "漢字の計画" * 30, "👩‍💻 | *_` <b>", "x" * 10_000, "a\u202eb"])
async def test_any_text_leaves_pages_and_messages_in_shape(run: Run, office: Desk, text: str) -> None:
    office.set(["P-1", "PER-1"], {"name": text})
    office.set(["R-1", "A-1", "D-1"], {"title": text})
    office.set(["REP-4"], {"summary": f"{text}\n{text}"})
    async with run("reports") as app:
        await app.press("down", "enter", "end", "home", "i")
        assert "issued" in app.status
        await app.press("escape", "c", "end", "enter")
        assert app.app.is_running
        assert "messages" in app.status
