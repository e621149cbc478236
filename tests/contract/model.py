"""A store as a plain dictionary, written down from what is promised and not from how it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Document = dict[str, Any]
Changes = Mapping[str, Document | None]

REFERENCES = {"P": "parent", "R": "project"}
"""The field by which documents of a prefix refer to a project."""


class No(Exception):
    """The model refuses."""


@dataclass
class Step:
    """One transaction: who, what it undoes, and for each key the state before and after, by the step that made it."""

    author: str
    kind: str
    undoes: int | None
    before: dict[str, int] = field(default_factory=dict)
    after: dict[str, int] = field(default_factory=dict)


class Model:
    """Documents by key, without revision, and every step that led there. State 0 of a key is that it is not there."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.revisions: dict[str, int] = {}
        self.marks = {"P": 0, "R": 0}
        self.steps: list[Step] = []
        self.past: list[dict[str, Document]] = [{}]
        self._states: dict[str, int] = {}
        self._made: dict[tuple[str, int], Document | None] = {}

    def full(self) -> dict[str, Document]:
        """The documents as a store gives them."""
        return {key: {**value, "key": key, "revision": self.revisions[key]} for key, value in self.documents.items()}

    def commit(self, author: str, changes: Changes, kind: str = "", undoes: int | None = None) -> bool:
        """Put `changes` (None deletes) in, as one step; False where nothing differs. No where a reference breaks."""
        then = dict(self.documents)
        for key, value in changes.items():
            if value is None:
                then.pop(key, None)
            else:
                then[key] = value
        for key, value in then.items():
            target = value.get(REFERENCES[key.partition("-")[0]])
            if target is not None and target not in then:
                raise No(f"{key} refers to {target}")
        differing = [key for key in changes if then.get(key) != self.documents.get(key)]
        if not differing:
            return False
        step = Step(author, kind, undoes)
        self.steps.append(step)
        for key in differing:
            step.before[key] = self._states.get(key, 0)
            state = step.after[key] = self._state_after(key, undoes)
            self._states[key] = state
            self._made[key, state] = then.get(key)
            self.revisions[key] = len(self.steps)
            prefix, _, number = key.partition("-")
            self.marks[prefix] = max(self.marks[prefix], int(number))
        self.documents = then
        self.past.append(self.full())
        return True

    def _state_after(self, key: str, undoes: int | None) -> int:
        return len(self.steps) if undoes is None else self.steps[undoes - 1].before[key]

    def undo(self, author: str, sequence: int) -> None:
        """Take a step back. No where a document no longer stands as the step left it."""
        step = self.steps[sequence - 1]
        if any(self._states.get(key, 0) != state for key, state in step.after.items()):
            raise No("edited since")
        changes = {key: self._made.get((key, state)) for key, state in step.before.items()}
        self.commit(author, changes, "redo" if step.kind == "undo" else "undo", sequence)

    def next_undo(self, author: str) -> int | None:
        """The author's last change not taken back."""
        return self._trail(author)[0]

    def next_redo(self, author: str) -> int | None:
        """The author's last undo, with no new change of the author behind it."""
        return self._trail(author)[1]

    def _trail(self, author: str) -> tuple[int | None, int | None]:
        done: list[int] = []
        undone: list[int] = []
        for number, step in enumerate(self.steps, 1):
            done = [each for each in done if each != step.undoes]
            if step.author != author:
                continue
            undone = [each for each in undone if each != step.undoes]
            if step.kind == "undo":
                undone.append(number)
            else:
                done.append(number)
                undone = undone if step.kind == "redo" else []
        return (done[-1] if done else None), (undone[-1] if undone else None)
