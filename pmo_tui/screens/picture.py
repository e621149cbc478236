"""The screen, or the drawing on it alone, as a picture: SVG that asks nothing of anybody who looks at it."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.segment import Segment, Segments
from textual.geometry import Region
from textual.widget import Widget

from pmo_tui.desk.files.pictures import named, offered, save
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.screens.overwriting import write_over
from pmo_tui.widgets.ageing_bar import AgeingBar
from pmo_tui.widgets.gantt import GanttTable
from pmo_tui.widgets.heat_map import HeatMap
from pmo_tui.widgets.sheet import SheetTable
from pmo_tui.widgets.week_table import WeekTable
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.screens.frame import Frame

DRAWINGS: tuple[type[Widget], ...] = (GanttTable, HeatMap, AgeingBar, SheetTable, WeekTable)
"""The widgets that are a drawing, the first found on a screen is the one that is meant."""
FROM_ELSEWHERE = re.compile(r"@font-face\s*\{.*?\}|<!--.*?-->", re.DOTALL)
FONTS = re.compile(r"font-family: [^;]*;")
FONT = "font-family: 'Fira Code', 'DejaVu Sans Mono', Menlo, Consolas, monospace;"
"""What the letters are drawn with: the first of these that is there."""
NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no letter for."""


def clean(picture: str) -> str:
    """A picture as Rich makes it, without addresses that something would be loaded from, in fonts that are at hand."""
    return NOT_XML.sub("�", FONTS.sub(FONT, FROM_ELSEWHERE.sub("", picture)))


def of_screen(screen: Frame) -> str:
    """The whole screen as it is."""
    return clean(screen.app.export_screenshot(title=f"pmo · {screen.heading()}"))


def of_widget(widget: Widget, title: str) -> str:
    """One widget as it is on the screen."""
    width, height = widget.size
    console = Console(
        width=width, height=height, file=io.StringIO(), force_terminal=True, color_system="truecolor", record=True, legacy_windows=False,
    )  # fmt: skip
    found: list[Segment] = []
    for strip in widget.render_lines(Region(0, 0, width, height)):
        found += [*strip, Segment.line()]
    console.print(Segments(found), end="")
    return clean(console.export_svg(title=f"pmo · {title}"))


def drawing(screen: Frame) -> Widget:
    """The drawing that is on a screen; WrongUse where there is none."""
    for kind in DRAWINGS:
        for widget in screen.query(kind):
            if widget.display and widget.size.area:
                return widget
    raise WrongUse(N_("There is no drawing on this screen."), N_("The picture of the whole screen can be saved."))


def ask_where(screen: Frame, picture: str, what: str) -> None:
    """Ask for the file of a picture that was taken, and write it; over a file that is there only after asking."""

    async def write(path: Path) -> None:
        save(screen.desk, path, picture)
        screen.say(_("the picture is in {file}").format(file=safe(path.resolve())))

    async def chosen(text: str) -> None:
        if text.strip():
            path = named(text)
            await write_over(screen, path, lambda: write(path), again=False)

    screen.ask(chosen, _("Picture to"), offered(screen.desk, what))
