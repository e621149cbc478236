"""Standard output is data: JSON and CSV for scripts, lines for people. Narration goes to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pmo_tui.exchange.tables import Table


def narrate(text: str) -> None:
    """One line about what is going on, on standard error."""
    click.echo(text, err=True)


def put_json(data: Any) -> None:
    """Data for a script: one JSON value, written whole. An iterator is an array."""
    value = list(data) if isinstance(data, Iterator) else data
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None) + "\n")


def put_csv(table: Table) -> None:
    """A table as CSV, as the export writes it."""
    from pmo_tui.exchange.csv_file import write_table

    write_table(table, sys.stdout.buffer)
