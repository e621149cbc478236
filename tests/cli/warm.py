"""Starts runs of the program from a process that has its modules loaded already: four times as many in the same time.

A run is still a process of its own, with its own words, environment, folder and streams, and executes `pmo_tui/__main__.py` from the top;
it is forked instead of started. `python warm.py SOCKET` waits for runs; each comes as one message with its three streams.
"""

from __future__ import annotations

import json
import os
import runpy
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOADED = (
    "pydantic", "pmo_tui.cli.main", "pmo_tui.cli.listing", "pmo_tui.cli.showing", "pmo_tui.cli.writing", "pmo_tui.cli.files", "pmo_tui.desk.desk",
    "pmo_tui.desk.views.view", "pmo_tui.desk.views.matching", "pmo_tui.desk.typed", "pmo_tui.desk.rules", "pmo_tui.desk.files.importing", "pmo_tui.desk.files.exporting",
    "pmo_tui.desk.computed", "pmo_tui.desk.money.ledger", "pmo_tui.exchange.registers", "pmo_tui.exchange.csv_file", "pmo_tui.store",
    "pmo_tui.store.embedded.log", "rich.cells",
)  # fmt: skip
STREAMS = (0, 1, 2)


class Warm:
    """A process to fork runs from; started when the first run asks for it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "warm.socket"
        environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "HOME": str(folder)}
        environ |= {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "TZ") if name in os.environ}
        self.process = subprocess.Popen(
            [sys.executable, __file__, str(self.path)], env=environ, stdin=subprocess.DEVNULL
        )
        until = time.monotonic() + 60
        while not self.path.exists():
            assert self.process.poll() is None, "the warm process ended"
            assert time.monotonic() < until, "the warm process does not answer"
            time.sleep(0.02)

    def run(self, words: list[str], environ: dict[str, str], folder: Path, streams: list[int]) -> int:
        """Run the program; its exit code."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as link:
            link.connect(str(self.path))
            message = json.dumps([words, environ, str(folder)]).encode("utf-8", "surrogateescape")
            socket.send_fds(link, [message], streams)
            return int(link.recv(64))

    def stop(self) -> None:
        """End the process."""
        self.process.terminate()
        self.process.wait(20)


def serve(path: str) -> None:
    """Load the modules, then fork a run for every message."""
    for name in LOADED:
        __import__(name)
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as door:
        door.bind(path + ".new")
        door.listen(8)
        os.rename(path + ".new", path)
        while True:
            link, _ = door.accept()
            with link:
                message, streams, _, _ = socket.recv_fds(link, 1 << 20, len(STREAMS))
                words, environ, folder = json.loads(message.decode("utf-8", "surrogateescape"))
                run = os.fork()
                if not run:
                    door.close()
                    become(words, environ, folder, streams)
                for stream in streams:
                    os.close(stream)
                link.send(str(os.waitstatus_to_exitcode(os.waitpid(run, 0)[1])).encode())


def become(words: list[str], environ: dict[str, str], folder: str, streams: list[int]) -> None:
    """Be a run of the program from its beginning to its end."""
    code = 99
    try:
        for stream, target in zip(streams, STREAMS, strict=True):
            os.dup2(stream, target)
        os.environ.clear()
        os.environ.update(environ)
        os.chdir(folder)
        sys.argv = ["pmo", *words]
        runpy.run_module("pmo_tui", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    finally:
        sys.stdout.flush()
        os._exit(code)


if __name__ == "__main__":
    serve(sys.argv[1])
