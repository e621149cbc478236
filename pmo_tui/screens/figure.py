"""Where a figure over a list comes from: its formula, and what went into it down to the fields of records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from pmo_tui.analysis.figure import Figure
from pmo_tui.desk.why_words import Step, steps
from pmo_tui.screens.everywhere import Everywhere
from pmo_tui.screens.why import WhyScreen
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe


class FigureScreen(WhyScreen):
    """The trace of a figure, made anew when anything changes; records are named by their titles too."""

    def __init__(self, make: Callable[[], Figure], name: str = "") -> None:
        super().__init__("", "")
        self.make = make
        self.name_of_it = name or make().name

    def heading(self) -> str:
        """Why what."""
        return _("Why: {figure}").format(figure=safe(_(self.name_of_it)))

    def again(self) -> Callable[[], Everywhere]:
        """The same figure, worked out anew."""
        make, name = self.make, self.name_of_it
        return lambda: FigureScreen(make, name)

    def steps(self) -> Iterator[Step]:
        """The lines of the trace."""
        for step in steps(self.desk, self.make()):
            if step.key and step.name == step.key:
                yield replace(step, name=f"{step.key}  {self.desk.title(step.key)}")
            elif step.key and step.depth == 1:
                yield replace(step, formula=self.desk.title(step.key))
            else:
                yield step
