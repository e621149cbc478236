"""Textual's driver for a terminal, frugal: over a slow line it sends only what changed, and everywhere it sleeps until a key comes."""

from __future__ import annotations

import logging
import os
import selectors
from codecs import getincrementaldecoder
from threading import Event
from typing import TYPE_CHECKING, Any

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from pmo_tui.terminal.shadow import Shadow

if TYPE_CHECKING:
    from textual.app import App

SYNC_ON, SYNC_OFF = "\x1b[?2026h", "\x1b[?2026l"
ESCAPE_PENDING = 0.1
"""Seconds to wait for the rest of a sequence when an escape came alone; Textual's own measure."""


class WakingEvent(Event):
    """An event that also wakes who waits on a file: `read_end` becomes readable when it is set."""

    def __init__(self) -> None:
        super().__init__()
        self.read_end, self._write_end = os.pipe()
        os.set_blocking(self.read_end, False)

    def set(self) -> None:
        """Set it and wake."""
        super().set()
        os.write(self._write_end, b"x")

    def clear(self) -> None:
        """Take it back, the waking too."""
        super().clear()
        try:
            while os.read(self.read_end, 64):
                continue
        except BlockingIOError:
            return


class FrugalDriver(LinuxDriver):
    """`frugal` says whether frames are compared with what the terminal shows; the app's `quiet` decides it."""

    def __init__(self, app: App[Any], **more: Any) -> None:
        super().__init__(app, **more)
        self.exit_event = self._waking = WakingEvent()
        self.frugal = bool(getattr(app, "quiet", False))
        self._shadow = Shadow()
        self._sync = False
        self._shown = False

    def start_application_mode(self) -> None:
        """After a suspension the terminal may show anything, and Textual alone would paint only what is dirty."""
        self._shadow.size = (0, 0)
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._shown:
            self._app.call_later(self._app.refresh, layout=True)
        self._shown = True

    def write(self, data: str) -> None:
        """Send `data`; of a frame only what differs from what is shown. A frame in which nothing changed sends nothing at all."""
        if not self.frugal:
            super().write(data)
        elif data == SYNC_ON:
            self._sync = True
        elif data == SYNC_OFF:
            if not self._sync:
                super().write(data)
            self._sync = False
        elif data.startswith("\x1b[") and not data.startswith("\x1b[?") and "H" in data[:12]:
            self._write_frame(data)
        else:
            super().write(data)

    def _write_frame(self, data: str) -> None:
        size = (self._app.size.width, self._app.size.height)
        if self._shadow.size != size:
            self._shadow.forget(*size)
        try:
            changed = self._shadow.frame(data)
        except Exception:  # a fault in here must never cost the session: the frame is sent as it is
            logging.getLogger(__name__).exception("a frame could not be compared")
            changed = None
        if changed is None:
            self._shadow.size = (0, 0)
            changed = data
        if changed:
            super().write(f"{SYNC_ON}{changed}{SYNC_OFF}" if self._sync else changed)
        self._sync = False

    def run_input_thread(self) -> None:
        """As the parent's, but it waits for a key, for the end, or for the rest of an escape: it never looks just in case."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")().decode
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._waking.read_end, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                pending = getattr(parser, "_timeout_time", ESCAPE_PENDING) is not None
                for ready, _ in selector.select(ESCAPE_PENDING if pending else None):
                    if ready.fd != self.fileno:
                        continue
                    text = decode(os.read(self.fileno, 4096))
                    if not text:
                        return
                    for event in parser.feed(text):
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
