"""What is worked out in a thread, as long as somebody waits for it."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from threading import get_ident, main_thread
from time import sleep
from typing import TypeVar

T = TypeVar("T")
_KEYS = main_thread().ident
"""The thread that answers keys."""
_WANTED: ContextVar[Callable[[], bool]] = ContextVar("wanted", default=lambda: True)


class Overtaken(Exception):
    """What was being worked out in a thread is not wanted any more. What was made so far is kept."""


def as_long_as(wanted: Callable[[], bool], work: Callable[[], T]) -> T:
    """Do something in a thread until it is not wanted any more: Overtaken then."""
    before = _WANTED.set(wanted)
    try:
        return work()
    finally:
        _WANTED.reset(before)


def give_way() -> None:
    """Between two pieces of work: in a thread, let whoever presses keys go first, and stop when this is not wanted any more."""
    if get_ident() != _KEYS:
        sleep(0)
        if not _WANTED.get()():
            raise Overtaken
