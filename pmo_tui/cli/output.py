"""Standard output is data: JSON and CSV for scripts, columns for people. Narration goes to standard error."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click

GAP = "  "


def narrate(text: str) -> None:
    """One line about what is going on, on standard error."""
    click.echo(text, err=True)


def put_json(data: Any) -> None:
    """Data for a script: one JSON value."""
    json.dump(data, sys.stdout, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None)
    sys.stdout.write("\n")


def put_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Rows as CSV, as the export writes them."""
    from pmo_tui.exchange.csv_file import write_table
    from pmo_tui.exchange.tables import Table

    write_table(Table("list", list(header), [list(row) for row in rows], []), sys.stdout.buffer)


def put_columns(header: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> None:
    """Aligned columns for a person. On a terminal they are cut to its width, with … where something is cut."""
    from rich.cells import cell_len, set_cell_size

    widths = [max(cell_len(line[place]) for line in (header, *rows)) for place in range(len(header))]
    if sys.stdout.isatty():
        widths = fitted(widths, shutil.get_terminal_size().columns - len(GAP) * (len(widths) - 1))

    def line(cells: Sequence[str]) -> str:
        parts = []
        for text, width, flush in zip(cells, widths, right, strict=True):
            length = cell_len(text)
            if length > width:
                parts.append(set_cell_size(text, max(width - 1, 0)) + "…")
            else:
                parts.append(" " * (width - length) + text if flush else text + " " * (width - length))
        return GAP.join(parts).rstrip()

    click.echo(line(header))
    click.echo(line(["─" * width for width in widths]))
    for row in rows:
        click.echo(line(row))


def fitted(widths: list[int], room: int) -> list[int]:
    """Widths that fit into `room`: the widest gives way first, none below 6."""
    widths = list(widths)
    while sum(widths) > room and max(widths) > 6:
        widest = widths.index(max(widths))
        widths[widest] -= 1
    return widths
