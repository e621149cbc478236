"""The log of the app, in the state folder: what went wrong beside the keys, for whoever looks into it. No record's text goes there."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from pmo_tui.desk.home.folders import private

LARGEST = 500_000
"""Bytes of one file; two older ones are kept."""


def keep_a_log(state: Path) -> Path:
    """Let warnings of the program go to `pmo.log`, readable by its owner alone; returns its path."""
    path = private(state) / "pmo.log"
    handler = RotatingFileHandler(path, maxBytes=LARGEST, backupCount=2, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("pmo_tui")
    logger.addHandler(handler)
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    return path
