"""Asking the budget holder: whom, in which words, and how the answer is kept."""

from __future__ import annotations

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.config import Config
from pmo_tui.desk.money import booking_invoices as booking
from pmo_tui.desk.money.booking_invoices import Decided
from pmo_tui.desk.money.invoice_questions import budget_holders, questions, send
from pmo_tui.records.errors import NotFound, Refused
from tests.desk.money_office import ANNA, BY_JAN, JAN, bill, fill, invoice


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Jan's beams, and an invoice that bills more than came in."""
    fill(desk)
    bill(desk, "2026-2", 4)
    return desk


def test_an_action_and_the_message_to_the_budget_holder(office: Desk) -> None:
    head = office.store.head()
    action = send(office, "INV-2", JAN)
    assert office.store.head() == head + 1
    values = office.values(action)
    assert (values["owner"], values["about"], values["project"], str(values["due"])) == (
        JAN, "INV-2", "P-1", "2026-11-30",
    )  # fmt: skip
    assert values["title"] == "Approve invoice 2026-2 of Staal BV, EUR 4,840.00?"
    letter = office.values("MSG-1")
    assert (letter["to"], letter["address"], letter["about"], letter["prepared_by"]) == (
        JAN, "jan@example.org", ["INV-2", action], ANNA,
    )  # fmt: skip
    for words in ("Jan de Vries,", "8 billed, 6 received", "10 ordered, 6 received, 8 invoiced", "Mon 30 Nov 2026"):
        assert words in letter["text"]
    office.undo()
    assert office.record(action) is None


def test_nobody_is_asked_twice(office: Desk) -> None:
    action = send(office, "INV-2", JAN)
    with pytest.raises(Refused, match=f"asked already: {action}"):
        send(office, "INV-2", JAN)
    with pytest.raises(NotFound, match="INV-9"):
        send(office, "INV-9", JAN)
    booking.accept(office, ["INV-2"], BY_JAN)
    booking.approve(office, ["INV-2"], BY_JAN)
    booking.pay(office, ["INV-2"], Decided())
    with pytest.raises(Refused, match="is paid"):
        send(office, "INV-2", JAN)


def test_the_answer_is_on_record_and_the_question_closed(office: Desk) -> None:
    action = send(office, "INV-2", JAN)
    booking.answer(office, "INV-2", Decided(JAN, reason="they came on Monday"))
    step = invoice(office, "INV-2").steps[0]
    assert (step.what, step.by, step.reason, step.recorded_by) == ("answered", JAN, "they came on Monday", "Anna")
    assert (office.values(action)["status"], str(office.values(action)["done_on"])) == ("done", "2026-11-25")
    assert questions(office, "INV-2") == []
    send(office, "INV-2", JAN)


def test_a_decision_is_an_answer_of_whoever_decides(office: Desk) -> None:
    esra = office.add("people", {"name": "Esra"})
    own, hers = send(office, "INV-2", JAN), send(office, "INV-2", esra)
    reminder = office.add("actions", {"title": "Call Staal", "about": "INV-2", "owner": JAN})
    booking.accept(office, ["INV-2"], BY_JAN)
    assert [office.values(key)["status"] for key in (own, hers, reminder)] == ["done", "open", "open"]


def test_who_answers_for_an_invoice(office: Desk) -> None:
    assert budget_holders(office, invoice(office, "INV-1")) == [JAN]
    esra = office.add("people", {"name": "Esra"})
    office.set(["P-1"], {"manager": ANNA, "sponsor": ""})
    assert budget_holders(office, invoice(office, "INV-1")) == []
    office.set(["PO-1"], {"budget_holder": esra})
    assert budget_holders(office, invoice(office, "INV-1")) == [esra]
    office.config = Config(small_firm=True)
    office.set(["PO-1"], {"budget_holder": ANNA})
    office.set(["P-1"], {"sponsor": JAN})
    assert budget_holders(office, invoice(office, "INV-1")) == [JAN, ANNA]
