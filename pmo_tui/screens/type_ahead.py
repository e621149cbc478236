"""Keys typed ahead: each is done with before the next is looked at.

Textual hands a key to the widget that has the focus when the key arrives, and looks for its binding when the key has come back up. Of
several keys that arrive at once, as they do over a slow line, the second would still go to the screen that the first one leaves.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import TYPE_CHECKING

from textual.app import App
from textual.dom import DOMNode
from textual.events import Key, Paste
from textual.message_pump import MessagePump

if TYPE_CHECKING:
    from typing import Any

TURNS = 3
"""So many turns of the event loop whatever a key has answered needs to go on: a worker that waits for it pushes its screen."""
TOO_LONG = 1.0
"""Seconds after which a key is taken to be done: its widget may be gone."""


class TypeAhead:
    """Holds back the keys behind the one that is being done."""

    def __init__(self, app: App[Any]) -> None:
        self.app = app
        self._waiting: deque[Key | Paste] = deque()
        self._next: Key | Paste | None = None
        self._since = 0.0
        self._turn = 0

    def hold(self, event: Key | Paste) -> bool:
        """Whether the event has to wait; it then comes again. None overtakes one that waits."""
        if self.app.screen_stack and not self.app.screen.is_mounted:
            self._wait_for_screen(event)
            return True
        if event is self._next:
            self._next = None
            return False
        idle = not self._since or time.monotonic() - self._since > TOO_LONG
        if idle and not self._waiting and self._next is None:
            return False
        if not self._waiting:
            self.app.set_timer(TOO_LONG, self._give_up)
        self._waiting.append(event)
        return True

    def _wait_for_screen(self, event: Key | Paste) -> None:
        """The screen in front is still being made: what it is to be told comes again when it stands."""
        if event is self._next:
            self._next = None
            self._waiting.appendleft(event)
        else:
            self._waiting.append(event)
        self.app.set_timer(TOO_LONG, self._give_up)
        self.follow(self.app.screen)

    def follow(self, target: MessagePump) -> None:
        """An event went to `target`: go up behind it, until it is done."""
        self._turn += 1
        self._since = time.monotonic()
        self._step(target, self._turn)

    def done(self) -> None:
        """An event was done with on the spot."""
        self._turn += 1
        self._done(self._turn)

    def _step(self, node: MessagePump, turn: int) -> None:
        if not node.call_later(self._passed, node, turn) and node is not self.app:
            self._step(self.app, turn)

    def _passed(self, node: MessagePump, turn: int) -> None:
        if node is self.app:
            self._done(turn)
        else:
            above = node.parent if isinstance(node, DOMNode) else None
            self._step(above or self.app, turn)

    def _done(self, turn: int, turns_of_the_loop: int = TURNS) -> None:
        if turn != self._turn:
            return
        if turns_of_the_loop:
            asyncio.get_running_loop().call_soon(self._done, turn, turns_of_the_loop - 1)
        else:
            self._since = 0.0
            if self._waiting and self._next is None:
                self._next = self._waiting.popleft()
                self.app.post_message(self._next)

    def _give_up(self) -> None:
        if self._since and time.monotonic() - self._since >= TOO_LONG:
            self._done(self._turn)
        if self._waiting:
            self.app.set_timer(TOO_LONG, self._give_up)
