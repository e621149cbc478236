"""A change of a plan that was looked at is kept: all that moves in one transaction, with its reason and the decision it follows from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pmo_tui.desk.said import said
from pmo_tui.desk.writing import difference
from pmo_tui.records.documents import document_of, record_of
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import by_name
from pmo_tui.wording.languages import _

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.desk.planning.plan_changes import Proposal
    from pmo_tui.store import Draft

AUTHORITIES = ("decisions",)
"""Registers that hold what a change of a plan may follow from."""


def authority(desk: Desk, word: str) -> str:
    """The key of the decision that a key, a code or a title names, "" for nothing; NotFound where there is none."""
    return desk.find(word, AUTHORITIES) if word.strip() else ""


def keep(desk: Desk, proposal: Proposal, reason: str = "", decision: str = "") -> int:
    """Write what was proposed in one transaction, with why and by which decision, and return its sequence.

    Conflict where a record was changed since it was looked at. WrongUse where nothing would be written. NotFound for a decision that
    is not there.
    """
    records = {task.key: task for task in proposal.changed}
    days = {effect.key: effect for effect in proposal.effects}
    if not records and not days:
        raise WrongUse(N_("There is nothing to keep: no task would move."))
    register = by_name("tasks")

    def work(draft: Draft) -> None:
        for key, revision in proposal.revisions.items():
            document = draft.get(key)
            if document is None:
                draft.change(key, {}, revision)
                continue
            before: Any = record_of(register, document)
            after = records.get(key, before)
            effect = days.get(key)
            if effect is not None:
                after = replace(after, start=effect.new_start, finish=effect.new_finish)
                if effect.new_duration is not None:
                    after = replace(after, duration=effect.new_duration)
            draft.change(key, difference(document_of(before), document_of(after)), revision)

    return desk.store.transact(work, note=_note(said(proposal.title), reason.strip(), authority(desk, decision)))


def _note(what: str, reason: str, decision: str) -> str:
    """`Move T-3 Opening: +5d; The minister is away (D-4)`, each of the last two where it is given."""
    told = _("{what}; {why}").format(what=what, why=reason) if reason else what
    return f"{told} ({decision})" if decision else told
