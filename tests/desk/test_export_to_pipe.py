"""An export into a pipe or a device goes through it, and leaves it what it is."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

from pmo_tui.desk.files.exporting import put_file


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    found: list[bytes] = []
    reader = threading.Thread(target=lambda: found.append(pipe.read_bytes()), daemon=True)
    reader.start()
    put_file(pipe, b"key,title\n")
    reader.join(5)
    assert found == [b"key,title\n"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert [each.name for each in tmp_path.iterdir()] == ["pipe"]
