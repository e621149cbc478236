"""Of two views of lines only the one with the keys shows a cursor's line; the other hints at its place."""

from __future__ import annotations

from textual.app import App, ComposeResult

from pmo_tui.widgets.text_page import TextPage, line


class Two(App[None]):
    """Two pages."""

    def compose(self) -> ComposeResult:
        """One beside the other."""
        yield TextPage([line("one", "", "R-1"), line("two", "", "R-2")], id="left")
        yield TextPage([line("three", "", "R-3")], id="right")


async def test_the_place_of_the_view_without_the_keys_is_only_hinted_at() -> None:
    app = Two()
    async with app.run_test() as pilot:
        left, right = app.query_one("#left", TextPage), app.query_one("#right", TextPage)
        for here, there in ((left, right), (right, left)):
            here.focus()
            await pilot.pause()
            assert (here.aside, there.aside) == (False, True)
            shown, hinted = here.render_line(0), there.render_line(0)
            assert shown._segments[0].style != hinted._segments[0].style
            style = hinted._segments[0].style
            assert style is not None
            assert not style.reverse
        app.set_focus(None)
        await pilot.pause()
        assert not right.aside, "where nothing else has the keys the place is shown"
