"""A risk phoned in, from any screen: one line, few keys; what is not understood is asked, half a line is kept."""

from __future__ import annotations

from typing import Any

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.wording import languages
from tests.app.conftest import Run
from tests.app.shows import assert_shows


def fields(desk: Desk, key: str, *names: str) -> tuple[Any, ...]:
    """Some values of a record."""
    values = desk.values(key, names)
    return tuple(values[name] for name in names)


async def test_a_risk_phoned_in_takes_five_keys_at_most(run: Run, desk: Desk) -> None:
    async with run("risks") as app:
        await app.press("exclamation_mark", "r", "space")
        await app.type("Pump is late @jan #harbour p3 i4")
        assert "Risk · Pump is late · 3 × 4 = 12 H · Owner Jan de Vries" in app.text
        await app.press("enter")
        assert app.keys <= 5
        assert fields(desk, "R-4", "title", "owner", "project", "probability", "impact") == (
            "Pump is late", "PER-1", "P-1", 3, 4,
        )  # fmt: skip
        assert str(desk.values("R-4")["identified_on"]) == "2026-11-25"
        assert "Risk R-4 written" in app.status
        assert next(line for line in app.lines() if "Pump is late" in line).startswith(" R-4")


@pytest.mark.parametrize("screen", ["portfolio", "registers", "planning", "invoices"])
async def test_from_any_screen(run: Run, desk: Desk, screen: str) -> None:
    async with run(screen) as app:
        await app.press("exclamation_mark")
        await app.type("i Crane is broken @jan #HB1 fri")
        await app.press("enter")
        assert fields(desk, "I-1", "title", "owner", "project", "status") == ("Crane is broken", "PER-1", "P-1", "open")
        assert str(desk.values("I-1")["due"]) == "2026-11-27"
        await app.press("u")
        assert desk.store.get("I-1") is None


async def test_actions_and_decisions_too(run: Run, desk: Desk) -> None:
    async with run("portfolio") as app:
        await app.press("exclamation_mark")
        await app.type("a @anna send the minutes by +1w")
        await app.press("enter", "exclamation_mark")
        await app.type("!d by board take the subsidy #HB1")
        await app.press("enter")
        assert fields(desk, "A-1", "title", "owner") == ("send the minutes", "PER-2")
        assert fields(desk, "D-1", "title", "decided_by", "status", "recorded_by") == (
            "take the subsidy", "board", "taken", "PER-2",
        )  # fmt: skip


async def test_an_unknown_project_offers_candidates_and_one_key_takes_the_first(run: Run, desk: Desk) -> None:
    async with run("risks") as app:
        await app.press("exclamation_mark", "r", "space")
        await app.type("Pump is late #harbor")
        await app.press("enter")
        assert "Project “harbor”?" in app.text
        assert "P-1  Harbour bridge" in app.text
        assert desk.store.get("R-4") is None
        await app.press("enter")
        assert app.keys == 5
        assert fields(desk, "R-4", "title", "project") == ("Pump is late", "P-1")


async def test_several_candidates_are_chosen_from_or_named_or_left_out(run: Run, desk: Desk) -> None:
    desk.add("projects", {"name": "Harbour tunnel"})
    async with run("risks") as app:
        for keys, typed, project in ((("down", "down"), "", "P-3"), ((), "archive", "P-2"), ((), "-", None)):
            await app.press("exclamation_mark")
            await app.type("r Late #harbour")
            await app.press("enter", *keys)
            await app.type(typed)
            await app.press("enter")
            made = f"R-{len(desk.store.shelf('risks'))}"
            assert fields(desk, made, "title", "project") == ("Late", project)


async def test_what_is_not_a_score_is_asked_again(run: Run, desk: Desk) -> None:
    async with run("risks") as app:
        await app.press("exclamation_mark")
        await app.type("r Late p9 i2")
        await app.press("enter")
        assert "Probability “9”?" in app.text
        await app.type("7")
        await app.press("enter")
        assert "outside 1 to 5" in app.status
        await app.press("backspace")
        await app.type("4")
        await app.press("enter")
        assert fields(desk, "R-4", "probability", "impact") == (4, 2)


