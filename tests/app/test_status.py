"""Screen 2 by its keys: who has reported, one status after the other, copied forward, asked for."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.config import Config
from pmo_tui.desk.reports.status import declare
from pmo_tui.desk.reports.status_facts import facts
from pmo_tui.records.messages import Message
from pmo_tui.records.reports import Report
from pmo_tui.screens.status import StatusScreen
from pmo_tui.screens.status_form import FactPage, StatusForm
from pmo_tui.widgets.text_page import TextPage
from pmo_tui.wording import languages
from tests.app.conftest import Run, desk_at
from tests.app.driving import Driver, said
from tests.app.shows import assert_shows
from tests.app.status_help import collect


@pytest.fixture
def office(desk: Desk) -> Desk:
    return collect(desk)


@pytest.fixture
def bert(office: Desk, home: Path) -> Iterator[Desk]:
    """A colleague's desk on the same store."""
    found = desk_at(home / "pmo.json", home, "bert")
    yield found
    found.store.close()


def rows(app: Driver) -> list[str]:
    """The keys of the projects in the list."""
    return [line.split()[0] for line in app.lines() if line.strip().startswith("P-")]


def report_of(desk: Desk, project: str, period: str = "2026-w47") -> Report:
    found = [each for each in desk.statuses.reports(project) if each.period == period]
    assert len(found) == 1
    return found[0]


# ---- pictures ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "nl"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_how_it_looks(run: Run, office: Desk, lang: str, size: tuple[int, int]) -> None:
    languages.use(lang)
    ending = f"{size[0]}x{size[1]}" + ("" if lang == "en" else f"-{lang}")
    async with run("status", size=size) as app:
        assert_shows(app, f"status-{ending}")
        await app.press("enter")
        assert_shows(app, f"status-form-{ending}")


async def test_an_empty_store_says_what_to_do(run: Run, home: Path) -> None:
    empty = desk_at(home / "empty.json", home)
    async with run("status", on=empty) as app:
        assert "No project reports yet" in app.text
        await app.press("enter", "equals_sign", "P", "N", "O", "less_than_sign", "greater_than_sign", "M")
        assert app.app.is_running
    empty.store.close()


# ---- the list ----------------------------------------------------------------------------------------------------------


async def test_late_ones_come_first_and_last_period_stands_beside_this_one(run: Run, office: Desk) -> None:
    office.add("reports", {"project": "P-1", "period": "2026-w47", "rag": "red", "declared_by": "Jan de Vries"})
    async with run("status") as app:
        assert "week 47 of 2026" in app.lines()[0]
        assert rows(app) == ["P-3", "P-2", "P-1"], "late ones first, the longest silent before the others"
        by_key = {line.split()[0]: line for line in app.lines() if line.strip().startswith("P-")}
        assert "G↓■R" in by_key["P-1"]
        assert "A ○–" in by_key["P-2"]
        assert "G" not in by_key["P-3"].split("late")[1], "what is older than a period is grey"
        assert "late 2  sent 1" in app.lines()[1]
        assert "R1 –2" in app.lines()[1]


async def test_one_key_to_the_period_before_and_to_the_next(run: Run, office: Desk) -> None:
    async with run("status") as app:
        await app.press("less_than_sign")
        assert "week 46 of 2026" in app.lines()[0]
        assert "issued 2" in app.lines()[1]
        await app.press("greater_than_sign", "greater_than_sign")
        assert "week 48 of 2026" in app.lines()[0]
        assert "missing 3" in app.lines()[1]


async def test_months_where_the_office_reports_by_the_month(run: Run, office: Desk) -> None:
    office.config = Config(report_period="month")
    async with run("status") as app:
        assert "October 2026" in app.lines()[0]
        await app.press("greater_than_sign")
        assert "November 2026" in app.lines()[0]


async def test_scope_and_filter_apply(run: Run, office: Desk) -> None:
    async with run("status") as app:
        await app.press("at")
        await app.type("P-3")
        await app.press("enter")
        assert rows(app) == ["P-3"]
        await app.press("at")
        await app.press(*["backspace"] * 3, "enter", "slash")
        await app.type("manager:jan")
        await app.press("enter")
        assert sorted(rows(app)) == ["P-1", "P-2"]


