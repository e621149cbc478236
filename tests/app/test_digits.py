"""A digit means its screen, whatever was opened upon it; what was there can be gone back to."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_tui.screens.registers import RegistersScreen
from tests.app.conftest import Run


async def test_eight_and_two_letters_are_always_a_register(run: Run) -> None:
    async with run("today") as app:
        await app.press("8", "s", "u", "1")
        await app.press("8")
        assert isinstance(app.app.screen, RegistersScreen)
        await app.press("r", "i")
        assert app.frame.heading() == "Risks"
        await app.press("8", "s", "u")
        assert app.frame.heading() == "Suppliers"


async def test_a_record_opened_on_a_screen_is_left_and_can_be_gone_back_to(run: Run) -> None:
    async with run("risks") as app:
        await app.press("enter")
        record = app.frame.heading()
        await app.press("7", "4")
        assert app.frame.heading() == "Risks"
        assert len(app.app.screen_stack) == 1
        await app.press("left_parenthesis", "left_parenthesis")
        assert app.frame.heading() == record
        await app.press("right_parenthesis", "right_parenthesis")
        assert app.frame.heading() == "Risks"


async def test_a_form_that_is_left_by_a_digit_is_kept(run: Run) -> None:
    async with run("risks") as app:
        await app.press("n")
        await app.type("Heard on the phone")
        await app.app.places.show("today")
        await app.settle()
        await app.press("4")
        assert app.frame.heading() == "Risks"
        await app.press("n")
        await app.until(lambda: "Heard on the phone" in app.text)


@pytest.mark.parametrize("screen", ["risks", "reports"])
async def test_a_file_that_cannot_be_written_is_said(run: Run, screen: str, tmp_path: Path) -> None:
    async with run(screen) as app:
        await app.press("x", "ctrl+u")
        await app.type(str(tmp_path / "nowhere" / "file.csv"))
        await app.press("enter")
        await app.until(lambda: "No such file" in app.text)
        words = " ".join(app.text.split())
        assert "Name another file" in words
        assert "/.file.csv" not in words


async def test_an_answer_that_is_refused_stays_to_be_put_right(run: Run) -> None:
    """The keys behind it are not taken for keys of the list."""
    async with run("risks") as app:
        await app.press("at")
        await app.type("nosuch")
        await app.press("enter")
        await app.until(lambda: app.frame.status.warns)
        assert app.prompting
        await app.press("c", "ctrl+u")
        await app.type("P-1")
        await app.press("enter")
        await app.until(lambda: not app.prompting)
        assert app.app.scope == "@P-1"
        assert app.app.desk.record("R-1").status != "closed"  # type: ignore[union-attr]


async def test_a_file_that_is_there_is_written_over_only_after_asking(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    theirs = tmp_path / "risks.csv"
    theirs.write_text("theirs", encoding="utf-8")
    async with run("risks") as app:
        await app.press("x", "enter")
        assert "write over it?" in app.text
        await app.press("escape")
        assert theirs.read_text(encoding="utf-8") == "theirs"
        await app.press("x", "enter", "enter")
        await app.until(lambda: "3 records in risks.csv" in app.status)
        await app.press("x", "enter")
        await app.until(lambda: "3 records in risks.csv" in app.status)
        assert not app.prompting
