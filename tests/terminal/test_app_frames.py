"""Whatever is pressed: a terminal that gets only what changed shows what one shows that gets every frame whole."""

from __future__ import annotations

import fcntl
import json
import os
import random
import signal
import struct
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmo_tui.desk.desk import Desk
from tests.app.conftest import desk_at, fill
from tests.app.terminal import Terminal, terminal
from tests.terminal.model import Model

NAMES = (
    "漢字の計画 " * 9,
    "cafe\u0301 au lait, 3 × «ok» " * 5,
    "✅ done 🚀 soon ✅ " * 5,
    "[red]x[/] € −5 ≥ 3",
    "\u0301first a mark",
)
KEYS = {
    "\x1b[B": 12, "\x1b[A": 5, "\x1b[6~": 6, "\x1b[5~": 3, "\x1b[H": 2, "\x1b[F": 2, "\x1b[C": 3, "\x1b[D": 2, "\r": 6, "\x1b": 8, "\t": 3,
    "1": 1, "2": 1, "3": 1, "4": 2, "5": 1, "6": 1, "7": 1, "8ri": 3, "9": 1, " ": 2, "V": 1, "s": 2, "/ca\r": 1, "/漢": 1, ":the": 1, "?": 2, "n": 2,
    "e": 2, "é✅漢": 2, "w": 1, "h": 1, "H": 1, "v": 1, "F": 1, "@": 1, "\x7f": 1, "\x0c": 1, "theme": 1, "message": 1, "size": 2,
}  # fmt: skip
"""What is pressed, and how often it is against the others."""
SIZES = [(80, 24), (120, 36), (100, 30), (61, 17)]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Sixty risks, with names that terminals find hard."""
    monkeypatch.setenv("HOME", str(tmp_path))
    found = desk_at(tmp_path / "pmo.json", tmp_path)
    fill(found)
    _add_risks(found)
    yield tmp_path / "pmo.json"
    found.store.close()


def _add_risks(desk: Desk) -> None:
    for number in range(60):
        name = f"{number} {NAMES[number % len(NAMES)]}"
        desk.add(
            "risks",
            {"title": name, "project": "P-1", "probability": str(1 + number % 5), "impact": str(1 + number % 4)},
        )


def _resize(screen: Terminal, columns: int, rows: int) -> None:
    screen.screen.resize(rows, columns)
    fcntl.ioctl(screen.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def _press(screen: Terminal, key: str, chance: random.Random) -> None:
    if key == "theme":
        screen.signal(signal.SIGUSR1)
    elif key == "message":
        screen.signal(signal.SIGUSR2)
    elif key == "size":
        _resize(screen, *chance.choice(SIZES))
    else:
        screen.type(key)


def _let_it_paint(screen: Terminal, seconds: float) -> None:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        screen.read(left)


def _use(store: Path, frames: Path, chance: random.Random, presses: int) -> None:
    """Press keys by chance in the app over a line."""
    environ = {"SSH_CONNECTION": "1 2 3 4", "PMO_FRAMES": str(frames), "EDITOR": "true"}
    with terminal([str(store)], str(store.parent), 120, 36, environ, "tests.terminal.recording") as screen:
        screen.wait_for("Today")
        for key in chance.choices([*KEYS], [*KEYS.values()], k=presses):
            _press(screen, key, chance)
            _let_it_paint(screen, chance.choice([0.0, 0.02, 0.06, 0.15]))
        _let_it_paint(screen, 0.5)
        screen.signal(signal.SIGHUP)
        screen.end()


def _compare(frames: Path) -> int:
    """Feed two terminals; how many frames there were."""
    whole, frugal = Model(120, 36), Model(120, 36)
    lines = frames.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        width, height, painted, sent = json.loads(line)
        for model, data in ((whole, painted), (frugal, sent)):
            model.resize(width, height)
            model.feed(data)
        for y, (right, shown) in enumerate(zip(whole.cells(), frugal.cells(), strict=True)):
            assert shown == right, (
                f"frame {number}, row {y}:\n{frugal.screen.display[y]}\n{whole.screen.display[y]}\n{sent!r}"
            )
    return len(lines)


@pytest.mark.parametrize("seed", [1, 2, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(3, 40))])
def test_only_what_changed_shows_the_same(
    store: Path, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", os.getcwd())
    frames = tmp_path / "frames.jsonl"
    _use(store, frames, random.Random(seed), 60)
    assert _compare(frames) > 10
    for report in tmp_path.glob(".local/state/pmo_tui/crash-*"):
        pytest.fail(report.read_text())
