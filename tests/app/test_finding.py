"""`:` finds any action, list or record; `g` any record; by key, code, name, misspelt, in either language."""

from __future__ import annotations

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.wording import languages
from tests.app.conftest import Run


@pytest.mark.parametrize("lang", ["en", "nl"])
@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("journal", "Journal"), ("jounral", "Journal"), ("journaal", "Journal"), ("suppliers", "Suppliers"), ("leveranciers", "Suppliers"),
        ("exposure", "Exposure"), ("harbour", "P-1"), ("hb1", "P-1"), ("r-2", "R-2"), ("permti refused", "R-2"), ("jan de vr", "PER-1"),
    ],
)  # fmt: skip
async def test_anything_is_found_by_name(run: Run, desk: Desk, lang: str, typed: str, title: str) -> None:
    languages.use(lang)
    async with run(register="risks") as app:
        await app.press("colon")
        await app.type(typed)
        await app.press("enter")
        assert languages._(title) in app.lines()[0], app.text


@pytest.mark.parametrize(
    ("typed", "key"), [("archvie", "P-2"), ("TA", "P-2"), ("permit", "R-2"), ("I-1", "I-1"), ("staal", "SUP-1")]
)
async def test_a_record_is_gone_to_by_what_is_nearest(run: Run, desk: Desk, typed: str, key: str) -> None:
    desk.set(["P-2"], {"code": "TA"})
    desk.add("issues", {"title": "Crane stands still", "project": "P-1"})
    async with run(register="risks") as app:
        await app.press("g")
        await app.type(typed)
        await app.press("enter")
        assert key in app.lines()[0]
