"""Requests that wait for an answer: who could do it and has how much time, booked, proposed or turned down in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import ClassVar, Literal

from textual.binding import BindingType

from pmo_tui.actions import EVERYWHERE, LIST, MOVE
from pmo_tui.desk.people.candidates import Candidate, candidates
from pmo_tui.desk.people.request_answers import book, turn_down
from pmo_tui.desk.views.view import View
from pmo_tui.records.errors import NotFound
from pmo_tui.records.marks import N_
from pmo_tui.records.requests import Request
from pmo_tui.screens.listing import ListScreen
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.cutting import fit
from pmo_tui.widgets.prompt import Offer
from pmo_tui.widgets.table import Column
from pmo_tui.wording.languages import _, current
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe
from pmo_tui.wording.suggest import fuzzy

OPEN = "status:draft,submitted,proposed"
USUAL_PROBABILITY = "50"
TURNED_DOWN: tuple[Literal["rejected", "released"], ...] = ("rejected", "released")
WIDTHS = {
    "key": 7, "role": 12, "project": 8, "hours_per_week": 4, "start": 10, "finish": 10, "needed_by": 10, "status": 9, "person": 14,
}  # fmt: skip
"""The first columns, in order."""
MOST = 8
NAME, FUNCTION = 18, 14


class OpenRequestsScreen(ListScreen):
    """The register of requests, narrowed to those that somebody still has to answer."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("requests")
    parts = ("requests", LIST, EVERYWHERE, MOVE)

    def __init__(self) -> None:
        super().__init__("requests")
        self.base_filter = OPEN
        self._over: dict[str, str] = {}

    def heading(self) -> str:
        """Open ones, or all."""
        return _("Open requests") if self.base_filter else super().heading()

    def column_names(self) -> list[str]:
        """First what an answer depends on."""
        names = super().column_names()
        return [*WIDTHS, *(name for name in names if name not in WIDTHS)]

    def columns(self) -> list[Column]:
        """Narrower than their fields ask for, so that a narrow screen shows by when an answer is needed, and how it stands."""
        labels = {"hours_per_week": _("h/w"), "needed_by": _("Answer by")}
        return [
            replace(each, width=WIDTHS.get(each.name, each.width), label=labels.get(each.name, each.label))
            for each in super().columns()
        ]

    def hint(self, view: View) -> str:
        """What an empty list says."""
        if self.base_filter and not self.filter_text and not self.office.scope:
            return self.keyed(
                _(
                    "No request waits for an answer. {request} on the resource sheet asks for somebody, {answered_too} shows what was answered."
                )
            )
        return super().hint(view)

    def action_answered_too(self) -> None:
        """All of them, or only what is open."""
        self.base_filter = "" if self.base_filter else OPEN
        self.dress()
        self.look()

    # ---- answers -------------------------------------------------------------------------------------------------------

    async def action_book(self) -> None:
        """Choose who does it; his booking is hard."""
        await self.attempt(lambda: self._choose(self._book))

    async def action_propose(self) -> None:
        """Choose who could do it, and how likely; his booking is soft."""
        await self.attempt(lambda: self._choose(self._ask_probability))

    def _choose(self, then: Callable[[str, str], None]) -> None:
        key = self._key()
        request = self.desk.record(key)
        if not isinstance(request, Request):
            raise NotFound(N_("There is no request {key}."), N_("It may have been deleted meanwhile."), key=key)
        found = candidates(self.desk, request)
        self._over = {each.person: over_words(each) for each in found}

        async def chosen(person: str) -> None:
            if person.strip():
                then(key, self.desk.find(person, ("people",)))

        label = _("{key} {role}: who?").format(key=key, role=safe(request.role)[:20])
        self.ask(chosen, label, offers=lambda text: _offers(found, text), take_offer=True)

    def _book(self, key: str, person: str) -> None:
        self.start(self._answer(key, person, None))

    def _ask_probability(self, key: str, person: str) -> None:
        async def chosen(text: str) -> None:
            probability = self.desk.parse(self.desk.fields("bookings")["probability"], text)
            await self._answer(key, person, Decimal(USUAL_PROBABILITY) if probability is None else probability)

        self.ask(chosen, _("How likely, in per cent?"), USUAL_PROBABILITY, wrong=self._wrong_probability)

    def _wrong_probability(self, text: str) -> str:
        try:
            self.desk.parse(self.desk.fields("bookings")["probability"], text)
        except ValueError as error:
            return safe(error)
        return ""

    async def _answer(self, key: str, person: str, probability: Decimal | None) -> None:
        booking = await self.write(lambda: book(self.desk, key, person, probability))
        template = _("{person} booked as {booking}; {undo} takes it back")
        if probability is not None:
            template = _("{person} proposed as {booking}; {undo} takes it back")
        booked = booking + self._over.get(person, "")
        self.say(self.keyed(template, person=safe(self.desk.title(person)), booking=booked))

    async def action_turn_down(self) -> None:
        """Reject it, or release it where it is no longer needed."""
        await self.attempt(self._turn_down)

    def _turn_down(self) -> None:
        key = self._key()

        words = {_(status): status for status in TURNED_DOWN}

        async def chosen(word: str) -> None:
            status = words.get(word, TURNED_DOWN[0])
            await self.write(lambda: turn_down(self.desk, key, status))
            self.say(self.keyed(_("{key} is {status}; {undo} takes it back"), key=key, status=_(status)))

        offers = [(word, f"{word}  {_(meaning)}") for word, meaning in zip(words, MEANINGS, strict=True)]
        self.ask(
            chosen,
            _("Turn {key} down as").format(key=key),
            offers=lambda text: [each for each in offers if each[0].startswith(text)],
            take_offer=True,
            wrong=lambda text: "" if text in words else _("rejected or released"),
        )


MEANINGS = (N_("nobody can be spared"), N_("it is no longer needed"))


def _offers(found: Sequence[Candidate], text: str) -> list[Offer]:
    """Who could do it, the best first, with his free hours in the weeks of the request; typed text narrows them by name or function."""
    shown = [(each.person, candidate_words(each)) for each in found]
    if not text.strip():
        return shown[:MOST]
    named = [(each.person, f"{each.person} {safe(each.name)} {safe(each.function)}") for each in found]
    lines = dict(shown)
    return [(key, lines[key]) for key, _words in fuzzy(text, named)][:MOST]


def candidate_words(each: Candidate) -> str:
    """`✓ Jan de Vries  Tester  96 h free for 120 h, 2/6 weeks over`."""
    free = _("{free} {hour} free for {asked} {hour}").format(
        free=format_number(each.free), asked=format_number(each.asked), hour=current().hour
    )
    mark = "✓" if each.fits or each.named else " "
    return f"{mark} {fit(safe(each.name), NAME)} {fit(safe(each.function), FUNCTION)} {free}{over_words(each)}"


def over_words(each: Candidate) -> str:
    """In how many weeks it would be too much; "" for none."""
    words = _(", {over}/{weeks} weeks over").format(over=each.weeks_over, weeks=each.weeks)
    return words if each.weeks_over else ""
