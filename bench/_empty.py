"""The least Textual app that there is: what starting Textual costs by itself."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Empty(App[None]):
    """One word."""

    def compose(self) -> ComposeResult:
        """The word."""
        yield Static("ready")


Empty().run()
