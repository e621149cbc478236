"""In a real terminal: a whole booking typed at once, as it comes over a slow line, arrives key by key where it was meant."""

from __future__ import annotations

from pathlib import Path

from pmo_tui.desk.desk import Desk
from tests.app.terminal import terminal


def test_a_whole_booking_typed_at_once(money: Desk, home: Path) -> None:
    with terminal(["--store", str(home / "money.json")], str(home)) as screen:
        screen.wait_for("Today")
        screen.type("5nstaal\t\t2026-2\t20-11\t3\r")
        screen.wait_for("INV-2 booked")
        screen.type("\x11")
        assert screen.end() == 0
    money.store.refresh()
    values = money.values("INV-2")
    assert (values["supplier"], values["order"], values["number"], str(values["issue_date"])) == (
        "SUP-1", "PO-1", "2026-2", "2026-11-20",
    )  # fmt: skip
    assert values["net"] == 3000
