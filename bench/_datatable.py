"""A CSV file in Textual's own table, written as its documentation has it; columns get their widths, so that none has to be found."""

import csv
import sys

from textual.app import App, ComposeResult
from textual.widgets import DataTable


class Table(App[None]):
    """The file that is named, with a cursor on a row."""

    def compose(self) -> ComposeResult:
        """The table."""
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        """Fill it."""
        table = self.query_one(DataTable)
        with open(sys.argv[1], encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            for label in next(rows):
                table.add_column(label, width=44 if label == "title" else 12)
            table.add_rows(rows)


Table().run()