async def test_half_a_line_survives_escape_and_is_offered_again(run: Run, desk: Desk) -> None:
    async with run("risks") as app:
        await app.press("exclamation_mark")
        await app.type("r Pump is la")
        await app.press("escape")
        assert "kept" in app.status
        await app.press("7", "exclamation_mark")
        assert "! r Pump is la" in app.text
        assert "is back" in app.status
        await app.type("te #nowhere")
        await app.press("enter", "escape")
        assert desk.store.get("R-4") is None
    async with run("risks") as app:
        await app.press("exclamation_mark")
        assert "! r Pump is late #nowhere" in app.text
        await app.press("enter")
        assert "Project “nowhere”?" in app.text
        await app.press("enter")
        assert fields(desk, "R-4", "title", "project") == ("Pump is late", None)
        await app.press("exclamation_mark")
        assert "Pump" not in app.lines()[-3]
        await app.press("escape")
        assert "kept" not in app.status


async def test_a_line_that_says_nothing_is_told_so_and_stays(run: Run, desk: Desk) -> None:
    before = desk.store.head()
    async with run("risks") as app:
        await app.press("exclamation_mark")
        assert "r  Risk" in app.text
        await app.type("x what")
        await app.press("enter")
        assert "!r for a risk" in app.status
        assert app.prompting
        await app.press("escape", "exclamation_mark", "ctrl+u", "enter")
        assert not app.prompting
        await app.press("exclamation_mark")
        await app.type("r")
        await app.press("enter")
        assert "Title" in app.text
        await app.type("Named after all")
        await app.press("enter")
        assert desk.values("R-4")["title"] == "Named after all"
        assert desk.store.head() == before + 1


async def test_people_and_projects_are_offered_while_their_names_are_typed(run: Run, desk: Desk) -> None:
    async with run("risks") as app:
        await app.press("exclamation_mark")
        await app.type("r Late @an")
        assert "PER-2  Anna Bos" in app.text
        await app.press("tab")
        await app.type("#tow")
        await app.press("tab", "enter")
        assert fields(desk, "R-4", "title", "owner", "project") == ("Late", "PER-2", "P-2")


async def test_the_project_that_is_looked_at_is_meant_where_none_is_named(run: Run, desk: Desk) -> None:
    async with run("portfolio") as app:
        await app.press("at")
        await app.type("P-2")
        await app.press("enter", "exclamation_mark")
        await app.type("r Late")
        await app.press("enter", "g")
        await app.type("R-1")
        await app.press("enter", "exclamation_mark")
        await app.type("a Call them")
        await app.press("enter")
        assert desk.values("R-4")["project"] == "P-2"
        assert desk.values("A-1")["project"] == "P-1"


async def test_a_field_of_the_organisations_own_that_is_needed_is_named_and_the_line_kept(run: Run, desk: Desk) -> None:
    desk.add("fields", {"register": "risks", "name": "area", "kind": "text", "required": "yes"})
    async with run("risks") as app:
        await app.press("exclamation_mark")
        await app.type("r Late")
        await app.press("enter")
        assert "area" in app.status
        await app.press("exclamation_mark")
        assert "! r Late" in app.text
        await app.type(" area:north")
        await app.press("enter")
        assert desk.values("R-4")["area"] == "north"


@pytest.mark.parametrize(
    "line", ["r [red]x[/] @[/] #[bold]", "r \u202eeldi @\u202e", "r " + "漢" * 300 + " #漢", "a @ # @# !!"]
)
async def test_hostile_lines_break_nothing(run: Run, desk: Desk, line: str) -> None:
    from pmo_tui.screens.capture import Capture
    from pmo_tui.widgets.prompt import PromptInput

    async with run("risks") as app:
        await app.press("exclamation_mark")
        app.frame.query_one(PromptInput).value = line
        await app.settle()
        await app.press("enter", "escape", "escape")
        assert all("\u202e" not in shown for shown in app.lines() if not shown.startswith(" !"))
        assert Capture(app.frame).understood(line)  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", ["en", "nl"])
async def test_how_it_looks(run: Run, desk: Desk, lang: str) -> None:
    languages.use(lang)
    desk.set(["R-1", "R-2", "R-3"], {"identified_on": "2026-08-01"})
    async with run("risks") as app:
        await app.press("exclamation_mark")
        assert_shows(app, "capture-80x24" + ("" if lang == "en" else f"-{lang}"))
