"""What is done with risks by one key: they happened, they were reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pmo_tui.desk import raid
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.raid import Risk
from pmo_tui.screens.raid import RaidScreen
from pmo_tui.wording.dates import format_date
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe


class RiskActs(RaidScreen):
    """The gestures that only risks have; on another register they say so."""

    @property
    def of_risks(self) -> bool:
        """Whether the register of risks is the one that is shown."""
        return self.register == "risks"

    def _risks(self) -> list[Risk]:
        if not self.of_risks:
            raise WrongUse(N_("Only risks happen or are reviewed."), N_("tab goes to the risks."))
        return [risk for key in self._keys() if isinstance(risk := self.desk.record(key), Risk)]

    async def action_happened(self) -> None:
        """The risk, or each marked one, becomes an issue."""
        await self.attempt(lambda: self.start(self._happened([risk.key for risk in self._risks()])))

    async def _happened(self, keys: Sequence[str]) -> None:
        issues = await self.write(lambda: raid.occurred(self.desk, keys))
        made = _("{issues} made of {risks}; u takes it back").format(issues=", ".join(issues), risks=", ".join(keys))
        self.say(made if issues else _("{risks}: occurred; u takes it back").format(risks=", ".join(keys)))

    async def action_reviewed(self) -> None:
        """The risk, or each marked one, was reviewed."""
        await self.attempt(self._review)

    def _review(self) -> None:
        risks, today = self._risks(), self.desk.today()
        usual = {risk.key: raid.next_review(risk, today) for risk in risks}
        one = len(risks) == 1
        label = (
            _("{key} reviewed; next review").format(key=risks[0].key)
            if one
            else _("{count} risks reviewed; next review (⏎ each as its score asks)").format(count=len(risks))
        )
        start = str(usual[risks[0].key]) if one else ""
        self.ask(lambda text: self._reviewed(usual, text), label, start, offers=self._day, wrong=self._no_day)

    async def _reviewed(self, usual: dict[str, date], text: str) -> None:
        day = self._read_day(text)
        days = {key: day or each for key, each in usual.items()}
        await self.write(lambda: raid.reviewed(self.desk, days))
        told = ", ".join(f"{key} {format_date(day, 'long')}" for key, day in list(days.items())[:3])
        self.say(_("next review: {days}; u takes it back").format(days=told))

    def _read_day(self, text: str) -> date | None:
        found: date | None = self.desk.parse(self.desk.fields("risks")["next_review"], text)
        return found

    def _no_day(self, text: str) -> str:
        try:
            self._read_day(text)
        except ValueError as error:
            return safe(error)
        return ""

    def _day(self, text: str) -> list[tuple[str, str]]:
        """What a day was understood as."""
        day = None if self._no_day(text) else self._read_day(text)
        return [] if day is None else [(text, f"= {format_date(day, 'long')}, {format_date(day, 'week')}")]
