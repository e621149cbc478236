"""Reports: composed from one state of the records, issued as snapshots that never change, the same figures everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.desk import rules
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.folders import folders
from pmo_tui.desk.plain import as_json
from pmo_tui.desk.reports import report_list, reporting, status, status_list
from pmo_tui.desk.reports.report_why import figure_of
from pmo_tui.exchange.report_markdown import report_markdown
from pmo_tui.records.errors import Conflict, Fault, Problem, Refused, WrongUse
from pmo_tui.records.report_page import (
    OVERALL,
    ChangeRow,
    MoneyRow,
    Page,
    RagRow,
    Reason,
    page_from,
    page_text,
)
from pmo_tui.records.reports import DIMENSIONS, Report
from pmo_tui.store import open_store
from tests.desk.office import TODAY, furnish

WEEK = "2026-w47"


@pytest.fixture
def office(desk: Desk) -> Desk:
    return furnish(desk)


@pytest.fixture
def declared(office: Desk) -> Desk:
    """P-2 is declared amber for week 47."""
    status.declare(office, "P-2", WEEK, {"summary": "The pump\nis late.", "declared_how": "phone"}, {"rag": "amber"})
    return office


def another(desk: Desk, author: str, day: date = TODAY) -> Desk:
    store = open_store(Path(desk.store.location), author=author, login=author.casefold(), check=rules.check)
    return Desk(store, desk.folders, today=lambda: day)


def record(desk: Desk, key: str) -> Report:
    found = desk.record(key)
    assert isinstance(found, Report)
    return found


# ---- declaring ---------------------------------------------------------------------------------------------------------


def test_a_status_is_declared_by_the_manager_and_recorded_by_the_officer(declared: Desk) -> None:
    found = record(declared, "REP-2")
    assert (found.status, found.rag, found.declared_by, found.recorded_by) == ("draft", "amber", "PER-2", "PER-1")
    assert (found.declared_on, found.declared_how) == (TODAY, "phone")
    assert declared.values("P-2", ["rag", "rag_declared_by"]) == {"rag": "amber", "rag_declared_by": "PER-2"}
    assert len(declared.statuses.reports("P-2")) == 1, "the requested one was taken"


def test_what_is_missing_is_named(office: Desk) -> None:
    with pytest.raises(Refused) as refused:
        status.declare(office, "P-2", WEEK, {"declared_by": "Anna"}, {})
    assert {problem.field for problem in refused.value.problems} == {"rag", "declared_by"}
    office.set(["P-3"], {"manager": ""})
    with pytest.raises(Refused, match="who declared it"):
        status.declare(office, "P-3", WEEK, {}, {"rag": "red"})


def test_better_than_by_rule_asks_for_the_reason(office: Desk) -> None:
    assert status.start(office, "P-1").by_rule["time"] == "red"
    with pytest.raises(Refused, match="say why") as refused:
        status.declare(office, "P-1", "2026-w47", {}, {"rag": "red", "rag_time": "green"})
    assert [problem.field for problem in refused.value.problems] == ["reason"]
    key = status.declare(office, "P-1", WEEK, {"reason": "agreed with the town"}, {"rag": "red", "rag_time": "green"})
    assert record(office, key).reason == "agreed with the town"


def test_an_older_period_leaves_the_colour_of_the_project_alone(declared: Desk) -> None:
    status.declare(declared, "P-2", "2026-w45", {}, {"rag": "red"})
    assert declared.values("P-2", ["rag"]) == {"rag": "amber"}


def test_two_officers_on_one_status_conflict(declared: Desk) -> None:
    before = record(declared, "REP-2").revision
    other = another(declared, "Bert")
    other.set(["REP-2"], {"summary": "by Bert"})
    other.store.close()
    with pytest.raises(Conflict, match="Bert"):
        status.declare(declared, "P-2", WEEK, {}, {"rag": "red"}, key="REP-2", revision=before)
    assert declared.values("REP-2", ["summary"]) == {"summary": "by Bert"}


def test_there_is_no_week_99(office: Desk) -> None:
    with pytest.raises(Refused, match="2026-w99"):
        office.add("reports", {"project": "P-1", "period": "2026-w99"})


# ---- composing ---------------------------------------------------------------------------------------------------------


def test_a_page_has_everything_a_steering_member_asks_for(declared: Desk) -> None:
    declared.add("decisions", {"title": "More pumps?", "project": "P-2", "options": "two or three",
                               "recommendation": "three", "due": "2026-12-01"})  # fmt: skip
    page = reporting.page(declared, "P-2")
    assert (page.node, page.period, page.version, page.status) == ("P-2", WEEK, 1, "draft")
    assert (page.head, page.head_sum) == (declared.store.head(), declared.store.head_sum())
    assert page.rag[0] == RagRow(dimension=OVERALL, now="amber", last=None, by_rule="green")
    assert [row.dimension for row in page.rag] == [OVERALL, *DIMENSIONS]
    assert [row.name for row in page.money] == ["budget", "cost", "open_commitment", "available", "expected_result"]
    assert page.money[-1].now is None
    assert page.money[-1].reason is not None
    assert [(row.title, row.recommendation) for row in page.decisions] == [("More pumps?", "three")]
    assert (page.declared_by, page.recorded_by, page.author) == ("Piet", "Anna", "Anna")


def test_a_programme_adds_up_its_projects(declared: Desk) -> None:
    page = reporting.page(declared, "PG-1")
    assert [row.key for row in page.projects] == ["P-2", "P-1"], "what changed colour before what did not"
    totals = declared.portfolio.totals("PG-1")
    assert {row.name: row.now for row in page.money[:-1]} == {
        row.name: getattr(totals, row.name) for row in page.money[:-1]
    }
    assert sum(page.distribution.values()) == 2
    assert page.why


def test_milestones_slip_against_the_baseline_and_risks_move_since_the_last_report(office: Desk) -> None:
    status.declare(office, "P-1", WEEK, {"reason": "x"}, {"rag": "green"})
    reporting.issue(office, "P-1")
    office.set(["T-2"], {"start": "2026-12-20", "finish": "2026-12-20"})
    office.set(["R-1"], {"probability": "3"})
    office.add("risks", {"title": "Brand new", "project": "P-1", "probability": "5", "impact": "5"})
    page = reporting.page(office, "P-1", anew=True, day=date(2026, 11, 27))
    moved = next(row for row in page.milestones if row.key == "T-2")
    assert (moved.agreed, moved.expected, moved.was, moved.slip) == (
        date(2026, 12, 10), date(2026, 12, 20), date(2026, 12, 10), 10,
    )  # fmt: skip
    assert [(row.key, row.score, row.was, row.new) for row in page.risks[:2]] == [
        ("R-4", 25, None, True), ("R-1", 12, 20, False),
    ]  # fmt: skip
    assert {row.key: row.what for row in page.changes} == {"T-2": "changed", "R-1": "changed", "R-4": "created"}
    assert page.last_period == WEEK
    assert page.version == 3


def test_money_stands_beside_what_was_reported_last(declared: Desk) -> None:
    reporting.issue(declared, "P-2")
    declared.set(["P-2"], {"budget": "60000"})
    page = reporting.page(declared, "P-2", date(2026, 11, 27))
    budget = page.money_row("budget")
    assert budget is not None
    assert (budget.now, budget.last) == (Decimal(60_000), Decimal(50_000))


@pytest.mark.parametrize("key", ["P-1", "P-2", "P-3"])
def test_report_screen_and_json_say_the_same_figures(declared: Desk, key: str) -> None:
    page = reporting.page(declared, key)
    shown = {name: as_json(value) for name, value in declared.values(key).items()}
    listed = declared.view("portfolio", f"key={key}").values(0)
    text = report_markdown(page)
    for row in page.money:
        assert as_json(row.now) == shown[row.name], row.name
        if row.now is not None:
            assert listed[row.name] == row.now
            assert f"EUR {row.now:,.2f}" in text
    assert page.rag[0].by_rule == shown["rag_computed"] == listed["rag_computed"]
    update = declared.view("status_updates", f"key={key}").values(0)
    assert [update[name] for name in DIMENSIONS] == [each.now for each in page.rag[1:]]


def test_every_figure_says_why(declared: Desk) -> None:
    reporting.issue(declared, "P-2")
    for key in ("P-1", "P-2", "PG-1", "REP-2"):
        page = reporting.page(declared, key)
        for row in page.money:
            assert figure_of(declared, page, f"money:{row.name}").value == row.now
        for colour in page.rag:
            assert figure_of(declared, page, f"rag:{colour.dimension}").value == colour.now
        for milestone in page.milestones:
            assert figure_of(declared, page, f"milestones:{milestone.key}").value == milestone.slip
        for risk in page.risks:
            assert figure_of(declared, page, f"risks:{risk.key}").value == risk.score
    with pytest.raises(WrongUse, match="no figure"):
        figure_of(declared, page, "decisions:D-1")


def test_an_issued_figure_is_explained_by_the_records_of_then(declared: Desk) -> None:
    key = reporting.issue(declared, "P-2")
    declared.set(["P-2"], {"budget": "99000"})
    figure = figure_of(declared, reporting.page(declared, key), "money:budget")
    assert figure.value == Decimal(50_000)


# ---- issuing -----------------------------------------------------------------------------------------------------------


def test_an_issued_report_stays_what_it_was_when_records_change(declared: Desk) -> None:
    key = reporting.issue(declared, "P-2")
    before = reporting.page(declared, key)
    text = report_markdown(before)
    assert (before.status, before.issued_on, before.version) == ("issued", TODAY, 1)
    assert record(declared, key).head_sum == before.head_sum
    declared.set(["P-2"], {"name": "Another name", "budget": "1", "manager": ""})
    declared.set(["PER-2"], {"name": "Somebody else"})
    declared.delete(["T-3"])
    assert reporting.page(declared, key) == before
    assert reporting.page(declared, "P-2") == before, "the node's page of the period is the one that was issued"
    assert report_markdown(reporting.page(declared, key)) == text
    assert reporting.page(declared, "P-2", anew=True).title == "Another name"


def test_the_sum_on_the_page_proves_the_history_it_was_made_of(declared: Desk) -> None:
    page = reporting.page(declared, reporting.issue(declared, "P-2"))
    transaction = next(each for each in declared.store.history() if each.sequence == page.head)
    assert transaction.sum == page.head_sum


def test_an_issued_report_is_never_edited_nor_deleted(declared: Desk) -> None:
    key = reporting.issue(declared, "P-2")
    for attempt in (
        lambda: declared.set([key], {"summary": "better"}),
        lambda: declared.set([key], {"status": "draft"}),
        lambda: declared.delete([key]),
        lambda: status.declare(declared, "P-2", WEEK, {}, {"rag": "green"}, key=key),
        lambda: declared.store.transact(lambda draft: draft.change(key, {"summary": "behind the desk"})),
    ):
        with pytest.raises(Refused):
            attempt()
    assert record(declared, key).summary == "The pump\nis late."


def test_a_correction_is_the_next_version(declared: Desk) -> None:
    first = reporting.issue(declared, "P-2")
    with pytest.raises(WrongUse, match="issued for 2026-w47 already"):
        reporting.issue(declared, "P-2")
    key = status.declare(declared, "P-2", WEEK, {"summary": "corrected"}, {"rag": "red"})
    assert key != first
    assert reporting.issue(declared, "P-2") == key
    page = reporting.page(declared, key)
    assert (page.version, page.summary, page.last_period) == (2, "corrected", WEEK)
    assert reporting.page(declared, first).summary == "The pump\nis late."


def test_nothing_is_issued_before_somebody_declared_it(office: Desk) -> None:
    with pytest.raises(WrongUse, match="Nothing is declared"):
        reporting.issue(office, "P-2")


def test_better_than_by_rule_without_a_reason_is_not_issued(office: Desk) -> None:
    office.add("reports", {"project": "P-1", "period": "2026-w48", "rag": "green", "declared_by": "Piet"})
    friday = another(office, "Anna", date(2026, 11, 27))
    with pytest.raises(Refused, match="say why"):
        reporting.issue(friday, "P-1")
    friday.store.close()


def test_the_issuer_takes_an_issue_back_on_the_same_day_and_nobody_else(declared: Desk) -> None:
    key = reporting.issue(declared, "P-2")
    sequence = declared.store.head()
    other = another(declared, "Bert")
    with pytest.raises(Refused, match="issued by Anna"):
        other.undo(sequence)
    other.store.close()
    tomorrow = another(declared, "Anna", date(2026, 11, 26))
    with pytest.raises(Refused, match="on the same day"):
        tomorrow.undo(sequence)
    tomorrow.store.close()
    declared.undo(sequence)
    assert record(declared, key).status == "draft"
    declared.redo()
    assert record(declared, key).status == "issued"


def test_a_programme_is_issued_as_a_report_of_its_own(declared: Desk) -> None:
    key = reporting.issue(declared, "PG-1")
    assert (record(declared, key).project, record(declared, key).status) == ("PG-1", "issued")
    declared.undo()
    assert declared.store.get(key) is None


def test_a_report_issued_elsewhere_is_composed_from_what_was_known_then(office: Desk) -> None:
    office.set(["P-1"], {"name": "Dike renamed"})
    page = reporting.page(office, "REP-1")
    assert (page.title, page.status, page.rag[0].now) == ("Dike", "issued", "green")


# ---- copying forward ---------------------------------------------------------------------------------------------------


def test_last_status_becomes_this_ones_and_is_still_to_be_declared(declared: Desk) -> None:
    friday = another(declared, "Anna", date(2026, 11, 27))
    (key,) = status.copy_forward(friday, ["P-2", "P-3"])
    copied = record(friday, key)
    assert (copied.period, copied.status, copied.rag, copied.declared_by) == ("2026-w48", "requested", "amber", None)
    assert friday.view("status_updates", "key=P-2").values(0)["state"] == "copied"
    assert status.declare(friday, "P-2", "2026-w48", {}, {"rag": "green"}) == key
    with pytest.raises(WrongUse, match="nothing to copy"):
        status.copy_forward(friday, ["P-2", "P-3"])
    friday.store.close()


# ---- as text -----------------------------------------------------------------------------------------------------------


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=2),
    st.lists(st.text(max_size=8), max_size=3),
)
def test_a_page_is_read_back_as_it_was_written(text: str, amount: Decimal | None, fields: list[str]) -> None:
    page = Page(
        node="P-1", level="project", title=text, period=WEEK, as_of=TODAY, head=3, head_sum="ab", author=text,
        distribution={"red": 1}, summary=text, rag=(RagRow(dimension=OVERALL, now="red", comment=text),),
        money=(MoneyRow(name="cost", now=amount, reason=Reason(template=text, values={"a": text})),),
        changes=(ChangeRow(key="R-1", register="risks", title=text, what="changed", fields=[
            each for each in fields if not any("\ud800" <= letter <= "\udfff" for letter in each)]),),
    )  # fmt: skip
    kept = page_text(page)
    assert page_from(kept) == page
    assert page_from(kept) != replace(page, head=4)


@pytest.mark.parametrize("text", ["", "x", "[]", '["rag",{}]', '["head",{}]', '["head",{"node":1}]', '["head"]\n[1]'])
def test_what_is_no_page_is_said(declared: Desk, text: str) -> None:
    with pytest.raises(Fault):
        page_from(text)


def test_a_damaged_page_names_its_report(declared: Desk) -> None:
    declared.add(
        "reports", {"project": "P-3", "period": WEEK, "status": "issued", "rag": "green", "content": "nonsense"}
    )
    with pytest.raises(Refused) as refused:
        reporting.page(declared, "REP-3")
    assert [(problem.field, problem.place) for problem in refused.value.problems] == [("content", "REP-3")]
    assert isinstance(refused.value.problems[0], Problem)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Desk]:
    with open_store(tmp_path / "empty.json", author="Anna", login="anna", check=rules.check) as store:
        yield Desk(store, folders({"HOME": str(tmp_path)}), today=lambda: TODAY)


def test_a_node_without_anything_is_a_page_too(empty: Desk) -> None:
    empty.add("portfolios", {"name": "Nothing yet"})
    page = reporting.page(empty, "PF-1")
    assert (page.projects, page.milestones, page.risks, page.changes) == ((), (), (), ())
    assert "Nothing yet" in report_markdown(page)


def test_status_and_reports_hold_the_same_projects_a_paused_one_with_a_report_too(declared: Desk) -> None:
    declared.set(["P-2", "P-3"], {"status": "paused"})
    collected = {str(row["project"]) for row in status_list.rows(declared)}
    listed = {str(row["key"]) for row in report_list.rows(declared) if str(row["key"]).startswith("P-")}
    assert listed == collected
    assert "P-2" in listed
