"""What stands in a field as a terminal may be shown it: letter by letter in the same place, so that the cursor counts right."""

from __future__ import annotations

from rich.highlighter import Highlighter
from rich.text import Text

from pmo_tui.wording.safe import LINE_END, TAB, safe_in_place

ONE_LINE = str.maketrans({"\t": TAB, "\n": LINE_END})


class InPlace(Highlighter):
    """Gives an `Input` the text to paint. It colours nothing."""

    def __call__(self, text: str | Text) -> Text:
        """The text with a safe letter in the place of each; a tab and the end of a line are ones too."""
        plain = text.plain if isinstance(text, Text) else text
        return Text(safe_in_place(plain).translate(ONE_LINE), no_wrap=True, overflow="ignore", end="")

    def highlight(self, text: Text) -> None:
        """Nothing."""
