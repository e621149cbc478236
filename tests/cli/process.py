"""The process door: runs `python -m pmo_tui …` as a shell would, on folders of its own.

Most runs are forked from a process that is warm already (see `warm.py`); `cold` ones are started from nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from tests.cli.warm import Warm

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120
"""Seconds after which a run counts as hanging."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a run left: its exit code, its data and its narration."""

    code: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        """Standard output as text."""
        return self.raw.decode("utf-8")

    @property
    def json(self) -> Any:
        """Standard output as JSON; it must be data alone."""
        return json.loads(self.raw)


class Pmo:
    """Calls the program with folders below `folder` as its home and one store as its default."""

    def __init__(self, folder: Path, warm: Warm | None = None) -> None:
        self.folder = folder
        self.warm = warm
        self.store = folder / "pmo.json"
        kept = ("PATH", "LD_LIBRARY_PATH", "TZ", "SYSTEMROOT")
        self.environ = {name: os.environ[name] for name in kept if name in os.environ} | {
            "HOME": str(folder / "home"),
            "PYTHONPATH": str(ROOT),
            "LANG": "C.UTF-8",
            "PMO_STORE": str(self.store),
        }

    def __call__(
        self, *words: object, stdin: bytes = b"", ok: bool = True, cold: bool = False, **environ: str
    ) -> Answer:
        """Run one command line. `ok` asserts that it succeeded; a traceback or terminal control is never right."""
        run = self._cold if cold or self.warm is None else self._warm
        answer = run([str(word) for word in words], self.environ | environ, stdin)
        assert "Traceback" not in answer.err, answer.err
        assert "\x1b" not in answer.err, answer.err
        if ok:
            assert answer.code == 0, answer.err
        return answer

    def _cold(self, words: list[str], environ: dict[str, str], stdin: bytes) -> Answer:
        command = [sys.executable, "-m", "pmo_tui", *words]
        done = subprocess.run(
            command, input=stdin, capture_output=True, cwd=self.folder, env=environ, timeout=PATIENCE, check=False
        )
        return Answer(done.returncode, done.stdout, done.stderr.decode("utf-8", "backslashreplace"))

    def _warm(self, words: list[str], environ: dict[str, str], stdin: bytes) -> Answer:
        assert self.warm is not None
        with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as err:
            given.write(stdin)
            given.seek(0)
            code = self.warm.run(words, environ, self.folder, [given.fileno(), out.fileno(), err.fileno()])
            out.seek(0)
            err.seek(0)
            return Answer(code, out.read(), err.read().decode("utf-8", "backslashreplace"))

    def fails(self, code: int, *words: object, stdin: bytes = b"", cold: bool = False, **environ: str) -> str:
        """Run what must fail with `code`, say why on standard error, and print no data; returns what it said."""
        answer = self(*words, stdin=stdin, ok=False, cold=cold, **environ)
        assert answer.code == code, (answer.code, answer.err)
        assert any(line.startswith("pmo: ") for line in answer.err.splitlines())
        assert not answer.raw
        return answer.err

    def list(self, *words: object) -> list[dict[str, Any]]:
        """`pmo list … --json`."""
        rows: list[dict[str, Any]] = self("list", *words, "--json").json
        assert isinstance(rows, list)
        return rows

    def add(self, register: str, *values: str) -> str:
        """`pmo add …`; the new key."""
        return str(self("add", register, *values, "--json").json["key"])

    def head(self) -> tuple[int, str]:
        """The store's head, checked: its sequence and its sum."""
        proved = self("verify", "--json").json
        return proved["seq"], proved["sum"]

    def write(self, name: str, text: str | bytes) -> Path:
        """A file beside the store."""
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path
