"""The log of the app, in the state folder: what went wrong beside the keys, for whoever looks into it. No record's text goes there."""

from __future__ import annotations

import logging
from pathlib import Path

from pmo_tui.desk.home.folders import private

LARGEST = 500_000
"""Bytes of one file; two older ones are kept."""


class _LogFile(logging.Handler):
    """Opens the file for the first line that is written: most days there is none, and what rotates files takes long to load."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None
        self._opening = False

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line; none while the file is being opened for another one, when a signal comes and has something to tell."""
        if self._file is None:
            if self._opening:
                return
            self._opening = True
            from logging.handlers import RotatingFileHandler

            self._file = RotatingFileHandler(self._path, maxBytes=LARGEST, backupCount=2, encoding="utf-8")
            self._file.setFormatter(self.formatter)
        self._file.emit(record)

    def close(self) -> None:
        """No more lines come."""
        if self._file is not None:
            self._file.close()
        super().close()


def keep_a_log(state: Path) -> Path:
    """Let warnings of the program go to `pmo.log`, readable by its owner alone; returns its path."""
    path = private(state) / "pmo.log"
    handler = _LogFile(path)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("pmo_tui")
    logger.addHandler(handler)
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    return path