async def test_who_declared_and_who_recorded_stand_beside_the_list(run: Run, office: Desk) -> None:
    async with run("status") as app:
        await app.press("less_than_sign", "end")
        assert "Piet Smit, 13 Nov 2026" in app.text
        assert "Last words of P-2." in app.text


# ---- one update --------------------------------------------------------------------------------------------------------


async def test_rag_and_comment_of_one_project_in_six_keys(run: Run, office: Desk) -> None:
    async with run() as app:
        app.keys = 0
        await app.press("2", "enter", "r", "tab")
        await app.type(" Pump is broken.")
        await app.press("f2")
        assert app.keys <= 6
        first = app.frame
        assert isinstance(first, StatusForm)
        assert first.written == ["P-3"]
    made = report_of(office, "P-3")
    assert (made.status, made.rag, made.declared_by, made.declared_how) == ("draft", "red", "PER-3", "phone")
    assert made.summary == "Last words of P-3.\nAnd a second line. Pump is broken."
    assert made.recorded_by == "PER-2"
    assert office.values("P-3", ["rag", "rag_declared_by"]) == {"rag": "red", "rag_declared_by": "PER-3"}


async def test_an_estimate_to_complete_comes_with_the_status(run: Run, office: Desk) -> None:
    async with run() as app:
        await app.press("2", "enter", "g", "tab", "tab", "tab")
        await app.type("12k")
        assert "= EUR 12,000.00" in app.text
        await app.press("f2")
        made = report_of(office, "P-3")
        assert (made.etc, str(made.etc_on)) == (Decimal(12_000), "2026-11-25")
        found = office.values("P-3", ["etc", "expected_result"])
        assert found == {"etc": 12_000, "expected_result": 38_000}


async def test_an_estimate_below_nothing_is_refused_and_one_below_the_open_orders_doubted(
    run: Run, office: Desk
) -> None:
    office.add("suppliers", {"name": "Staal BV"})
    office.add(
        "orders", {"title": "Pumps", "supplier": "SUP-1", "project": "P-3"}, {"lines": [{"quantity": 4, "price": 5000}]}
    )
    async with run() as app:
        await app.press("2", "enter", "g", "tab", "tab", "tab")
        await app.type("-5k")
        await app.press("f2")
        assert "-5000 is below 0" in said(app)
        assert office.values("P-3")["etc"] is None
        await app.press("ctrl+u")
        await app.type("12k")
        assert "⚠ less than the EUR 20k still open on orders" in said(app)
        await app.press("f2")
    assert report_of(office, "P-3").etc == 12_000
    (fact,) = [each for each in facts(office, "P-3") if each.label == "Estimate"]
    assert fact.text.startswith("⚠ EUR 12k to complete, said on 25 Nov, less than the EUR 20k")
    assert fact.tone == "late"


async def test_the_letters_of_both_languages_set_colours_one_after_the_other(run: Run, office: Desk) -> None:
    async with run("status") as app:
        await app.press("enter", "g", "o", "a", "r", "minus", "g", "g", "r", "f2")
    made = report_of(office, "P-3")
    found = [made.rag, made.rag_time, made.rag_cost, made.rag_scope, made.rag_quality, made.rag_benefit, made.rag_risk]
    assert found == ["green", "amber", "amber", "red", None, "green", "green"]
    assert made.rag_resources == "red"


async def test_a_comment_on_a_dimension(run: Run, office: Desk) -> None:
    async with run("status") as app:
        await app.press("enter", "a", "c")
        await app.type("Steel is late")
        await app.press("enter", "f2")
    assert [(each.dimension, each.text) for each in report_of(office, "P-3").comments] == [("time", "Steel is late")]


