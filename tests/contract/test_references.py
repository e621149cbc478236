"""References hold at every commit, inside the lock, whoever commits."""

from __future__ import annotations

from typing import Any

import pytest

from pmo_tui.records.errors import Refused
from pmo_tui.store import Draft, StillReferred, Store
from tests.contract.writes import add, change, delete, state


@pytest.mark.parametrize(
    ("register", "fields", "path"),
    [
        ("risks", {"project": "P-9"}, "project"),
        ("risks", {"project": "R-1"}, "project"),
        ("risks", {"project": "nonsense"}, "project"),
        ("tasks", {"predecessors": [{"task": "T-7"}]}, "predecessors.task"),
        ("orders", {"lines": [{"project": "P-1"}, {"project": "P-9"}]}, "lines.project"),
        ("actions", {"about": "P-1"}, "about"),
    ],
)
def test_a_reference_to_nothing_or_to_the_wrong_register_is_refused(
    store: Store, register: str, fields: dict[str, Any], path: str
) -> None:
    add(store, "projects", name="there")
    with pytest.raises(Refused) as refused:
        add(store, register, **fields)
    assert [problem.field for problem in refused.value.problems] == [path]
    assert store.head() == 1


def test_what_is_added_together_may_refer_to_each_other(store: Store) -> None:
    def work(draft: Draft) -> None:
        first, second = draft.new_key("tasks"), draft.new_key("tasks")
        draft.add("tasks", {"name": "a", "predecessors": [{"task": second}]}, first)
        draft.add("tasks", {"name": "b", "predecessors": [{"task": first}]}, second)

    assert store.transact(work) == 1


@pytest.mark.parametrize(
    ("register", "fields"),
    [("risks", {"project": "P-1"}), ("orders", {"lines": [{"quantity": "1"}, {"project": "P-1"}]})],
)
def test_a_record_that_others_refer_to_is_not_deleted_and_they_are_named(
    store: Store, register: str, fields: dict[str, Any]
) -> None:
    project = add(store, "projects", name="x")
    users = [add(store, register, **fields), add(store, register, **fields)]
    with pytest.raises(StillReferred) as refused:
        delete(store, project)
    assert (refused.value.key, refused.value.referrers) == (project, tuple(users))
    assert store.get(project) is not None
    delete(store, *users)
    delete(store, project)
    assert state(store) == {}


def test_a_record_goes_together_with_those_that_refer_to_it(store: Store) -> None:
    project, risk = add(store, "projects", name="x"), add(store, "risks", title="r", project="P-1")
    delete(store, project, risk)
    assert state(store) == {}


def test_a_record_may_go_when_the_last_reference_moves_away_in_the_same_transaction(store: Store) -> None:
    add(store, "projects", name="x")
    risk = add(store, "risks", title="r", project="P-1")

    def work(draft: Draft) -> None:
        draft.delete("P-1")
        draft.change(risk, {"project": None})

    store.transact(work)
    assert store.get("P-1") is None


def test_a_reference_to_what_a_colleague_deleted_meanwhile_is_refused(store: Store, other: Store) -> None:
    add(store, "projects", name="x")
    other.refresh()
    delete(store, "P-1")
    assert other.get("P-1") is not None
    with pytest.raises(Refused):
        add(other, "risks", title="r", project="P-1")


def test_what_a_colleague_refers_to_since_is_not_deleted(store: Store, other: Store) -> None:
    add(store, "projects", name="x")
    add(other, "risks", title="r", project="P-1")
    with pytest.raises(StillReferred) as refused:
        delete(store, "P-1")
    assert refused.value.referrers == ("R-1",)


def test_a_refused_delete_can_be_tried_again_after_the_reference_is_gone(store: Store) -> None:
    add(store, "projects", name="x")
    risk = add(store, "risks", title="r", project="P-1")
    with pytest.raises(StillReferred):
        delete(store, "P-1")
    change(store, risk, project=None)
    delete(store, "P-1")
    assert list(state(store)) == [risk]
