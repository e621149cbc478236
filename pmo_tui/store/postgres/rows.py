"""Lines of the journal as the server keeps them, checked against the sum before."""

from __future__ import annotations

from pmo_tui.store.lines import OPENING, is_sealed, read_line
from pmo_tui.store.postgres.errors import MISSING, broken
from pmo_tui.store.transactions import Transaction

PAGE = 1_000
"""Lines that are fetched at once."""

Row = tuple[int, str, str]
"""Sequence, line without its sum, sum."""


def text_of(line: str, sum: str) -> bytes:
    """A line as it stands in a journal, without newline."""
    return OPENING + sum.encode() + b'",' + line[1:].encode()


class Reader:
    """Turns rows into transactions, each of which must follow on the one before: `sequence`, with the sum `sum`."""

    def __init__(self, location: str, sequence: int, sum: str) -> None:
        self.location = location
        self.sequence = sequence
        self.sum = sum

    def text(self, row: Row) -> bytes:
        """The line in a row; Damaged where it does not follow."""
        sequence, line, sum = row
        if sequence > self.sequence + 1:
            raise broken(self.location, self.sequence + 1, MISSING)
        text = text_of(line, sum)
        if not is_sealed(self.sum, text):
            raise broken(self.location, sequence)
        self.sequence, self.sum = sequence, sum
        return text

    def transaction(self, row: Row) -> Transaction:
        """The transaction in a row; Damaged where it does not follow."""
        return transaction_of_text(self.text(row), self.location, row[0])


def transaction_of_text(text: bytes, location: str, sequence: int) -> Transaction:
    """The transaction in a line that was checked; Damaged where it is another one than its row says."""
    try:
        found = read_line(text, location)
    except ValueError:
        raise broken(location, sequence) from None
    if found.sequence != sequence:
        raise broken(location, sequence)
    return found


def alone(row: tuple[int, str, str, str], location: str) -> Transaction:
    """The transaction in a row that has the sum of the line before as its last column."""
    sequence, line, sum, before = row
    text = text_of(line, sum)
    if not is_sealed(before, text):
        raise broken(location, sequence)
    return transaction_of_text(text, location, sequence)