async def test_declared_better_than_by_rule_asks_why_and_keeps_it(run: Run, office: Desk) -> None:
    office.add("tasks", {"project": "P-3", "name": "Ready", "milestone": "yes", "duration": "0d", "start": "2026-11-24",
                         "finish": "2026-11-24"})  # fmt: skip
    office.add("baselines", {"project": "P-3", "name": "Agreed"}, {"tasks": [{"task": "T-4", "finish": "2026-10-01"}]})
    async with run("status") as app:
        await app.press("enter", "g")
        assert "better than by rule" in app.text
        await app.press("f2", "enter")
        assert app.prompting
        assert "A reason is needed" in app.status
        await app.type("the town agreed")
        await app.press("enter", "escape")
        assert rows(app)[-1] == "P-3"
    assert report_of(office, "P-3").reason == "the town agreed"


async def test_without_a_colour_nothing_is_written(run: Run, office: Desk) -> None:
    async with run("status") as app:
        await app.press("enter", "f2")
        assert "Set the overall colour" in app.status
    assert not [each for each in office.statuses.reports("P-3") if each.period == "2026-w47"]


async def test_who_records_does_not_declare_unless_the_firm_is_small(run: Run, office: Desk) -> None:
    office.set(["P-3"], {"manager": "Anna Bos"})
    async with run("status") as app:
        await app.press("enter", "r", "f2")
        assert "does not declare" in app.text
        office.config = Config(small_firm=True)
        await app.press("f2")
    assert report_of(office, "P-3").declared_by == "PER-2"


async def test_what_was_typed_survives_leaving(run: Run, office: Desk) -> None:
    async with run("status") as app:
        await app.press("enter", "r", "tab")
        await app.type(" half a sentence")
        await app.press("escape", "enter")
        assert "half a sentence" in app.text
        assert "■ R" in app.lines()[2]
        await app.press("f2")
    assert report_of(office, "P-3").rag == "red"
    assert office.drafts.open("status-P-3-2026-w47").draft is None


async def test_a_text_is_read_from_its_first_line_and_gone_on_with_at_its_end(run: Run, office: Desk) -> None:
    text = "Piles first\nthen beams\nthen the deck\nand paint"
    office.add("reports", {"project": "P-3", "period": "2026-w47", "rag": "amber", "next_period": text})
    async with run("status") as app:
        await app.press("end", "enter")
        assert "Piles first" in app.text
        assert "and paint" not in app.text
        await app.press("tab", "tab")
        await app.type(" last")
        assert "and paint last" in app.text


async def test_only_the_colours_have_a_cursor_not_the_facts_beside_them(run: Run, office: Desk) -> None:
    async with run("status") as app:
        await app.press("enter")
        page = app.frame.query_one(FactPage)
        assert page.line_count()
        cursor = page.line_style("cursor")
        assert all(segment.style != cursor for segment in page.paint(page.cursor, 40, True))


async def test_a_colleague_who_was_first_is_not_written_over(run: Run, office: Desk, bert: Desk) -> None:
    key = office.add("reports", {"project": "P-3", "period": "2026-w47", "rag": "amber", "declared_by": "Piet Smit"})
    async with run("status") as app:
        await app.press("end", "enter", "r")
        bert.store.refresh()
        bert.set([key], {"summary": "Bert was first", "rag_time": "green"})
        await app.until(lambda: "Bert was first" in app.text)
        assert "bert changed Summary, Time" in said(app) or "bert changed Time, Summary" in said(app)
        assert office.values(key)["rag"] == "amber"
        await app.press("f2")
        assert office.values(key, ["rag", "rag_time", "summary"]) == {
            "rag": "red",
            "rag_time": "green",
            "summary": "Bert was first",
        }


async def test_what_is_offered_of_last_time_stays_where_a_colleague_wrote_nothing(
    run: Run, office: Desk, bert: Desk
) -> None:
    async with run("status") as app:
        await app.press("enter")
        node = app.frame.node  # type: ignore[attr-defined]
        offered = app.frame.form.texts()  # type: ignore[attr-defined]
        assert offered["summary"]
        key = bert.add("reports", {"project": node, "period": "2026-w47", "status": "draft"})
        await app.until(lambda: app.frame.key == key)  # type: ignore[attr-defined]
        assert app.frame.form.texts() == offered  # type: ignore[attr-defined]
        assert "bert changed" not in said(app)
        bert.set([key], {"rag": "red"})
        await app.until(lambda: "bert changed" in said(app))
        assert "bert changed RAG" in said(app)
        assert "it was" not in said(app)
        assert app.frame.form.texts() == offered  # type: ignore[attr-defined]
        assert app.frame.grid.colours["overall"] == "red"  # type: ignore[attr-defined]
        assert not app.frame.changed_texts()  # type: ignore[attr-defined]


