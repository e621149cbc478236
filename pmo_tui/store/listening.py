"""Telling listeners what others committed."""

from __future__ import annotations

import threading
from collections.abc import Callable

from pmo_tui.records.errors import PmoError
from pmo_tui.store.transactions import Transaction

Callback = Callable[[list[Transaction]], None]


class Listeners:
    """The callbacks of one store. The thread that watches starts with the first of them, ends with `close`."""

    def __init__(
        self, watch: Callable[[Callable[[], None]], Callable[[], None]], refresh: Callable[[], list[Transaction]]
    ) -> None:
        self._watch = watch
        self._refresh = refresh
        self._lock = threading.Lock()
        self._callbacks: list[Callback] = []
        self._untold: list[Transaction] = []
        self._stop: Callable[[], None] | None = None

    def add(self, callback: Callback) -> Callable[[], None]:
        """Tell `callback` from now on; returns what stops that."""
        with self._lock:
            self._callbacks.append(callback)
            if self._stop is None:
                self._stop = self._watch(self._woken)

        def stop() -> None:
            with self._lock:
                if callback in self._callbacks:
                    self._callbacks.remove(callback)

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
        with self._lock:
            told, self._untold = self._untold, []
            callbacks = list(self._callbacks)
        if told:
            for callback in callbacks:
                callback(told)

    def close(self) -> None:
        """End the thread."""
        with self._lock:
            stop, self._stop = self._stop, None
            self._callbacks.clear()
        if stop is not None:
            stop()
