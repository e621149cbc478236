"""Lists as one looks at them: views kept by oneself and for everybody, columns, groups, frequency, and how a list was left."""

from __future__ import annotations

import json

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.views.list_names import LISTS
from pmo_tui.records.registers import REGISTERS
from pmo_tui.store import open_store
from tests.app.conftest import Run, desk_at
from tests.app.driving import Driver, said


def heads(app: Driver) -> str:
    """The labels over the columns of a register."""
    return app.lines()[1]


def titles(app: Driver) -> list[str]:
    """The keys of the rows of a register, from the top."""
    return [line.split()[0] for line in app.lines()[2:] if line.split() and "-" in line.split()[0]]


async def to_column(app: Driver, name: str) -> None:
    """Put the cursor into a column."""
    await app.press("home")
    for _ in range(40):
        if app.frame.table.current_column.name == name:  # type: ignore[attr-defined]
            return
        await app.press("right")
    raise AssertionError(name)


async def narrow(app: Driver, text: str) -> None:
    """Filter a list."""
    await app.press("slash")
    app.frame.prompt.query_one("PromptInput").value = ""  # type: ignore[attr-defined]
    await app.type(text)
    await app.press("enter")


# ---- views -----------------------------------------------------------------------------------------------------------------


async def test_views_are_kept_recalled_renamed_and_forgotten(run: Run, desk: Desk) -> None:
    async with run(register="risks") as app:
        await narrow(app, "score>9")
        await app.press("v")
        assert "No view is kept yet" in app.text
        await app.press("n")
        await app.type("High ones")
        await app.press("enter")
        assert "kept as High ones" in app.status
        assert "✓ High ones" in app.text
        await app.press("escape", "0")
        assert app.status.endswith("1 / 3")
        await app.press("v", "down", "enter")
        assert app.status == "/ score>9 1 / 2 of 3"
        await app.press("v", "down", "e")
        await app.press(*["backspace"] * 4)
        await app.type("risks")
        await app.press("enter")
        assert list(desk.views.names("risks")) == ["High risks"]
        await app.press("d")
        assert "forgotten" in app.status
    assert desk.views.names("risks") == {}


async def test_a_view_for_everybody_is_a_record_that_a_colleague_uses(run: Run, desk: Desk) -> None:
    async with run(register="risks") as app:
        await narrow(app, "score>9")
        await to_column(app, "owner")
        await app.press("s", "v", "N")
        await app.type("Steering")
        await app.press("enter")
        assert "for everybody" in app.status
        assert desk.values("VW-1")["filter"] == "score>9"
    bert = desk_at(desk.folders.data.parents[2] / "pmo.json", desk.folders.data.parents[2], "bert")
    async with run(on=bert, register="risks") as app:
        assert app.status == "1 / 3"
        await app.press("v")
        assert "everybody" in app.text
        await app.press("down", "enter")
        assert app.status == "/ score>9 1 / 2 of 3"
        await app.press("v", "S")
        assert bert.views.names("risks")["Steering"].sort == "owner"
        assert bert.store.get("VW-1") is None
        await app.press("escape", "u")
        assert bert.store.get("VW-1") is not None
    bert.store.close()


async def test_who_may_only_read_uses_views_and_keeps_his_own(run: Run, desk: Desk) -> None:
    desk.add("views", {"of": "risks", "name": "High", "filter": "score>9"})
    reader = Desk(
        open_store(desk.folders.data.parents[2] / "pmo.json", author="eve", login="eve", read_only=True),
        desk.folders,
        None,
        desk.today,
    )
    async with run(on=reader, register="risks") as app:
        await app.press("v", "down", "enter")
        assert app.status == "/ score>9 1 / 2 of 3"
        await app.press("v", "n")
        await app.type("Mine")
        await app.press("enter")
        assert reader.views.names("risks")["Mine"].filter == "score>9"
        await app.press("N")
        await app.type("Ours")
        await app.press("enter")
        assert "read" in app.status
        assert app.prompting is False
    reader.store.close()


async def test_a_view_whose_field_is_gone_says_so_and_shows_the_rest(run: Run, desk: Desk) -> None:
    desk.add("fields", {"register": "risks", "name": "cost_owner", "kind": "text"})
    desk.add("views", {"of": "risks", "name": "Ours", "filter": "score>9 cost_owner:jan", "sort": "-score"})
    desk.delete(["FLD-1"])
    async with run(register="risks") as app:
        await app.press("v", "down", "enter")
        assert "Ours" in app.status
        assert "cost_owner:jan" in app.status
        assert titles(app) == ["R-1", "R-2"]