async def test_what_both_declared_is_decided_on_before_it_is_written(run: Run, office: Desk, bert: Desk) -> None:
    key = office.add("reports", {"project": "P-3", "period": "2026-w47", "rag": "amber", "declared_by": "Piet Smit"})
    async with run("status") as app:
        await app.press("end", "enter", "r", "g", "f3")
        await app.type("Anna says so. ")
        bert.store.refresh()
        bert.set([key], {"summary": "Bert says so.", "rag": "green", "rag_time": "amber"})
        await app.until(lambda: "bert changed" in said(app))
        assert "too: f6 takes theirs, f7 keeps yours" in said(app)
        assert "bert" in app.text
        assert "made it: Bert says so." in app.text
        head = office.store.head()
        await app.press("f2")
        assert office.store.head() == head, "nothing is written over unseen"
        await app.press("f3", "home", "f6")  # the overall colour: theirs
        assert app.frame.grid.colours["overall"] == "green"  # type: ignore[attr-defined]
        await app.press("f5")
        assert "all is decided; f2 writes it" in app.status
        await app.press("f2")
        found = office.values(key, ["rag", "rag_time", "summary"])
        assert (found["rag"], found["rag_time"]) == ("green", "green")
        assert "Anna says so." in found["summary"]


async def test_a_report_that_a_colleague_made_meanwhile_is_not_written_over(run: Run, office: Desk, bert: Desk) -> None:
    async with run("status") as app:
        await app.press("end", "enter", "r")
        node = app.frame.node  # type: ignore[attr-defined]
        key = declare(bert, node, "2026-w47", {"summary": "All calm.", "declared_by": "Piet Smit"}, {"rag": "green"})
        await app.until(lambda: "bert changed" in said(app))
        await app.press("f2")
        assert office.values(key)["rag"] == "green", "it is asked first"
        await app.press("f4")
        assert "All calm." in app.text
        assert app.frame.grid.colours["overall"] == "green"  # type: ignore[attr-defined]
        await app.press("f2")
        assert app.frame.node != node, "on to the next"  # type: ignore[attr-defined]
    assert report_of(office, node).key == key
    assert report_of(office, node).rag == "green"


async def test_an_update_is_taken_back_with_the_colour_it_gave_the_project(run: Run, office: Desk) -> None:
    before = office.values("P-3", ["rag", "rag_declared_by"])
    async with run("status") as app:
        await app.press("enter", "r", "f2", "escape", "u")
        assert "took back" in app.status
    assert office.values("P-3", ["rag", "rag_declared_by"]) == before
    assert office.store.get("REP-4") is None


# ---- several -----------------------------------------------------------------------------------------------------------


async def test_collect_from_three_managers_and_issue_the_steering_report(run: Run, office: Desk) -> None:
    """Twelve managers in 40 keys: 2 to begin, at most 3 each (colour, to the text, accept), 2 to issue."""
    async with run() as app:
        app.keys = 0
        await app.press("2", "enter")
        for colour in ("r", "a", "g"):
            await app.press(colour, "tab")
            await app.type(" New words.")
            await app.press("f2")
        assert isinstance(app.frame, StatusScreen)
        assert "sent 3" in app.lines()[1]
        await app.press("N", "i")
        assert app.keys == 2 + 3 * 3 + 2
        assert 2 + 3 * 12 + 2 <= 40
        assert "issued, version 1" in app.status
    steering = report_of(office, "PG-1")
    assert steering.status == "issued"
    assert steering.head_sum
    assert [report_of(office, key).rag for key in ("P-3", "P-1", "P-2")] == ["red", "amber", "green"]
    assert all("New words." in (report_of(office, key).summary or "") for key in ("P-1", "P-2", "P-3"))


