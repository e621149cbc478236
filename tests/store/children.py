"""Processes of the test itself, which may be killed at any moment."""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable

PATIENCE = 60.0
"""Seconds after which a child hangs."""


def start(work: Callable[[], object]) -> int:
    """Run `work` in a child process, which ends with 0, or with 1 when it raised; the child's process id."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    except BaseException:  # noqa: BLE001  # whatever it is, the child must not go on as a second test run
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def ended(child: int) -> int:
    """Wait for a child: its exit code, or minus the signal that ended it."""
    deadline = time.monotonic() + PATIENCE
    while True:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            raise TimeoutError(f"the child still ran after {PATIENCE} seconds")
        time.sleep(0.0005)


def kill(child: int) -> None:
    """Kill a child as the power switch would, and wait until it is gone."""
    os.kill(child, signal.SIGKILL)
    assert ended(child) == -signal.SIGKILL
