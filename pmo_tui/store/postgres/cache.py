"""The copy that a session leaves on its own machine, so that its next start fetches only what is new.

It is a snapshot as a store in files has one. It is believed only where the server still has its last line with the same
sum in the same chain; one that is damaged is thrown away, and everything is fetched anew.
"""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from pathlib import Path

from pmo_tui.records.errors import PmoError
from pmo_tui.store.embedded import snapshot
from pmo_tui.store.embedded.files import Names, write_durably
from pmo_tui.store.replica import Replica


class Cache:
    """The copy of one store in a folder of the user's own, which is made when something is written. None keeps none."""

    def __init__(self, folder: Path | None, store: str) -> None:
        self.path = None if folder is None else folder / "postgresql" / f"{store}.json"

    def read(self) -> tuple[int, Replica] | None:
        """The chain and the replica in the copy; None where there is none that can be read."""
        if self.path is None or not self.path.exists():
            return None
        try:
            meta, replica = snapshot.read(Names(self.path))
        except (PmoError, OSError) as error:
            logging.getLogger(__name__).warning("%s", error)
            self.remove()
            return None
        return meta.chain, replica

    def write(self, chain: int, replica: Replica) -> None:
        """Replace the copy. A machine that has no room for it does without."""
        if self.path is None:
            return
        beside = self.path.with_suffix(f".{os.getpid()}.new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with replica.lock:
                pieces = list(snapshot.render(replica, chain, 1, 0))
            write_durably(beside, pieces)
            os.replace(beside, self.path)
        except OSError as error:
            logging.getLogger(__name__).warning("%s: %s", self.path, error)
            with suppress(OSError):
                beside.unlink(missing_ok=True)

    def remove(self) -> None:
        """Throw the copy away."""
        if self.path is not None:
            with suppress(OSError):
                self.path.unlink(missing_ok=True)

    def put_aside(self, sequence: int) -> Path | None:
        """Keep the copy under another name: the server no longer has what it holds."""
        if self.path is None:
            return None
        aside = self.path.with_suffix(f".until-{sequence}.json")
        with suppress(OSError):
            os.replace(self.path, aside)
        return aside
