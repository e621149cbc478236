"""Two programs on one server: who is where, a colleague's change in an open form, a role that only reads, a server that is gone."""

from __future__ import annotations

from pathlib import Path

from tests.app.driving import said
from tests.store.postgres.test_app import desk_at, in_english, running, shown, wire
from tests.store.postgres.test_rights import as_role, give, role
from tests.store.postgres.wire import Wire

__all__ = ["in_english", "role", "wire"]


async def test_two_programs_see_each_other_and_what_each_changes(url: str, tmp_path: Path) -> None:
    mine, theirs = desk_at(url, tmp_path / "a", "anna"), desk_at(url, tmp_path / "b", "bert")
    theirs.add("risks", {"title": "Steel comes late", "impact": "4"})
    async with running(mine) as app:
        await shown(app, "bert here too")
        theirs.store.be_at("R-1", edits=True)
        await app.press("enter")
        await shown(app, "bert edits this since ")
        await app.press("e", "end")
        await app.type(" again")
        theirs.set(["R-1"], {"title": "Steel is dear", "impact": "2"})
        await shown(app, "bert changed Title too")
        assert [(each.author, each.key, each.edits) for each in theirs.store.others()] == [("anna", "R-1", True)]
        await app.press("f7", "f2")
        assert mine.values("R-1", ["title", "impact"]) == {"title": "Steel comes late again", "impact": 2}
        theirs.store.close()
        await app.until(lambda: "here too" not in app.text)
        assert "here too" not in app.text
    mine.store.close()


async def test_the_line_on_top_says_that_the_server_is_gone(url: str, tmp_path: Path, wire: Wire) -> None:
    mine = desk_at(url.replace(str(wire._target), str(wire.folder)), tmp_path, "anna")
    mine.add("risks", {"title": "Steel comes late"})
    async with running(mine) as app:
        assert "reconnecting" not in app.lines()[0]
        wire.refuse = True
        wire.break_all()
        await shown(app, "reconnecting")
        await app.press("e", "end")
        await app.type(" again")
        await app.press("f2")
        await shown(app, "Nothing was written")
        assert "Steel comes late again" in app.text
        wire.refuse = False
        await shown(app, "connected again")
        assert "reconnecting" not in app.lines()[0]
        await app.press("f2")
        assert mine.values("R-1")["title"] == "Steel comes late again"
    mine.store.close()


async def test_who_may_only_read_is_told_so_before_typing(url: str, role: str, tmp_path: Path) -> None:
    owner = desk_at(url, tmp_path / "a", "anna")
    owner.add("risks", {"title": "Steel comes late"})
    give(url, role, "viewer")
    reader = desk_at(as_role(url, role), tmp_path / "b", role)
    async with running(reader) as app:
        for keys in (("n",), ("e",), ("d",), ("enter", "e")):
            await app.press(*keys)
            assert f"{role} may read" in said(app), keys
            assert not app.lines()[0].strip().startswith(("New", "Change")), keys
    reader.store.close()
    owner.store.close()
