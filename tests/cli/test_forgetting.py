"""What is personal can be taken out of the history, and a sum noted elsewhere proves the past."""

from __future__ import annotations

from tests.cli.process import Pmo


def test_forget_asks_first_and_then_leaves_no_trace(pmo: Pmo) -> None:
    pmo("add", "people", "name=Wilhelmina Verhoeven", "email=w.verhoeven@example.nl", "function=Tester")
    pmo("set", "PER-1", "email=mina@example.nl")
    before = pmo("verify", "--json").json["sum"]
    said = pmo.fails(2, "forget", "PER-1")
    assert "name, email" in said
    assert "--yes" in said
    assert pmo("forget", "PER-1", "--yes", "--json").json["values"] == 3
    for path in pmo.folder.rglob("*"):
        if path.is_file():
            assert b"Verhoeven" not in path.read_bytes()
            assert b"mina@" not in path.read_bytes()
    shown = pmo("show", "PER-1", "--json").json
    assert (shown["name"], shown["email"], shown["function"]) == ("PER-1", None, "Tester")
    assert pmo("verify", "--json").json["sum"] != before
    assert "personal" in pmo.fails(2, "forget", "R-1", "--yes")
    assert "never was" in pmo.fails(4, "forget", "PER-9", "--yes")


def test_a_noted_sum_proves_the_past(pmo: Pmo) -> None:
    pmo("add", "risks", "title=First")
    noted = pmo("verify", "--json").json["sum"]
    pmo("add", "risks", "title=Second")
    assert pmo("verify", "--against", noted, "--json").json["noted"] == 1
    assert "transaction 1" in pmo("verify", "--against", noted[:12]).out
    pmo.fails(6, "verify", "--against", "0" * 64)
