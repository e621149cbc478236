"""Two officers change the same records in any order: nothing of either is written over that the other was not shown."""

from __future__ import annotations

import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from pmo_tui.desk import rules
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.folders import folders
from pmo_tui.desk.together.record_form import RecordForm
from pmo_tui.records.errors import Conflict
from pmo_tui.store import open_store
from tests.contract.places import quick_folder

KEYS = ("R-1", "R-2")
FIELDS = ("title", "cause", "impact", "next_review", "owner", "tags")
TEXTS = {
    "title": ("Rain", "Wind", "Hail", "Fog"),
    "cause": ("", "a\nb", "winter\n\nor not", "none"),
    "impact": ("1", "2", "3", ""),
    "next_review": ("2026-12-01", "1 dec 2026", "2026-12-02", ""),
    "owner": ("Jan de Vries", "Anna Bos", "PER-1", ""),
    "tags": ("", "one", "one, two", "two"),
}
EDITS = st.sampled_from(FIELDS).flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(TEXTS[name])))
OFFICERS = st.sampled_from(("anna", "bert"))


class Sitting:
    """One officer's form on one record, as the screen keeps it: the model, and the texts in the fields."""

    def __init__(self, desk: Desk, key: str) -> None:
        every = desk.fields("risks")
        self.desk, self.key = desk, key
        self.form = RecordForm(desk, key, {name: every[name] for name in FIELDS})
        self.texts = dict(self.form.before)
        self.shown: dict[str, list[Any]] = defaultdict(list)
        self._see()

    def _see(self) -> None:
        for name, value in self.form.values.items():
            self.shown[name].append(value)

    def type(self, name: str, text: str) -> None:
        self.texts[name] = text

    def take_in(self) -> None:
        stood = dict(self.form.before)
        put = self.form.take_in(self.texts)
        for name in put:
            assert self.texts[name] == stood[name], "what was typed was replaced"
        self.texts |= put
        self._see()
        for name, theirs in self.form.differing.items():
            assert theirs.text == self.form.before[name] != self.texts[name]

    def decide(self, name: str, theirs: bool) -> None:
        choose = self.form.take_theirs if theirs else self.form.keep_mine
        mine = self.texts[name]
        self.texts[name] = choose(name, mine)
        if theirs:
            assert self.form.keep_mine(name, self.texts[name]) == mine, "what was laid aside is gone"
            self.texts[name] = (
                self.form.take_theirs(name, mine) if name in self.form.differing else self.form.before[name]
            )


