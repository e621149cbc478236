"""What a key costs until it is painted, in this program, in VisiData and in Textual's own table, each on the same rows, in turns.

./pmo bench tui [--rounds N] [--rows 1000,10000,100000] [--write]

The others are installed, at the versions below, into a folder of their own in the cache. Each program runs in a pseudo terminal of
120 × 36; a key is sent when the one before it is painted, and is timed until something on the screen changed. `--write` puts the
table into RESULTS.md. Trust the ratios: what else the machine does falls on all of them.
"""

from __future__ import annotations

import argparse
import csv
import os
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from _screen_table import PORTFOLIO, Measured, report
from _terminal import ROWS, Link, Program, running

from pmo_tui.store import Draft, open_store

ROOT = Path(__file__).resolve().parents[1]
PINS = (
    "visidata==3.4", "python-dateutil==4.0.0", "textual==8.2.8", "rich==15.0.0", "markdown-it-py==4.3.0", "mdit-py-plugins==0.7.0",
    "linkify-it-py==2.2.0", "mdurl==0.1.2", "platformdirs==4.14.8", "Pygments==2.21.0", "typing_extensions==4.16.0",
)  # fmt: skip
COLUMNS = ("title", "probability", "impact", "status", "next_review")
STEPS, SCROLLED, PAGES = 20, 15, 15
"""Keys of each kind in a round."""
SLOW = Link(0.1, 1_000_000 / 8)
"""100 ms there and back, a megabit a second."""
HELD, RATE = 2.0, 30
IDLE = 10.0
STARTS = 15
"""Starts of each kind for the first paint."""


@dataclass(frozen=True, slots=True)
class Contender:
    """A program on a file: what starts it, what is on the screen when it can be used, keys to the rows and what shows that they are there."""

    name: str
    command: tuple[str, ...]
    ready: str
    environ: Mapping[str, str]
    keys: tuple[str, ...] = ()
    there: str = ""


# ---- what is measured on ---------------------------------------------------------------------------------------------------


def document(number: int) -> dict[str, object]:
    """A risk such as officers write."""
    return {
        "title": f"Part {number:06} comes late from its supplier",
        "probability": 1 + number % 5,
        "impact": 1 + number % 4,
        "status": ("identified", "mitigating", "assessed")[number % 3],
        "next_review": (date.today() + timedelta(days=number % 300 - 1)).isoformat(),
    }


