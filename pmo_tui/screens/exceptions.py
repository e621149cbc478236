"""What breaks a rule, as a list: the whole sentence of the row stands below it, and `w` says why the rule fired."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from pmo_tui.actions import action, key_name, keys_of
from pmo_tui.screens.everywhere import Everywhere
from pmo_tui.screens.register import RegisterScreen
from pmo_tui.widgets.table import Column
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

NAME = "exceptions"
SENTENCE = "text"
LEAST, MOST = 24, 80
"""The sentence has the room that the other columns leave it, within these."""
FIGURES = {
    "over_budget": "available",
    "result_below": "expected_result",
    "past_finish": "rag_computed",
    "milestone_slip": "early_finish",
    "declared_better": "rag_computed",
    "review_overdue": "next_review",
    "match_exception": "match",
    "overdue_invoice": "bucket",
    "duplicate": "noticed",
    "suspected": "noticed",
    "shared_iban": "noticed",
    "strange_iban": "noticed",
    "notice_due": "notice_by",
    "over_booked": "load",
}
"""Which figure of the record a rule looked at; the others look for something that is not there."""


class ExceptionsScreen(RegisterScreen):
    """The list of exceptions."""

    def __init__(self, filter_text: str = "") -> None:
        super().__init__(NAME, filter_text)

    def again(self) -> Callable[[], Everywhere] | None:
        """The same list."""
        return ExceptionsScreen

    def footer_keys(self) -> list[tuple[str, str]]:
        """Why is asked here most; a list that follows from records is no place to add or delete any."""
        names = {id: key_name(keys_of(action(id), self.office.keymap)[0]) for id in ("new", "delete", "why")}
        first, *rest = [pair for pair in super().footer_keys() if pair[0] not in names.values()]
        return [first, (names["why"], _(action("why").label)), *rest]

    def columns(self) -> list[Column]:
        """The sentence takes what the others that are usually shown leave."""
        fields = self.fields()
        found = super().columns()
        others = sum(each.width + 1 for each in found if fields[each.name].field.shown and each.name != SENTENCE)
        room = max(LEAST, min(MOST, self.size.width - others - 2))
        return [replace(each, width=room, flexible=False) if each.name == SENTENCE else each for each in found]

    def on_resize(self) -> None:
        """More or less room for the sentence."""
        if self.is_mounted and self.view is not None:
            self.call_after_refresh(self.look)

    # ---- what is wrong -------------------------------------------------------------------------------------------------------

    def standing_words(self) -> list[str]:
        """The whole sentence of the row too, which a column cuts."""
        sentence = safe(self._of_row(SENTENCE))
        return [*super().standing_words(), *([sentence] if sentence else [])]

    def says_more_than_the_count(self) -> bool:
        """The sentence does; while a filter is typed one looks at the count."""
        return bool(self._of_row(SENTENCE)) and not self.prompt.asking

    def _of_row(self, name: str) -> str:
        view, row = self.view, self.table.row
        return str(view.value(view.key(row), name) or "") if view is not None and 0 <= row < len(view) else ""

    async def action_why(self) -> None:
        """Why the rule fired: the figure that it looked at, or where there is none the sentence."""
        await self.attempt(self._why)

    def _why(self) -> Awaitable[Any] | None:
        from pmo_tui.screens.why import WhyScreen

        key, rule = self._key(), self._of_row("rule")
        if rule in FIGURES:
            return self.app.push_screen(WhyScreen(key, FIGURES[rule]).asked())
        words = _("{key} breaks the rule “{rule}”: {sentence}.")
        self.say(words.format(key=key, rule=safe(_(rule)), sentence=safe(self._of_row(SENTENCE))))
        return None
