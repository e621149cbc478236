"""Two sessions on one store do what a plain dictionary does, whatever the order of their steps."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from pmo_tui.records.errors import PmoError
from pmo_tui.store import Draft, Store
from tests.contract.model import REFERENCES, Changes, Document, Model, No
from tests.contract.places import Place
from tests.contract.writes import state

SESSIONS = st.sampled_from(["ann", "bob"])
REGISTERS = {"P": "projects", "R": "risks"}
PHASES = [phase for phase in Phase if phase is not Phase.explain]
NUMBERS = st.integers(0, 30)
WORDS = st.sampled_from(["", "a", "b", "é\n"])


class TwoSessions(RuleBasedStateMachine):
    """Ann and Bob write through their own sessions; each step is done in the model too, and must end the same way."""

    new_place: Callable[[], Place]

    @initialize()
    def begin(self) -> None:
        self.place = type(self).new_place()
        self.model = Model()
        self.sessions = {name: self.place.open(name) for name in ("ann", "bob")}

    def both(self, who: str, in_store: Callable[[Store], object], in_model: Callable[[], object]) -> None:
        """The same step in both; either both refuse it, or neither does."""
        refused = False
        try:
            in_model()
        except No:
            refused = True
        with pytest.raises(PmoError) if refused else nullcontext():
            in_store(self.sessions[who])
        assert state(self.sessions[who]) == self.model.full()
        assert self.sessions[who].head() == len(self.model.steps)

    def write(self, who: str, changes: Changes, revisions: dict[str, int]) -> None:
        def work(draft: Draft) -> None:
            for key, value in changes.items():
                now = draft.get(key)
                if value is None:
                    draft.delete(key, revisions.get(key))
                elif now is None:
                    assert draft.add(REGISTERS[key.partition("-")[0]], value) == key
                else:
                    gone = {name: None for name in now if name not in ("key", "revision", *value)}
                    draft.change(key, {**gone, **value}, revisions.get(key))

        def commit() -> None:
            if any(self.model.revisions[key] != revision for key, revision in revisions.items()):
                raise No("looked at an older revision")
            self.model.commit(who, changes)

        self.both(who, lambda store: store.transact(work), commit)

    def pick(self, number: int) -> str:
        keys = sorted(self.model.documents)
        return keys[number % len(keys)]

    def document(self, prefix: str, word: str, project: int) -> Document:
        """A document that may refer to a project: one that is there, or was, or never was."""
        value: Document = {"name": word}
        if project % 3:
            value[REFERENCES[prefix]] = f"P-{1 + project % max(1, self.model.marks['P'] + project % 2)}"
        return value

    @rule(who=SESSIONS, prefixes=st.lists(st.sampled_from("PR"), min_size=1, max_size=3), word=WORDS, project=NUMBERS)
    def add(self, who: str, prefixes: list[str], word: str, project: int) -> None:
        marks = dict(self.model.marks)
        changes: dict[str, Document] = {}
        for prefix in prefixes:
            marks[prefix] += 1
            changes[f"{prefix}-{marks[prefix]}"] = self.document(prefix, word, project)
        self.write(who, changes, {})

    @precondition(lambda self: self.model.documents)
    @rule(
        who=SESSIONS, numbers=st.sets(NUMBERS, min_size=1, max_size=3), word=WORDS, project=NUMBERS, old=st.booleans()
    )
    def change(self, who: str, numbers: set[int], word: str, project: int, old: bool) -> None:
        keys = sorted({self.pick(number) for number in numbers})
        seen = self.sessions[who]
        revisions = {key: (seen.get(key) or {"revision": 0})["revision"] for key in keys} if old else {}
        self.write(who, {key: self.document(key[0], word, project) for key in keys}, revisions)

    @precondition(lambda self: self.model.documents)
    @rule(who=SESSIONS, numbers=st.sets(NUMBERS, min_size=1, max_size=2), word=WORDS)
    def delete(self, who: str, numbers: set[int], word: str) -> None:
        self.write(who, dict.fromkeys({self.pick(number) for number in numbers}), {})

    @rule(who=SESSIONS)
    def undo(self, who: str) -> None:
        number = self.model.next_undo(who)
        self.both(who, lambda store: store.undo(), lambda: self.take_back(who, number))

    @rule(who=SESSIONS)
    def redo(self, who: str) -> None:
        number = self.model.next_redo(who)
        self.both(who, lambda store: store.redo(), lambda: self.take_back(who, number))

    @precondition(lambda self: self.model.steps)
    @rule(who=SESSIONS, number=NUMBERS)
    def undo_one(self, who: str, number: int) -> None:
        changes = [sequence for sequence, step in enumerate(self.model.steps, 1) if not step.kind]
        sequence = changes[number % len(changes)]
        self.both(who, lambda store: store.undo(sequence), lambda: self.take_back(who, sequence))

    def take_back(self, who: str, number: int | None) -> None:
        if number is None:
            raise No("nothing")
        self.model.undo(who, number)

    @rule(who=SESSIONS)
    def checkpoint(self, who: str) -> None:
        self.both(who, lambda store: store.checkpoint(), lambda: None)

    @rule(who=SESSIONS)
    def open_again(self, who: str) -> None:
        self.sessions[who].close()
        self.sessions[who] = self.place.open(who)
        assert state(self.sessions[who]) == self.model.full()

    @rule(who=SESSIONS, number=NUMBERS)
    def look_back(self, who: str, number: int) -> None:
        store = self.sessions[who]
        sequence = number % (store.head() + 1)
        assert state(store.at(sequence)) == self.model.past[sequence]

    @rule(who=SESSIONS)
    def refresh(self, who: str) -> None:
        self.sessions[who].refresh()
        assert state(self.sessions[who]) == self.model.full()

    @invariant()
    def indexes_agree(self) -> None:
        if hasattr(self, "model"):
            for store in self.sessions.values():
                seen = self.model.past[store.head()]
                found = store.shelf("risks").where("project", "P-1")
                assert found == sorted(
                    (key[2:] for key, value in seen.items() if key[0] == "R" and value.get("project") == "P-1"),
                    key=int,
                )

    def teardown(self) -> None:
        if not hasattr(self, "model"):
            return
        last = self.place.open("cas")
        assert state(last) == self.model.full()
        assert last.verify().sequence == len(self.model.steps)
        assert [(step.author, step.kind, step.undoes) for step in self.model.steps] == [
            (line.author, line.kind, line.undoes) for line in last.history()
        ]
        self.place.close()


def test_two_sessions_and_a_dictionary_do_the_same(new_place: Callable[[], Place]) -> None:
    machine = type("Machine", (TwoSessions,), {"new_place": staticmethod(new_place)})
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=new_place().examples, stateful_step_count=50, deadline=None, phases=PHASES),
    )
