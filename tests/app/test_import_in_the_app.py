"""Taking a file in from the app: what the file does not say by itself is said there and then."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.screens.importing import ImportScreen
from tests.app.conftest import Run

MAP = """\
register = "suppliers"
key = "No"
source = "ledger"

[columns]
Party = "name"
"""


async def test_a_list_with_somebody_elses_columns_is_taken_in_with_a_map(
    run: Run, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ledger.csv").write_text("No,Party\n7,Beton Oost\n")
    (tmp_path / "ledger.toml").write_text(MAP)
    async with run("registers") as app:
        await app.press("I")
        await app.type("ledger.csv")
        await app.press("enter")
        assert "Which register does ledger.csv belong to?" in app.text
        await app.press("m")
        await app.type("ledger.toml")
        await app.press("enter")
        assert "1 new, 0 changed" in app.status
        await app.press("enter")
        assert not isinstance(app.frame, ImportScreen)
    assert desk.find("Beton Oost", ("suppliers",))


async def test_the_register_is_said_where_the_name_of_the_file_does_not(
    run: Run, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.csv").write_text("name\nBeton Oost\n")
    async with run("registers") as app:
        await app.press("I")
        await app.type("list.csv")
        await app.press("enter", "r")
        await app.type("suppl")
        await app.press("enter")
        assert "1 new, 0 changed" in app.status
        await app.press("r", "ctrl+u")
        await app.type("nothing")
        await app.press("enter", "enter")
        assert isinstance(app.frame, ImportScreen)
    assert not desk.called("Beton Oost", ("suppliers",))
