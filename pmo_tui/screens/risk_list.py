"""The list of risks: its columns, what it is narrowed to, and what is done by one key: they happened, they were reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from pmo_tui.analysis.risks import Which
from pmo_tui.desk.raid import steps as raid
from pmo_tui.desk.raid.risk_log import OPPORTUNITY, THREAT
from pmo_tui.desk.raid.risk_view import PAIRS, RiskView
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.raid import Risk
from pmo_tui.records.registers import by_name
from pmo_tui.screens.raid import RaidScreen
from pmo_tui.screens.risk_pictures import ASSESSMENTS, IMPACT, PROBABILITY
from pmo_tui.screens.understood import offered_or_told
from pmo_tui.widgets.heat_map import Place
from pmo_tui.widgets.table import Column
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe
from pmo_tui.wording.shown_days import format_date

if TYPE_CHECKING:
    from pmo_tui.desk.views.view import View

KINDS = ("", THREAT, OPPORTUNITY)
MANY = {THREAT: N_("threats"), OPPORTUNITY: N_("opportunities")}
WIDTHS = {"kind": 1, "trend": 1, "next_review": 10, "status": 11}
PAIR_WIDTHS = (1, 1, 7)
"""Probability, impact, score."""

OF_EVERY_LIST = frozenset({"close", "delete", "filter", "sort", "palette"})


class RiskList(RaidScreen):
    """The list of risks, narrowed to a kind and to a cell of the map; gestures that only risks have say so on another register."""

    def __init__(self) -> None:
        super().__init__()
        self.which: Which = "residual"
        self.kind = ""
        self.cell: Place | None = None

    @property
    def of_risks(self) -> bool:
        """Whether the register of risks is the one that is shown."""
        return self.register == "risks"

    def left_at_the_foot(self) -> frozenset[str]:
        """Of risks those of every list, which are known."""
        return OF_EVERY_LIST if self.of_risks else super().left_at_the_foot()

    # ---- the list ----------------------------------------------------------------------------------------------------------

    def base_words(self) -> list[str]:
        """Open ones, of one kind, in one cell of the map."""
        words = super().base_words()
        if self.of_risks and self.kind:
            words.append(f"kind:{self.kind}")
        if self.of_risks and self.cell is not None:
            probability, impact, _score = PAIRS[self.which]
            words.append(f"{probability}={self.cell[0]} {impact}={self.cell[1]}")
        return words

    def _made(self, filter_text: str) -> View:
        if not self.of_risks:
            return super()._made(filter_text)
        words = [word for word in (self.base_filter, self.office.scope, filter_text) if word]
        return RiskView(self.desk, "risks", " ".join(words), self.order)

    def column_names(self) -> list[str]:
        """Of risks first what a narrow screen has room for."""
        names = super().column_names()
        if not self.of_risks:
            return names
        first = ["key", "kind", "title", "project", *PAIRS[self.which], "trend", "owner", "next_review", "status"]
        return first + [name for name in names if name not in first]

    def columns(self) -> list[Column]:
        """Narrower for risks than their fields ask for, so that a score and a day of review stand on a narrow screen."""
        if not self.of_risks:
            return super().columns()
        probability, impact, _score = PAIRS[self.which]
        widths = WIDTHS | dict(zip(PAIRS[self.which], PAIR_WIDTHS, strict=True))
        labels = {
            probability: _(PROBABILITY), impact: _(IMPACT), PAIRS[self.which][2]: _("Score"), "kind": "±", "trend": "↕",
            "next_review": _("Review"),
        }  # fmt: skip
        return [
            replace(column, width=widths.get(column.name, column.width), label=labels.get(column.name, column.label))
            for column in super().columns()
        ]

    def notes(self) -> list[str]:
        """The kind, the cell and the assessment that the list is narrowed to."""
        found = super().notes()
        if not self.of_risks:
            return found
        if self.kind:
            found.append(_(MANY[self.kind]))
        if self.cell is not None:
            found.append(_("P{probability} × I{impact}").format(probability=self.cell[0], impact=self.cell[1]))
        if self.which != "residual":
            found.append(_(ASSESSMENTS[self.which]))
        return found

    # ---- gestures ------------------------------------------------------------------------------------------------------

    def new_values(self) -> dict[str, str]:
        """A new risk belongs where one looks: kind and cell too."""
        found = super().new_values()
        if self.of_risks and self.kind:
            found["kind"] = self.kind
        if self.of_risks and self.cell is not None:
            found |= dict(zip(PAIRS[self.which][:2], map(str, self.cell), strict=True))
        return found

    def _risks(self) -> list[Risk]:
        if not self.of_risks:
            raise WrongUse(
                N_("Only risks happen or are reviewed."),
                N_("{raid_next} goes to the risks."),
                **self.named("raid_next"),
            )
        return [risk for key in self._keys() if isinstance(risk := self.desk.record(key), Risk)]

    async def action_happened(self) -> None:
        """The risk, or each marked one, becomes an issue."""
        await self.attempt(lambda: self.start(self._happened([risk.key for risk in self._risks()])))

    async def _happened(self, keys: Sequence[str]) -> None:
        issues = await self.write(lambda: raid.occurred(self.desk, keys))
        made = self.keyed(
            _("{issues} made of {risks}; {undo} takes it back"), issues=", ".join(issues), risks=", ".join(keys)
        )
        self.say(made if issues else self.keyed(_("{risks}: occurred; {undo} takes it back"), risks=", ".join(keys)))

    async def action_reviewed(self) -> None:
        """The risk, or each marked one, was reviewed."""
        await self.attempt(self._review)

    def _review(self) -> None:
        risks = self._risks()
        usual = self._usual_review(risks)
        one = len(risks) == 1
        label = (
            _("{key} reviewed; next review").format(key=risks[0].key)
            if one
            else _("{count} risks reviewed; next review (⏎ each as its score asks)").format(count=len(risks))
        )
        start = str(usual[risks[0].key]) if one else ""
        self.ask(lambda text: self._reviewed(usual, text), label, start, offers=self._day, wrong=self._no_day)

    def _usual_review(self, risks: Sequence[Risk]) -> dict[str, date]:
        """When each is looked at again, as its score asks."""
        today = self.desk.today()
        return {risk.key: raid.next_review(risk, today) for risk in risks}

    async def _reviewed_again(self, text: str) -> None:
        await self._reviewed(self._usual_review(self._risks()), text)

    async def _reviewed(self, usual: dict[str, date], text: str) -> None:
        day = self._read_day(text)
        days = {key: day or each for key, each in usual.items()}
        await self.write(lambda: raid.reviewed(self.desk, days))
        asked = "" if text in map(str, usual.values()) else text  # what was offered is worked out anew for others
        self.repeatable(list(days), lambda here, others: here._reviewed_again(asked))
        told = ", ".join(f"{key} {format_date(day, 'long')}" for key, day in list(days.items())[:3])
        self.say(self.keyed(_("next review: {days}; {undo} takes it back"), days=told))

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
        """What a day was understood as, or what is wrong with it."""
        return offered_or_told(self.desk, by_name("risks"), self.desk.fields("risks")["next_review"], text, {})
