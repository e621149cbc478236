"""Every date of a list that somebody else kept in a spreadsheet is read."""

from __future__ import annotations

import csv
from pathlib import Path

from pmo_tui.wording.dates import parse_timestamp_date

GATES = ("Tender Closed", "BNI", "BCA", "PBC", "Stage1", "Stage2", "Stage3")


def test_the_mixed_dates_of_a_capital_programme(shared_data: Path) -> None:
    file = shared_data / "portfolio" / "melbourne-water-capital-delivery.csv"
    with file.open(encoding="utf-8-sig", newline="") as stream:
        cells = [(column, row[column]) for row in csv.DictReader(stream) for column in GATES if row[column]]
    days = [parse_timestamp_date(cell) for _column, cell in cells]
    assert len(days) > 2000
    assert {day.year for day in days} <= set(range(2000, 2040))
    slashed = [(cell, day) for (_column, cell), day in zip(cells, days, strict=True) if "/" in cell]
    assert all(int(cell.split("/")[0]) == day.day for cell, day in slashed)
