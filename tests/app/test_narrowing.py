"""Today by its words: `/` narrows it as it narrows lists, `y` copies a line of it, by keys."""

from __future__ import annotations

import asyncio
from base64 import b64decode
from pathlib import Path

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.screens.today_lines import Part
from tests.app.conftest import Run, desk_at
from tests.app.driving import Driver
from tests.app.terminal import terminal
from tests.app.test_clipboard import SENT

TITLE = "Call the mill about the delivery of all the panels before the end of the month"


def some_work(desk: Desk) -> None:
    desk.set(["P-2"], {"short_name": "LIGHTS2"})
    desk.add("actions", {"title": TITLE, "due": "2026-11-20", "project": "P-1", "owner": "Jan de Vries"})
    desk.add("actions", {"title": "Order paint", "due": "2026-11-19", "project": "P-2", "owner": "Anna Bos"})
    desk.add("actions", {"title": "Order panels", "due": "2026-11-27", "project": "P-1", "owner": "Anna Bos"})


async def narrowed(app: Driver, words: str) -> None:
    await app.press("slash")
    await app.type(words)


async def test_words_narrow_it_while_one_types_and_parts_say_what_is_left(run: Run, desk: Desk) -> None:
    some_work(desk)
    async with run("today") as app:
        assert "Late (2)" in app.text
        await narrowed(app, "PAN")
        assert "Late (1 of 2)" in app.text
        assert "Due this week (1)" in app.text
        assert "Order paint" not in app.text
        assert "Exceptions" not in app.text
        await app.type("els bef")
        assert "Call the mill" in app.text, "what is cut at the right edge counts, too"
        assert "Due this week" not in app.text
        assert "1 late, 0 due" in app.status


@pytest.mark.parametrize("word", ["lights2", "anna", "action", "a-2", "d late"])
async def test_project_person_kind_key_and_day_are_looked_at(run: Run, desk: Desk, word: str) -> None:
    some_work(desk)
    async with run("today") as app:
        await narrowed(app, f"{word} paint")
        assert "Order paint" in app.text
        assert "Order panels" not in app.text


async def test_enter_keeps_the_words_and_they_are_there_when_one_comes_back(run: Run, desk: Desk) -> None:
    some_work(desk)
    async with run("today") as app:
        await narrowed(app, "paint")
        await app.press("enter")
        assert "/ paint" in app.status
        await app.press("2", "1")
        assert "/ paint" in app.status
        assert "Order panels" not in app.text
        other = desk_at(Path(desk.store.location), Path(desk.folders.state), "bert")
        other.add("actions", {"title": "Order paint again", "due": "2026-11-18", "project": "P-1"})
        other.add("actions", {"title": "Order nails", "due": "2026-11-18", "project": "P-1"})
        other.store.close()
        desk.store.refresh()
        app.frame.office.tell_changed()
        await app.settle()
        assert "Order paint again" in app.text
        assert "Order nails" not in app.text
        await app.press("up", "enter")
        assert "Action A-4" in app.lines()[0]


async def test_esc_gives_up_what_is_typed_as_in_a_list(run: Run, desk: Desk) -> None:
    some_work(desk)
    async with run("today") as app:
        await narrowed(app, "paint")
        await app.press("escape")
        assert "Order panels" in app.text
        assert "/ paint" not in app.status
        await narrowed(app, "paint")
        await app.press("enter")
        await narrowed(app, " nothing")
        assert "No line here holds that" in app.text
        await app.press("escape")
        assert "/ paint" in app.status
        assert "Order paint" in app.text


async def test_where_many_lines_are_read_letters_do_not_wait_for_what_they_say(
    run: Run, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    some_work(desk)
    on_keys, prepare = [], Part.prepare

    def noted(part: Part) -> None:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            prepare(part)
        else:
            on_keys.append(part)

    async with run("today") as app:
        monkeypatch.setattr(Desk, "is_small", lambda desk: False)
        monkeypatch.setattr(Part, "prepare", noted)
        await narrowed(app, "paint")
        await app.settle()
        assert "Late (1 of 2)" in app.text
        assert on_keys == []


async def test_exceptions_name_the_project_and_say_by_how_much_within_eighty_columns(run: Run, desk: Desk) -> None:
    some_work(desk)
    desk.set(["P-2"], {"budget": "2125000", "etc": "0"})
    lines = {"lines": [{"quantity": "1", "price": "2420610.45"}]}
    desk.add("orders", {"title": "Lamps", "project": "P-2", "supplier": "Staal BV", "status": "open"}, lines)
    async with run("today", size=(80, 60)) as app:
        found = next(each for each in app.lines() if "over budget (" in each)
        assert found.split()[:3] == ["LIGHTS2", "over", "budget"]
        assert found.endswith("(EUR 2,125,000.00)")


def test_a_line_is_copied_in_full(desk: Desk, home: Path) -> None:
    some_work(desk)
    with terminal(["--store", str(home / "pmo.json")], str(home)) as screen:
        screen.wait_for("Call the mill")
        screen.type("/mill\r")
        screen.wait_for("Late (1 of 2)")
        screen.type("y")
        screen.wait_for("sent to the terminal")
        sent = b64decode(SENT.findall(bytes(screen.raw))[-1]).decode()
        assert sent.split("\t")[1:] == ["action", "HB1", TITLE, "Jan de Vries"]
