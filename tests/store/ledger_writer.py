"""A session in a process of its own: `python -m tests.store.ledger_writer PATH`. It says what became of each step.

A line a step: its name, and `kept` or the name of the error. Whatever else goes wrong ends it with a traceback.
"""

from __future__ import annotations

import sys

from pmo_tui.records.errors import StoreTrouble
from pmo_tui.store import Store, open_store
from tests.contract.writes import add

STEPS = ("one", "two", "checkpoint", "three", "four")
"""What it does, in order: risks with these titles, and a checkpoint, after which a new segment begins."""


def do(store: Store, step: str) -> None:
    """One step."""
    if step == "checkpoint":
        store.checkpoint()
    else:
        add(store, "risks", title=step, notes="n" * 200)


def main(path: str) -> None:
    """All steps, whatever becomes of one."""
    try:
        store = open_store(path, author="ann")
    except StoreTrouble as trouble:
        print("open", type(trouble).__name__, flush=True)
        return
    with store:
        for step in STEPS:
            try:
                do(store, step)
            except StoreTrouble as trouble:
                print(step, type(trouble).__name__, flush=True)
            else:
                print(step, "kept", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
