"""A key that starts nothing where one is says so, and where it does something."""

from __future__ import annotations

from tests.app.conftest import Run


async def test_a_key_of_another_screen_says_where_it_works(run: Run) -> None:
    async with run("today") as app:
        await app.press("m")
        assert app.status.startswith("m starts nothing here · ")
        assert "Risks: Map" in app.text
        await app.press("down")
        assert "starts nothing" not in app.text


async def test_a_key_that_nothing_knows_is_answered_on_every_kind_of_screen(run: Run) -> None:
    async with run("risks") as app:
        for keys in ((), ("enter",), ("escape", "question_mark"), ("escape", "h")):
            await app.press(*keys, "ctrl+underscore")
            assert "starts nothing here" in app.text, keys


async def test_what_is_typed_and_what_leaves_is_not_answered(run: Run) -> None:
    async with run("risks") as app:
        await app.press("escape")
        assert "starts nothing" not in app.text
        await app.press("slash", "ctrl+underscore", "z")
        assert "starts nothing" not in app.text
        await app.press("escape", "n")
        await app.type("Zq")
        assert "starts nothing" not in app.text


async def test_a_modifier_by_itself_says_nothing_and_leaves_what_was_said(run: Run) -> None:
    async with run(register="risks") as app:
        await app.press("u")
        said = app.status
        assert said
        await app.press("left_shift", "caps_lock", "right_control")
        assert app.status == said
