"""A wire between the store and its server that can be cut at the moment that matters."""

from __future__ import annotations

import socket
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

SOCKET = ".s.PGSQL.5432"
BEFORE, AFTER = "before", "after"


class Wire:
    """Passes bytes on between a socket in `folder` and the server's. `cut` ends a connection at its next COMMIT: before
    the server gets it, or after it has answered and before the answer arrives; `meanwhile` happens when the server has
    noticed and the store has not. `refuse` lets nobody on.
    """

    def __init__(self, target: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pmo-wire-"))
        self.cut = ""
        self.refuse = False
        self.meanwhile: Callable[[], object] = lambda: None
        self._target = target
        self._ends: list[socket.socket] = []
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(self.folder / SOCKET))
        self._listening.listen()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                if self.refuse:
                    client.close()
                    continue
                server = socket.socket(socket.AF_UNIX)
                server.connect(str(self._target / SOCKET))
                self._ends += [client, server]
                cutting = threading.Event()
                threading.Thread(target=self._up, args=(client, server, cutting), daemon=True).start()
                threading.Thread(target=self._down, args=(server, client, cutting), daemon=True).start()

    def _up(self, client: socket.socket, server: socket.socket, cutting: threading.Event) -> None:
        with suppress(OSError):
            while data := client.recv(65536):
                if self.cut and b"COMMIT" in data:
                    cut, self.cut = self.cut, ""
                    cutting.set()
                    if cut == BEFORE:
                        close(server)
                        break
                server.sendall(data)
            else:
                close(client, server)

    def _down(self, server: socket.socket, client: socket.socket, cutting: threading.Event) -> None:
        with suppress(OSError):
            while data := server.recv(65536):
                if cutting.is_set():
                    break
                client.sendall(data)
        close(server)
        if cutting.is_set():
            self.meanwhile()
        close(client)

    def break_all(self) -> None:
        """End every connection there is."""
        while self._ends:
            close(self._ends.pop())

    def close(self) -> None:
        """Take the wire away."""
        self._listening.close()
        self.break_all()
        (self.folder / SOCKET).unlink()
        self.folder.rmdir()


def close(*ends: socket.socket) -> None:
    """Close, also under the hands of whoever reads there."""
    for end in ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