async def test_views_are_found_by_name_among_the_actions(run: Run, desk: Desk) -> None:
    desk.add("views", {"of": "risks", "name": "Steering group", "filter": "score>9"})
    async with run(register="risks") as app:
        await app.press("colon")
        await app.type("steering gr")
        await app.press("enter")
        assert app.status == "/ score>9 1 / 2 of 3"


# ---- as it was left -----------------------------------------------------------------------------------------------------------


async def test_a_list_comes_back_as_it_was_left_and_by_itself_with_one_key(run: Run, desk: Desk) -> None:
    async with run(register="risks") as app:
        await narrow(app, "score>9")
        await to_column(app, "title")
        await app.press("s", "down", "escape")
        app.frame.open_register("risks")  # type: ignore[attr-defined]
        await app.settle()
        assert app.status == "/ score>9 2 / 2 of 3"
    home = desk.folders.data.parents[2]
    again = desk_at(home / "pmo.json", home)
    async with run(on=again, register="risks") as app:
        assert app.status == "/ score>9 1 / 2 of 3"
        assert titles(app) == ["R-2", "R-1"]
        await app.press("0")
        assert titles(app) == ["R-1", "R-2", "R-3"]
    again.store.close()
    again = desk_at(home / "pmo.json", home)
    async with run(on=again, register="risks") as app:
        assert app.status == "1 / 3"
    again.store.close()


async def test_each_register_of_a_screen_comes_back_as_it_was_left(run: Run, desk: Desk) -> None:
    desk.add("issues", {"title": "Crane stands still", "project": "P-1"})
    async with run("risks") as app:
        await app.press("tab")
        await narrow(app, "crane")
        assert desk.last_looks.get("risks.issues") is not None
    async with run("risks") as app:
        assert "/" not in app.status.split("1 /")[0]
        await app.press("tab")
        assert app.status.startswith("/ crane")


async def test_nonsense_where_it_was_kept_does_not_keep_the_list_away(run: Run, desk: Desk) -> None:
    desk.folders.state.mkdir(parents=True, exist_ok=True)
    path = desk.folders.state / "looks.json"
    looks = {"register.risks": {"filter": "gone:1 score>9", "sort": "zzz", "columns": ["q:x"]}}
    path.write_text(json.dumps({desk.last_looks.name: looks}))
    async with run(register="risks") as app:
        assert titles(app) == ["R-1", "R-2"]
        assert "gone:1" in app.status


# ---- columns --------------------------------------------------------------------------------------------------------------------


async def test_columns_are_chosen_moved_and_set_wide(run: Run, desk: Desk) -> None:
    async with run(register="risks", size=(120, 24)) as app:
        await app.press("vertical_line")
        assert app.frame.page.target == "key"  # type: ignore[attr-defined]
        await app.press("space")
        assert "always stays" in app.status
        page = app.frame.page  # type: ignore[attr-defined]
        for name in ("project", "impact"):
            page.move_to(page.place_of(name))
            await app.press("space")
        page.move_to(page.place_of("notes"))
        await app.press("space")
        page.move_to(page.place_of("notes"))
        await app.press("K", "e")
        await app.type("9")
        await app.press("enter")
        page.move_to(page.place_of("title"))
        await app.press("equals_sign", "enter")
        labels = heads(app).split()
        assert "Project" not in labels
        assert "Impact" not in labels
        assert "Notes" in labels
        assert desk.last_looks.get("register.risks").columns[1] == "title:*"  # type: ignore[union-attr]
        assert app.frame.table.columns[1].width == len("Permit is refused")  # type: ignore[attr-defined]
        notes = next(column for column in app.frame.table.columns if column.name == "notes")  # type: ignore[attr-defined]
        assert notes.width == 9
    async with run(register="risks") as app:
        assert "Notes" in heads(app) or "notes" in [column.name for column in app.frame.table.columns]  # type: ignore[attr-defined]
        await app.press("vertical_line", "0", "enter")
        assert "Project" in heads(app)
        assert desk.last_looks.get("register.risks") is None


async def test_own_fields_are_offered_as_columns_and_a_view_holds_them(run: Run, desk: Desk) -> None:
    desk.add(
        "fields", {"register": "risks", "name": "cost_owner", "label": "Cost owner", "kind": "text", "shown": "no"}
    )
    async with run(register="risks", size=(160, 24)) as app:
        await app.press("vertical_line")
        page = app.frame.page  # type: ignore[attr-defined]
        page.move_to(page.place_of("cost_owner"))
        await app.press("space", "enter")
        assert "Cost owner" in heads(app)
        await app.press("v", "n")
        await app.type("With owner")
        await app.press("enter", "escape", "0")
        assert "Cost owner" not in heads(app)
        await app.press("v", "down", "enter")
        assert "Cost owner" in heads(app)


