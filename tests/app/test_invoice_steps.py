"""What is done with supplier invoices, by the keys: accepted, asked about, approved, disputed, paid, credited, received, matched."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.config import Config
from tests.app.conftest import Run
from tests.app.driving import row, said
from tests.desk.money_office import ANNA, JAN, bill, figures, invoice


async def test_an_exception_is_accepted_with_a_reason_in_four_keys(run: Run, mismatch: Desk) -> None:
    async with run("invoices", on=mismatch) as app:
        assert "≠ exception" in row(app, "INV-2")
        assert "≠ exception: 8 billed, 6 received" in app.text
        await app.press("k")
        await app.type("they are on the quay")
        await app.press("enter")
        assert "INV-2: accepted by" in app.text
        assert "Jan de Vries" in app.text
        await app.press("enter")
        assert app.keys == 3
        step = invoice(mismatch, "INV-2").steps[0]
        assert (step.what, step.by, step.recorded_by, step.reason, step.own) == (
            "accepted", JAN, "anna", "they are on the quay", False,
        )  # fmt: skip
        assert "accepted by Jan de Vries, recorded by Anna Bos" in app.status
        assert "≈ accepted" in row(app, "INV-2")
        assert figures(mismatch)["prepaid"] == 2000
        await app.press("a", "enter", "P", "enter")
        assert invoice(mismatch, "INV-2").status == "paid"
        assert "INV-2" not in "".join(app.lines()[4:10])


async def test_the_budget_holder_is_asked_and_the_answer_kept(run: Run, mismatch: Desk) -> None:
    async with run("invoices", on=mismatch) as app:
        await app.press("b", "enter")
        assert app.keys == 2
        assert mismatch.values("A-1")["owner"] == JAN
        assert mismatch.values("MSG-1")["to"] == JAN
        assert "Jan de Vries asked until 2026-11-30 (A-1)" in app.status
        assert "? asked Jan de Vries, answer due 2026-11-30" in said(app)
        await app.press("b")
        await app.type("they came on Monday")
        await app.press("enter")
        assert mismatch.values("A-1")["status"] == "done"
        await app.press("k", "enter", "enter")
        assert [step.what for step in invoice(mismatch, "INV-2").steps] == ["answered", "accepted"]
        assert invoice(mismatch, "INV-2").steps[1].reason == "they came on Monday"


@pytest.mark.parametrize(("key", "status"), [("t", "disputed"), ("T", "returned")])
async def test_it_is_disputed_or_sent_back(run: Run, mismatch: Desk, key: str, status: str) -> None:
    async with run("invoices", on=mismatch) as app:
        await app.press(key, "enter")
        assert "A reason is needed" in app.status
        await app.type("nothing came")
        await app.press("enter", "enter")
        assert app.keys <= 4
        assert invoice(mismatch, "INV-2").status == status
        await app.press("u")
        assert invoice(mismatch, "INV-2").status == "registered"


async def test_the_officer_does_not_approve_unless_the_firm_is_small(run: Run, money: Desk) -> None:
    async with run("invoices", on=money) as app:
        await app.press("a")
        await app.type("Anna Bos")
        await app.press("enter")
        assert "would decide and record it in one person" in app.status
        await app.press("escape")
        assert invoice(money, "INV-1").status == "registered"
        money.config = Config(small_firm=True)
        money.set(["P-1"], {"sponsor": ANNA})
        await app.press("a", "enter")
        assert "one person decided and recorded it" in app.status
        assert "by Anna Bos on 2026-11-25, recorded by Anna Bos (one person)" in said(app)


async def test_an_approval_says_when_and_by_whom_it_was_given(run: Run, money: Desk) -> None:
    async with run("invoices", on=money) as app:
        await app.press("a")
        await app.type(", 23-11")
        await app.press("enter")
        found = invoice(money, "INV-1")
        assert (found.status, found.approved_by, str(found.approved_on)) == ("approved", JAN, "2026-11-23")
        await app.press("P")
        await app.type(" 840")
        await app.press("enter")
        assert (invoice(money, "INV-1").paid, money.values("INV-1")["open"]) == (Decimal(840), Decimal(4000))
        assert "open EUR 4,000.00" in said(app)


async def test_marked_invoices_are_approved_together(run: Run, money: Desk) -> None:
    bill(money, "2026-2", 1)
    async with run("invoices", on=money) as app:
        await app.press("asterisk", "a", "enter")
        assert {invoice(money, key).status for key in ("INV-1", "INV-2")} == {"approved"}
        await app.press("u")
        assert {invoice(money, key).status for key in ("INV-1", "INV-2")} == {"registered"}


@pytest.fixture
def two_holders(money: Desk) -> Desk:
    """INV-1 is of Jan's project; INV-2, without an order, of Piet's."""
    piet = money.add("people", {"name": "Piet Smit", "login": "piet"})
    money.set(["P-2"], {"sponsor": piet})
    texts = {"number": "T-1", "supplier": "SUP-1", "issue_date": "2026-11-06", "due_date": "2026-11-26"}
    money.add("invoices", texts, {"lines": [{"net": "50", "project": "P-2"}]})
    return money


async def test_once_more_an_approval_is_the_other_budget_holders(run: Run, two_holders: Desk) -> None:
    async with run("invoices", on=two_holders) as app:
        await app.press("a", "enter", "full_stop")
        assert "INV-2: approved by Piet Smit" in app.status
        assert [invoice(two_holders, key).approved_by for key in ("INV-1", "INV-2")] == [JAN, "PER-3"]


async def test_once_more_it_is_asked_who_approved_where_nobody_is_known_to(run: Run, two_holders: Desk) -> None:
    two_holders.set(["P-2"], {"sponsor": ""})
    async with run("invoices", on=two_holders) as app:
        await app.press("a", "enter", "full_stop")
        assert app.prompting
        assert invoice(two_holders, "INV-2").status == "registered"


async def test_whoever_else_approved_does_not_approve_what_he_does_not_answer_for(run: Run, two_holders: Desk) -> None:
    two_holders.add("people", {"name": "Kees Bos", "login": "kees"})
    async with run("invoices", on=two_holders) as app:
        await app.press("a", "ctrl+u")
        await app.type("Kees Bos")
        await app.press("enter", "full_stop")
        assert invoice(two_holders, "INV-1").approved_by == "PER-4"
        assert "Piet Smit" in app.text
        await app.press("enter")
        assert invoice(two_holders, "INV-2").approved_by == "PER-3"


async def test_nobody_is_offered_for_invoices_of_several_budget_holders(run: Run, two_holders: Desk) -> None:
    async with run("invoices", on=two_holders) as app:
        await app.press("asterisk", "a")
        assert "their budget holders differ" in app.text
        await app.press("enter")
        assert "Who?" in app.status
        assert {invoice(two_holders, key).status for key in ("INV-1", "INV-2")} == {"registered"}


async def test_a_credit_note_on_an_invoice_is_booked_with_its_number_alone(run: Run, money: Desk) -> None:
    async with run("invoices", on=money) as app:
        await app.press("minus")
        assert "Credit note on 2026-1" in app.lines()[0]
        await app.type("C-1")
        await app.press("tab")
        await app.type("24-11")
        await app.press("enter")
        assert (invoice(money, "INV-2").type, invoice(money, "INV-2").gross) == ("credit", Decimal(-4840))
        assert invoice(money, "INV-1").status == "credited"


# ---- receipts and lines -------------------------------------------------------------------------------------------------


async def test_what_came_in_is_booked_with_what_is_missing(run: Run, mismatch: Desk) -> None:
    async with run("invoices", on=mismatch) as app:
        await app.press("plus")
        assert "line 1: 2, then 8 of 10 · accepted by Jan de Vries" in said(app)
        await app.press("enter")
        assert app.keys == 2
        assert "= matched" in row(app, "INV-2")
        await app.press("tab", "plus")
        assert "1:2" in app.text
        await app.type("1 @zz")
        await app.press("enter")
        assert "nobody is called “zz”" in app.status
        await app.press("escape")
        assert len(mismatch.store.shelf("receipts")) == 2


async def test_lines_are_matched_with_order_lines(run: Run, money: Desk) -> None:
    beams = [
        {"description": "Beam", "quantity": "2", "price": "1000", "net": "2000"},
        {"description": "Rope", "net": "20"},
    ]
    money.add("orders", {"title": "Rope", "supplier": "SUP-1", "project": "P-2"}, {"lines": [{"quantity": "1", "price": "20"}]})  # fmt: skip
    money.add(
        "receipts", {"order": "PO-2", "received_on": "2026-11-02"}, {"lines": [{"order_line": "1", "quantity": "1"}]}
    )
    money.add("invoices", {"number": "X", "supplier": "SUP-1", "net": "2020", "payable": "2020"}, {"lines": beams})
    async with run("invoices", on=money) as app:
        await app.press("down")
        assert "– no order" in row(app, "INV-2")
        await app.press("m")
        assert "line 1 Beam EUR 2,000.00 bills" in said(app)
        assert "PO-1/1" in app.text
        await app.press("enter")
        await app.type("PO-2/1")
        await app.press("enter")
        lines = invoice(money, "INV-2").lines
        assert [line.order_line for line in lines] == ["1", "PO-2/1"]
        assert money.values("INV-2")["match"] == "matched"
        assert not app.prompting


async def test_a_number_that_was_used_is_stopped_until_somebody_accepts_it(run: Run, money: Desk) -> None:
    bill(money, "2026 0001", 2)
    async with run("invoices", on=money) as app:
        await app.type("/key:INV-2")
        await app.press("enter")
        assert "≠ exception: the same number as INV-1" in said(app)
        await app.press("a")
        assert "INV-2 does not match: the same number as INV-1" in app.status
        assert invoice(money, "INV-2").status == "registered"
        await app.press("k")
        await app.type("two parts, one number")
        await app.press("enter", "enter", "a", "enter")
        assert "≈ accepted" in row(app, "INV-2")
    assert invoice(money, "INV-2").status == "approved"


async def test_an_emptied_answer_decides_and_pays_nothing(run: Run, money: Desk) -> None:
    async with run("invoices", on=money) as app:
        await app.press("a", "ctrl+u", "enter")
        assert "Who?" in app.status
        assert invoice(money, "INV-1").status == "registered"
        await app.press("escape", "a", "enter", "P", "ctrl+u", "enter")
        assert "When?" in app.status
        assert invoice(money, "INV-1").paid == 0
        await app.type("4-11")
        await app.press("enter")
        assert "2026-11-04 is before 2026-11-05" in app.status
        await app.press("ctrl+u")
        await app.type("25-11 -50")
        await app.press("enter")
        assert "-50 is below 0, and 4840.00 is to be paid of INV-1" in app.status
        assert (invoice(money, "INV-1").status, invoice(money, "INV-1").paid) == ("approved", Decimal(0))


async def test_what_is_approved_waits_for_finance_on_the_page_of_the_day(run: Run, money: Desk) -> None:
    money.set(["PO-1"], {"budget_holder": JAN})
    money.set(["INV-1"], {"due_date": "2026-11-20"})
    async with run("invoices", size=(130, 40), on=money) as app:
        for keys, who in (((), "Jan de Vries"), (("5", "a", "enter"), "finance")):
            await app.press(*keys, "1")
            (line,) = [line for line in app.lines() if "2026-1 · Staal BV" in line]
            assert line.rstrip().endswith(who)
        await app.press("9", "c")
        assert "approved: finance has to pay" in said(app)
        assert "Dear Jan" not in app.text
