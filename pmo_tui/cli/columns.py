"""Aligned columns for a person."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

import click

GAP = "  "
NARROWEST = 6
"""No column gives way below so many cells."""


def put_columns(header: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> None:
    """Write rows under a header. On a terminal they are cut to its width, with … where something is cut."""
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
    """Widths that fit into `room`: the widest gives way first."""
    widths = list(widths)
    while sum(widths) > room and max(widths) > NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths
