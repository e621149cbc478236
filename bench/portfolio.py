"""How long the figures of a portfolio take: cold, and after one edit; medians, beside the promise.

./pmo bench portfolio
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from pmo_tui.desk.demo.build import build
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.folders import folders
from pmo_tui.records.registers import REGISTERS
from pmo_tui.store import open_store

PROJECTS = 500
ROUNDS = 5
LISTS = ("portfolio", "exceptions", "milestones", "ageing", "exposure")
EDITED = {"a task": "T-5", "an invoice": "INV-5", "a risk": "R-7", "a booking": "BKG-7", "a project": "P-7"}
COLD, AFTER_EDIT = 3000, 30
"""Promised milliseconds."""


def main() -> None:
    """Make a demo portfolio, measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "pmo.json")
        with open_store(path, author="bench", login="bench") as store:
            print(f"making {PROJECTS} projects …", file=sys.stderr)
            build(store, projects=PROJECTS, seed=1, today=date.today())
            store.checkpoint()
            count = sum(len(store.shelf(register.name)) for register in REGISTERS)
        print(f"{PROJECTS} projects, {count:,} documents; milliseconds of processor time, medians of {ROUNDS}")
        print(
            f"{'all figures, cold':34} {statistics.median(cold(path, folder) for _ in range(ROUNDS)):8.0f}  promised {COLD}"
        )
        for what, key in EDITED.items():
            print(f"{'after ' + what + ' was edited':34} {after(path, folder, key):8.1f}  promised {AFTER_EDIT}")


def opened(path: Path, folder: str) -> Desk:
    """A desk that knows nothing yet."""
    return Desk(open_store(path, author="bench", login="bench"), folders({**os.environ, "HOME": folder}))


def cold(path: Path, folder: str) -> float:
    """Every figure of the portfolio on a desk that was just opened."""
    desk = opened(path, folder)
    start = time.process_time()
    for name in LISTS:
        desk.view(name)
    spent = time.process_time() - start
    desk.store.close()
    return 1000 * spent


def after(path: Path, folder: str, key: str) -> float:
    """The figures of the portfolio after `key` was edited."""
    desk = opened(path, folder)
    for name in LISTS:
        desk.view(name)
    spent = []
    for turn in range(ROUNDS):
        desk.store.transact(lambda draft, turn=turn: draft.change(key, {"notes": f"turn {turn}"}))  # type: ignore[misc]
        start = time.process_time()
        desk.view("portfolio")
        spent.append(1000 * (time.process_time() - start))
    desk.store.close()
    return statistics.median(spent)


if __name__ == "__main__":
    main()
