"""The nine screens as text, at 80×24 and 120×40 in both languages: on an empty store, a small one, and one of 500 projects."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pmo_tui.actions import SCREENS
from pmo_tui.desk.demo.build import build
from pmo_tui.desk.desk import Desk
from pmo_tui.wording import languages
from tests.app.conftest import TODAY, Run, desk_at
from tests.app.driving import Driver
from tests.app.shows import assert_shows

SIZES = ((80, 24), (120, 40))
PICTURED_ELSEWHERE = frozenset({"status", "planning", "risks", "invoices", "resources", "reports"})
"""The small store of these is shown beside the tests of their keys."""
EVERY = pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
LANGUAGES = pytest.mark.parametrize("lang", ["en", "nl"])


@pytest.fixture
def empty(home: Path) -> Iterator[Desk]:
    found = desk_at(home / "town.json", home)
    yield found
    found.store.close()


async def each_screen(app: Driver, size: tuple[int, int], lang: str, what: str, without: frozenset[str]) -> None:
    for name, digit, _title in SCREENS:
        if name not in without:
            await app.press(digit)
            assert_shows(app, f"{what}-{name}-{size[0]}x{size[1]}-{lang}")


@EVERY
@LANGUAGES
async def test_nothing_there_yet(run: Run, empty: Desk, size: tuple[int, int], lang: str) -> None:
    languages.use(lang)
    async with run(size=size, on=empty) as app:
        await each_screen(app, size, lang, "empty", frozenset())


@EVERY
@LANGUAGES
async def test_a_small_store(run: Run, desk: Desk, size: tuple[int, int], lang: str) -> None:
    languages.use(lang)
    async with run(size=size) as app:
        await each_screen(app, size, lang, "small", PICTURED_ELSEWHERE)


@pytest.mark.slow
async def test_five_hundred_projects(run: Run, empty: Desk) -> None:
    build(empty.store, projects=500, seed=1, today=TODAY)
    for size in SIZES:
        for lang in ("en", "nl"):
            languages.use(lang)
            async with run(size=size, on=empty) as app:
                await each_screen(app, size, lang, "large", frozenset())
