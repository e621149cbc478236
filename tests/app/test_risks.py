"""The risk log by its keys: map, figures, kinds, assessments, the registers beside it, and what is done with a risk."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.screens.risks import RisksScreen
from pmo_tui.widgets.heat_map import HeatMap
from pmo_tui.wording import languages
from tests.app.conftest import Run, desk_at
from tests.app.driving import Driver
from tests.app.shows import assert_shows
from tests.cli.process import Pmo

NAMES = ("‮[red]Steel[/]", "\x1b[2J\x07bell", "鋼材の納期 🚧🚧", "x" * 10_000, "[/]", "e\u0301\u0301\u0301")


@pytest.fixture
def log(desk: Desk) -> Desk:
    """Three risks and an opportunity of two projects, an issue, three actions, a decision."""
    for key, day, review in (
        ("R-1", "2026-11-20", "2026-11-24"),
        ("R-2", "2026-08-01", "2026-12-07"),
        ("R-3", "2026-08-01", ""),
    ):
        desk.set([key], {"identified_on": day, "next_review": review})
    desk.set(["R-1"], {
        "inherent_probability": "5", "inherent_impact": "5", "target_probability": "2", "target_impact": "2", "response": "reduce",
        "cause": "One mill in Europe", "effect": "Two weeks of waiting for the crane",
    })  # fmt: skip
    desk.add("risks", {
        "title": "Subsidy for the bridge", "project": "P-1", "kind": "opportunity", "probability": "4", "impact": "3",
        "owner": "Anna Bos", "identified_on": "2026-08-01", "status": "planned",
    })  # fmt: skip
    desk.add("issues", {"title": "Crane is broken", "project": "P-1", "owner": "Jan de Vries", "due": "2026-11-20"})
    for title, project, due in (
        ("Call the mill", "P-1", "2026-11-20"),
        ("Buy paper", "P-2", "2026-12-01"),
        ("Sign", "", ""),
    ):
        desk.add("actions", {"title": title, "project": project, "owner": "Jan de Vries", "due": due})
    desk.add("decisions", {"title": "Take the subsidy", "project": "P-1", "due": "2026-12-04"})
    return desk


def risk_rows(app: Driver) -> list[str]:
    """The keys of the risks in the list."""
    return [line.split()[0] for line in app.lines() if line.strip().startswith("R-")]


# ---- pictures ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "nl"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_how_it_looks(run: Run, log: Desk, lang: str, size: tuple[int, int]) -> None:
    languages.use(lang)
    async with run("risks", size=size) as app:
        assert_shows(app, f"risks-{size[0]}x{size[1]}" + ("" if lang == "en" else f"-{lang}"))


async def test_the_map_leaves_ten_rows_on_a_small_screen_and_goes_by_a_key(run: Run, log: Desk) -> None:
    async with run("risks", size=(80, 24)) as app:
        screen = app.app.screen
        assert isinstance(screen, RisksScreen)
        assert screen.table.size.height - 1 >= 10
        await app.press("M")
        assert screen.table.size.height - 1 == 18
        assert "↑" not in app.text
        await app.press("m")
        assert "↑" in app.text
    async with run("risks", size=(80, 16)) as app:
        assert "↑" not in app.text
        assert "R-1" in app.text


async def test_beside_the_list_on_a_wide_screen(run: Run, log: Desk) -> None:
    async with run("risks", size=(140, 40)) as app:
        found = app.app.screen.query_one(HeatMap).region
        table = app.app.screen.query_one("#table").region
        assert found.x >= table.right
        assert found.y == table.y


async def test_an_empty_store_says_what_to_do(run: Run, home: Path) -> None:
    empty = desk_at(home / "empty.json", home)
    async with run("risks", on=empty) as app:
        assert "[Risks 0]" in app.text
        assert "n adds one; !r takes one" in app.text
        assert "nothing here" in app.status
        await app.press("m", "enter", "f", "right", "w")
        assert "Exposure to threats  EUR 0.00" in app.text
        await app.press("escape", "escape", "r")
        assert "nothing here to do that with" in app.status
        await app.press("tab", "a", "k", "m", "i", "c")
    empty.store.close()


@pytest.mark.parametrize("name", NAMES)
async def test_hostile_names_break_nothing(run: Run, log: Desk, name: str) -> None:
    clean = "".join(letter for letter in name if letter.isprintable()) or "x"
    log.set(["R-1"], {"title": clean, "cause": f"{clean}\n{clean}", "category": clean[:50]})
    log.set(["P-1"], {"short_name": clean[:40]})
    async with run("risks") as app:
        assert "\x1b" not in app.text
        assert len(app.lines()) == 24
        await app.press("m", "enter", "m", "enter", "f", "enter")
        assert "Why" in app.lines()[0]


# ---- figures -----------------------------------------------------------------------------------------------------------


async def test_figures_are_those_of_the_list_on_the_command_line(run: Run, home: Path) -> None:
    pmo = Pmo(home / "elsewhere")
    pmo.folder.mkdir()
    pmo("demo", "--no-open", "--projects", "6", "--seed", "3", "--store", pmo.store)
    risks = list(pmo("list", "risks", "-status:closed,occurred", "--json").json)
    exposure = pmo("list", "exposure", "parent:none", "--json").json
    desk = desk_at(pmo.store, home)
    async with run("risks", on=desk, size=(140, 40)) as app:
        line = app.lines()[2] + " "
        threats = sum(Decimal(row["emv"]) for row in risks if row["kind"] == "threat" and row["emv"])
        good = sum(Decimal(row["emv"]) for row in risks if row["kind"] == "opportunity" and row["emv"])
        assert f"open {len(risks)} " in line
        assert f"threats EUR {threats:,.0f} " in line
        assert f"opportunities EUR {good:,.0f} " in line
        assert f"net EUR {threats - good:,.0f} " in line
        assert threats == sum(Decimal(row["threats"]) for row in exposure)
        assert len(risks) == sum(row["risks"] for row in exposure)
        due = [row for row in risks if row["next_review"] and row["next_review"] <= "2026-11-25"]
        assert f"to review {len(due)} " in line
        screen = app.app.screen
        assert isinstance(screen, RisksScreen)
        assert screen.picture is not None
        for probability in range(1, 6):
            for impact in range(1, 6):
                here = [row for row in risks if (row["probability"], row["impact"]) == (probability, impact)]
                cell = screen.query_one(HeatMap).cells[probability - 1][impact - 1]
                assert cell.threats + cell.opportunities == len(here)
    desk.store.close()


async def test_a_figure_says_where_it_comes_from_down_to_the_risk(run: Run, log: Desk) -> None:
    async with run("risks") as app:
        assert "threats EUR 10.4k" in app.lines()[2]
        await app.press("f", "right", "w")
        assert "Exposure to threats  EUR 10,375.00  sum of the expected values" in app.text
        assert "R-1  Steel comes late  EUR 5,000.00" in app.text
        await app.press("enter")
        assert "Risk R-1" in app.lines()[0]
        await app.press("escape", "escape")
        assert "[threats EUR 10.4k]" in app.lines()[2]
        await app.press("end", "enter")
        assert "Reviews due  1" in app.text
        await app.press("escape", "escape", "enter")
        assert "Risk R-1" in app.lines()[0]


# ---- the map -----------------------------------------------------------------------------------------------------------


async def test_a_cell_of_the_map_narrows_the_list_and_lets_go_of_it(run: Run, log: Desk) -> None:
    async with run("risks") as app:
        assert risk_rows(app) == ["R-1", "R-4", "R-2", "R-3"]
        await app.press("m", "down", "down", "left")
        assert "[   1H]" in app.text
        await app.press("enter")
        assert risk_rows(app) == ["R-1"]
        assert "P3 × I4" in app.lines()[1]
        assert "open 4 " in app.lines()[2]
        await app.press("m", "enter")
        assert len(risk_rows(app)) == 4
        await app.press("m", "enter")
        assert risk_rows(app) == ["R-1"]
        await app.press("escape")
        assert len(risk_rows(app)) == 4
        await app.press("m", "escape", "enter")
        assert "Risk R-1" in app.lines()[0]


async def test_threats_and_opportunities_are_told_apart(run: Run, log: Desk) -> None:
    async with run("risks") as app:
        assert "+1H" in app.text
        assert next(line for line in app.lines() if "Subsidy" in line).split()[1] == "+"
        await app.press("k")
        assert risk_rows(app) == ["R-1", "R-2", "R-3"]
        assert "+1H" not in app.text
        await app.press("k")
        assert risk_rows(app) == ["R-4"]
        assert "opportunities" in app.lines()[1]
        await app.press("n")
        assert "opportunity" in app.text
        await app.press("escape", "k")
        assert len(risk_rows(app)) == 4


async def test_scores_as_they_came_in_and_as_they_should_become(run: Run, log: Desk) -> None:
    async with run("risks") as app:
        assert "25 V" not in app.text
        await app.press("a")
        assert "as it came in" in app.text
        assert next(line for line in app.lines() if "R-1 " in line and "Steel" in line).split()[-4:-1] != []
        assert "25 V" in app.text
        assert "3 not assessed" in app.lines()[1]
        await app.press("m", "enter")
        assert risk_rows(app) == ["R-1"]
        await app.press("a")
        assert "4 L" in app.text
        await app.press("a")
        assert "12 H" in app.text
        assert risk_rows(app) == ["R-1", "R-4", "R-2", "R-3"]


async def test_a_changed_score_gets_an_arrow(run: Run, log: Desk) -> None:
    async with run("risks") as app:
        row = next(line for line in app.lines() if "Permit" in line)
        assert " = " in row
        await app.press("down", "down", "e", "tab", "tab", "end", "backspace")
        await app.type("4")
        await app.press("enter")
        row = next(line for line in app.lines() if "Permit" in line)
        assert "20 V ▲" in row
        assert "10 four weeks ago" in app.text
        await app.press("u")
        assert "20 V ▲" not in app.text


# ---- what is done ------------------------------------------------------------------------------------------------------


async def test_a_risk_that_happens_is_an_issue_by_one_key_and_one_undo(run: Run, log: Desk) -> None:
    async with run("risks") as app:
        await app.press("i")
        assert "I-2 made of R-1" in app.status
        assert risk_rows(app) == ["R-4", "R-2", "R-3"]
        assert "Issues 2" in app.lines()[1]
        assert log.values("I-2", ["risk", "title", "priority"]) == {
            "risk": "R-1", "title": "Steel comes late", "priority": "high",
        }  # fmt: skip
        await app.press("u")
        assert log.store.get("I-2") is None
        assert "R-1" in risk_rows(app)
        await app.press("C")
        await app.press("i", "i")
        assert "already" in app.status


async def test_a_review_asks_for_the_next_day_and_offers_the_usual_one(run: Run, log: Desk) -> None:
    async with run("risks") as app:
        assert "to review 1" in app.lines()[2]
        await app.press("r")
        assert "R-1 reviewed; next review" in app.text
        assert "2026-12-09" in app.text
        await app.press("enter")
        assert str(log.values("R-1")["next_review"]) == "2026-12-09"
        assert "to review 0" in app.lines()[2]
        await app.press("r", "ctrl+u")
        await app.type("+1")
        await app.press("enter")
        assert "✗" in app.status or "+1" in app.status
        assert app.prompting
        await app.type("w")
        assert "Wed 2 Dec 2026" in app.text
        await app.press("enter")
        assert str(log.values("R-1")["next_review"]) == "2026-12-02"
        await app.press("asterisk", "r")
        assert "4 risks reviewed" in app.text
        await app.press("enter")
        assert [str(log.values(key)["next_review"]) for key in ("R-1", "R-2", "R-3", "R-4")] == [
            "2026-12-09", "2026-12-09", "2027-02-17", "2026-12-09",
        ]  # fmt: skip
        await app.press("u")
        assert str(log.values("R-2")["next_review"]) == "2026-12-07"


async def test_closing_leaves_the_list_and_closed_ones_come_back_when_asked(run: Run, log: Desk) -> None:
    async with run("risks") as app:
        await app.press("c")
        assert str(log.values("R-1")["closed_on"]) == "2026-11-25"
        assert "R-1" not in risk_rows(app)
        await app.press("C")
        assert "R-1" in risk_rows(app)
        assert "closed too" in app.lines()[1]


# ---- the registers beside it -------------------------------------------------------------------------------------------


async def test_the_four_registers_share_scope_and_project_and_keep_their_own_words(run: Run, log: Desk) -> None:
    async with run("risks") as app:
        assert app.lines()[1].split("   ")[0].startswith(" [Risks 4 (1 late)]")
        await app.press("slash")
        await app.type("project:P-1 score>10")
        await app.press("enter")
        assert risk_rows(app) == ["R-1", "R-4"]
        assert "[Risks 2" in app.lines()[1]
        assert "Actions 1" in app.lines()[1]
        await app.press("tab")
        assert "[Issues 1 (1 late)]" in app.lines()[1]
        assert "Crane is broken" in app.text
        assert "↑" not in app.text
        await app.press("tab")
        assert "Call the mill" in app.text
        assert "Buy paper" not in app.text
        assert "project:P-1" in app.status
        assert "score" not in app.status
        await app.press("shift+tab", "shift+tab")
        assert risk_rows(app) == ["R-1", "R-4"]
        assert "project:P-1 score>10" in app.status
        await app.press("at")
        await app.type("P-2")
        await app.press("enter", "tab", "tab")
        assert "[Actions 0]" in app.lines()[1]


async def test_gestures_of_risks_say_on_other_registers_that_they_are_not_for_them(run: Run, log: Desk) -> None:
    async with run("risks") as app:
        await app.press("tab", "tab", "r")
        assert "Only risks" in app.status
        await app.press("i")
        assert "Only risks" in app.status
        await app.press("m")
        assert "only risks" in app.status
        await app.press("c")
        assert log.values("A-1")["status"] == "done"
        assert "Call the mill" not in app.text


async def test_a_decision_is_closed_with_who_took_it(run: Run, log: Desk) -> None:
    async with run("risks") as app:
        await app.press("shift+tab", "c", "enter")
        assert "Who decided" in app.status
        await app.type("Steering committee")
        await app.press("enter")
        assert log.values("D-1", ["status", "decided_by", "recorded_by"]) == {
            "status": "taken", "decided_by": "Steering committee", "recorded_by": "PER-2",
        }  # fmt: skip


async def test_a_new_risk_belongs_where_one_looks(run: Run, log: Desk) -> None:
    async with run("risks") as app:
        await app.press("at")
        await app.type("P-2")
        await app.press("enter", "m", "end", "home", "enter", "n")
        await app.type("Roof leaks")
        await app.press("enter")
        made = log.values("R-5")
        assert (made["title"], made["project"], made["probability"], made["impact"], str(made["identified_on"])) == (
            "Roof leaks", "P-2", 5, 5, "2026-11-25",
        )  # fmt: skip


async def test_every_gesture_of_a_list_works_in_the_log(
    run: Run, log: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with run("risks") as app:
        await app.press("space", "space", "e")
        await app.type("status=monitoring")
        await app.press("enter")
        assert log.values("R-1")["status"] == log.values("R-4")["status"] == "monitoring"
        await app.press("asterisk", "asterisk", "x", "enter")
        assert (tmp_path / "risks.csv").read_text().count("\n") == 5
        await app.press("question_mark")
        assert "Help: Risks" in app.lines()[0]
        assert "heat map" in app.text


async def test_a_colleagues_risk_shows_in_map_and_figures(run: Run, log: Desk, home: Path) -> None:
    async with run("risks") as app:
        other = desk_at(home / "pmo.json", home, "bert")
        other.add("risks", {"title": "Bert's", "project": "P-1", "probability": "5", "impact": "1"})
        other.store.close()
        await app.until(lambda: "open 5 " in app.text)
        assert "open 5 " in app.lines()[2]
        assert "1M" in app.text
