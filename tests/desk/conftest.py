"""A desk of its own for every test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pmo_tui.desk import rules
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.folders import folders
from pmo_tui.store import open_store

TODAY = date(2026, 11, 25)
"""A Wednesday."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Anna's desk on an empty store, on a Wednesday in week 48."""
    with open_store(tmp_path / "pmo.json", author="Anna", login="anna", check=rules.check) as store:
        yield Desk(store, folders({"HOME": str(tmp_path)}), today=lambda: TODAY)
