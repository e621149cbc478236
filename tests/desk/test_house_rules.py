"""What the organisation sets in its configuration, and that figures follow it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pmo_tui.analysis.exceptions import Limits
from pmo_tui.analysis.invoice_match import Tolerance
from pmo_tui.analysis.rag import Thresholds
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.config import Config, load
from pmo_tui.desk.house_rules import limits, price_tolerances, thresholds
from pmo_tui.records.errors import WrongUse
from tests.desk.office import furnish

TEXT = """
[rules]
cost = "12.5"
slip = "20"
worst_of = "yes"
[tolerances]
price = "5% 50"
licences = "0%"
"""


def test_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(TEXT)
    config = load(path)
    assert thresholds(config.rules) == Thresholds(cost=Decimal("12.5"), worst_of=True)
    assert limits(config.rules) == Limits(slip=20, cost=Decimal("12.5"))  # the tolerance of cost is one for both
    assert price_tolerances(config.tolerances) == (
        Tolerance(Decimal(5), Decimal(50)),
        {"licences": Tolerance(Decimal(0))},
    )


def test_without_them_the_usual_ones_hold() -> None:
    assert (thresholds({}), limits({})) == (Thresholds(), Limits())
    assert price_tolerances({}) == (Tolerance(Decimal(2)), {})


@pytest.mark.parametrize(
    ("rules", "why"),
    [({"cots": "1"}, "cots"), ({"cost": "much"}, "much"), ({"cost": "-1"}, "-1"), ({"slip": "1.5"}, "1.5"), ({"worst_of": "2"}, "yes or no"), ({"cost": "nan"}, "nan")],
)  # fmt: skip
def test_what_is_not_understood_is_named(rules: dict[str, str], why: str) -> None:
    with pytest.raises(WrongUse, match=why):
        thresholds(rules), limits(rules)


@pytest.mark.parametrize("text", ["two", "-2%", "2%%", "inf"])
def test_a_tolerance_that_is_none(text: str) -> None:
    with pytest.raises(WrongUse, match="price"):
        price_tolerances({"price": text})


def test_figures_follow_them(desk: Desk) -> None:
    office = furnish(desk)
    office.set(
        ["INV-1"],
        {"net": "4020", "gross": "4020", "payable": "4020"},
        {"lines": [{"quantity": 4, "price": 1005, "net": 4020, "order_line": "1", "cost_type": "x"}]},
    )
    office.set(["PO-1"], {}, {"lines": [{"quantity": 10, "price": 1000, "cost_type": "licences"}]})
    assert office.values("INV-1")["match"] == "matched"
    assert office.values("P-1")["rag_computed"] == "red"
    assert len(office.view("exceptions", "rule:milestone_slip")) == 1
    config = Config(rules={"time": "20", "used": "90", "slip": "15"}, tolerances={"licences": "0%"})
    strict = Desk(office.store, office.folders, config, today=office.today)
    assert strict.values("INV-1")["match_reasons"] == ["price 1,005.00, ordered at 1,000.00"]
    assert strict.values("P-1")["rag_computed"] == "green"
    assert len(strict.view("exceptions", "rule:milestone_slip")) == 0
