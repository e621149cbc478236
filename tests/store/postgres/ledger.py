"""Sessions that write as fast as they can, and a ledger of what each was told."""

from __future__ import annotations

import collections
import itertools
import threading
import time
from collections.abc import Callable, Iterable

from pmo_tui.records.errors import Conflict, StoreTrouble
from pmo_tui.store import Store
from pmo_tui.store.postgres.errors import Unsure
from tests.contract.writes import add

KEPT, REFUSED, UNSURE = "kept", "refused", "unsure"


class Writer(threading.Thread):
    """Adds risks one after the other through a session of its own, until `stop`. `pauses` are seconds between two
    acknowledgements."""

    def __init__(self, store: Store, number: int, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.store = store
        self.ledger: dict[str, str] = {}
        self.longest_pause = 0.0
        self._number = number
        self._stop_at = stop

    def run(self) -> None:
        last = time.monotonic()
        for count in itertools.count():
            if self._stop_at.is_set():
                return
            title = f"{self._number}-{count}"
            try:
                add(self.store, "risks", title=title)
            except Unsure:
                self.ledger[title] = UNSURE
            except (StoreTrouble, Conflict):
                self.ledger[title] = REFUSED
                time.sleep(0.01)
            else:
                self.ledger[title] = KEPT
                self.longest_pause = max(self.longest_pause, time.monotonic() - last)
                last = time.monotonic()

    def count(self, outcome: str) -> int:
        """How many changes came out so."""
        return sum(each == outcome for each in list(self.ledger.values()))


def all_wrote(writers: Iterable[Writer], more: int, seconds: float) -> bool:
    """Wait until each of the writers has had so many more changes acknowledged."""
    goals = [(writer, writer.count(KEPT) + more) for writer in writers]
    return soon(lambda: all(writer.count(KEPT) >= goal for writer, goal in goals), seconds)


def soon(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Whether it becomes true in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.002)
    return True


def compare(writers: Iterable[Writer], found: Store) -> int:
    """What was acknowledged is there, once; what was refused is not. How many changes there are."""
    there = collections.Counter(str(document["title"]) for document in found.shelf("risks").values())
    assert set(there.values()) == {1}
    told = {title: outcome for writer in writers for title, outcome in writer.ledger.items()}
    lost = [title for title, outcome in told.items() if outcome == KEPT and title not in there]
    there_all_the_same = [title for title, outcome in told.items() if outcome == REFUSED and title in there]
    assert (lost, there_all_the_same) == ([], [])
    assert set(there) <= set(told)
    return len(there)