async def test_keys_typed_ahead_reach_the_project_they_were_meant_for(run: Run, office: Desk) -> None:
    async with run("status") as app:
        await app.press("enter")
        await app.pilot.press("r", "f2", "a", "f2", "g", "f2")
        await app.settle()
        assert isinstance(app.frame, StatusScreen)
    assert [report_of(office, key).rag for key in ("P-3", "P-1", "P-2")] == ["red", "amber", "green"]


async def test_marked_rows_alone_are_taken_down(run: Run, office: Desk) -> None:
    async with run("status") as app:
        await app.press("down", "space", "enter", "r", "f2")
        assert isinstance(app.frame, StatusScreen)
    assert report_of(office, "P-1").rag == "red"
    assert not [each for each in office.statuses.reports("P-3") if each.period == "2026-w47"]


async def test_last_status_is_copied_forward_by_one_key_and_is_not_yet_declared(run: Run, office: Desk) -> None:
    async with run("status") as app:
        await app.press("asterisk", "equals_sign")
        assert "copied" in app.status
        assert "copied 3" in app.lines()[1]
        copied = report_of(office, "P-2")
        assert (copied.status, copied.rag, copied.summary) == (
            "requested",
            "amber",
            "Last words of P-2.\nAnd a second line.",
        )
        assert office.portfolio.standing("P-2").facts.report.period == "2026-w46"  # type: ignore[union-attr]
        await app.press("u")
        assert office.store.get(copied.key) is None


async def test_the_status_of_marked_rows_is_asked_for(run: Run, office: Desk, home: Path) -> None:
    async with run("status") as app:
        await app.press("asterisk", "O")
        assert "Jan de Vries <jan@town.example>" in app.text
        assert "Last words of P-1." in app.text
        await app.press("enter")
        assert "2 messages" in app.status
        assert "asked" not in app.lines()[1], "late is late, asked or not"
    letters = sorted((home / ".local/state/pmo_tui/outbox").glob("*.eml"))
    assert [path.name for path in letters] == ["2026-11-25-jan-de-vries.eml", "2026-11-25-piet-smit.eml"]
    sent = office.record("MSG-1")
    assert isinstance(sent, Message)
    assert (sent.to, sorted(sent.about)) == ("PER-1", ["P-1", "P-2"])
    assert report_of(office, "P-1").status == "requested"


async def test_only_what_is_still_to_be_collected(run: Run, office: Desk) -> None:
    office.add("reports", {"project": "P-1", "period": "2026-w47", "rag": "red", "declared_by": "Jan de Vries"})
    async with run("status") as app:
        await app.press("M")
        assert sorted(rows(app)) == ["P-2", "P-3"]
        await app.press("M")
        assert len(rows(app)) == 3


# ---- hostile -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["[red]x[/red]", "漢字の計画" * 6, "👩‍💻 app", "x" * 10_000, "a\u202eb", "‘\\t’ | *_`<b>"]
)
async def test_any_text_leaves_list_and_form_in_shape(run: Run, office: Desk, text: str) -> None:
    office.set(["P-3", "PER-3"], {"name": text})
    office.set(["P-3"], {"code": ""})
    async with run("status") as app:
        assert all(len(line) <= 80 for line in app.lines())
        await app.press("enter", "c", "down", "c")
        await app.type("[b]")
        await app.press("enter", "home", "r", "f2")
        assert app.app.is_running
        assert report_of(office, "P-3").comments[0].text == "[b]"


async def test_help_tells_what_a_key_does_here_and_what_the_signs_mean(run: Run, office: Desk) -> None:
    async with run("status") as app:
        await app.press("question_mark")
        page = app.frame.query_one(TextPage).text
        assert [row.split()[:2] for row in page.splitlines() if row.split()[:1] == ["⏎"]] == [["⏎", "e"]]
        assert "opens the record\n" not in page
        assert page.index("■ R") < page.index("worse ↓") < page.index("In a list")