def fill(folder: Path, count: int) -> None:
    """The same rows as a store and as a CSV file."""

    def work(draft: Draft) -> None:
        for number in range(1, count + 1):
            draft.add("risks", document(number))

    with open_store(folder / f"{count}.json", author="bench", login="bench") as store:
        store.transact(work, kind="import")
        store.checkpoint()
    with open(folder / f"{count}.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows([document(number)[name] for name in COLUMNS] for number in range(1, count + 1))


def others() -> Path:
    """The Python of the folder in which the others are installed, made when it is not there yet."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    venv = cache / "pmo_tui" / "bench-tui"
    stamp, python = venv / "pins", venv / "bin" / "python"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != "\n".join(PINS):
        print(f"installing VisiData and Textual into {venv} …", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(venv)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "--no-deps", *PINS], check=True)
        stamp.write_text("\n".join(PINS), encoding="utf-8")
    return python


def surroundings(home: Path) -> dict[str, str]:
    """An environment without anybody's habits."""
    return {
        "PATH": os.environ["PATH"], "HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8",
    }  # fmt: skip


def contenders(folder: Path, count: int, python: Path) -> list[Contender]:
    """This program on this machine and over a line, and the others, all on `count` rows."""
    environ = surroundings(folder)
    ours = (sys.executable, "-P", "-m", "pmo_tui", "--store", str(folder / f"{count}.json"))
    keys = ("8", "r", "i")
    there = "Part 000001"
    file = str(folder / f"{count}.csv")
    return [
        Contender("pmo", ours, "Today", environ, keys, there),
        Contender("pmo over SSH", ours, "Today", {**environ, "SSH_CONNECTION": "1 2 3 4"}, keys, there),
        Contender("VisiData", (str(python.parent / "vd"), file), there, environ),
        Contender("DataTable", (str(python), str(ROOT / "bench" / "_datatable.py"), file), there, environ),
    ]


@contextmanager
def at_the_rows(contender: Contender) -> Iterator[Program]:
    """The program with its cursor on the first row."""
    with running(contender.command, contender.environ) as program:
        program.wait_for(contender.ready)
        for key in contender.keys:
            program.type(key)
        program.wait_for(contender.there or contender.ready)
        program.type("home")
        yield program


# ---- measuring -----------------------------------------------------------------------------------------------------------------

Keep = Callable[[str, float], None]


def walk(program: Program, keep: Keep) -> None:
    """Steps within the screen, lines scrolled at its edge, pages."""
    for kind, key, count in (
        ("step", "down", STEPS),
        ("", "down", ROWS + 2),
        ("scroll", "down", SCROLLED),
        ("page", "pagedown", PAGES),
    ):
        for _each in range(count):
            if not kind:
                program.type(key)
                continue
            painted = program.press(key)
            keep(f"{kind} ms", painted.first)
            keep(f"{kind} bytes", painted.sent)
            keep(f"{kind} work", painted.work)


def narrow(program: Program, keep: Keep) -> None:
    """Each letter of a filter that leaves ever fewer rows, until the list is painted."""
    program.type("/", "p")
    for letter in "art 0009":
        keep("filter ms", program.press(letter if letter != " " else " ").last)
    program.type("escape")


def round_of(contender: Contender, keep: Keep, largest: bool) -> None:
    """Everything that is measured of one program once."""
    with at_the_rows(contender) as program:
        walk(program, keep)
        if not largest:
            return
        program.type("home")
        keep("held ms", program.hold("down", HELD, RATE, SLOW))
        sent, woken = program.idle(IDLE)
        keep("idle bytes", sent)
        keep("idle wake-ups", woken)
        if contender.name.startswith("pmo"):
            narrow(program, keep)


def first_paint(folder: Path, python: Path, sizes: list[int], keep: Callable[[str, str, float], None]) -> None:
    """From a cold start to the first useful screen, in turns."""
    environ = surroundings(folder)
    kinds = [Contender("empty app", (str(python), str(ROOT / "bench" / "_empty.py")), "ready", environ)]
    portfolio = folder / "portfolio.json"
    demo = (sys.executable, "-m", "pmo_tui", "demo", "--no-open", "--projects", "500", "--store", str(portfolio))
    subprocess.run(demo, env=environ, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    stores = {f"pmo, {count:,}": (folder / f"{count}.json", "Part 0") for count in (sizes[0], sizes[-1])}
    for name, (store, ready) in {**stores, PORTFOLIO: (portfolio, " d late")}.items():
        ours = (sys.executable, "-P", "-m", "pmo_tui")  # as `./pmo` starts it, on the store that is configured
        kinds.append(Contender(name, ours, ready, {**environ, "PMO_STORE": str(store)}))
    for turn in range(STARTS + 1):
        for kind in kinds:
            with running(kind.command, kind.environ) as program:
                taken = program.wait_for(kind.ready)
            if turn:
                keep(kind.name, "start ms", taken)


def main() -> None:
    """Fill, measure in turns, print, and write when asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", default="1000,10000,100000")
    parser.add_argument("--write", action="store_true", help="put the table into RESULTS.md")
    said = parser.parse_args()
    sizes = sorted(int(word) for word in said.rows.split(","))
    python = others()
    found: Measured = defaultdict(lambda: defaultdict(list))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for count in sizes:
            fill(folder, count)
        first_paint(folder, python, sizes, lambda who, what, value: found[who, 0][what].append(value))
        for turn in range(said.rounds):
            for count in sizes:
                field = contenders(folder, count, python)
                for contender in field if turn % 2 == 0 else reversed(field):
                    print(f"round {turn + 1}, {count:,} rows, {contender.name}", file=sys.stderr)
                    of = found[contender.name, count]
                    round_of(contender, lambda what, value, of=of: of[what].append(value), count == sizes[-1])  # type: ignore[misc]
    text = report(found, sizes, statistics.median)
    print(text)
    if said.write:
        put(text)


def put(text: str) -> None:
    """The part of RESULTS.md that is this bench's, anew."""
    path = ROOT / "bench" / "RESULTS.md"
    head = path.read_text(encoding="utf-8").split("\n## The screen", 1)[0].rstrip("\n")
    path.write_text(f"{head}\n\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
