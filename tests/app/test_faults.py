"""What the officer sees when the disk fails, is full, or holds another store than it did: nothing typed is lost."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from pmo_tui.desk.desk import Desk
from tests.app.conftest import Run, desk_at
from tests.app.driving import Driver, said
from tests.app.test_conflicts import seen
from tests.store.calls import Call, watched


def failing(name: str, code: int) -> Any:
    """Every call of that name fails so, as far as the store's own files go."""

    def then(call: Call) -> Any:
        if call.name == name:
            raise OSError(code, os.strerror(code))
        return call.do()

    return watched(then)


async def type_a_risk(app: Driver) -> None:
    """A new risk, as far as the key that writes it."""
    await app.press("n")
    await app.type("Crane falls over")


async def test_a_disk_that_does_not_confirm_stops_writing_and_keeps_the_form(run: Run, desk: Desk, home: Path) -> None:
    head = desk.store.head()
    async with run(register="risks") as app:
        await type_a_risk(app)
        with failing("fdatasync", errno.EIO):
            await app.press("f2")
        assert "did not confirm a write" in said(app)
        assert "Crane falls over" in app.text
        assert "NOTHING IS WRITTEN" in app.lines()[0]
        await app.press("f2")
        assert "Crane falls over" in app.text
        assert desk.store.head() == head
        await app.press("escape")
        assert "kept" in app.status
        await app.press("d")
        assert "did not confirm a write" in said(app)
    again = desk_at(home / "pmo.json", home)
    async with run(register="risks", on=again) as app:
        assert "NOTHING IS WRITTEN" not in app.lines()[0]
        await app.press("n")
        assert "Crane falls over" in app.text
        await app.press("f2")
        assert "R-4 written" in app.status
    again.store.close()


async def test_a_full_disk_is_said_and_it_goes_on_when_there_is_room(run: Run, desk: Desk) -> None:
    async with run(register="risks") as app:
        await type_a_risk(app)
        with failing("pwrite", errno.ENOSPC):
            await app.press("f2")
        assert "There is no room to write" in said(app)
        assert "Crane falls over" in app.text
        await app.press("f2")
        assert "R-4 written" in app.status


async def test_a_store_replaced_under_the_app_is_not_written_to(run: Run, desk: Desk, home: Path) -> None:
    backup = home / "backup"
    backup.mkdir()
    desk.store.backup(backup / "pmo.json")
    desk.set(["R-1"], {"title": "Steel is dear"})
    async with run(register="risks") as app:
        await type_a_risk(app)
        for path in home.glob("pmo.json*"):
            if ".session." not in path.name:
                path.unlink()
        for path in backup.iterdir():
            shutil.copy(path, home / path.name)
        await seen(app, "NOTHING IS WRITTEN")
        await app.press("f2")
        assert "The store was replaced or cut off while this program was on" in app.status
        assert "Crane falls over" in app.text
        await app.press("ctrl+q")
    again = desk_at(home / "pmo.json", home)
    async with run(register="risks", on=again) as app:
        assert "Steel comes late" in app.text
        await app.press("n")
        assert "Crane falls over" in app.text
        await app.press("f2")
        assert "R-4 written" in app.status
    again.store.close()


async def test_a_cut_off_end_is_told_when_the_program_starts(run: Run, desk: Desk, home: Path) -> None:
    segment = next(home.glob("pmo.json.*.jsonl"))
    with segment.open("ab") as file:
        file.write(b'{"sum":"')
    again = desk_at(home / "pmo.json", home)
    async with run(on=again) as app:
        assert "A change that was being written when its session died was not kept" in app.status
    again.store.close()


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC])
async def test_a_draft_that_cannot_be_kept_is_no_end(
    run: Run, desk: Desk, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with run(register="risks") as app:
        await type_a_risk(app)

        def full(*arguments: object) -> None:
            raise OSError(code, os.strerror(code))

        monkeypatch.setattr(os, "replace", full)
        await app.press("escape")
        assert app.app.is_running
        assert "could not be kept" in said(app)
        assert "Crane falls over" in app.text
        monkeypatch.undo()
        await app.press("escape")
        assert "kept" in app.status
