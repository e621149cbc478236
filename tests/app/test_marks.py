"""What is done to many rows at once: one undo takes all of it back; the last change again on the next row; what marked cells add up to."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.widgets.prompt import PromptInput
from tests.app.conftest import TODAY, Run
from tests.app.driving import Driver
from tests.desk.money_office import bill, invoice


def everything(desk: Desk) -> dict[str, dict[str, object]]:
    """Every record as it stands, without the revision that each writing gives."""
    found: dict[str, dict[str, object]] = {}
    for register in desk.store.registers():
        for number, document in desk.store.shelf(register).items():
            found[f"{register}/{number}"] = {name: value for name, value in document.items() if name != "revision"}
    return found


async def typed(app: Driver, *keys: str) -> None:
    """Keys by name, and words that are typed."""
    for key in keys:
        if key.startswith("“"):
            await app.type(key[1:-1])
        else:
            await app.press(key)


async def answer(app: Driver, text: str) -> None:
    """Put a long text into the line that asks, and enter."""
    app.frame.prompt.query_one(PromptInput).value = text
    await app.press("enter")


MARKED = {
    "a field of many": ("risks", ("e", "“status=closed”", "enter"), 3),
    "the cell": ("risks", ("right", "f2", "ctrl+u", "“Alike”", "enter"), 3),
    "ditto": ("risks", ("right", "quotation_mark"), 2),
    "deleted": ("risks", ("d",), 3),
}


@pytest.mark.parametrize("name", MARKED)
async def test_one_undo_takes_back_what_was_done_to_all_marked(run: Run, desk: Desk, name: str) -> None:
    register, keys, changed = MARKED[name]
    before, head = everything(desk), desk.store.head()
    async with run(register=register) as app:
        await app.press("asterisk")
        await typed(app, *keys)
        after = everything(desk)
        assert desk.store.head() == head + 1, app.status
        assert len([key for key in before if after.get(key) != before[key]]) == changed
        await app.press("u")
        assert everything(desk) == before
        await app.press("U")
        assert everything(desk) == after


@pytest.mark.parametrize(
    ("tabs", "keys"),
    [(0, ("c",)), (1, ("c",)), (2, ("c",)), (3, ("c", "“Steering”", "enter")), (0, ("i",)), (0, ("r", "enter"))],
    ids=["risks closed", "issues closed", "actions done", "decisions taken", "risks happened", "risks reviewed"],
)
async def test_marked_records_of_the_log_are_done_with_at_once(
    run: Run, desk: Desk, tabs: int, keys: tuple[str, ...]
) -> None:
    for register in ("issues", "actions", "decisions"):
        for title in ("One", "Two", "Three"):
            desk.add(register, {"title": title, "project": "P-1"})
    before, head = everything(desk), desk.store.head()
    async with run("risks") as app:
        await app.press(*["tab"] * tabs, "space", "V")
        await typed(app, *keys)
        assert desk.store.head() == head + 1, app.status
        changed = [key for key, value in before.items() if everything(desk)[key] != value]
        assert len(changed) == 2
        await app.press("u")
        assert everything(desk) == before


@pytest.mark.parametrize(
    ("keys", "status"),
    [(("a", "enter"), "approved"), (("P", "enter"), "paid"), (("t", "“too late”", "enter", "enter"), "disputed")],
    ids=["approved", "paid", "disputed"],
)
async def test_marked_invoices_are_decided_at_once(run: Run, money: Desk, keys: tuple[str, ...], status: str) -> None:
    bill(money, "2026-2", 1)
    if status == "paid":
        from pmo_tui.desk.money import booking_invoices as booking

        booking.approve(money, ["INV-1", "INV-2"], booking.Decided("PER-1"))
    before, head = everything(money), money.store.head()
    async with run("invoices", on=money) as app:
        await app.press("asterisk")
        await typed(app, *keys)
        assert money.store.head() == head + 1, app.status
        assert [invoice(money, key).status for key in ("INV-1", "INV-2")] == [status, status]
        await app.press("u")
        assert everything(money) == before


async def test_messages_about_marked_rows_are_one_step(run: Run, desk: Desk) -> None:
    desk.set(["PER-1"], {"email": "jan@example.org"})
    before, head = everything(desk), desk.store.head()
    async with run(register="risks") as app:
        await app.press("asterisk", "O", "enter")
        assert desk.store.head() == head + 1, app.status
        assert desk.store.get("MSG-1") is not None
        await app.press("u")
        assert everything(desk) == before


async def test_a_block_is_pasted_over_the_marked_rows_as_one_step(run: Run, desk: Desk) -> None:
    from textual.events import Paste

    before, head = everything(desk), desk.store.head()
    async with run(register="risks") as app:
        await app.press("down", "space", "space", "right")
        app.app.post_message(Paste("Second\nThird"))
        await app.settle()
        await app.press("enter")
        assert [desk.values(key)["title"] for key in ("R-1", "R-2", "R-3")] == ["Steel comes late", "Second", "Third"]
        assert desk.store.head() == head + 1
        await app.press("u")
        assert everything(desk) == before


async def test_marked_rows_alone_are_exported_and_copied_as_they_are_shown(
    run: Run, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []

    def send(app: object, text: str) -> str:
        sent.append(text)
        return "sent"

    monkeypatch.setattr("pmo_tui.screens.clipboard.send", send)
    path = tmp_path / "what I call it.csv"
    async with run(register="risks") as app:
        await app.press("right", "s", "home", "space", "down", "space")
        await app.press("x")
        await answer(app, str(path))
        assert "2 records" in app.status
        with path.open(newline="", encoding="utf-8-sig") as stream:
            assert [found["key"] for found in csv.DictReader(stream)] == ["R-3", "R-1"]
        await app.press("y")
        assert [line.split("\t")[0] for line in sent[0].splitlines()] == ["R-3", "R-1"]


@pytest.mark.parametrize("name", ["exceptions", "portfolio", "milestones"])
async def test_marked_rows_of_a_computed_list_are_exported_too(run: Run, desk: Desk, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.csv"
    async with run(register=name) as app:
        await app.press("space", "x")
        await answer(app, str(path))
        assert "1 records" in app.status
        with path.open(newline="", encoding="utf-8-sig") as stream:
            assert len(list(csv.DictReader(stream))) == 1


async def test_ditto_on_a_field_that_follows_from_others_is_refused(run: Run, desk: Desk) -> None:
    head = desk.store.head()
    for register in ("risks", "portfolio", "exceptions"):
        async with run(register=register) as app:
            await app.press("asterisk", "right", "right", "right", "right", "right", "right", "quotation_mark")
            assert app.app.is_running
    assert desk.store.head() == head


# ---- the last change again ----------------------------------------------------------------------------------------------------


async def test_the_last_change_is_made_again_row_by_row(run: Run, desk: Desk) -> None:
    async with run(register="risks") as app:
        await app.press("right", "right", "right", "f2", "backspace")
        await app.type("5")
        await app.press("enter")
        name = app.frame.table.current_column.name  # type: ignore[attr-defined]
        await app.press("full_stop", "full_stop")
        assert [desk.values(key)[name] for key in ("R-1", "R-2", "R-3")] == [5, 5, 5]
        await app.press("full_stop")
        assert "last row" in app.status
        await app.press("u", "u", "u")
        assert [desk.values(key)[name] for key in ("R-1", "R-2", "R-3")] != [5, 5, 5]


async def test_what_was_done_with_is_done_again_to_the_next(run: Run, desk: Desk) -> None:
    async with run("risks") as app:
        await app.press("C", "c", "full_stop")
        closed = [key for key in ("R-1", "R-2", "R-3") if desk.values(key)["status"] == "closed"]
        assert len(closed) == 2
        await app.press("asterisk", "full_stop")
        assert {desk.values(key)["status"] for key in ("R-1", "R-2", "R-3")} == {"closed"}


async def test_an_approval_is_made_again_for_the_next_invoice(run: Run, money: Desk) -> None:
    bill(money, "2026-2", 1)
    async with run("invoices", on=money) as app:
        await app.press("a", "enter", "full_stop")
        assert [invoice(money, key).status for key in ("INV-1", "INV-2")] == ["approved", "approved"]


async def test_a_review_is_made_again_with_the_day_that_was_typed_or_each_its_own(run: Run, desk: Desk) -> None:
    async with run("risks") as app:
        await app.press("r", "ctrl+u")
        await app.type("+3w")
        await app.press("enter", "full_stop")
        days = [desk.values(key)["next_review"] for key in ("R-1", "R-2")]
        assert days == [date(2026, 12, 16), date(2026, 12, 16)]
        await app.press("home", "r", "enter", "full_stop", "full_stop")
        days = [desk.values(key)["next_review"] for key in ("R-1", "R-2", "R-3")]
        assert days[0] == days[1] == TODAY + timedelta(days=14), "scores of 12 and 10"
        assert days[2] == TODAY + timedelta(days=84), "a score of 2"


async def test_progress_is_told_again_of_the_next_task(run: Run, desk: Desk) -> None:
    async with run("planning") as app:
        await app.press("percent_sign")
        await app.type("20")
        await app.press("enter", "full_stop")
        assert [desk.values(key)["percent_complete"] for key in ("T-1", "T-2")] == [20, 20]


@pytest.mark.parametrize("last", [("n", "“Rain in the pit”", "f2"), ("d",)])
async def test_an_older_change_is_not_made_again_after_one_that_cannot_be(
    run: Run, desk: Desk, last: tuple[str, ...]
) -> None:
    async with run(register="risks") as app:
        await app.press("right", "right", "right", "f2", "backspace")
        await app.type("5")
        await app.press("enter", "end")
        await typed(app, *last)
        head = desk.store.head()
        await app.press("home", "down", "full_stop")
        assert "none that can be made again" in app.status
        assert desk.store.head() == head


async def test_what_was_taken_back_can_be_made_again_elsewhere(run: Run, desk: Desk) -> None:
    async with run(register="risks") as app:
        await app.press("right", "right", "right", "f2", "backspace")
        await app.type("5")
        await app.press("enter")
        name = app.frame.table.current_column.name  # type: ignore[attr-defined]
        await app.press("u", "end", "full_stop")
        assert desk.values("R-3")[name] == 5
        assert desk.values("R-1")[name] != 5


async def test_there_is_nothing_to_make_again_in_another_list(run: Run, desk: Desk) -> None:
    async with run(register="risks") as app:
        await app.press("e", "escape")
        await app.press("full_stop")
        assert "no change in this list yet" in app.status


# ---- marks ----------------------------------------------------------------------------------------------------------------------


async def test_all_that_the_filter_shows_is_marked_by_one_key_and_added_up(run: Run) -> None:
    async with run(register="projects") as app:
        await app.press("asterisk")
        table = app.frame.table  # type: ignore[attr-defined]
        while table.current_column.name != "budget":
            await app.press("right")
        assert "2 marked; Budget EUR: sum 350,000, mean 175,000.00, count 2" in app.status
        await app.press("slash")
        await app.type("harbour")
        await app.press("enter")
        assert "1 marked; Budget EUR: sum 100,000" in app.status


async def test_a_filter_that_is_given_up_leaves_the_marks(run: Run) -> None:
    async with run(register="risks") as app:
        await app.press("space", "space", "slash")
        await app.type("zzz")
        assert "marked" not in app.status
        await app.press("escape")
        assert "2 marked" in app.status


async def test_rows_are_marked_over_two_filters_and_nothing_is_done_to_those_out_of_sight(run: Run) -> None:
    async with run(register="risks") as app:
        await app.press("home", "space", "slash")
        await app.type("key:R-3")
        await app.press("enter", "home", "space")
        assert "1 marked" in app.status
        await app.press("e")
        await app.press("ctrl+u")
        await app.type("impact=1")
        await app.press("enter")
        await app.until(lambda: "changed: R-3" in app.status)
        await app.press("slash", "ctrl+u", "enter")
        assert "2 marked" in app.status
        await app.press("asterisk", "asterisk")
        assert "marked" not in app.status


async def test_what_was_so_already_is_not_said_to_have_changed(run: Run) -> None:
    async with run(register="risks") as app:
        head = app.app.desk.store.head()
        await app.press("right", "f2", "enter")
        await app.until(lambda: "nothing changed" in app.status)
        assert app.app.desk.store.head() == head
