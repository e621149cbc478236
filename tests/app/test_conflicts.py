"""Two officers on the same record: what each sees of the other, and that nothing is written over unseen."""

from __future__ import annotations

from textual.events import Paste

from pmo_tui.desk.desk import Desk
from tests.app.conftest import Run
from tests.app.driving import Driver, said


async def seen(app: Driver, text: str) -> None:
    """Wait until a text is on the screen."""
    await app.until(lambda: text in said(app))


async def retitle(app: Driver) -> None:
    """Open the form on the first risk and go on with its title."""
    await app.press("e", "end")
    await app.type(" again")


async def test_a_form_says_at_once_what_a_colleague_changed_and_writes_what_is_chosen(
    run: Run, desk: Desk, jan: Desk
) -> None:
    async with run(register="risks") as app:
        await retitle(app)
        jan.set(["R-1"], {"title": "Steel is dear", "impact": "2"})
        await seen(app, "Jan de Vries changed Title too: f6 takes theirs, f7 keeps yours; came i")
        assert "Steel comes late again" in app.text
        assert "made it: Steel is dear" in app.text
        assert "it was: Steel comes late" in app.text
        assert "it was: 4" in app.text
        head = desk.store.head()
        await app.press("f2")
        assert "f6 takes theirs" in app.status
        assert desk.store.head() == head
        await app.press("f6")
        assert "again" not in app.text
        await app.press("f7")
        assert "Steel comes late again" in app.text
        await app.press("f2")
    assert desk.values("R-1", ["title", "impact"]) == {"title": "Steel comes late again", "impact": 2}
    jan.store.refresh()
    assert [each.author for each in jan.history("R-1")][:2] == ["anna", "jan"]


async def test_all_theirs_and_all_mine_in_one_key(run: Run, desk: Desk, jan: Desk) -> None:
    async with run(register="risks") as app:
        for key, title, impact in (("f4", "Theirs", 1), ("f5", "Mine", 5)):
            await app.press("e", "ctrl+u")
            await app.type("Mine")
            await app.press("tab", "tab", "tab", "ctrl+u")
            await app.type("5")
            jan.set(["R-1"], {"title": "Theirs", "impact": "1"})
            await seen(app, "Jan de Vries changed Title, Impact too")
            await app.press(key)
            assert "all is decided" in app.status
            await app.press("f2")
            assert desk.values("R-1", ["title", "impact"]) == {"title": title, "impact": impact}
            jan.store.refresh()
            jan.set(["R-1"], {"title": "Between", "impact": "3"})
            await seen(app, "Between")


async def test_a_colleagues_other_field_does_not_stand_in_the_way(run: Run, desk: Desk, jan: Desk) -> None:
    async with run(register="risks") as app:
        await retitle(app)
        jan.set(["R-1"], {"impact": "1"})
        await seen(app, "Jan de Vries changed Impact")
        await app.press("f2")
        assert "R-1 written" in app.status
    assert desk.values("R-1", ["title", "impact"]) == {"title": "Steel comes late again", "impact": 1}


async def test_the_same_change_by_both_is_no_question(run: Run, desk: Desk, jan: Desk) -> None:
    async with run(register="risks") as app:
        await app.press("e", "shift+tab")
        await app.type("2 dec 2026")
        jan.set(["R-1"], {"next_review": "2026-12-02"})
        await app.until(lambda: jan.store.head() == desk.store.head())
        await app.press("f2")
        assert app.lines()[0].split()[0] == "Risks"
    assert str(desk.values("R-1")["next_review"]) == "2026-12-02"


async def test_lines_of_an_order_are_chosen_as_a_whole(run: Run, desk: Desk, jan: Desk) -> None:
    async with run(register="orders") as app:
        await app.press("e", "ctrl+f")
        while app.frame.form.current.entry.name != "lines":  # type: ignore[attr-defined]
            await app.press("tab")
        await app.press("ctrl+end")
        await app.type("5 | day | 20")
        jan.set(["PO-1"], {}, {"lines": [{"quantity": "7", "price": "1000"}]})
        await seen(app, "Jan de Vries changed Lines too")
        assert "7" in app.text
        await app.press("f6", "f2")
    assert [str(line.quantity) for line in desk.values("PO-1")["lines"]] == ["7"]


async def test_a_deleted_record_is_brought_back_with_what_was_typed(run: Run, desk: Desk, jan: Desk) -> None:
    async with run(register="risks") as app:
        await retitle(app)
        jan.delete(["R-1"])
        await seen(app, "Jan de Vries deleted R-1: f2 brings it back")
        await app.press("f2")
        assert desk.values("R-1", ["title", "impact"]) == {"title": "Steel comes late again", "impact": 4}
        await app.press("u")
        assert desk.store.get("R-1") is None


async def test_of_a_deleted_record_the_draft_is_kept(run: Run, desk: Desk, jan: Desk) -> None:
    async with run(register="risks") as app:
        await retitle(app)
        jan.delete(["R-1"])
        await seen(app, "Jan de Vries deleted R-1")
        await app.press("escape")
        jan.undo()
        await seen(app, "Steel comes late")
        await app.press("home", "e")
        assert "Steel comes late again" in app.text
        assert "is back" in app.status


