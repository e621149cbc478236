"""Three PostgreSQL nodes under Patroni on this machine, with etcd beside them, as Debian packages them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.store.postgres.server import NOBODY, run_apart

NODES = ("one", "two", "three")
START_PATIENCE = 120.0
"""Seconds until three nodes have a leader and a synchronous standby."""
CONFIGURATION = """
scope: pmo
name: {name}
restapi:
  listen: 127.0.0.1:{rest}
  connect_address: 127.0.0.1:{rest}
etcd3:
  host: 127.0.0.1:{etcd}
bootstrap:
  dcs:
    ttl: 20
    loop_wait: 5
    retry_timeout: 5
    synchronous_mode: true
    synchronous_mode_strict: true
    postgresql:
      use_pg_rewind: true
      parameters:
        max_connections: 60
  initdb:
    - encoding: UTF8
    - locale: C
    - auth: trust
postgresql:
  listen: 127.0.0.1:{port}
  connect_address: 127.0.0.1:{port}
  data_dir: {folder}/{name}
  bin_dir: {binaries}
  pgpass: {folder}/{name}.pgpass
  authentication:
    superuser:
      username: postgres
    replication:
      username: replicator
    rewind:
      username: postgres
  parameters:
    unix_socket_directories: {folder}
  pg_hba:
    - local all all trust
    - host all all 127.0.0.1/32 trust
    - host replication all 127.0.0.1/32 trust
"""


def missing() -> list[str]:
    """What has to be installed before this can run."""
    found = [name for name in ("patroni", "etcd") if shutil.which(name) is None]
    return found if binaries() is not None else [*found, "postgresql"]


def binaries() -> Path | None:
    """Debian's server; the newest."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return found[-1] if found else None


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Cluster:
    """The nodes. Each can be killed as a machine is by a power failure, and started again."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pmo-patroni-"))
        if not os.geteuid():
            shutil.chown(self.folder, NOBODY)
        self.ports = {name: free_port() for name in NODES}
        self._rest = {name: free_port() for name in NODES}
        self._etcd = free_port()
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self) -> None:
        """Start etcd and all nodes, and wait for a leader with a synchronous standby."""
        peer = f"http://127.0.0.1:{free_port()}"
        client = f"http://127.0.0.1:{self._etcd}"
        words = [
            "etcd", "--data-dir", f"{self.folder}/etcd", "--listen-client-urls", client, "--advertise-client-urls", client,
            "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster", f"default={peer}",
        ]  # fmt: skip
        self._run("etcd", words)
        for name in NODES:
            text = CONFIGURATION.format(
                name=name, rest=self._rest[name], etcd=self._etcd, port=self.ports[name], folder=self.folder, binaries=binaries(),
            )  # fmt: skip
            (self.folder / f"{name}.yml").write_text(text)
            self.start_node(name)
        self.wait(lambda roles: "leader" in roles.values() and "sync_standby" in roles.values())

    def start_node(self, name: str) -> None:
        """Start a node."""
        self._run(name, ["patroni", f"{self.folder}/{name}.yml"])

    def _run(self, name: str, words: list[str]) -> None:
        self._processes[name] = run_apart(words, self.folder / f"{name}.log", self.folder)

    def roles(self) -> dict[str, str]:
        """Which node is what, as any of them tells; empty where none does."""
        for port in self._rest.values():
            with suppress(OSError, ValueError):
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/cluster", timeout=2) as answer:
                    members = json.load(answer)["members"]
                return {each["name"]: each["role"] for each in members if each["state"] in ("running", "streaming")}
        return {}

    def wait(self, until: Any, seconds: float = START_PATIENCE) -> dict[str, str]:
        """Wait until the roles are so; what they are then."""
        end = time.monotonic() + seconds
        while not until(roles := self.roles()):
            if time.monotonic() > end:
                logs = "\n".join(path.read_text()[-1500:] for path in sorted(self.folder.glob("*.log")))
                raise TimeoutError(f"{roles}\n{logs}")
            time.sleep(0.2)
        return roles

    def leader(self) -> str:
        """The node that can be written."""
        (found,) = (name for name, role in self.roles().items() if role == "leader")
        return found

    def kill(self, name: str) -> None:
        """End a node with all its processes at once."""
        postmaster = int((self.folder / name / "postmaster.pid").read_text().split()[0])
        self._processes[name].kill()
        os.kill(postmaster, signal.SIGKILL)
        self._processes[name].wait()

    def url(self) -> str:
        """The URL of all nodes."""
        hosts = ",".join(f"127.0.0.1:{port}" for port in self.ports.values())
        return f"postgresql://postgres@{hosts}/postgres?target_session_attrs=read-write"

    def stop(self) -> None:
        """End everything and take it away."""
        for name in NODES:
            with suppress(OSError, ValueError, IndexError, KeyError):
                self.kill(name)
        for process in self._processes.values():
            with suppress(OSError):
                process.kill()
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
