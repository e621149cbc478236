"""Drives the app as an officer does: keys in, lines of text out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from textual.pilot import Pilot

from pmo_tui.app import PmoApp
from pmo_tui.screens.frame import Frame
from tests.app.terminal import PATIENCE


class Driver:
    """The app under a test. `keys` counts what was pressed."""

    def __init__(self, app: PmoApp, pilot: Pilot[Any]) -> None:
        self.app = app
        self.pilot = pilot
        self.keys = 0

    async def press(self, *keys: str) -> None:
        """Press keys one after another and let each be done."""
        for key in keys:
            self.keys += 1
            await self.pilot.press(key)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type text; not counted as keys, as free text is not."""
        names = {" ": "space"}
        for letter in text:
            await self.pilot.press(names.get(letter, letter))
        await self.settle()

    async def settle(self) -> None:
        """Wait until everything that was started is done: threads that write or read, and what they tell."""
        for _ in range(200):
            await self.pilot.pause()
            running = [worker for worker in self.app.workers if not worker.is_finished and not self.prompting]
            if not running and self._laid_out():
                break
            await asyncio.sleep(0.01)
        await self.pilot.pause()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for what comes by itself, such as what a colleague wrote; machines that test are busy. AssertionError shows the screen."""
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, self.text
            await self.settle()
            await asyncio.sleep(0.02)

    def _laid_out(self) -> bool:
        return len(self.app.screen._compositor.render_strips()) >= self.app.size.height

    @property
    def prompting(self) -> bool:
        """Whether something is asked: that worker waits for keys."""
        screen = self.app.screen
        return isinstance(screen, Frame) and screen.prompt.asking

    @property
    def frame(self) -> Frame:
        """The screen in front."""
        screen = self.app.screen
        assert isinstance(screen, Frame)
        return screen

    @property
    def status(self) -> str:
        """What the status line says."""
        return self.frame.status.text

    def lines(self) -> list[str]:
        """The screen as text, line by line."""
        _width, height = self.app.size
        found = []
        for y in range(height):
            strip = self.app.screen._compositor.render_strips()[y]
            found.append("".join(segment.text for segment in strip).rstrip())
        return found

    @property
    def text(self) -> str:
        """The screen as text."""
        return "\n".join(self.lines())


def said(app: Driver) -> str:
    """The screen as one text, however its lines are broken."""
    return " ".join(app.text.split())


def row(app: Driver, key: str) -> str:
    """The line of a record in a list."""
    return next(line for line in app.lines() if line.split()[:1] == [key])
