"""What is done with risks, issues, actions and decisions beyond changing a field: it happened, it was reviewed, it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pmo_tui.analysis.risks import band, is_open, score
from pmo_tui.desk.raid.risk_log import OPPORTUNITY
from pmo_tui.desk.writing import build, without_key
from pmo_tui.records.documents import document_of, record_of
from pmo_tui.records.errors import NotFound, Refused, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.raid import Risk
from pmo_tui.records.registers import by_name, looks_like_key, register_of
from pmo_tui.store import Draft
from pmo_tui.wording.languages import _

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

REVIEW_AFTER = {"very_high": 7, "high": 14, "medium": 28, "low": 84, None: 7}
"""Days until a risk is looked at again, by its band; one that is not assessed should be soon."""
PRIORITY = {"very_high": "critical", "high": "high", "medium": "medium", "low": "low", None: "medium"}
"""Of an issue, by the band of the risk that it came from."""
WEEKEND = 5


def occurred(desk: Desk, keys: Sequence[str]) -> list[str]:
    """Risks that happened, in one transaction: each threat becomes an issue that refers to it. The keys of the issues.

    An opportunity that happened is no issue. WrongUse for a risk that is closed or has happened already.
    """
    made: list[str] = []

    def work(draft: Draft) -> None:
        made.clear()
        for key in keys:
            risk = _open_risk(draft, key)
            draft.change(key, {"status": "occurred", "next_review": None})
            if risk.kind != OPPORTUNITY:
                made.append(draft.add("issues", _issue(desk, risk)))

    desk.store.transact(work, note="occurred")
    return made


def _issue(desk: Desk, risk: Risk) -> dict[str, object]:
    values = {
        "title": risk.title,
        "project": risk.project,
        "owner": risk.owner,
        "reported_by": desk.me() if looks_like_key(desk.me()) else None,
        "risk": risk.key,
        "raised_on": desk.today().isoformat(),
        "priority": PRIORITY[band(score(risk))],
        "notes": risk.effect,
    }
    record, problems = build(desk, by_name("issues"), values)
    if problems:
        raise Refused(problems=problems)
    return without_key(document_of(record))


def _open_risk(draft: Draft, key: str) -> Risk:
    document = draft.get(key)
    if document is None:
        raise NotFound(
            N_("There is no record {key}."), N_("It may have been deleted: pmo history {key} tells."), key=key
        )
    risk = record_of(register_of(key), document)
    if not isinstance(risk, Risk):
        raise WrongUse(N_("{key} is not a risk."), N_("Only risks happen or are reviewed."), key=key)
    if not is_open(risk):
        hint = N_("Set its status back first, if that was too early.")
        raise WrongUse(N_("{key} is {status} already."), hint, key=key, status=_(risk.status))
    return risk


def next_review(risk: Risk, today: date) -> date:
    """When a risk reviewed today is usually looked at again: sooner the higher it scores, never in a weekend."""
    day = today + timedelta(days=REVIEW_AFTER[band(score(risk))])
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= WEEKEND else day


def reviewed(desk: Desk, days: Mapping[str, date]) -> int:
    """Risks that were reviewed, each with the day of its next review, in one transaction; returns its sequence."""

    def work(draft: Draft) -> None:
        for key, day in days.items():
            _open_risk(draft, key)
            draft.change(key, {"next_review": day.isoformat()})

    return desk.store.transact(work, note="reviewed")


def close(desk: Desk, register: str, keys: Sequence[str], decided_by: str = "") -> int:
    """Risks, issues and actions that are done with, or decisions taken by `decided_by`, in one transaction; returns its sequence."""
    today = desk.today().isoformat()
    texts: dict[str, dict[str, str]] = {
        "risks": {"status": "closed", "closed_on": today, "next_review": ""},
        "issues": {"status": "closed"},
        "actions": {"status": "done", "done_on": today},
        "decisions": {"status": "taken", "decided_on": today, "decided_by": decided_by, "recorded_by": _recorder(desk)},
    }
    return desk.set(keys, {name: text for name, text in texts[register].items() if text or name == "next_review"})


def _recorder(desk: Desk) -> str:
    return desk.me() if looks_like_key(desk.me()) else ""
