"""One list, one form, one record page for every register, by keys alone."""

from __future__ import annotations

from pathlib import Path

from pmo_tui.desk.desk import Desk
from pmo_tui.records.registers import REGISTERS
from tests.app.conftest import Run, desk_at


async def test_a_register_is_listed_opened_and_left(run: Run) -> None:
    async with run(register="risks") as app:
        assert "Steel comes late" in app.text
        assert "Jan de Vries" in app.text
        assert app.status == "1 / 3"
        await app.press("down", "enter")
        assert "Risk R-2" in app.lines()[0]
        assert "Permit is refused" in app.text
        await app.press("right_square_bracket")
        assert "Risk R-3" in app.lines()[0]
        await app.press("escape")
        assert app.status == "2 / 3"


async def test_a_record_is_added_with_what_people_type(run: Run, desk: Desk) -> None:
    async with run(register="risks") as app:
        await app.press("n")
        await app.type("Crane falls over")
        await app.press("tab")
        await app.type("harb")
        assert "tab takes P-1" in app.text
        await app.press("tab")
        await app.type("4")
        await app.press("tab")
        await app.type("5")
        await app.press("tab", "tab", "tab")
        await app.type("+2w")
        assert "Wed 9 Dec 2026" in app.text
        await app.press("enter")
        made = desk.values("R-4")
        assert (made["title"], made["project"], made["probability"], str(made["next_review"])) == (
            "Crane falls over",
            "P-1",
            4,
            "2026-12-09",
        )
        assert "R-4 written" in app.status
        assert app.lines()[5].split()[0] == "R-4"
        await app.press("u")
        assert desk.store.get("R-4") is None
        assert "took back R-4" in app.status
        await app.press("U")
        assert desk.store.get("R-4") is not None


async def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_written(run: Run, desk: Desk) -> None:
    before = desk.store.head()
    async with run(register="risks") as app:
        await app.press("n", "tab", "tab")
        await app.type("9")
        await app.press("f2")
        lines = app.lines()
        assert any("outside 1 to 5" in line for line in lines)
        assert any("is needed" in line for line in lines)
        assert "not written: 2 fields are wrong" in app.status
        await app.press("ctrl+r")
        await app.type("Rain")
        await app.press("tab", "tab")
        await app.type("9")
        await app.press("f2")
        assert "not written: 1 field is wrong" in app.status
        assert desk.store.head() == before


async def test_a_half_filled_form_survives_leaving_it(run: Run, desk: Desk) -> None:
    async with run(register="risks") as app:
        await app.press("n")
        await app.type("Half a thought")
        await app.press("escape")
        assert "kept" in app.status
        await app.press("n")
        assert "Half a thought" in app.text
        assert "is back" in app.status
        await app.press("ctrl+r")
        assert "Half a thought" not in app.text
        await app.press("escape", "n")
        assert "Half a thought" not in app.text


async def test_a_record_is_changed_and_its_history_tells(run: Run, desk: Desk) -> None:
    async with run(register="risks") as app:
        await app.press("e", "ctrl+f")
        await app.press("escape")
        await app.press("e", "tab", "tab")
        await app.press("backspace")
        await app.type("5")
        await app.press("enter")
        assert desk.values("R-1")["probability"] == 5
        await app.press("h")
        assert "Probability: 3 → 5" in app.text
        assert "anna" in app.text


async def test_filter_narrows_while_one_types_and_a_wrong_word_is_named(run: Run) -> None:
    async with run(register="risks") as app:
        await app.press("slash")
        await app.type("score>9")
        assert "Paper is wet" not in app.text
        await app.press("enter")
        assert app.status == "/ score>9 1 / 2 of 3"
        await app.press("slash")
        await app.type(" ownr:jan")
        await app.press("enter")
        assert "owner" in app.status
        assert app.prompting
        await app.press("escape")
        assert app.status == "/ score>9 1 / 2 of 3"


async def test_marked_records_are_changed_at_once_and_taken_back_at_once(run: Run, desk: Desk) -> None:
    async with run(register="risks") as app:
        await app.press("space", "down", "V")
        assert "3 marked" in app.status
        await app.press("e")
        await app.type("status=closed")
        await app.press("enter")
        assert {desk.values(key)["status"] for key in ("R-1", "R-2", "R-3")} == {"closed"}
        await app.press("u")
        assert {desk.values(key)["status"] for key in ("R-1", "R-2", "R-3")} == {"identified"}
        await app.press("asterisk", "asterisk", "home", "full_stop")
        assert desk.values("R-1")["status"] == "closed"


async def test_marked_cells_are_added_up(run: Run) -> None:
    async with run(register="risks") as app:
        while app.app.screen.table.current_column.name != "score":  # type: ignore[attr-defined]
            await app.press("right")
        await app.press("asterisk")
        assert "Score: sum 24, mean 8.00, count 3" in app.status


