"""Broken rules of an invoice standard, under the names by which the sender can look them up."""

from __future__ import annotations

from dataclasses import dataclass

from pmo_tui.records.errors import Problem, Said


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule that a document breaks: its published id, what it asks, and the `place` in the document.

    A fatal one means that the invoice has to go back; the others are only told.
    """

    rule: str
    said: Said
    place: str = ""
    fatal: bool = True

    def problem(self, file: str) -> Problem:
        """The breach as a reason to refuse the file."""
        return Problem(self.said, self.rule, ": ".join(part for part in (file, self.place) if part))
