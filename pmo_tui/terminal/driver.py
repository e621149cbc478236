"""Textual's driver for a terminal, frugal: over a slow line it sends only what changed, and everywhere it sleeps until a key comes."""

from __future__ import annotations

import logging
import os
import signal
import termios
from asyncio import TimerHandle
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING, Any, TextIO, cast

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key, Resize

from pmo_tui.terminal.abilities import erases_in_colour
from pmo_tui.terminal.output import Output
from pmo_tui.terminal.shadow import Shadow

if TYPE_CHECKING:
    from types import FrameType

    from textual.app import App
    from textual.message import Message

SYNC_ON, SYNC_OFF = "\x1b[?2026h", "\x1b[?2026l"
ONE_PACKET = 1400
"""So many characters arrive together over most lines, and need no marks around them to be shown together."""
AT_ONCE = 65_536
"""So many bytes of keys are read at once."""
ESCAPE_PENDING = 0.1
"""Seconds to wait for the rest of a sequence when an escape came alone; Textual's own measure."""


def _suspend_key(attributes: list[Any] | None) -> str:
    """The key that suspends a program in this terminal, mostly ctrl+z; "" where none does."""
    if attributes is None:
        return ""
    number = ord(attributes[6][termios.VSUSP])
    return f"ctrl+{chr(number + 96)}" if 1 <= number <= 26 else ""


