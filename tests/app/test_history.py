"""The history of a record says what changed in the words of the lists: labels, names, and of rows those that differ."""

from __future__ import annotations

from pmo_tui.desk.desk import Desk
from pmo_tui.wording import languages
from tests.app.conftest import Run
from tests.app.driving import said


async def test_changes_are_told_by_label_and_as_the_list_shows_them(run: Run, desk: Desk) -> None:
    desk.set(["R-1"], {"owner": "Anna Bos", "status": "closed", "next_review": "2026-12-01"})
    async with run(register="risks") as app:
        await app.press("H")
        assert "Owner: Jan de Vries → Anna Bos" in said(app)
        assert "PER-1 → PER-2" not in said(app)
        assert "owner:" not in app.text


async def test_rows_are_told_without_brackets_and_choices_in_the_language_in_use(run: Run, desk: Desk) -> None:
    languages.use("nl")
    desk.set(["PO-1"], {}, {"lines": [{"quantity": "12", "price": "1000"}]})
    desk.set(["R-1"], {"status": "closed"})
    async with run(register="orders") as app:
        await app.press("H")
        assert "[{" not in app.text
        assert "12 EUR 1.000" in said(app)
    async with run(register="risks") as app:
        await app.press("H")
        assert "Status: onderkend → gesloten" in said(app)


async def test_of_a_record_that_is_gone_the_typed_values_are_told_by_label(run: Run, desk: Desk) -> None:
    desk.set(["R-1"], {"owner": "Anna Bos"})
    desk.delete(["R-1"])
    found = [event for event in desk.history("R-1") if event.what == "changed"]
    assert found

    from pmo_tui.desk.changed_words import event_words

    assert event_words(desk, found[0]) == [("Owner", "PER-1", "PER-2")]
