"""The rows of a table that are wrong, put into a file beside it, to be mended and taken in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pmo_tui.desk.files.exporting import put_file, table_bytes
from pmo_tui.desk.files.sources import base_name, path_of
from pmo_tui.exchange.tables import Table

WORKBOOK = ".xlsx"


def put_beside(names: Sequence[str], table: Table) -> Path:
    """Write the wrong rows of one of the files `names` beside it: `risks.csv` → `risks-wrong.csv`, and never over what is there."""
    source = path_of(next((name for name in names if base_name(name) == table.name), table.name))
    ending = source.suffix if source.suffix.casefold() in (WORKBOOK, ".csv", ".tsv", ".txt") else ".csv"
    place, path = 1, source.with_name(f"{source.stem}-wrong{ending}")
    while path.exists():
        place += 1
        path = source.with_name(f"{source.stem}-wrong-{place}{ending}")
    put_file(path, table_bytes(table, ending.lstrip(".").casefold()))
    return path
