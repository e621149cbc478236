"""Answering a request for somebody: proposing (a soft booking), booking (a hard one) or turning it down, each in one transaction."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from pmo_tui.desk.writing import difference, without_key
from pmo_tui.records.documents import document_of, record_of, validated
from pmo_tui.records.errors import NotFound, Refused
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import by_name
from pmo_tui.records.requests import Request
from pmo_tui.wording.languages import _

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.store import Draft

WAITING = frozenset({"draft", "submitted", "proposed"})


def book(desk: Desk, key: str, person: str, probability: Decimal | None = None) -> str:
    """Book a person on what a request asks for; returns the booking's key.

    With a `probability` (in per cent) the booking is soft and the request proposed, without one it is hard and the request
    booked. What was proposed before is booked in the same booking. Refused for a request that has its answer already.
    """
    keys: list[str] = []

    def work(draft: Draft) -> None:
        request = _waiting(draft, key)
        values = {name: getattr(request, name) for name in ("project", "role", "start", "finish", "hours_per_week")}
        soft = probability is not None
        values |= {
            "person": person,
            "status": "soft" if soft else "hard",
            "probability": probability if soft else Decimal(100),
        }
        keys[:] = [_put(draft, request.booking, values)]
        draft.change(key, {"status": "proposed" if soft else "booked", "person": person, "booking": keys[0]})

    desk.store.transact(work)
    return keys[0]


def _put(draft: Draft, key: str | None, values: dict[str, object]) -> str:
    """The booking that was proposed, as it is now to be, or a new one."""
    document = without_key(document_of(validated(by_name("bookings"), values)))
    before = draft.get(key) if key else None
    if key is None or before is None:
        return draft.add("bookings", document)
    draft.change(key, difference(before, {**before, **document}))
    return key


def turn_down(desk: Desk, key: str, status: Literal["rejected", "released"] = "rejected") -> int:
    """Reject a request, or release one that is no longer needed; what was proposed for it is no longer booked. The sequence."""

    def work(draft: Draft) -> None:
        request = _waiting(draft, key)
        draft.change(key, {"status": status, "booking": None})
        if request.booking and draft.exists(request.booking):
            draft.delete(request.booking)

    return desk.store.transact(work)


def _waiting(draft: Draft, key: str) -> Request:
    document = draft.get(key)
    if document is None or not key.startswith("REQ-"):
        raise NotFound(N_("There is no request {key}."), N_("pmo list requests shows them."), key=key)
    request = record_of(by_name("requests"), document)
    if not isinstance(request, Request) or request.status not in WAITING:
        status = getattr(request, "status", "")
        hint = N_("Set its status back to submitted if it is to be answered again.")
        raise Refused(N_("{key} is {status} already."), hint, key=key, status=_(status))
    return request