async def test_sorting_by_the_cursors_column_both_ways(run: Run) -> None:
    async with run(register="risks") as app:
        await app.press("right", "s")
        assert [line.split()[0] for line in app.lines()[2:5]] == ["R-3", "R-2", "R-1"]
        await app.press("s")
        assert [line.split()[0] for line in app.lines()[2:5]] == ["R-1", "R-2", "R-3"]


async def test_deleting_what_others_refer_to_is_refused_and_they_are_named(run: Run, desk: Desk) -> None:
    async with run("portfolio") as app:
        await app.press("d")
        assert desk.store.get("P-2") is not None
        assert "R-3" in app.status
    async with run(register="risks") as app:
        await app.press("d")
        assert desk.store.get("R-1") is None
        assert "u brings it back" in app.status
        await app.press("u")
        assert desk.store.get("R-1") is not None


async def test_a_colleagues_change_shows_by_itself_and_a_form_on_it_conflicts(run: Run, desk: Desk, home: Path) -> None:
    async with run(register="risks") as app:
        await app.press("e", "end")
        await app.type(" again")
        other = desk_at(home / "pmo.json", home, "bert")
        other.set(["R-1"], {"title": "Steel is dear"})
        other.store.close()
        await app.press("f2")
        assert "bert changed Title too" in app.status
        assert "made it: Steel is dear" in app.text
        assert desk.values("R-1")["title"] == "Steel is dear"
        await app.press("f7", "f2")
        assert desk.values("R-1")["title"] == "Steel comes late again"
        other = desk_at(home / "pmo.json", home, "bert")
        other.set(["R-2"], {"title": "Permit is late"})
        other.store.close()
        await app.until(lambda: "Permit is late" in app.text)
        assert "Permit is late" in app.text
        assert "bert" in app.status


async def test_going_to_a_record_by_part_of_its_name_and_to_a_register_by_two_letters(run: Run) -> None:
    async with run(register="risks") as app:
        await app.press("g")
        await app.type("archi")
        await app.press("enter")
        assert "Project P-2" in app.lines()[0]
        await app.press("8")
        await app.press("s", "u")
        assert "Suppliers" in app.lines()[0]
        assert "Staal BV" in app.text


async def test_go_to_is_go_to_on_registers_too(run: Run) -> None:
    async with run("registers") as app:
        await app.press("g")
        assert app.prompting
        await app.type("r-2")
        await app.press("enter")
        assert "Risk R-2" in app.lines()[0]


async def test_after_a_first_letter_only_letters_that_go_on_and_esc_act(run: Run) -> None:
    async with run("registers") as app:
        await app.press("p")
        assert "p …" in app.status
        assert "pr Projects" in app.status
        for wrong in ("z", "minus", "3", "u"):
            await app.press(wrong)
            assert "Registers" in app.lines()[0], wrong
            assert "pr Projects" in app.status, wrong
        await app.press("escape", "s", "u")
        assert "Suppliers" in app.lines()[0]
        await app.press("8", "p", "q", "r")
        assert "Projects" in app.lines()[0]


async def test_help_on_registers_names_their_letters(run: Run) -> None:
    async with run("registers", size=(80, 60)) as app:
        await app.press("question_mark")
        assert [line for line in app.lines() if line.split() == ["ri", "Risks"]]
        assert "opens the register under the cursor" in app.text
        await app.press("k", "s")
        assert "su Suppliers" in app.text


async def test_actions_are_found_by_name(run: Run) -> None:
    async with run(register="risks") as app:
        await app.press("colon")
        await app.type("journ")
        await app.press("enter")
        assert "Journal" in app.lines()[0]
        assert "created" in app.text


async def test_the_palette_says_that_nothing_is_called_so(run: Run) -> None:
    async with run("risks") as app:
        await app.press("colon")
        await app.type("zzzqq")
        assert "nothing is called so" in app.status
        await app.press(*["backspace"] * 5)
        await app.type("jour")
        assert "nothing is called so" not in app.status


async def test_every_register_has_a_list_a_form_and_help(run: Run) -> None:
    async with run() as app:
        for register in REGISTERS:
            app.frame.open_register(register.name)  # type: ignore[attr-defined]
            await app.settle()
            assert register.label in app.lines()[0]
            await app.press("question_mark")
            assert "Help" in app.lines()[0]
            await app.press("escape", "n")
            assert register.one in app.lines()[0]
            await app.press("escape", "escape")


async def test_quitting_asks(run: Run) -> None:
    async with run(register="risks") as app:
        await app.press("q", "escape")
        assert app.app.is_running
        await app.press("q", "enter")
        assert app.app.return_code == 0
