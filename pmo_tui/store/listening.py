"""Telling listeners what others committed, and who came, left or went to another record."""

from __future__ import annotations

import threading
from collections.abc import Callable

from pmo_tui.records.errors import PmoError
from pmo_tui.store.transactions import Transaction

Callback = Callable[[list[Transaction]], None]
Watch = Callable[[Callable[[], None], Callable[[], None]], Callable[[], None]]
"""Starts watching: what is called after a commit, and when who is on may have changed; returns what ends it."""


class Listeners:
    """The callbacks of one store. The thread that watches starts with the first of them, ends with `close`."""

    def __init__(self, watch: Watch, refresh: Callable[[], list[Transaction]], around: Callable[[], object]) -> None:
        self._watch = watch
        self._refresh = refresh
        self._around = around
        self._seen: object = None
        self._about_others: list[Callable[[], None]] = []
        self._lock = threading.Lock()
        self._callbacks: list[Callback] = []
        self._untold: list[Transaction] = []
        self._stop: Callable[[], None] | None = None
        self.trouble: PmoError | None = None
        """Why the last commits of others could not be taken in; None where they were."""

    def add(self, callback: Callback, others: Callable[[], None] | None = None) -> Callable[[], None]:
        """Tell `callback` of commits from now on, and `others` when who is on changed; returns what stops that."""
        with self._lock:
            self._callbacks.append(callback)
            if others is not None:
                self._about_others.append(others)
            if self._stop is None:
                self._stop = self._watch(self._woken, self._look_around)

        def stop() -> None:
            with self._lock:
                if callback in self._callbacks:
                    self._callbacks.remove(callback)
                if others in self._about_others:
                    self._about_others.remove(others)

        return stop

    def announce(self, transactions: list[Transaction]) -> None:
        """Others' transactions were taken in: the listener's thread passes them on at its next waking."""
        with self._lock:
            if self._callbacks:
                self._untold.extend(transactions)

    def _woken(self) -> None:
        """In the listener's thread: take in what there is, and tell."""
        try:
            self._refresh()
        except PmoError as error:
            import logging

            logging.getLogger(__name__).error("%s", error)
            self._trouble(error)
        else:
            self._trouble(None)
        with self._lock:
            told, self._untold = self._untold, []
            callbacks = list(self._callbacks)
        if told:
            for callback in callbacks:
                callback(told)

    def _look_around(self) -> None:
        """In the listener's thread: see who is on, and tell where that is not as it was."""
        with self._lock:
            told = list(self._about_others)
        if not told:
            return
        found = self._around()
        if found != self._seen:
            self._seen = found
            for callback in told:
                callback()

    def _trouble(self, error: PmoError | None) -> None:
        if str(error) != str(self.trouble):
            self.trouble = error
            self._look_around()

    def close(self) -> None:
        """End the thread."""
        with self._lock:
            stop, self._stop = self._stop, None
            self._callbacks.clear()
            self._about_others.clear()
        if stop is not None:
            stop()
