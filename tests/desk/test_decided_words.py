"""Who decided and when, and what was paid when, as they are typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.money.decided_words import read_decider, read_payment
from pmo_tui.records.errors import Fault
from tests.desk.money_office import ANNA, JAN, fill

DAY = date(2026, 11, 24)


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Jan and Anna."""
    fill(desk)
    return desk


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Bos", (ANNA, None)),
        ("anna", (ANNA, None)),
        ("PER-2, 24-11", (ANNA, DAY)),
        (", yesterday", (JAN, DAY)),
        ("24-11", (JAN, DAY)),
        ("", (JAN, None)),
        ("Anna,", (ANNA, None)),
    ],
)
def test_a_person_and_a_day(office: Desk, text: str, expected: tuple[str, date | None]) -> None:
    assert read_decider(office, text, JAN) == expected


@pytest.mark.parametrize("text", ["zz", "zz, 24-11", "an, 32-11"])
def test_nobody_of_that_name(office: Desk, text: str) -> None:
    with pytest.raises(Fault, match="nobody is called"):
        read_decider(office, text, JAN)


def test_nobody_at_all(office: Desk) -> None:
    assert read_decider(office, " ") == (None, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24-11", (DAY, None)),
        ("24-11 500", (DAY, Decimal(500))),
        ("1.5k yesterday", (DAY, Decimal(1500))),
        ("500", (None, Decimal(500))),
    ],
)
def test_a_day_and_an_amount(office: Desk, text: str, expected: tuple[date | None, Decimal | None]) -> None:
    assert read_payment(office, text) == expected


@pytest.mark.parametrize("text", ["", "  "])
def test_nothing_said_is_no_payment(office: Desk, text: str) -> None:
    with pytest.raises(Fault, match="When"):
        read_payment(office, text)