async def test_a_draft_does_not_write_over_what_changed_since_it_was_kept(run: Run, desk: Desk, jan: Desk) -> None:
    async with run(register="risks") as app:
        await retitle(app)
        await app.press("escape")
        jan.set(["R-1"], {"title": "Steel is dear"})
        await seen(app, "Steel is dear")
        await app.press("e")
        assert "Jan de Vries changed Title too" in app.status
        assert "Steel comes late again" in app.text
        await app.press("f2", "f2")
        assert desk.values("R-1")["title"] == "Steel is dear"
        await app.press("escape", "e")
        assert "changed Title too" in app.status
        await app.press("f7", "f2")
        assert desk.values("R-1")["title"] == "Steel comes late again"


async def test_who_has_the_record_open_is_said_on_its_page_and_in_its_form(run: Run, desk: Desk, jan: Desk) -> None:
    async with run(register="risks") as app:
        await seen(app, "Jan de Vries here too")
        jan.store.be_at("R-2")
        await seen(app, "·R-2")
        jan.store.be_at("R-1", edits=True)
        await seen(app, "✎R-1")
        assert "·R-2" not in app.text
        await app.press("enter")
        await seen(app, "Jan de Vries edits this since ")
        await app.until(lambda: [(each.key, each.edits) for each in jan.store.others()] == [("R-1", False)])
        await app.press("e")
        assert "Jan de Vries edits this since " in app.text
        await app.until(lambda: [(each.key, each.edits) for each in jan.store.others()] == [("R-1", True)])
        jan.store.be_at("R-1")
        await seen(app, "Jan de Vries has this open since ")
        jan.store.be_at("")
        await app.until(lambda: "this open" not in said(app))
        await app.press("escape", "escape")
        await app.until(lambda: [each.key for each in jan.store.others()] == [""])
        jan.store.close()
        await app.until(lambda: "here too" not in said(app))


async def test_two_programs_side_by_side(run: Run, desk: Desk, jan: Desk) -> None:
    async with run(register="risks") as anna, run(register="risks", on=jan) as other:
        await anna.press("e")
        await other.press("enter")
        await seen(other, "Anna Bos edits this since ")
        await seen(anna, "Jan de Vries has this open since ")
        await other.press("e", "tab", "tab", "ctrl+u")
        await seen(anna, "Jan de Vries edits this since ")
        await other.type("1")
        await anna.press("tab", "tab", "ctrl+u")
        await anna.type("5")
        await other.press("f2")
        await seen(anna, "Jan de Vries changed Probability too")
        await anna.press("f7", "f2")
        await other.until(lambda: jan.values("R-1")["probability"] == 5)
        await seen(other, "changed by anna")


async def test_a_cell_that_a_colleague_changed_meanwhile_is_asked_about_again(run: Run, desk: Desk, jan: Desk) -> None:
    async with run(register="risks") as app:
        await app.press("right", "f2", "end")
        await app.type(" again")
        jan.set(["R-1"], {"title": "Steel is dear", "impact": "1"})
        await app.until(lambda: desk.store.head() == jan.store.head())
        await app.press("enter")
        assert "jan changed title from “Steel comes late” to “Steel is dear”" in said(app)
        assert desk.values("R-1")["title"] == "Steel is dear"
        assert "Steel comes late again" in app.lines()[-3]
        await app.press("enter")
        assert desk.values("R-1", ["title", "impact"]) == {"title": "Steel comes late again", "impact": 1}


async def test_another_field_of_a_colleague_does_not_stop_a_cell(run: Run, desk: Desk, jan: Desk) -> None:
    async with run(register="risks") as app:
        await app.press("right", "f2", "end")
        await app.type(" again")
        jan.set(["R-1"], {"impact": "1"})
        await app.press("enter")
        assert desk.values("R-1", ["title", "impact"]) == {"title": "Steel comes late again", "impact": 1}


async def test_marked_records_conflict_together_and_are_offered_again(run: Run, desk: Desk, jan: Desk) -> None:
    async with run(register="risks") as app:
        await app.press("asterisk", "e")
        await app.press("ctrl+u")
        await app.type("status=closed")
        jan.set(["R-1", "R-3"], {"status": "assessed"})
        head = jan.store.head()
        await app.press("enter")
        assert "so it is with 1 more" in said(app) or "jan changed status" in said(app)
        assert desk.store.head() == head
        await app.press("enter")
        assert {desk.values(key)["status"] for key in ("R-1", "R-2", "R-3")} == {"closed"}


async def test_a_cell_of_a_deleted_record_says_who_deleted_it(run: Run, desk: Desk, jan: Desk) -> None:
    async with run(register="risks") as app:
        await app.press("right", "f2", "end")
        await app.type(" again")
        jan.delete(["R-1"])
        await app.until(lambda: desk.store.head() == jan.store.head())
        await app.press("enter")
        assert "R-1 was deleted by jan" in said(app)
        assert "Steel comes late again" in app.text


async def test_a_pasted_block_shows_what_a_colleague_wrote_before_it_is_written(
    run: Run, desk: Desk, jan: Desk
) -> None:
    async with run(register="risks") as app:
        await app.press("right")
        app.app.post_message(Paste("New title"))
        await seen(app, "Steel comes late → New title")
        jan.set(["R-1"], {"title": "Steel is dear"})
        await seen(app, "Steel is dear → New title")
        await app.press("enter")
        await app.until(lambda: desk.values("R-1")["title"] == "New title")
