"""Records are read in several threads at once, also those of a class that nobody has read before."""

from __future__ import annotations

import subprocess
import sys

AT_ONCE = """
import sys, threading
import msgspec
from pmo_tui.records.documents import record_of
from pmo_tui.records.registers import REGISTERS

sys.setswitchinterval(1e-6)
day = "2026-01-01"
document = {
    "name": "x", "title": "x", "number": "1", "supplier": "SUP-1", "project": "P-1", "person": "PER-1", "order": "PO-1", "start": day,
    "finish": day, "received_on": day, "hours_per_week": "8", "subject": "x", "to": "PER-1", "on": day, "period": "2026-w01",
}

def read(register, start):
    start.wait()
    try:
        record_of(register, document)
    except msgspec.ValidationError:
        pass

for register in REGISTERS:
    start = threading.Barrier(16)
    threads = [threading.Thread(target=read, args=(register, start)) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
print("read")
"""


def test_a_class_is_met_in_many_threads_at_once() -> None:
    done = subprocess.run([sys.executable, "-c", AT_ONCE], capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (0, b"read\n"), done.stderr.decode()
