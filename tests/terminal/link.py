"""A slow line in a terminal: `python -m tests.terminal.link SECONDS COMMAND …` runs the command in a terminal of its own and hands on what
is typed and shown, so many seconds later each way, cut into pieces that mind neither letters nor sequences."""

from __future__ import annotations

import fcntl
import os
import pty
import selectors
import sys
import termios
import time
import tty
from collections import deque
from contextlib import suppress

PIECE = 97
"""Bytes that arrive together."""


def hand_on(child: int, delay: float) -> None:
    """Until the command ends."""
    late: deque[tuple[float, int, bytes]] = deque()
    with selectors.DefaultSelector() as selector:
        selector.register(child, selectors.EVENT_READ, 1)
        selector.register(0, selectors.EVENT_READ, child)
        while True:
            wait = max(0.0, late[0][0] - time.monotonic()) if late else None
            for key, _ in selector.select(wait):
                data = b""
                with suppress(OSError):
                    data = os.read(key.fd, 65536)
                if not data and key.fd == child:
                    for _, target, rest in late:
                        os.write(target, rest)
                    return
                if not data:
                    selector.unregister(0)
                moment = time.monotonic() + delay
                late.extend((moment, key.data, data[i : i + PIECE]) for i in range(0, len(data), PIECE))
            while late and late[0][0] <= time.monotonic():
                _, target, data = late.popleft()
                os.write(target, data)


def main() -> int:
    """Run the command; its exit code."""
    size = fcntl.ioctl(0, termios.TIOCGWINSZ, b"\0" * 8)
    pid, child = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, size)
        os.execvp(sys.argv[2], sys.argv[2:])
    kept = termios.tcgetattr(0)
    tty.setraw(0)
    try:
        hand_on(child, float(sys.argv[1]))
    finally:
        termios.tcsetattr(0, termios.TCSADRAIN, kept)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


if __name__ == "__main__":
    sys.exit(main())
