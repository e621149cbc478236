"""Where one was: lists with their cursor and filter, records, pages, screens; back and forth through them as in a browser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec import Struct

from pmo_tui.desk.views.saved_views import SavedView

if TYPE_CHECKING:
    from pmo_tui.screens.everywhere import Everywhere
    from pmo_tui.screens.office import Office

MOST = 100
"""So many places are remembered."""


class Spot(Struct, frozen=True):
    """Where a screen stands. A list: its register, how it is looked at, the row and the column of the cursor. A page: the line of the
    cursor and, as its row, what that line means; `record` is the key of the record that it shows or that it cannot do without.

    `again` makes the screen anew where it was left; None for one that is not made anew.
    """

    record: str = ""
    siblings: Sequence[str] = ()
    register: str = ""
    look: SavedView | None = None
    row: str = ""
    column: str = ""
    line: int = 0
    again: Callable[[], Everywhere] | None = None


@dataclass(slots=True)
class Visit:
    """One place: the screen that showed it, in which mode, and where that stood when it was left."""

    mode: str
    screen: Everywhere
    spot: Spot


class Places:
    """The places in the order in which one came to them; `at` is the one where one is."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.visits: list[Visit] = []
        self.at = -1
        self._going = False

    @property
    def here(self) -> Visit | None:
        """The place where one is."""
        return self.visits[self.at] if self.visits else None

    def arrive(self, screen: Everywhere) -> None:
        """One came to a screen; what lay ahead is no longer there."""
        spot = screen.spot()
        here = self.here
        if (
            self._going
            or spot is None
            or self.office.screen is not screen
            or (here is not None and here.screen is screen)
        ):
            return
        self._leave()
        del self.visits[self.at + 1 :]
        self.visits.append(Visit(self.office.current_mode, screen, spot))
        del self.visits[:-MOST]
        self.at = len(self.visits) - 1

    def _leave(self) -> None:
        here = self.here
        if here is not None:
            here.spot = here.screen.spot() or here.spot

    async def show(self, mode: str) -> None:
        """Show a screen of the program itself. What was opened upon it is left: its place can be gone back to, and what stands half-filled
        there is kept."""
        office = self.office
        self._leave()
        self._going = True
        try:
            with office.batch_update():
                if office.current_mode != mode:
                    await office.switch_mode(mode)
                while len(office.screen_stack) > 1:
                    keep = getattr(office.screen, "keep", None)
                    if keep is not None:
                        keep()
                    await office.pop_screen()
        finally:
            self._going = False
        arrive = getattr(office.screen, "arrive", None)
        if arrive is not None:
            arrive()

    async def go(self, by: int) -> tuple[bool, list[str]]:
        """Go back (-1) or forth (1); whether there was a place, and the keys of deleted records that were passed over."""
        self._leave()
        here = self.here
        to = self.at + by
        if by < 0 and here is not None and self.office.screen is not here.screen:
            to = self.at
        gone: list[str] = []
        self._going = True
        try:
            while 0 <= to < len(self.visits):
                visit = self.visits[to]
                if visit.spot.record and self.office.desk.record(visit.spot.record) is None:
                    gone.append(visit.spot.record)
                elif await self._return_to(visit):
                    self.at = to
                    return True, list(dict.fromkeys(gone))
                to += by
        finally:
            self._going = False
        return False, list(dict.fromkeys(gone))

    async def _return_to(self, visit: Visit) -> bool:
        """Show a place: on its screen where that still stands, otherwise on a new one; whether that could be done."""
        office, spot = self.office, visit.spot
        stands = visit.screen in office._screen_stacks.get(visit.mode, ())
        if not stands and spot.again is None:
            return False
        if office.current_mode != visit.mode:
            await office.switch_mode(visit.mode)
        if stands:
            while office.screen is not visit.screen:
                await office.pop_screen()
            visit.screen.stand_at(spot)
        elif spot.again is not None:
            screen = spot.again()
            visit.screen = screen
            await office.push_screen(screen)
            screen.call_after_refresh(screen.stand_at, spot)
        return True
