"""What belongs to me, to my projects, or to a node of the tree."""

from __future__ import annotations

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.records.errors import WrongUse


@pytest.fixture
def tree(desk: Desk) -> Desk:
    """Two programmes with a project each and a subproject, work on both, and me as an officer of the first."""
    desk.add("people", {"name": "Anna Bos", "login": desk.author})
    desk.add("people", {"name": "Jan de Vries"})
    desk.add("programmes", {"name": "Waterfront"})
    desk.add("programmes", {"name": "Schools"})
    desk.add("projects", {"name": "Bridge", "parent": "PG-1", "officer": "PER-1"})
    desk.add("projects", {"name": "Roof", "parent": "PG-2", "officer": "PER-2"})
    desk.add("projects", {"name": "Bridge lights", "parent": "P-1"})
    for project, owner in (("P-1", "PER-2"), ("P-2", "PER-1"), ("P-3", "PER-2")):
        desk.add("risks", {"title": f"Risk of {project}", "project": project, "owner": owner})
    desk.add("suppliers", {"name": "Staal"})
    desk.add(
        "orders",
        {"title": "Beams", "supplier": "SUP-1"},
        {"lines": [{"quantity": "1", "price": "5", "project": "P-3"}]},
    )
    desk.add("receipts", {"order": "PO-1", "received_on": "2026-11-02"})
    return desk


def keys(desk: Desk, register: str, words: str) -> list[str]:
    return desk.view(register, words).keys


def test_me_is_whatever_names_me(tree: Desk) -> None:
    assert keys(tree, "risks", "@me") == ["R-2"]
    assert keys(tree, "projects", "@me") == ["P-1"]


def test_mine_are_the_projects_i_support_and_what_belongs_to_them(tree: Desk) -> None:
    assert keys(tree, "projects", "@mine") == ["P-1", "P-3"]
    assert keys(tree, "risks", "@mine") == ["R-1", "R-3"]
    assert keys(tree, "orders", "@mine") == ["PO-1"]
    assert keys(tree, "receipts", "@mine") == ["REC-1"]


@pytest.mark.parametrize("word", ["@PG-1", "@waterfront", '@"Waterfront"'])
def test_a_node_is_everything_under_it(tree: Desk, word: str) -> None:
    assert keys(tree, "risks", word) == ["R-1", "R-3"]
    assert keys(tree, "risks", f"-{word}") == ["R-2"]
    assert keys(tree, "programmes", word) == ["PG-1"]
    assert keys(tree, "suppliers", word) == ["SUP-1"]


def test_a_node_that_is_none_is_named(tree: Desk) -> None:
    with pytest.raises(WrongUse, match="Harbour"):
        tree.view("risks", "@Harbour")


def test_it_follows_a_project_that_moves(tree: Desk) -> None:
    tree.set(["P-3"], {"parent": "PG-2"})
    assert keys(tree, "risks", "@PG-1") == ["R-1"]
    assert keys(tree, "risks", "@PG-2") == ["R-2", "R-3"]
