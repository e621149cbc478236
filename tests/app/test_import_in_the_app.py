"""Taking a file in from the app: what the file does not say by itself is said there and then."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.files.formats import Choices, prepare
from pmo_tui.desk.files.importing import carry_out
from pmo_tui.screens.importing import ImportScreen
from pmo_tui.widgets.prompt import Offers
from pmo_tui.widgets.table import RegisterTable
from tests.app.conftest import Run
from tests.app.driving import Driver, said
from tests.exchange.mspdi_help import plan, task

MAP = """\
register = "suppliers"
key = "No"
source = "ledger"

[columns]
Party = "name"
"""


async def test_a_list_with_somebody_elses_columns_is_taken_in_with_a_map(
    run: Run, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ledger.csv").write_text("No,Party\n7,Beton Oost\n")
    (tmp_path / "ledger.toml").write_text(MAP)
    async with run("registers") as app:
        await app.press("I")
        await app.type("ledger.csv")
        await app.press("enter")
        assert "Which register does ledger.csv belong to?" in app.text
        await app.press("m")
        await app.type("ledger.toml")
        await app.press("enter")
        assert "1 new, 0 changed" in app.status
        await app.press("enter")
        assert not isinstance(app.frame, ImportScreen)
    assert desk.find("Beton Oost", ("suppliers",))


async def test_the_register_is_said_where_the_name_of_the_file_does_not(
    run: Run, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.csv").write_text("name\nBeton Oost\n")
    async with run("registers") as app:
        await app.press("I")
        await app.type("list.csv")
        await app.press("enter", "r")
        await app.type("suppl")
        await app.press("enter")
        assert "1 new, 0 changed" in app.status
        await app.press("r", "ctrl+u")
        await app.type("nothing")
        await app.press("enter", "enter")
        assert isinstance(app.frame, ImportScreen)
    assert not desk.called("Beton Oost", ("suppliers",))


async def test_a_plan_is_put_into_a_project_that_is_there(
    run: Run, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plan.xml").write_bytes(plan(task(1, Name="Dig the trench"), Name="Trench"))
    count = len(desk.store.shelf("projects"))
    async with run("planning") as app:
        await app.press("I")
        await app.type("plan.xml")
        await app.press("enter")
        assert "A new project comes of it; here p puts it into one that is there" in said(app)
        await app.press("p")
        await app.type("P-2")
        await app.press("enter")
        assert "A new project comes of it" not in said(app)
        await app.press("p", "ctrl+u")
        await app.type("no such project")
        await app.press("enter")
        assert "no such project" in app.text
        await app.press("escape", "enter")
        assert not isinstance(app.frame, ImportScreen)
    assert len(desk.store.shelf("projects")) == count
    (key,) = desk.called("Dig the trench", ("tasks",))
    assert desk.values(key)["project"] == "P-2"


async def test_a_plan_saved_under_another_name_goes_into_its_project_once(
    run: Run, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    trench = plan(task(1, Name="Dig the trench"), task(2, Name="Fill the trench"), Title=desk.title("P-2"))
    for week in (47, 48):
        Path(f"w{week}.xml").write_bytes(trench)
    carry_out(desk, prepare(desk, ["w47.xml"], Choices(project="P-2")).plan)
    count = len(desk.store.shelf("tasks"))
    async with run("planning") as app:
        await app.press("I")
        await app.type("w48.xml")
        await app.press("enter")
        assert "P-2 is called so too" in said(app)
        assert "--project" not in app.text
        await app.press("p")
        await app.type("P-2")
        await app.press("enter")
        assert "known again as the plan that came to P-2 as w47.xml" in said(app)
        assert "0 new, 0 changed" in app.status
        await app.press("enter")
    assert len(desk.store.shelf("tasks")) == count


async def test_the_cursor_goes_to_what_came(
    run: Run, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "risks.csv").write_text("title,probability,impact\nSluice gate jams,2,2\nPump is late,5,5\n")
    async with run("risks") as app:
        await app.press("home", "I")
        await app.type("risks.csv")
        await app.press("enter", "enter")
        table = app.frame.query_one(RegisterTable)
        await app.until(lambda: desk.title(table.key or "") == "Sluice gate jams")
        (tmp_path / "risks.csv").write_text(f"key,title\n{table.key},Sluice gate jams in winter\n")
        await app.press("home", "I")
        await app.type("risks.csv")
        await app.press("enter", "enter")
        await app.until(lambda: desk.title(table.key or "") == "Sluice gate jams in winter")


def some_files(folder: Path) -> None:
    """What lies in a folder of downloads."""
    (folder / "invoices").mkdir()
    for name in ("LICENSE", "plan.xml", "PEOPLE.CSV", "risks.xlsx", "pyproject.toml", "pmo.json", "notes.txt"):
        (folder / name).touch()
    (folder / "invoices" / "one.xml").touch()


def offered(app: Driver) -> list[str]:
    """What stands above the line."""
    return [safe for _text, safe in app.frame.query_one(Offers).offers]


async def test_only_what_can_be_taken_in_is_offered(run: Run, desk: Desk) -> None:
    some_files(Path.cwd())
    async with run("registers") as app:
        await app.press("I")
        assert offered(app) == ["PEOPLE.CSV", "invoices/", "plan.xml", "risks.xlsx"]
        await app.type("p")
        assert offered(app) == ["plan.xml"]
        await app.press("ctrl+u")
        await app.type("no")
        assert offered(app) == ["notes.txt"]  # nothing else begins so
        await app.press("ctrl+u")
        for strange in ("~nobody-here/", "x" * 300):
            await app.type(strange)
            assert offered(app) == []
            await app.press("ctrl+u")


async def test_a_folder_is_gone_into(run: Run, desk: Desk) -> None:
    some_files(Path.cwd())
    async with run("registers") as app:
        await app.press("I", "tab", "tab", "enter")
        assert offered(app) == ["one.xml"]
        await app.press("tab", "enter")
        assert isinstance(app.frame, ImportScreen)
        assert app.frame.names == ["invoices/one.xml"]


async def test_more_files_than_there_are_lines_for_are_come_by(run: Run, desk: Desk) -> None:
    for number in range(20):
        (Path.cwd() / f"{number:02}.csv").touch()
    async with run("registers") as app:
        await app.press("I", *["down"] * 15)
        assert "14.csv" in app.text


async def test_an_invoice_that_breaks_rules_is_taken_in_as_sent_back(run: Run, desk: Desk, shared_data: Path) -> None:
    path = shared_data / "einvoice" / "SI-UBL-2.0_BR-S-08_error.xml"
    async with run("invoices") as app:
        await app.press("I")
        await app.type(str(path))
        await app.press("enter")
        assert "T Sent back" in app.lines()[-1]
        assert "Here T takes an invoice in as sent back, with these reasons." in app.text or await at_end(app)
        await app.press("enter")
        assert isinstance(app.frame, ImportScreen)
        await app.press("T")
        assert "2 new, 0 changed, 0 unchanged" in app.status
        assert "T Sent back" not in app.lines()[-1]
        await app.press("enter")
    assert [desk.cells(key, ["status"]) for key in desk.view("invoices").keys] == [["returned"]]


async def at_end(app: Driver) -> bool:
    """Whether the last lines of the page tell it."""
    await app.press("end")
    return "Here T takes an invoice in as sent back, with these reasons." in app.text


async def test_the_preview_of_an_invoice_tells_what_it_asks_for(run: Run, desk: Desk, shared_data: Path) -> None:
    async with run("invoices") as app:
        await app.press("I")
        await app.type(str(shared_data / "einvoice" / "SI-UBL-2.0_ok_full.xml"))
        await app.press("enter")
        assert "TOSL108" in said(app)
        assert "Payable EUR 729.00" in said(app)
        assert "2009-12-15" in said(app)


async def take(app: Driver, name: str) -> None:
    """Show what a file would change."""
    await app.press("I", "ctrl+u")
    await app.type(name)
    await app.press("enter")


async def test_a_file_that_changes_nothing_leaves_the_change_before_it_alone(run: Run, desk: Desk) -> None:
    Path("risks.csv").write_text("title,probability,impact\nPump is late,5,5\n", encoding="utf-8")
    async with run("risks") as app:
        await take(app, "risks.csv")
        await app.press("enter")
        assert "u takes it back" in app.status
        head = desk.store.head()
        await take(app, "risks.csv")
        await app.press("enter")
        assert "1 unchanged; nothing was written" in app.status
        assert "u takes it back" not in app.status
    assert desk.store.head() == head


async def test_the_keys_are_no_file(run: Run, desk: Desk) -> None:
    async with run("risks") as app:
        await take(app, "-")
        assert "Here - is no file" in app.text
        await app.press("escape")
        Path("risks.csv").write_text("title\nPump is late\n", encoding="utf-8")
        await take(app, "risks.csv")
        await app.press("m")
        await app.type("-")
        await app.press("enter")
        assert "Here - is no file" in app.text


async def test_a_file_that_breaks_while_it_is_read_is_named(run: Run, desk: Desk) -> None:
    async with run("risks") as app:
        await take(app, "/proc/self/mem")
        assert "/proc/self/mem cannot be read" in said(app)
        await app.press("enter")
        assert isinstance(app.frame, ImportScreen)


async def test_the_good_rows_are_taken_and_the_wrong_ones_put_beside_them(run: Run, desk: Desk) -> None:
    Path("risks.csv").write_text("title,impact\nPump is late,5\nToo much,9\nRain,1\n", encoding="utf-8")
    Path("risks-wrong.csv").write_text("mine\n", encoding="utf-8")
    async with run("risks") as app:
        await take(app, "risks.csv")
        assert "2 new, 0 changed, 0 unchanged; 1 wrong; R takes the good rows" in app.status
        await app.press("R")
        assert "2 new" in app.status
        assert "risks-wrong-2.csv" in app.status
    assert desk.called("Rain", ("risks",), exact=True)
    assert not desk.called("Too much", ("risks",), exact=True)
    assert Path("risks-wrong.csv").read_text(encoding="utf-8") == "mine\n"
    assert "Too much,9" in Path("risks-wrong-2.csv").read_text(encoding="utf-8")


async def test_help_tells_the_keys_of_the_preview(run: Run, desk: Desk) -> None:
    Path("risks.csv").write_text("title\nPump is late\n", encoding="utf-8")
    async with run("risks") as app:
        await take(app, "risks.csv")
        await app.press("question_mark")
        for words in ("Map of columns", "Good rows", "Take in", "Sent back"):
            assert words in said(app)


async def test_the_next_import_begins_in_the_folder_of_the_last_and_takes_a_pattern(run: Run, desk: Desk) -> None:
    folder = Path("plans").absolute()
    folder.mkdir()
    for name in ("risks-a.csv", "risks-b.csv"):
        (folder / name).write_text(f"title\nFrom {name}\n")
    async with run("risks") as app:
        await take(app, f"{folder}/risks-*.csv")
        assert "2 new" in app.status
        await app.press("escape", "I")
        assert offered(app) == ["risks-a.csv", "risks-b.csv"]


async def test_a_booking_and_a_link_are_shown_as_the_lists_show_them(run: Run, desk: Desk) -> None:
    Path("plan.xml").write_bytes(plan(task(1, "First"), task(2, "Second"), Name="Trench"))
    async with run("planning") as app:
        await take(app, "plan.xml")
        await app.press("enter")
        linked = task(
            2, "Second", "<PredecessorLink><PredecessorUID>1</PredecessorUID><Type>1</Type></PredecessorLink>"
        )
        Path("plan.xml").write_bytes(plan(task(1, "First"), linked, Name="Trench"))
        await take(app, "plan.xml")
        assert "predecessors: – → 1" in said(app)
        await app.press("escape")
        person = desk.title("PER-1")
        Path("bookings.csv").write_text(
            "person,project,start,finish,hours_per_week\nPER-1,P-1,2026-12-01,2026-12-31,50%\n", encoding="utf-8"
        )
        await take(app, "bookings.csv")
        assert person in said(app)
        assert "Hours a week 20" in said(app)
