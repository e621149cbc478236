"""Proposals that would relieve somebody, as a list, and doing one of them in one transaction after it was agreed to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from pmo_tui.analysis.availability import capacity, hours, whole_weeks
from pmo_tui.analysis.levelling import Loaded, Proposal
from pmo_tui.analysis.levelling import proposals as proposed
from pmo_tui.analysis.periods import A_DAY, Period, periods_between
from pmo_tui.desk.views.lists import ListDefinition, Values, fields_named
from pmo_tui.desk.writing import difference, without_key
from pmo_tui.records import fields as f
from pmo_tui.records.base import NODES
from pmo_tui.records.documents import document_of, record_of
from pmo_tui.records.errors import NotFound
from pmo_tui.records.marks import N_
from pmo_tui.records.people import Booking, Person
from pmo_tui.records.registers import by_name
from pmo_tui.wording.languages import _, current
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.shown_days import format_date

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.desk.people.workforce import Worker
    from pmo_tui.store import Draft

AHEAD = timedelta(weeks=52)
"""So far ahead a proposal is measured."""
KIND_WORDS = {"hand_over": N_("hand over"), "later": N_("later"), "less": N_("less")}


def proposals(desk: Desk, who: str, period: Period) -> list[Proposal]:
    """What would relieve a person or system in a period, best first; people with the same function could take something over."""
    workforce = desk.allocation.workforce
    workforce.refresh()
    worker = workforce.workers.get(who)
    if worker is None:
        raise NotFound(N_("There is no person or system {key}."), N_("pmo list people shows them."), key=who)
    span = whole_weeks(period.start, period.finish + AHEAD)
    weeks = periods_between("week", period.start, period.finish + AHEAD)
    others = [_loaded(desk, each, span) for each in _colleagues(worker, workforce.workers.values())]
    limit = desk.config.over_percent
    return proposed(_loaded(desk, worker, span), others, period, weeks, desk.today(), limit)


def _loaded(desk: Desk, who: Worker, span: tuple[int, int]) -> Loaded:
    workforce = desk.allocation.workforce
    able = capacity(who, workforce.absences.get(who.key, ()), workforce.different(who, *span), *span)
    return Loaded(who.key, workforce.bookings.get(who.key, ()), able)


def _colleagues(who: Worker, workers: Iterable[Worker]) -> list[Person]:
    """Named people with the same function."""
    function = (getattr(who, "function", None) or "").casefold()
    return [
        each
        for each in workers
        if isinstance(each, Person)
        and each.kind == "named"
        and each.key != who.key
        and function
        and (each.function or "").casefold() == function
    ]


# ---- as a list -----------------------------------------------------------------------------------------------------------

FIELDS = fields_named(
    kind=f.choice(N_("How"), *KIND_WORDS.values(), width=9, shown=True, computed=True),
    project=f.ref(N_("Project"), *NODES, shown=True, computed=True),
    change=f.text(N_("Change"), 30, shown=True, computed=True),
    relieved=f.hours(N_("Relieves"), shown=True, help="in the period", computed=True),
    before=f.integer(N_("Weeks over"), width=5, shown=True, help="in the year ahead, as it is", computed=True),
    after=f.integer(
        N_("Then"), width=5, shown=True, help="weeks over in the year ahead, when it is done", computed=True
    ),
    booking=f.ref(N_("Booking"), "bookings", width=8, shown=True, computed=True),
)


def proposals_of(who: str, period: Period) -> ListDefinition:
    """The list for one person and period; a row stands for the booking that it would change."""

    def rows(desk: Desk) -> list[Values]:
        return [_row(desk, each) for each in proposals(desk, who, period)]

    name = f"levelling {who} {period.name}"
    return ListDefinition(
        name, N_("What would relieve"), FIELDS, rows, lambda row: str(row["booking"]), identity=("kind", "booking")
    )


def identity(proposal: Proposal) -> str:
    """What tells a proposal's row from the others."""
    return f"{KIND_WORDS[proposal.kind]}/{proposal.booking}"


def _row(desk: Desk, proposal: Proposal) -> Values:
    booking = desk.allocation.workforce.all_bookings[proposal.booking]
    return {
        "kind": KIND_WORDS[proposal.kind],
        "project": booking.project,
        "change": change_words(desk, proposal),
        "relieved": hours(proposal.relieved),
        "before": proposal.before,
        "after": proposal.after,
        "booking": proposal.booking,
    }


def change_words(desk: Desk, proposal: Proposal) -> str:
    """`Esra Kaya from 7 Dec`, `28 Dec – 10 Jan`, `12 instead of 20 h/w from 7 Dec`. Raw text."""
    booking = desk.allocation.workforce.all_bookings[proposal.booking]
    since = format_date(proposal.since, "short")
    if proposal.kind == "hand_over":
        return _("{person} from {day}").format(person=desk.title(proposal.person), day=since)
    if proposal.kind == "later":
        shift = timedelta(days=proposal.shift)
        start, finish = format_date(booking.start + shift, "short"), format_date(booking.finish + shift, "short")
        return _("{start} – {finish}, {weeks} weeks later").format(
            start=start, finish=finish, weeks=proposal.shift // 7
        )
    words = _("{fewer} instead of {hours} {hour}/w from {day}")
    fewer, usual = format_number(proposal.hours_per_week), format_number(booking.hours_per_week)
    return words.format(fewer=fewer, hours=usual, hour=current().hour, day=since)


# ---- doing it ------------------------------------------------------------------------------------------------------------


def carry_out(desk: Desk, proposal: Proposal, revision: int) -> int:
    """Change the booking as proposed, in one transaction, and return its sequence.

    What lies before the period stays: the booking then ends there, and a new one goes on. A request that the booking answers
    follows who has it. Conflict where it is no longer the `revision` that the proposal was made for.
    """

    def work(draft: Draft) -> None:
        document = draft.get(proposal.booking)
        if document is None:
            raise NotFound(
                N_("There is no record {key}."), N_("It may have been deleted meanwhile."), key=proposal.booking
            )
        booking = record_of(by_name("bookings"), document)
        assert isinstance(booking, Booking)
        shift = timedelta(days=proposal.shift)
        made = replace(
            booking,
            person=proposal.person,
            start=booking.start + shift,
            finish=booking.finish + shift,
            hours_per_week=proposal.hours_per_week,
        )
        if booking.start < proposal.since:
            rest = replace(made, start=proposal.since, code=None, source_key=None)
            draft.add("bookings", without_key(document_of(rest)))
            made = replace(booking, finish=proposal.since - A_DAY)
        draft.change(proposal.booking, difference(document, document_of(made)), revision)
        for key in draft.find("requests", "booking", proposal.booking) if made.person != booking.person else ():
            draft.change(key, {"person": made.person})

    return desk.store.transact(work)