class TwoOfficers(RuleBasedStateMachine):
    """Anna and Bert, each with a desk on one store and at most one form."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = quick_folder()
        self.desks: dict[str, Desk] = {}
        for name in ("anna", "bert", "watch"):
            store = open_store(self.folder / "pmo.json", author=name, login=name, check=rules.check)
            self.desks[name] = Desk(store, folders({"HOME": str(self.folder)}))
        anna = self.desks["anna"]
        anna.add("people", {"name": "Jan de Vries"})
        anna.add("people", {"name": "Anna Bos"})
        for title in ("Rain", "Wind"):
            anna.add("risks", {"title": title, "impact": "2", "owner": "PER-2", "tags": "one"})
        self.watch = self.desks.pop("watch")
        self.desks["bert"].store.refresh()
        self.forms: dict[str, Sitting] = {}

    def teardown(self) -> None:
        self._both_agree()
        for desk in (*self.desks.values(), self.watch):
            desk.store.close()
        shutil.rmtree(Path(self.folder))

    @rule(who=OFFICERS, key=st.sampled_from(KEYS))
    def sit_down(self, who: str, key: str) -> None:
        desk = self.desks[who]
        if who not in self.forms and desk.store.get(key) is not None:
            self.forms[who] = Sitting(desk, key)

    @rule(who=OFFICERS, edits=st.lists(EDITS, min_size=1, max_size=3))
    def type(self, who: str, edits: list[tuple[str, str]]) -> None:
        sitting = self.forms.get(who)
        for name, text in edits if sitting else ():
            assert sitting is not None
            sitting.type(name, text)

    @rule(who=OFFICERS)
    def hear(self, who: str) -> None:
        """What the other wrote comes to the screen."""
        self.desks[who].store.refresh()
        if who in self.forms:
            self.forms[who].take_in()

    @precondition(lambda self: any(sitting.form.differing for sitting in self.forms.values()))
    @rule(data=st.data())
    def decide(self, data: st.DataObject) -> None:
        asked = [(sitting, name) for sitting in self.forms.values() for name in sitting.form.differing]
        sitting, name = data.draw(st.sampled_from(asked))
        sitting.decide(name, data.draw(st.booleans()))

    @rule(who=OFFICERS)
    def save(self, who: str) -> None:
        sitting = self.forms.get(who)
        if sitting is None or sitting.form.differing:
            return
        desk, form = self.desks[who], sitting.form
        head, changed = self._head(), form.changed(sitting.texts)
        if "title" in changed and not changed["title"].strip():
            return
        try:
            form.writer(sitting.texts)()
        except Conflict:
            assert self._head() == head, "refused, and written all the same"
            came = {name: form.before[name] for name in FIELDS}
            sitting.take_in()
            told = form.gone is not None or form.differing or any(form.before[name] != came[name] for name in FIELDS)
            assert told, "refused without a reason on the screen"
            return
        self._nothing_unseen(desk, sitting, head)
        for name, text in changed.items():
            item = desk.fields("risks")[name]
            expected = desk.parse(item, text) or item.default or None
            found = desk.values(sitting.key, [name])[name] or None
            assert found == (expected or None), name
        del self.forms[who]

    def _head(self) -> int:
        self.watch.store.refresh()
        return self.watch.store.head()

    def _nothing_unseen(self, desk: Desk, sitting: Sitting, head: int) -> None:
        """Whatever the form wrote over had been on its screen."""
        for transaction in desk.store.since(head):
            for op in transaction.ops:
                if op.old is None:
                    continue
                now = sitting.form.desk.store.get(op.key)
                assert now is not None
                for name in {*op.old, *(op.new or {})} & set(FIELDS):
                    seen = [_plain(value) for value in sitting.shown[name]]
                    assert _plain(op.old.get(name)) in seen, f"{name} was written over unseen"

    @rule(who=OFFICERS, key=st.sampled_from(KEYS))
    def delete(self, who: str, key: str) -> None:
        desk = self.desks[who]
        desk.store.refresh()
        if who not in self.forms and desk.store.get(key) is not None:
            desk.delete([key])

    @rule(who=OFFICERS, edit=EDITS, key=st.sampled_from(KEYS))
    def edit_a_cell(self, who: str, edit: tuple[str, str], key: str) -> None:
        """As f2 in a list does: the revision is the one that was on the screen."""
        desk, (name, text) = self.desks[who], edit
        seen = desk.revisions([key])
        if not seen or (name == "title" and not text):
            return
        before = desk.values(key, [name])[name]
        head = self._head()
        try:
            desk.set([key], {name: text}, revisions=seen, each_field=True)
        except Conflict:
            assert self._head() == head
            return
        for transaction in desk.store.since(head):
            for op in transaction.ops:
                if op.old is not None and name in {*op.old, *(op.new or {})}:
                    assert _plain(op.old.get(name)) == _plain(before)

    def _both_agree(self) -> None:
        for desk in self.desks.values():
            desk.store.refresh()
        one, other = self.desks.values()
        assert [one.store.get(key) for key in KEYS] == [other.store.get(key) for key in KEYS]


def _plain(value: Any) -> Any:
    """A value as a document holds it; nothing as None."""
    return (
        None
        if value in (None, "", [])
        else str(value)
        if not isinstance(value, list)
        else [str(each) for each in value]
    )


TwoOfficers.TestCase.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
TestTwoOfficers = TwoOfficers.TestCase