class FrugalDriver(LinuxDriver):
    """`frugal` says whether frames are compared with what the terminal shows; the app's `quiet` decides it."""

    def __init__(self, app: App[Any], **more: Any) -> None:
        super().__init__(app, **more)
        self.frugal = bool(getattr(app, "quiet", False))
        self._output = Output(cast("TextIO", self._file))
        self._file = self._output  # type: ignore[assignment]  # Textual's thread writes, flushes, and asks for its number
        self._shadow = Shadow(self.frugal and erases_in_colour())
        self._stale = False
        self._together: list[str] | None = None
        self._shown = self._active = False
        self._parser, self._decode = XTermParser(self._debug), getincrementaldecoder("utf-8")("replace").decode
        self._rest_awaited: TimerHandle | None = None
        self._suspend_key = ""
        self._size = self._size or self._get_terminal_size()

    def _get_terminal_size(self) -> tuple[int, int]:
        """Columns and rows as the terminal itself has them; what a shell once wrote into COLUMNS and LINES may be long past."""
        for number in (self.fileno, self._output.fileno()):
            try:
                size = os.get_terminal_size(number)
            except (OSError, ValueError):
                continue
            if size.columns and size.lines:
                return size.columns, size.lines
        return super()._get_terminal_size()

    def start_application_mode(self) -> None:
        """After a suspension the terminal may show anything, and Textual alone would paint only what is dirty."""
        self.forget()
        self._together = None
        self._key_thread = None
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._active = self._key_thread is not None
        if self._active:
            self._parser = XTermParser(self._debug)
            self._loop.add_reader(self.fileno, self._keys_came)
        self._follow_size()
        self._suspend_key = _suspend_key(self.attrs_before)
        if self._shown:
            self._app.call_later(self._app.refresh, layout=True)
        self._shown = True

    def stop_application_mode(self) -> None:
        """What was being painted when the program is suspended is not waited for."""
        self._together = None
        self._active = False
        super().stop_application_mode()

    # ---- job control ---------------------------------------------------------------------------------------------------------

    def _sigtstp_application(self, *_: Any) -> None:
        """Stop as the shell wants it, with its terminal as it was; where no shell could go on with it, the system does not stop it."""
        in_use = self._active and self._auto_restart
        if in_use:
            self._must_signal_resume = True
            self.suspend_application_mode()
        resumed = signal.signal(signal.SIGCONT, signal.SIG_DFL)
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        signal.raise_signal(signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, self._sigtstp_application)
        signal.signal(signal.SIGCONT, resumed)
        if in_use:
            self.resume_application_mode()

    def _sigcont_application(self, *_: Any) -> None:
        """It goes on after a stop that it did not see coming, or comes to the foreground: the terminal is set up again."""
        if self._auto_restart:
            if self._active:
                self.suspend_application_mode()
            self.resume_application_mode()

    def _follow_size(self) -> None:
        """A terminal of another size may have moved or dropped what it showed, even when it has its old size again."""
        follow = signal.getsignal(signal.SIGWINCH)

        def resized(number: int, frame: FrameType | None) -> None:
            self.forget()
            if callable(follow):
                follow(number, frame)

        signal.signal(signal.SIGWINCH, resized)

    def process_message(self, message: Message) -> None:
        """A terminal may tell its new size between the keys. The terminal's suspend key does what it does elsewhere."""
        if isinstance(message, Resize):
            self.forget()
        if isinstance(message, Key) and message.key == self._suspend_key:
            os.killpg(0, signal.SIGTSTP)
            return
        super().process_message(message)

    def send_message(self, message: Message) -> None:
        """To the app, without a task and a future of its own for each key."""
        self._app.post_message(message)

    def forget(self) -> None:
        """The terminal may show anything: the next frame is sent whole. From any thread."""
        self._stale = True

    def write(self, data: str) -> None:
        """Send `data`; of a frame only what differs from what is shown. A frame in which nothing changed sends nothing at all.

        What comes between the marks of a synchronised update is sent as one piece.
        """
        if data == SYNC_ON:
            self._together = []
        elif data == SYNC_OFF and self._together is not None:
            text, self._together = "".join(self._together), None
            self._send(text if len(text) <= ONE_PACKET else f"{SYNC_ON}{text}{SYNC_OFF}")
        else:
            text = self._fewer(data) if self.frugal else data
            if self._together is None:
                self._send(text)
            else:
                self._together.append(text)

    def _send(self, text: str) -> None:
        try:
            text = self._output.at_once(text)
        except OSError:  # the terminal is gone, or takes no more; the thread has the next try
            logging.getLogger(__name__).exception("writing at once failed")
        if text:
            self._output.give()
            super().write(text)

    def _fewer(self, data: str) -> str:
        """The changes that `data` makes; all of it, from a settled look, where it is not a frame."""
        if not data.startswith("\x1b[") or data.startswith("\x1b[?") or "H" not in data[:12]:
            return self._shadow.settle() + data
        size = (self._app.size.width, self._app.size.height)
        if self._stale or self._shadow.size != size:
            self._stale = False
            self._shadow.forget(*size)
        try:
            changed = self._shadow.frame(data)
        except Exception:  # a fault in here must never cost the session: the frame is sent as it is
            logging.getLogger(__name__).exception("a frame could not be compared")
            changed = None
        if changed is None:
            self.forget()
            return self._shadow.settle() + data
        return changed

    # ---- keys ---------------------------------------------------------------------------------------------------------------

    def run_input_thread(self) -> None:
        """The thread in which Textual waits for keys has nothing to do: the loop itself waits for them, and nobody has to wake it."""

    def disable_input(self) -> None:
        """No more keys."""
        self._loop.remove_reader(self.fileno)
        if self._rest_awaited is not None:
            self._rest_awaited.cancel()
        super().disable_input()

    def _keys_came(self) -> None:
        """Something is there to be read; nothing, when the terminal is gone."""
        try:
            data = os.read(self.fileno, AT_ONCE)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            data = b""
        if data:
            self._read(self._decode(data))
            self._await_rest()
        else:
            self._loop.remove_reader(self.fileno)
            signal.raise_signal(signal.SIGHUP)

    def _read(self, text: str) -> None:
        """Send on what was typed."""
        sent = 0
        try:
            for event in self._parser.feed(text):
                self.process_message(event)
                sent += 1
        except Exception:
            logging.getLogger(__name__).exception("what was typed could not be read")
            self._read_singly(text, sent)

    def _read_singly(self, text: str, sent: int) -> None:
        """Letter by letter, so that a sequence that cannot be read costs no more than itself; some events were `sent` on already."""
        self._parser = XTermParser(self._debug)
        for letter in text:
            try:
                events = list(self._parser.feed(letter))
            except Exception:
                logging.getLogger(__name__).debug("this letter could not", exc_info=True)
                self._parser, events = XTermParser(self._debug), []
            for event in events:
                if sent:
                    sent -= 1
                else:
                    self.process_message(event)

    def _await_rest(self) -> None:
        """Where an escape may be a key or begin a sequence, time tells."""
        if self._rest_awaited is not None:
            self._rest_awaited.cancel()
            self._rest_awaited = None
        if self._parser._timeout_time is not None:
            self._rest_awaited = self._loop.call_later(ESCAPE_PENDING, self._no_rest_came)

    def _no_rest_came(self) -> None:
        for event in self._parser.tick():
            self.process_message(event)
        self._await_rest()
