"""Pictures of the screen as files: SVG that anything reads, that says what the screen said, and that loads nothing from anywhere."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from pmo_tui.desk.desk import Desk
from tests.app.conftest import Run
from tests.app.driving import Driver
from tests.app.hostile import SAMPLES

NAMESPACE = "http://www.w3.org/2000/svg"


def words_of(path: Path) -> str:
    """The words in a picture, after it was read as XML; blanks of every kind as one."""
    text = path.read_text(encoding="utf-8")
    assert "http" not in text.replace(NAMESPACE, "")
    assert text.count("url(") == text.count("url(#")
    return " ".join("".join(ElementTree.fromstring(text).itertext()).split())


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


async def save(app: Driver, key: str, name: str) -> Path:
    await app.press(key, "ctrl+u")
    await app.type(name)
    await app.press("enter")
    return Path(name)


async def test_every_screen_is_saved_as_it_is(run: Run, desk: Desk) -> None:
    async with run() as app:
        for digit in "123456789":
            await app.press(digit)
            words = [word for line in app.lines()[:6] for word in line.split() if word.isalnum()]
            path = await save(app, "ctrl+p", f"{digit}.svg")
            assert "the picture is in" in app.status
            found = words_of(path)
            assert words
            assert all(word in found for word in words), digit


async def test_a_form_is_saved_half_filled(run: Run, desk: Desk) -> None:
    async with run(register="risks") as app:
        await app.press("n")
        await app.type("Flood")
        await save(app, "ctrl+p", "a")
        assert "Flood" in words_of(Path("a.svg"))


async def test_its_name_is_offered_and_nothing_is_written_over_without_asking(run: Run, desk: Desk) -> None:
    async with run("risks") as app:
        await app.press("ctrl+p")
        await app.press("enter")
        first = Path("risks-2026-11-25.svg")
        assert first.exists()
        await app.press("ctrl+p", "enter")
        assert Path("risks-2026-11-25-2.svg").exists()
        first.write_text("mine", encoding="utf-8")
        await save(app, "ctrl+p", first.name)
        assert "write over it?" in app.text
        await app.press("escape")
        assert first.read_text(encoding="utf-8") == "mine"
        await save(app, "ctrl+p", first.name)
        await app.press("enter")
        assert "<svg" in first.read_text(encoding="utf-8")
        await save(app, "ctrl+p", "no/a")
        assert "cannot be written" in app.status


async def test_the_drawing_alone(run: Run, desk: Desk) -> None:
    async with run("risks", (120, 40)) as app:
        found = words_of(await save(app, "f9", "a.svg"))
        assert "pmo.json" not in found
        await app.press("7", "f9")
        assert "There is no drawing on this screen" in app.status


@pytest.mark.parametrize("name", [*SAMPLES[:5:2], "<script>alert(1)</script> & ]]>", "\x00\x08\ufffe"])
async def test_hostile_names_stay_text(run: Run, desk: Desk, name: str) -> None:
    desk.store.transact(lambda draft: draft.change("P-1", {"name": name}))
    async with run("portfolio") as app:
        path = await save(app, "ctrl+p", "a.svg")
        words_of(path)
        assert "<script" not in path.read_text(encoding="utf-8")
        await app.press("enter")
        words_of(await save(app, "ctrl+p", "b.svg"))
