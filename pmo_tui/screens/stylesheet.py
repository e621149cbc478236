"""What the screens look like, parsed once.

Textual reads every stylesheet again for each screen that comes up for the first time, and once more when it has started, as the theme
might be another one by then. While the colours are the same, so is what was read.
"""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet


class KeptStylesheet(Stylesheet):
    """A stylesheet that reads a source again only when the colours of the theme changed."""

    def set_variables(self, variables: dict[str, str]) -> None:
        """Use these colours; what was read for the same ones stays."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Take in what was added; the rules stay as they are where that is wrong."""
        self.parse()
