"""The app with a driver that writes down every frame twice: as Textual painted it, and as it was sent. Run by `test_app_frames`.

SIGUSR1 takes the next theme, SIGUSR2 pops up a message.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from typing import Any

from pmo_tui.app import PmoApp
from pmo_tui.desk.opening import Settings, open_desk
from pmo_tui.terminal.driver import FrugalDriver

LOG = open(os.environ.get("PMO_FRAMES", os.devnull), "a", encoding="utf-8")  # noqa: SIM115 - until the process ends


class Recording(FrugalDriver):
    """Writes down size, frame as painted, frame as sent, one line of JSON each."""

    def _fewer(self, data: str) -> str:
        sent = super()._fewer(data)
        size = self._app.size
        LOG.write(json.dumps([size.width, size.height, data, sent]) + "\n")
        LOG.flush()
        return sent


class Recorded(PmoApp):
    """The app, which signals may disturb."""

    def on_load(self) -> None:
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGUSR1, self._next_theme)
        loop.add_signal_handler(signal.SIGUSR2, self.notify, "漢字 [b]ready[/] ✅")

    def _next_theme(self) -> None:
        names = sorted(self.available_themes)
        self.theme = names[(names.index(self.theme) + 1) % len(names)]


def main() -> int:
    """Open the store that is named."""
    more: dict[str, Any] = {"driver_class": Recording}
    desk = open_desk(Settings(store=sys.argv[1]))
    try:
        return Recorded(desk, **more).start()
    finally:
        desk.store.close()


if __name__ == "__main__":
    sys.exit(main())
