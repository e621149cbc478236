"""The list of loads, over-booked weeks first; enter shows what causes one."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import date
from typing import Any

from pmo_tui.analysis.periods import period_of
from pmo_tui.screens.causes import CausesScreen
from pmo_tui.screens.listing import ListScreen
from pmo_tui.wording.languages import _

OVER = "alarm:any"


class LoadScreen(ListScreen):
    """People by weeks as a list, which can be filtered, sorted and exported."""

    def __init__(self) -> None:
        super().__init__("load", OVER)

    def reload(self) -> None:
        """Beside the keys: in a large house the list is long."""
        self._asked_for += 1
        if self.view is None:
            self.table.hint = _("Adding up …")
        self.read_beside()

    async def action_open(self) -> None:
        """What causes the load of the row."""
        await self.attempt(self._open)

    def _open(self) -> Awaitable[Any]:
        who, row, view = self._key(), self.table.key, self.view
        monday = view.value(row, "start") if view is not None and row is not None else None
        if not isinstance(monday, date):
            return self.open_record(who)
        return self.app.push_screen(CausesScreen(who, period_of("week", monday)))
