"""What goes over the line for a key, in bytes: the same on every machine. 120 × 36, over SSH."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

import pytest

from pmo_tui.store import Draft
from tests.app.conftest import desk_at
from tests.app.terminal import Terminal, terminal

STEP, SCROLLED, PAGE = 400, 450, 4_000
"""What DESIGN promises."""
ROWS = 400
DOWN, PAGE_DOWN = "\x1b[B", "\x1b[6~"


@pytest.fixture(scope="module")
def at_the_list(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """A list of risks in all their columns, all different."""
    home = tmp_path_factory.mktemp("home")
    desk = desk_at(home / "pmo.json", home)
    desk.add("people", {"name": "Jan de Vries", "function": "Tester", "login": "jan"})

    def work(draft: Draft) -> None:
        for number in range(ROWS):
            state = ("identified", "mitigating", "assessed")[number % 3]
            review = f"2027-{1 + number % 12:02}-{1 + number % 28:02}"
            title = f"Part {number * 7919 % 1000} comes late from its supplier"
            draft.add(
                "risks",
                {
                    "title": title, "probability": 1 + number % 5, "impact": 1 + number * 3 % 4, "owner": "PER-1",
                    "status": state, "next_review": review,
                },
            )  # fmt: skip

    desk.store.transact(work)
    desk.store.close()
    environ = {"SSH_CONNECTION": "1 2 3 4", "COLORTERM": "truecolor"}
    with terminal(["--store", str(home / "pmo.json")], str(home), 120, 36, environ) as screen:
        screen.wait_for("Today")
        screen.type("8ri")
        screen.wait_for("R-1 ")
        quiet(screen, 1.0)
        yield screen


def quiet(screen: Terminal, seconds: float) -> None:
    """Take in what comes until nothing came for so long."""
    while True:
        count, end = len(screen.raw), time.monotonic() + seconds
        while time.monotonic() < end:
            screen.read(seconds / 4)
        if len(screen.raw) == count:
            return


def sent_for(screen: Terminal, key: str, times: int) -> list[int]:
    """Bytes for each of so many presses."""
    found = []
    for _each in range(times):
        before, shown = len(screen.raw), screen.text
        screen.type(key)
        screen.wait_until(lambda: screen.text != shown, "another screen")  # noqa: B023 - called before the next turn
        quiet(screen, 0.12)
        found.append(len(screen.raw) - before)
    return found


def test_a_step_a_scrolled_line_and_a_page(at_the_list: Terminal) -> None:
    screen = at_the_list
    steps = sent_for(screen, DOWN, 10)
    assert statistics.median(steps) <= STEP
    assert max(steps) <= 1.5 * STEP
    for _each in range(30):
        screen.type(DOWN)
        quiet(screen, 0.05)
    scrolled = sent_for(screen, DOWN, 10)
    assert statistics.median(scrolled) <= SCROLLED
    assert max(scrolled) <= 1.5 * SCROLLED
    pages = sent_for(screen, PAGE_DOWN, 5)
    assert statistics.median(pages) <= PAGE
    assert max(pages) <= 1.5 * PAGE


def test_nothing_at_rest(at_the_list: Terminal) -> None:
    quiet(at_the_list, 0.5)
    before = len(at_the_list.raw)
    quiet(at_the_list, 2.0)
    assert len(at_the_list.raw) == before


def test_nothing_for_a_key_that_changes_nothing(at_the_list: Terminal) -> None:
    at_the_list.type("\x1b[H")
    quiet(at_the_list, 0.5)
    before = len(at_the_list.raw)
    at_the_list.type("\x1b[A")
    quiet(at_the_list, 0.5)
    assert len(at_the_list.raw) - before == 0
