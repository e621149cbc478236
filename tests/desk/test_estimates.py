"""An estimate to complete comes with a status, and the newest one stands on the project, however the report was written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.files.formats import Choices, prepare
from pmo_tui.desk.files.importing import carry_out
from pmo_tui.desk.reports import status
from pmo_tui.desk.reports.report_why import figure_of
from pmo_tui.desk.reports.reporting import compose
from pmo_tui.desk.reports.status_facts import facts
from pmo_tui.desk.why import figure
from pmo_tui.records.errors import Refused
from pmo_tui.records.reports import Report
from tests.desk.office import TODAY, furnish


@pytest.fixture
def office(desk: Desk) -> Desk:
    return furnish(desk)


def known(desk: Desk, key: str = "P-1") -> tuple[Any, Any]:
    found = desk.values(key, ["etc", "etc_on"])
    return found["etc"], found["etc_on"]


def declare(desk: Desk, etc: str, period: str = "2026-w47", **more: str) -> Report:
    key = status.declare(desk, "P-2", period, {"etc": etc, "declared_by": "Piet", **more}, {"rag": "green"})
    found = desk.record(key)
    assert isinstance(found, Report)
    return found


def test_it_is_of_the_day_it_was_declared_and_stands_on_the_project(office: Desk) -> None:
    made = declare(office, "30k", "2026-w46", declared_on="2026-11-14")
    assert (made.etc, made.etc_on, made.currency) == (Decimal(30_000), date(2026, 11, 14), "EUR")
    assert known(office, "P-2") == (Decimal(30_000), date(2026, 11, 14))
    assert office.values("P-2", ["eac", "expected_result"]) == {"eac": 30_500, "expected_result": 19_500}
    office.undo()
    assert known(office, "P-2") == (None, None)


def test_the_same_amount_again_keeps_its_day_and_an_older_one_changes_nothing(office: Desk) -> None:
    declare(office, "30k", "2026-w46", declared_on="2026-11-14")
    begun = status.start(office, "P-2")
    assert begun.estimate == 30_000
    assert declare(office, "30000").etc_on == date(2026, 11, 14)
    assert declare(office, "28000").etc_on == TODAY
    assert declare(office, "45000", "2026-w45", declared_on="2026-11-06").etc == 45_000
    assert known(office, "P-2") == (Decimal(28_000), TODAY)


def test_copied_forward_it_waits_until_it_is_declared(office: Desk) -> None:
    declare(office, "30k", "2026-w46", declared_on="2026-11-14")
    office.set(["P-2"], {"etc": "", "etc_on": ""})
    (key,) = status.copy_forward(office, ["P-2"])
    copied = office.record(key)
    assert isinstance(copied, Report)
    assert (copied.status, copied.etc) == ("requested", Decimal(30_000))
    assert known(office, "P-2") == (None, None)


def test_another_currency_is_refused_and_a_project_in_dollars_is_estimated_in_dollars(office: Desk) -> None:
    with pytest.raises(Refused, match="etc"):
        declare(office, "USD 100")
    office.set(["P-2"], {"currency": "USD"})
    assert declare(office, "USD 100").currency == "USD"
    assert known(office, "P-2")[0] == 100


def test_a_report_that_is_added_or_changed_brings_it_too(office: Desk) -> None:
    key = office.add("reports", {"project": "P-1", "period": "2026-w48", "etc": "5000", "etc_on": "2026-11-24"})
    assert known(office) == (Decimal(5000), date(2026, 11, 24))
    office.set([key], {"etc": "4000", "etc_on": "2026-11-25"})
    assert known(office) == (Decimal(4000), date(2026, 11, 25))


def test_a_file_brings_it_too(office: Desk, tmp_path: Path) -> None:
    office.set(["P-1"], {"currency": "USD"})
    path = tmp_path / "reports.csv"
    path.write_text("project,period,etc,etc_on\nP-1,2026-w48,7500,2026-11-20\n", encoding="utf-8")
    carry_out(office, prepare(office, [str(path)], Choices(as_format="reports")).plan)
    assert known(office) == (Decimal(7500), date(2026, 11, 20))


def test_it_stands_beside_the_next_status_with_its_day(office: Desk) -> None:
    declare(office, "30k", "2026-w46", declared_on="2026-11-14")
    found = {each.label: each.text for each in facts(office, "P-2")}
    assert found["Estimate"] == "EUR 30k to complete, said on 14 Nov"
    assert "expected 19.5k" in found["Money"]


@pytest.mark.parametrize(("node", "eac", "result"), [("P-1", 11_000, 9000), ("PG-1", 41_500, 28_500)])
def test_report_list_and_trace_say_the_same(office: Desk, node: str, eac: int, result: int) -> None:
    """P-1 cost 6,000 and needs 5,000 more; P-2 cost 500 and needs 30,000; budgets 20,000 and 50,000."""
    office.set(["P-1"], {"etc": "5000"})
    office.set(["P-2"], {"etc": "30000"})
    page = compose(office, node)
    view = office.view("portfolio")
    for name, value in (("eac", eac), ("expected_result", result)):
        row = page.money_row(name)
        assert row is not None
        assert {row.now, view.value(node, name), figure(office, node, name).value} == {Decimal(value)}
        assert figure_of(office, page, f"money:{name}").value == value


def test_a_node_says_which_of_its_projects_nobody_estimates(office: Desk) -> None:
    office.set(["P-1"], {"etc": "5000"})
    row = compose(office, "PG-1").money_row("expected_result")
    assert row is not None
    assert row.now is None
    assert row.reason is not None
    assert row.reason.said().words() == "no estimate to complete yet: P-2"
    assert office.view("portfolio").value("PG-1", "why") == "no estimate to complete yet: P-2"
