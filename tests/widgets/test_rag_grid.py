"""The grid of status colours by itself: any text in any width stays in shape."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from pmo_tui.widgets.rag_grid import RagGrid, RagLine
from pmo_tui.wording.safe import safe


class Stage(App[None]):
    """A grid on a screen."""

    def __init__(self, comment: str) -> None:
        super().__init__()
        self.comment = comment

    def compose(self) -> ComposeResult:
        """The grid."""
        yield RagGrid()

    def on_mount(self) -> None:
        """Two dimensions, and the keys."""
        grid = self.query_one(RagGrid)
        lines = [RagLine("overall", "Overall", "green", "red"), RagLine("time", safe(self.comment)[:40], "mauve")]
        grid.show(lines, {"overall": "green"}, {"time": safe(self.comment)})
        grid.focus()


@settings(max_examples=8)
@given(st.text(max_size=300), st.integers(20, 130))
def test_any_text_in_any_width(comment: str, width: int) -> None:
    import asyncio

    asyncio.run(_painted(comment, width))


async def _painted(comment: str, width: int) -> None:
    app = Stage(comment)
    async with app.run_test(size=(width, 12)) as pilot:
        grid = app.query_one(RagGrid)
        for line in range(3):
            assert grid.render_line(line).cell_length == width
        await pilot.press("a", "minus")
        assert grid.colours == {"overall": "amber", "time": None}
        await pilot.press("up", "o")
        assert grid.colours["overall"] == "amber"
