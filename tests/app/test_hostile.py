"""Whatever text a store, a file or a person holds out: no screen breaks, none lets a control character through, none changes its width."""

from __future__ import annotations

import asyncio
import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.events import Paste

from pmo_tui.actions import SCREENS, actions_of
from pmo_tui.app import PmoApp
from pmo_tui.desk.demo.build import build
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.folders import folders
from pmo_tui.records.registers import REGISTERS
from pmo_tui.store import open_store
from pmo_tui.widgets.cutting import fit, width_of
from pmo_tui.widgets.lines import StatusLine
from pmo_tui.wording.safe import safe
from tests.app.conftest import TODAY, Run
from tests.app.driving import Driver
from tests.app.hostile import HOSTILE, SAMPLES, check, poison

SIZES = ((80, 24), (61, 17), (130, 40), (40, 10))
ENDS_IT = frozenset({"quit", "ask_quit", "editor"})


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Two projects with everything that belongs to them; every free text of every record is hostile."""
    home = tmp_path_factory.mktemp("hostile")
    with open_store(home / "pmo.json", author="anna", login="anna") as store:
        build(store, projects=2, seed=1, today=TODAY)
        poison(store, SAMPLES)
        yield Desk(store, folders({"HOME": str(home)}), today=lambda: TODAY)


async def home_again(app: Driver, digit: str) -> None:
    """Out of whatever is open, to the screen of a digit."""
    for _turn in range(6):
        if app.frame.screen_name and not app.prompting:
            break
        await app.press("escape")
    await app.press(digit)


@pytest.mark.parametrize(("name", "digit"), [(name, digit) for name, digit, _title in SCREENS])
async def test_every_screen_in_every_size(run: Run, hostile: Desk, name: str, digit: str) -> None:
    async with run(name, on=hostile) as app:
        check(app)
        for size in SIZES[1:]:
            await app.pilot.resize_terminal(*size)
            await app.press("down")
            check(app)
        for key in ("enter", "w", "escape", "h"):
            await app.press(key)
            check(app)
        await home_again(app, digit)
        assert app.app.is_running


@pytest.mark.slow
@pytest.mark.parametrize(("name", "digit"), [(name, digit) for name, digit, _title in SCREENS])
async def test_every_key_of_every_screen(run: Run, hostile: Desk, name: str, digit: str) -> None:
    """Every action that a screen names, an answer where one is asked, three keys on what it opens; another size before each."""
    async with run(name, on=hostile) as app:
        turn = 0
        for each in actions_of(*app.frame.parts):
            if each.id in ENDS_IT or each.id.startswith("screen_"):
                continue
            turn += 1
            await app.press(each.keys[0])
            check(app)
            await app.pilot.resize_terminal(*SIZES[turn % len(SIZES)])
            await app.settle()
            check(app)
            if app.prompting:
                await app.type("[r]漢")
                check(app)
                await app.press("enter")
                check(app)
            for key in ("down", "right", "enter") if not app.frame.screen_name else ():
                await app.press(key)
                check(app)
            await home_again(app, digit)


async def test_prompts_offers_and_palette(run: Run, hostile: Desk) -> None:
    async with run("risks", on=hostile) as app:
        for key, typed in (("colon", "[re"), ("g", "re"), ("slash", "[/]")):
            await app.press(key)
            await app.type(typed)
            check(app)
            await app.pilot.resize_terminal(*SIZES[1])
            await app.press("down")
            check(app)
            await app.press("escape")
            await app.pilot.resize_terminal(*SIZES[0])
        check(app)


async def test_cells_marks_groups_and_copies(run: Run, hostile: Desk) -> None:
    async with run("risks", on=hostile) as app:
        for key in ("right", "right", "F"):
            await app.press(key)
        check(app)
        await app.press("down", "enter")
        check(app)
        await app.press("asterisk", "y")
        check(app)
        await app.press("f2")
        check(app)
        await app.press("escape", "O")
        check(app)


@pytest.mark.parametrize(
    "register", [each.name for each in REGISTERS if each.name in ("projects", "tasks", "invoices", "people")]
)
async def test_list_record_form_and_history(run: Run, hostile: Desk, register: str) -> None:
    async with run(on=hostile, register=register) as app:
        check(app)
        await app.press("enter")
        check(app)
        await app.press("e", "ctrl+f")
        check(app)
        for size in (SIZES[3], SIZES[2]):
            await app.pilot.resize_terminal(*size)
            await app.press("tab")
            check(app)
        await app.press("escape", "h")
        check(app)
        await app.press("escape", "question_mark", "end")
        check(app)


async def test_the_preview_of_a_file_and_of_a_pasted_block(run: Run, hostile: Desk, home: Path) -> None:
    file = home / "risks [red].csv"
    with file.open("w", newline="", encoding="utf-8") as stream:
        rows = csv.writer(stream)
        rows.writerow(["title", "project", "cause"])
        rows.writerows([text, "P-1", text] for text in SAMPLES if "\ud800" not in text and "\0" not in text)
    async with run("risks", on=hostile) as app:
        await app.press("I")
        await app.type(str(file))
        check(app)
        await app.press("enter")
        check(app)
        await app.press("escape")
        await app.app.run_action("screen.paste")
        app.app.post_message(Paste("[/]\x1b[2J\t漢\n\u202ex\ty"))
        await app.settle()
        check(app)


async def test_a_person_types_and_pastes_it_into_a_form(run: Run, desk: Desk) -> None:
    async with run(register="risks") as app:
        await app.press("n")
        for text in SAMPLES[:9]:
            app.app.post_message(Paste(text))
            await app.settle()
            check(app)
            await app.press("tab")
        await app.press("f2")
        check(app)
        await app.pilot.resize_terminal(*SIZES[3])
        await app.settle()
        check(app)


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(HOSTILE, min_size=8, max_size=12))
def test_any_text_at_all(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    home = tmp_path_factory.mktemp("any")
    with open_store(home / "pmo.json", author="anna", login="anna") as store:
        build(store, projects=1, seed=1, today=TODAY)
        poison(store, texts)
        desk = Desk(store, folders({"HOME": str(home)}), today=lambda: TODAY)

        async def walk() -> None:
            app = PmoApp(desk)
            async with app.run_test(size=(80, 24)) as pilot:
                driver = Driver(app, pilot)
                await driver.settle()
                for keys in (["4"], ["enter"], ["e"], ["escape", "h"], ["5"], ["3"], ["7"]):
                    await driver.press(*keys)
                    check(driver)

        asyncio.run(walk())


@given(HOSTILE, st.integers(1, 60), st.booleans())
def test_any_text_is_cut_to_its_width(text: str, width: int, right: bool) -> None:
    assert width_of(fit(safe(text), width, right)) == width


def test_what_is_said_is_one_line() -> None:
    line = StatusLine()
    for text in SAMPLES:
        line.tell(safe(text))
        assert line.text.isprintable() or all(letter.isprintable() or letter.isspace() for letter in line.text)