@pytest.mark.parametrize("name", [*(each.name for each in REGISTERS), *LISTS])
async def test_every_list_takes_columns_groups_and_counts(run: Run, desk: Desk, name: str) -> None:
    async with run(register=name) as app:
        await app.press("vertical_line", "down", "space", "enter", "F", "escape", "0")
        label = app.lines()[0]
        if app.frame.table.key is not None:  # type: ignore[attr-defined]
            await app.press("right", "G", "enter")
            assert app.frame.table.groups is not None, label  # type: ignore[attr-defined]
        await app.press("0", "v", "escape")


# ---- groups -----------------------------------------------------------------------------------------------------------------------


async def test_of_a_long_title_over_a_group_the_count_is_not_cut(run: Run, money: Desk) -> None:
    supplier = money.values("INV-1")["supplier"]
    money.set(
        [supplier], {"name": "The United Steel and Timber Merchants of the Lower Rhine and its Harbours, Limited"}
    )
    async with run(register="invoices", on=money, size=(80, 24)) as app:
        await app.press("G")
        await app.type("supplier")
        await app.press("enter")
        assert "… (1)" in app.lines()[2]


async def test_rows_are_grouped_with_what_they_add_up_to(run: Run, desk: Desk) -> None:
    desk.set(["P-1"], {"department": "Ports"})
    desk.set(["P-2"], {"department": "Culture"})
    desk.add("projects", {"name": "Quay", "department": "Ports", "budget": "50000"})
    async with run(register="projects", size=(160, 24)) as app:
        await app.press("G")
        await app.type("depart")
        await app.press("down", "enter")
        lines = [line for line in app.lines()[2:] if line.strip()]
        assert lines[0].startswith(" Department: Culture (1)")
        assert lines[2].startswith(" Department: Ports (2)")
        assert "150,000" in lines[2]
        assert lines[5].startswith(" Total (3)")
        assert "400,000" in lines[5]
        assert app.status.endswith("2 / 3"), "the cursor stays on its record"
        await app.press("home")
        assert app.status.endswith("1 / 3")
        await app.press("down", "down", "down")
        assert app.status.endswith("3 / 3")
        assert app.frame.table.key == "P-3"  # type: ignore[attr-defined]
        await app.press("home", "asterisk")
        assert "3 marked" in app.status
        await app.press("asterisk", "space", "down", "V")
        assert sorted(app.frame.table.marked) == ["P-1", "P-2", "P-3"]  # type: ignore[attr-defined]
        await app.press("G", "minus", "enter")
        assert "Department:" not in app.text


async def test_amounts_of_several_currencies_are_not_added_up(run: Run, desk: Desk) -> None:
    desk.set(["P-2"], {"currency": "USD"})
    async with run(register="projects", size=(160, 24)) as app:
        await to_column(app, "budget")
        await app.press("asterisk")
        assert "several currencies, count 2" in app.status
        await app.press("G")
        await app.type("status")
        await app.press("enter")
        assert "several" in next(line for line in app.lines() if "Status:" in line)


# ---- frequency ----------------------------------------------------------------------------------------------------------------------


async def test_values_are_counted_with_their_share_and_enter_narrows(run: Run) -> None:
    async with run(register="risks") as app:
        await to_column(app, "project")
        await app.press("F")
        lines = app.lines()
        assert lines[2].split()[:3] == ["HB1", "2", "66.7%"]
        assert lines[3].split()[:3] == ["P-2", "1", "33.3%"]
        assert lines[4].split()[:3] == ["Total", "3", "100.0%"]
        await app.press("enter")
        assert app.status == '/ project="P-1" 1 / 2 of 3'
        await app.press("0")
        assert app.status.endswith("1 / 3")


async def test_several_words_in_a_field_are_each_counted(run: Run, desk: Desk) -> None:
    desk.set(["R-1"], {"tags": "legal, port"})
    desk.set(["R-2"], {"tags": "legal"})
    async with run(register="risks") as app:
        await to_column(app, "tags")
        await app.press("F")
        text = said(app)
        assert "legal 2 66.7%" in text
        assert "port 1 33.3%" in text
        assert "– 1 33.3%" in text
        await app.press("enter")
        assert titles(app) == ["R-1", "R-2"]


async def test_the_last_row_has_the_sums_of_all_in_sight(run: Run, desk: Desk) -> None:
    for number in range(40):
        desk.add("risks", {"title": f"Part {number}", "project": "P-1", "probability": "1", "impact": "1"})
    async with run(register="risks") as app:
        await app.press("G")
        await app.type("status")
        await app.press("enter", "end")
        assert "Total (43)" in app.text
        await app.press("home")
        assert "Total (43)" not in app.text
        for _each in range(42):
            await app.press("down")
        assert "Total (43)" in app.text
