"""Invoices that came twice, and accounts that are not the supplier's."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pmo_tui.analysis.duplicates import Billing, Ledger, normalised, same_number

DAY = date(2026, 3, 2)
OWN = "NL91ABNA0417164300"
SUPPLIERS = {"SUP-1": [OWN], "SUP-2": ["DE89370400440532013000"]}


def billing(key: str, number: str, **more: Any) -> Billing:
    base = {"supplier": "SUP-1", "gross": Decimal(100), "issued": DAY, "ibans": (OWN,)}
    return Billing(key, number, **{**base, **more})


def kinds(new: Billing, *others: Billing) -> list[str]:
    return [each.kind for each in Ledger([*others, new], SUPPLIERS).suspicions(new)]


@pytest.mark.parametrize("number", ["INV-0012", "inv 12", "Inv.012", "INV/12", " i n v 12 ", "INV_000012"])
def test_one_number_in_many_hands(number: str) -> None:
    assert normalised(number) == "inv12"


@pytest.mark.parametrize(("one", "other"), [("2026-01-11", "2026-11-01"), ("100", "10"), ("A0", "A"), ("A-1", "B-1")])
def test_numbers_that_differ(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


@pytest.mark.parametrize(
    "other", ["2026-57", "2026 57", "2026/0057", "2026.00057", "2026_57", "202600057", "02026/00057"]
)
def test_groups_of_figures_each_lead_with_zeros(other: str) -> None:
    assert same_number("2026/00057", other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("2026-57", "2026-570"), ("2026-57", "20265-7"), ("2026/00057", "2025/00057"), ("A-1-2", "A-12"), ("7-A", "7-B")],
)
def test_other_numbers_stay_other_numbers(one: str, other: str) -> None:
    assert same_number(one, other) is (one.replace("-", "") == other.replace("-", ""))


@pytest.mark.parametrize(
    ("more", "others"),
    [
        ({}, ["INV-1"]),
        ({"type": "credit"}, []),
        ({"type": "corrective", "original": "F7"}, []),
        ({"type": "corrective"}, ["INV-1"]),
        ({"status": "credited"}, []),
        ({"status": "returned"}, []),
    ],
)
def test_a_number_that_was_used_waits_unless_it_credits_or_corrects(more: dict[str, str], others: list[str]) -> None:
    ledger = Ledger([billing("INV-1", "F-7"), billing("INV-2", "f 7", **more)], SUPPLIERS)
    assert list(ledger.number_used_by("INV-2")) == others
    assert ledger.number_used_by("INV-1") == ()


def test_the_earlier_of_two_waits_once_the_later_was_approved() -> None:
    ledger = Ledger([billing("INV-1", "F-7"), billing("INV-2", "F-7", status="paid")], SUPPLIERS)
    assert ledger.number_used_by("INV-1") == ("INV-2",)
    ledger.put("INV-1", billing("INV-1", "F-7", status="approved"))
    assert ledger.number_used_by("INV-1") == ()


@given(st.text(max_size=12))
def test_normalising_again_changes_nothing(number: str) -> None:
    assert normalised(normalised(number)) == normalised(number)


def test_the_same_number_is_a_duplicate_whatever_the_amount() -> None:
    assert kinds(billing("INV-2", "f 7", gross=Decimal(1)), billing("INV-1", "F-007")) == ["duplicate"]


def test_another_supplier_may_use_the_same_number() -> None:
    other = billing("INV-1", "F-7", supplier="SUP-2", ibans=())
    assert kinds(billing("INV-2", "F-7"), other) == []


@pytest.mark.parametrize(("days", "expected"), [(45, ["suspected"]), (46, []), (-45, ["suspected"])])
def test_the_same_amount_within_45_days_is_suspected(days: int, expected: list[str]) -> None:
    assert kinds(billing("INV-2", "B"), billing("INV-1", "A", issued=DAY + timedelta(days=days))) == expected


@pytest.mark.parametrize("status", ["returned", "cancelled"])
def test_a_returned_invoice_may_come_again(status: str) -> None:
    assert kinds(billing("INV-2", "F-7"), billing("INV-1", "F-7", status=status)) == []


def test_a_credit_note_of_the_same_amount_is_not_suspected() -> None:
    assert kinds(billing("INV-2", "B"), billing("INV-1", "A", gross=Decimal(-100))) == []


def test_an_invoice_in_the_making_is_held_against_all() -> None:
    ledger = Ledger([billing("INV-1", "F-7")], SUPPLIERS)
    [found] = ledger.suspicions(billing("", "f7", gross=Decimal(5)))
    assert (found.kind, found.others) == ("duplicate", ("INV-1",))
    assert found.said.words() == "the same number as INV-1"


def test_an_account_that_is_not_on_the_record() -> None:
    assert kinds(billing("INV-1", "A", ibans=("NL02 ABNA 0123 4567 89",))) == ["strange_iban"]
    assert kinds(billing("INV-1", "A", ibans=("nl91 abna 0417 1643 00",))) == []


def test_an_account_under_two_suppliers() -> None:
    found = kinds(billing("INV-1", "A", ibans=("DE89 3704 0044 0532 0130 00",)))
    assert found == ["shared_iban", "strange_iban"]
    both = billing("INV-1", "A", supplier="SUP-2", ibans=(OWN,))
    assert kinds(billing("INV-2", "B"), both) == ["shared_iban"]


billings = st.builds(
    lambda number, supplier, gross, days, iban, status: billing(
        "", number, supplier=supplier, gross=Decimal(gross), issued=DAY + timedelta(days=days), ibans=(iban,), status=status
    ),
    st.sampled_from(["A-1", "a1", "B"]), st.sampled_from(["SUP-1", "SUP-2", None]), st.sampled_from([0, 5, 7]),
    st.integers(0, 60), st.sampled_from([OWN, "X1"]), st.sampled_from(["registered", "returned"]),
)  # fmt: skip


@given(st.lists(st.tuples(st.integers(1, 4), st.none() | billings), max_size=10))
def test_a_ledger_that_follows_says_what_a_new_one_says(changes: list[tuple[int, Billing | None]]) -> None:
    followed = Ledger([], SUPPLIERS)
    now: dict[str, Billing] = {}
    for number, given_ in changes:
        key = f"INV-{number}"
        new = None if given_ is None else replace(given_, key=key)
        followed.put(key, new)
        now.pop(key, None)
        if new is not None:
            now[key] = new
    fresh = Ledger(now.values(), SUPPLIERS)
    for key in now:
        assert [(each.kind, sorted(each.others)) for each in followed.noticed(key)] == [
            (each.kind, sorted(each.others)) for each in fresh.noticed(key)
        ]
