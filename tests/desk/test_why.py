"""Why a figure is what it is, down to the fields of records."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from pmo_tui.analysis.figure import Figure, Source
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.why import figure, figures_of, trace
from pmo_tui.desk.why_words import as_tree
from pmo_tui.records.errors import NotFound, WrongUse
from pmo_tui.wording.languages import speaking
from tests.desk.office import furnish


@pytest.fixture
def office(desk: Desk) -> Desk:
    return furnish(desk)


def lines(desk: Desk, key: str, name: str) -> list[str]:
    return [
        "  " * step.depth + " | ".join(part for part in (step.name, step.value, step.formula) if part)
        for step in trace(desk, key, name)
    ]


def test_the_cost_of_an_order(office: Desk) -> None:
    assert lines(office, "PO-1", "cost") == [
        "Cost | EUR 6,000.00 | sum over the lines",
        "  PO-1/1 | EUR 6,000.00 | min(received, invoiced) × price billed + accrual",
        "    Received | 6 | sum of the receipts",
        "      REC-1  line 1: Quantity | 6",
        "    Invoiced | 8 | sum of the invoices, less credit notes",
        "      INV-1  line 1: Quantity | 4",
        "      INV-2  line 1: Quantity | 4",
        "    Amount billed | EUR 8,000.00 | invoiced × price billed",
        "      INV-1  line 1: Net | EUR 4,000.00",
        "      INV-2  line 1: Net | EUR 4,000.00",
        "    Accrual | EUR 0.00 | max(0, received − invoiced) × price ordered",
        "      Received | 6 | sum of the receipts",
        "        REC-1  line 1: Quantity | 6",
        "      Invoiced | 8 | sum of the invoices, less credit notes",
        "        INV-1  line 1: Quantity | 4",
        "        INV-2  line 1: Quantity | 4",
        "      PO-1  line 1: Price | EUR 1,000.00",
    ]


def test_why_an_invoice_does_not_match(office: Desk) -> None:
    found = lines(office, "INV-2", "match")
    assert found[0].startswith("Match | exception | ordered ≥ received ≥ invoiced")
    assert found[1] == "  Reason | – | (8 billed, 6 received)"
    assert "    REC-1  line 1: Quantity | 6" in found


def test_what_is_available_goes_down_to_the_invoice_line(office: Desk) -> None:
    found = trace(office, "DIKE", "available")
    assert (found[0].value, found[0].formula) == ("EUR 10,000.00", "budget − cost − prepaid − open commitment")
    assert {"P-1", "PO-1", "INV-1", "REC-1"} <= {step.key for step in found}


def test_an_invoice_without_order_and_vat_that_is_lost(office: Desk) -> None:
    office.set(["P-2"], {"vat_recoverable": "70"})
    office.set(["INV-3"], {}, {"lines": [{"net": 500, "project": "P-2", "vat_rate": 21, "vat_category": "S"}]})
    assert lines(office, "P-2", "cost") == [
        "Cost | EUR 531.50 | sum over the order lines and invoices that serve it",
        "  INV-3/1 | EUR 531.50 | net + VAT × (100 % − recoverable)",
        "    INV-3  line 1: Net | EUR 500.00",
        "    VAT in per cent | 21",
        "    P-2  VAT recoverable | 70%",
    ]


def test_what_an_invoice_costs_with_the_vat_that_is_lost(office: Desk) -> None:
    office.set(["P-2"], {"vat_recoverable": "70"})
    office.set(["INV-3"], {}, {"lines": [{"net": 1000, "project": "P-2", "vat_rate": 21, "vat_category": "S"}]})
    assert lines(office, "INV-3", "cost") == [
        "Cost | EUR 1,063.00 | sum over the lines",
        "  INV-3/1 | EUR 1,063.00 | net + VAT × (100 % − recoverable)",
        "    INV-3  line 1: Net | EUR 1,000.00",
        "    VAT in per cent | 21",
        "    P-2  VAT recoverable | 70%",
    ]


def test_what_a_supplier_is_owed_by_age(office: Desk) -> None:
    assert lines(office, "SUP-1", "open") == [
        "Open | EUR 8,500.00 | sum over the ages",
        "  current | EUR 4,500.00 | sum of the open invoices of that age",
        "    INV-2  Open | EUR 4,000.00",
        "    INV-3  Open | EUR 500.00",
        "  1-30 | EUR 4,000.00 | sum of the open invoices of that age",
        "    INV-1  Open | EUR 4,000.00",
    ]
    office.set(["INV-3"], {"currency": "USD"})
    assert lines(office, "SUP-1", "open")[0] == "Open | – | (it is in several currencies)"


def test_a_line_that_serves_two_projects(office: Desk) -> None:
    both = [
        {"net": 1000, "quantity": 1, "order_line": "1", "project": "P-3"},
        {"net": 3000, "quantity": 3, "order_line": "1"},
    ]
    office.set(["INV-1"], {}, {"lines": both})
    found = lines(office, "P-3", "cost")
    assert found[0].startswith("Cost | EUR 750.00")  # 6 of the 8 billed were received
    assert "  PO-1/1 | EUR 750.00 | the part of the line billed for this project" in found


def test_undefined_figures_say_why(office: Desk) -> None:
    assert lines(office, "P-1", "expected_result")[0] == "Expected result | – | (there is no estimate to complete yet)"
    assert lines(office, "PG-1", "eac")[0] == "Estimate at completion | – | (no estimate to complete yet: P-1, P-2)"
    assert "not assessed" in lines(office, "R-3", "score")[0]
    office.set(["P-3"], {"budget": ""})
    assert "(there is no budget)" in lines(office, "P-3", "available")[0]


def test_risks(office: Desk) -> None:
    assert lines(office, "R-1", "emv") == [
        "Expected value | EUR 900.00 | probability × impact",
        "  Probability | 90% | per cent of its level",
        "    R-1  Probability | 5",
        "  Impact in money | EUR 1,000.00 | as estimated",
        "    R-1  Cost impact | EUR 1,000.00",
    ]
    assert lines(office, "R-1", "band")[0].startswith("Band | very high")
    exposure = lines(office, "P-1", "exposure")
    assert exposure[0] == "Exposure | EUR 800.00 | threats − opportunities"
    assert any(line.startswith("    R-2 | EUR 100.00") for line in exposure)


def test_the_colour_of_a_project_names_the_milestone_that_slipped(office: Desk) -> None:
    found = trace(office, "P-1", "rag_computed")
    assert found[0].value == "red"
    assert "T-1" in {step.key for step in found}


def test_nodes_sum_up_their_projects(office: Desk) -> None:
    assert lines(office, "PG-1", "cost") == [
        "Cost | EUR 6,500.00 | sum over its projects",
        "  P-1  Cost | EUR 6,000.00",
        "  P-2  Cost | EUR 500.00",
    ]
    assert lines(office, "PF-1", "available")[0].startswith("Available | EUR 69,500.00")
    assert lines(office, "PF-1", "rag_computed")[1] == "  P-1  RAG by rule | ■ R"
    assert lines(office, "PG-1", "exposure")[0].startswith("Exposure | EUR 800.00")


def test_a_plain_field_is_as_it_was_entered(office: Desk) -> None:
    assert lines(office, "P-1", "budget") == [
        "Budget | EUR 20,000.00 | as it was entered",
        "  P-1  Budget | EUR 20,000.00",
    ]


def test_tasks_and_people(office: Desk) -> None:
    assert lines(office, "T-2", "total_float")
    assert lines(office, "PER-1", "load")[0].startswith("Load | 0%")


def everything(desk: Desk) -> list[tuple[str, str]]:
    keys = (
        "P-1",
        "P-2",
        "P-3",
        "PG-1",
        "PF-1",
        "PO-1",
        "INV-1",
        "INV-2",
        "INV-3",
        "R-1",
        "R-3",
        "T-1",
        "PER-1",
        "REC-1",
    )
    return [(key, name) for key in keys for name in figures_of(desk, desk.entry(key).register.name)]


def test_every_figure_is_the_value_that_is_shown_and_its_sums_hold(office: Desk) -> None:
    for key, name in everything(office):
        found = figure(office, key, name)
        values = office.values(key)
        if name in values and not isinstance(values[name], list):  # the reasons of a match are told by the match itself
            assert found.value == values[name], (key, name)
        if found.formula in (
            "sum over the lines",
            "sum over the order lines and invoices that serve it",
            "sum over its projects",
        ):
            parts = [part.value for part in found.inputs if isinstance(part, Figure | Source)]
            assert found.value == sum(part for part in parts if isinstance(part, Decimal)), (key, name)
        assert found.value is not None or found.reason is not None or values.get(name) is None


def test_as_json(office: Desk) -> None:
    def facts(part: dict[str, Any]) -> list[dict[str, Any]]:
        return [part] if "key" in part else [fact for each in part.get("inputs", ()) for fact in facts(each)]

    for key, name in everything(office):
        tree = as_tree(figure(office, key, name))
        assert json.loads(json.dumps(tree)) == tree
    tree = as_tree(figure(office, "PO-1", "prepaid"))
    assert (tree["value"], tree["unit"]) == ("2000", "EUR")
    assert {"key": "REC-1", "field": "lines.1.quantity", "value": "6"} in facts(tree)
    assert as_tree(figure(office, "P-1", "expected_result"))["reason"] == "there is no estimate to complete yet"


def test_a_figure_that_is_not_there(office: Desk) -> None:
    with pytest.raises(WrongUse) as wrong:
        figure(office, "P-1", "availble")
    assert "available" in wrong.value.hint.words()
    with pytest.raises(WrongUse) as wrong:
        figure(office, "R-1", "zzz")
    assert "emv" in wrong.value.hint.words()
    with pytest.raises(NotFound):
        figure(office, "P-99", "cost")


def test_the_trace_speaks_the_language_in_use(office: Desk) -> None:
    with speaking("nl"):
        assert "EUR 6.000,00" in lines(office, "PO-1", "cost")[0]
