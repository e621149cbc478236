"""What would relieve somebody in a period: proposals with their effect; one is carried out only after a yes to what it changes."""

from __future__ import annotations

from pmo_tui.analysis.levelling import Proposal
from pmo_tui.analysis.periods import Period
from pmo_tui.desk.people.levelling import carry_out, change_words, identity, proposals, proposals_of
from pmo_tui.desk.views.lists import ListView
from pmo_tui.desk.views.view import View
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.people import Booking
from pmo_tui.records.schema import FieldOf
from pmo_tui.screens.listing import ListScreen
from pmo_tui.screens.sheet_rows import period_words
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe


class LevellingScreen(ListScreen):
    """Proposals, best first. Enter shows what one would change and asks."""

    remembered = False
    groupable = False

    def __init__(self, who: str, period: Period) -> None:
        super().__init__("bookings")
        self.who = who
        self.period = period
        self.definition = proposals_of(who, period)

    def heading(self) -> str:
        """Whom, and when."""
        about = f"{safe(self.desk.title(self.who))} · {period_words(self.period)}"
        return _("What would relieve {about}").format(about=about)

    def fields(self) -> dict[str, FieldOf]:
        """Those of the proposals."""
        return self.definition.fields

    def reload(self) -> None:
        """What would help as things are now."""
        self._take(self._made(self.filter_text))

    def _made(self, filter_text: str) -> View:
        return ListView(self.desk, self.definition, filter_text, self.sort)

    def hint(self, view: View) -> str:
        """What an empty list says."""
        if view.total:
            return super().hint(view)
        return _(
            "Nothing helps by itself here: nobody with the same function has time, and no later weeks or fewer hours do."
        )

    async def action_open(self) -> None:
        """Ask whether the proposal is to be carried out."""
        await self.attempt(self._ask)

    def _ask(self) -> None:
        row, booking = self.table.key, self.desk.record(self._key())
        found = next((each for each in proposals(self.desk, self.who, self.period) if identity(each) == row), None)
        if found is None or not isinstance(booking, Booking):
            raise WrongUse(
                N_("This no longer helps."), N_("Something changed meanwhile; {back} goes back."), **self.named("back")
            )
        proposal = found

        async def agreed(_answer: str) -> None:
            await self.write(lambda: carry_out(self.desk, proposal, booking.revision))
            self.say(self.keyed(_("{key} changed; {undo} takes it back"), key=booking.key))

        self.ask(agreed, _("Do it? (⏎ yes, esc no)"))
        self.say(self._words(proposal, booking))

    def _words(self, proposal: Proposal, booking: Booking) -> str:
        words = _("{key} {project}: {change}; weeks over {before} → {after}")
        return words.format(
            key=booking.key,
            project=safe(self.desk.lookup.short(booking.project)),
            change=safe(change_words(self.desk, proposal)),
            before=proposal.before,
            after=proposal.after,
        )
