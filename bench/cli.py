"""How long a verb takes from a cold start, beside importing the three libraries it stands on; medians, and their ratio to that.

./pmo bench cli

The two are started in turns, so that what else the machine does falls on both. Byte code is written first, as any second start
finds it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from pmo_tui.desk.demo.build import build
from pmo_tui.records.registers import REGISTERS
from pmo_tui.store import open_store

ROUNDS = 25
YARDSTICK = ("-c", "import click, msgspec, tinydb")
PROMISED = 2.0
"""Times the yardstick, for `pmo list … --json`."""
VERBS: dict[str, float | None] = {
    "list risks --json": PROMISED,
    "list projects --json": PROMISED,
    "list invoices --json": PROMISED,
    "list risks owner:jan score>=12 next_review<+2w --json": PROMISED,
    "--version": None,
    "show P-1": None,
    "list risks": None,
    "set R-1 impact=3": None,
}


def main() -> None:
    """Make a store of about a thousand documents, measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        environ |= {
            "HOME": folder,
            "PMO_STORE": str(Path(folder, "pmo.json")),
            "LANG": "C.UTF-8",
        }
        print(
            f"{documents(environ['PMO_STORE'])} documents; milliseconds, medians of {ROUNDS} (least), and times the yardstick"
        )
        for words, promised in VERBS.items():
            verb = ("-P", "-m", "pmo_tui", *words.split())
            for command in (YARDSTICK, verb):
                taken(command, environ)
            pairs = [(taken(YARDSTICK, environ), taken(verb, environ)) for _ in range(ROUNDS)]
            yardstick, verb_time = (statistics.median(column) for column in zip(*pairs, strict=True))
            least = min(times for _, times in pairs)
            ratio = statistics.median(mine / other for other, mine in pairs)
            told = f"{words:56} {verb_time:6.0f} ({least:.0f})  yardstick {yardstick:4.0f}  {ratio:5.2f} ×"
            print(
                told
                if promised is None
                else f"{told}  promised {promised} ×: {'kept' if ratio <= promised else 'NOT KEPT'}"
            )


def documents(path: str) -> int:
    """Fill a store and count it."""
    with open_store(path, author="bench", login="bench") as store:
        build(store, projects=12, seed=1, today=date.today())
        store.checkpoint()
        return sum(len(store.shelf(register.name)) for register in REGISTERS)


def taken(words: tuple[str, ...], environ: dict[str, str]) -> float:
    """Milliseconds until a start is over."""
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, *words], env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True
    )
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
