"""The log of the app: warnings go to a file that its owner alone can read, and that is made for the first of them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from logging import handlers
from pathlib import Path
from typing import Any

import pytest

from pmo_tui.desk.home.log import keep_a_log


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """A log in a folder of its own, gone from the program afterwards."""
    logger = logging.getLogger("pmo_tui")
    before = logger.handlers[:], logger.level, logger.propagate
    yield keep_a_log(tmp_path / "state")
    for handler in logger.handlers[:]:
        if handler not in before[0]:
            logger.removeHandler(handler)
            handler.close()
    logger.setLevel(before[1])
    logger.propagate = before[2]


def test_warnings_are_kept_and_nothing_else(log: Path) -> None:
    logging.getLogger("pmo_tui.store").info("a commit")
    assert not log.exists()
    logging.getLogger("pmo_tui.store").warning("the disk is %s", "slow")
    logging.getLogger("elsewhere").error("not ours")
    (line,) = log.read_text(encoding="utf-8").splitlines()
    assert line.endswith("WARNING pmo_tui.store the disk is slow")
    assert log.parent.stat().st_mode & 0o077 == 0


def test_what_a_signal_tells_while_the_file_is_opened_is_left_out(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(handlers.RotatingFileHandler):
        def __init__(self, *args: Any, **more: Any) -> None:
            logging.getLogger("pmo_tui").warning("the line dropped")
            super().__init__(*args, **more)

    monkeypatch.setattr(handlers, "RotatingFileHandler", Interrupted)
    logging.getLogger("pmo_tui").warning("writing failed")
    logging.getLogger("pmo_tui").warning("and again")
    assert [line.split(" pmo_tui ")[1] for line in log.read_text(encoding="utf-8").splitlines()] == [
        "writing failed",
        "and again",
    ]
