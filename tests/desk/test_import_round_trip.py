"""What the desk exports and takes in again changes nothing; what was edited in between, and only that, is changed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from pmo_tui.desk import rules
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.files.exporting import table_bytes, table_of
from pmo_tui.desk.files.formats import Choices, prepare
from pmo_tui.desk.files.importing import ImportPlan, carry_out
from pmo_tui.desk.home.folders import folders
from pmo_tui.records.errors import Refused
from pmo_tui.store import open_store

TODAY = date(2026, 11, 25)
LETTERS = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")
RISKY = st.sampled_from(
    [
        "=1+1",
        "+31 6",
        "-5",
        "@x",
        "'",
        "''=",
        "007",
        "1.10",
        "1e5",
        "2026-05",
        "TRUE",
        "1/2",
        "10:30",
        "#N/A",
        "a;b",
        "[x]",
        "€ 5",
        "12%",
    ]
)
TEXT = st.one_of(RISKY, st.text(LETTERS, min_size=1, max_size=12)).filter(str.strip)
LONG = st.one_of(TEXT, st.lists(TEXT, min_size=2, max_size=3).map("\n".join))
MONEY = st.decimals(Decimal("-99999999"), Decimal("99999999"), allow_nan=False, places=4).map(
    lambda value: value.normalize() + 0
)
DAYS = st.dates(date(1901, 1, 1), date(2150, 12, 31))
RISKS = st.fixed_dictionaries(
    {"title": TEXT},
    optional={
        "cause": LONG, "notes": LONG, "category": TEXT, "probability": st.integers(1, 5), "cost_impact": MONEY, "next_review": DAYS,
        "tags": st.lists(TEXT, max_size=3), "status": st.sampled_from(["assessed", "closed"]), "ward": TEXT, "share": MONEY, "code": TEXT,
    },
)  # fmt: skip


@contextmanager
def an_office() -> Iterator[Desk]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        with open_store(path / "pmo.json", author="Anna", login="anna", check=rules.check) as store:
            desk = Desk(store, folders({"HOME": folder}), today=lambda: TODAY)
            desk.add("fields", {"register": "risks", "name": "ward", "label": "Ward", "kind": "text"})
            desk.add("fields", {"register": "risks", "name": "share", "label": "Share", "kind": "number"})
            yield desk


def taken_in(desk: Desk, data: bytes, name: str) -> ImportPlan:
    path = desk.folders.data.parent / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return prepare(desk, [str(path)], Choices()).plan


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(RISKS, min_size=1, max_size=4, unique_by=lambda risk: risk.get("code", id(risk))),
    st.sampled_from(["csv", "xlsx"]),
)
@example([{"title": "x", "cost_impact": Decimal("1.234"), "tags": ["a;b", "c"], "notes": " two  blanks "}], "csv")
@example([{"title": "x", "share": Decimal("0.1"), "cause": "one\n\ntwo"}], "xlsx")
def test_nothing_changes_when_nothing_was_edited(risks: list[dict[str, Any]], format_: str) -> None:
    with an_office() as desk:
        for risk in risks:
            try:
                desk.add("risks", {}, risk)
            except Refused:
                assume(False)
        plan = taken_in(desk, table_bytes(table_of(desk, desk.view("risks")), format_), f"risks.{format_}")
        assert not plan.problems
        assert [(item.key, item.fields) for item in plan.changes()] == []


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(
    RISKS,
    st.sampled_from(["title", "cause", "cost_impact", "next_review", "ward", "probability"]),
    RISKS,
    st.sampled_from(["csv", "xlsx"]),
)
def test_exactly_the_edited_cell_changes(risk: dict[str, Any], name: str, other: dict[str, Any], format_: str) -> None:
    with an_office() as desk:
        desk.add("risks", {}, risk)
        desk.add("risks", {"title": "Left alone"})
        before = desk.values("R-1", [name])[name]
        table = table_of(desk, desk.view("risks", "", "key"))
        cell = other.get(name)
        assume(cell is not None and cell != before)
        table.rows[0][table.header.index(name)] = Decimal(cell) if isinstance(cell, int) else cell
        plan = taken_in(desk, table_bytes(table, format_), f"risks.{format_}")
        assert not plan.problems
        assert [(item.key, [field for field, _, _ in item.told()]) for item in plan.changes()] == [("R-1", [name])]
        carry_out(desk, plan)
        assert desk.values("R-1", [name])[name] == cell
        assert desk.values("R-2", ["title", "revision"]) == {"title": "Left alone", "revision": 4}


def test_rows_that_refer_to_each_other_and_to_what_is_there() -> None:
    with an_office() as desk:
        desk.add("projects", {"name": "Dike", "code": "DIKE"})
        desk.add("people", {"name": "Jan"})
        desk.add("people", {"name": "Jan"})
        data = b"project,name,owner,predecessors\nDIKE,Dig,,\nDIKE,Pour,Jan,1\nDIKE,Plant,,2FS+2d\nNOPE,Far,,\n"
        plan = taken_in(desk, data, "tasks.csv")
        said = [str(problem) for problem in plan.problems]
        assert any("row 3: owner: “Jan” names several records: PER-1, PER-2" in each for each in said)
        assert any("row 5: project: There is no record “NOPE”" in each for each in said)
        with pytest.raises(Refused):
            carry_out(desk, plan)
        path = desk.folders.data.parent / "tasks.csv"
        prepared = prepare(desk, [str(path)], Choices(keep_rejects=True))
        assert [item.fields["name"] for item in prepared.plan.changes()] == ["Dig"]
        (table,) = prepared.rejects
        reasons = {row[1]: str(row[-1]) for row in table.rows}
        assert set(reasons) == {"Pour", "Plant", "Far"}
        assert "row 3, which is rejected" in reasons["Plant"]
        assert prepared.registers == ["tasks"]


def test_a_long_chain_behind_a_wrong_row_falls_at_once() -> None:
    with an_office() as desk:
        desk.add("projects", {"name": "Dike", "code": "DIKE"})
        rows = [f"DIKE,Task {number},{'Nobody' if number == 1 else ''},{number - 1 or ''}" for number in range(1, 1501)]
        path = desk.folders.data.parent / "tasks.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("project,name,owner,predecessors\n" + "\n".join(rows) + "\n", encoding="utf-8")
        prepared = prepare(desk, [str(path)], Choices(keep_rejects=True))
        assert len(prepared.rejects[0].rows) == 1500
        assert prepared.plan.changes() == []


def test_what_a_rejected_row_merely_names_stays_for_the_others() -> None:
    with an_office() as desk:
        folder = desk.folders.data.parent
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "map.toml").write_text(
            'register = "projects"\nkey = "ID"\n[columns]\nID = "code"\nName = "name"\nProgramme = "parent:programmes"\nOwner = "manager"\n'
        )
        (folder / "list.csv").write_text("ID,Name,Programme,Owner\nA,One,Roads,Nobody\nB,Two,Roads,\n")
        prepared = prepare(
            desk, [str(folder / "list.csv")], Choices(map_file=str(folder / "map.toml"), keep_rejects=True)
        )
        carry_out(desk, prepared.plan)
        (project,) = desk.view("projects").keys
        assert desk.values(project, ["name", "parent"]) == {"name": "Two", "parent": "PG-1"}
        assert desk.title("PG-1") == "Roads"
        assert [row[0] for row in prepared.rejects[0].rows] == ["A"]
