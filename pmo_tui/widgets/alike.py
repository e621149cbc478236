"""Amounts that a column has no room for: all of a column are written in one form, so that they can be compared."""

from __future__ import annotations

from pmo_tui.widgets.cutting import is_wider
from pmo_tui.wording.money import shortened


class Alike:
    """The form of the amounts of each column: the shortest that one of those painted so far needs.

    It is found while lines are painted; `rose` says that those painted before look otherwise now.
    """

    def __init__(self) -> None:
        self.forms: dict[tuple[str, int], int] = {}
        """By the column's name and its width."""
        self.rose = False

    def forget(self) -> None:
        """Other rows are shown."""
        self.forms.clear()
        self.rose = False

    def written(self, name: str, text: str, size: int) -> str:
        """A figure of the column `name`, `size` columns wide."""
        form = self.forms.get((name, size), 0)
        if not form and not is_wider(text, size):
            return text
        found = shortened(text, size, form or 1)
        if found.form > form and found.of_currency:
            self.forms[name, size] = found.form
            self.rose = True
        return found.text
