"""Errors that a person reads: what is wrong, where, and what to do next."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of the command line, part of its contract with scripts."""

    DONE = 0
    FAILED = 1
    WRONG_USE = 2
    CONFLICT = 3
    NOT_FOUND = 4
    REFUSED = 5
    STORE = 6


class PmoError(Exception):
    """The base of every error shown to a person.

    `message` says what is wrong and where; `hint` says what to do next; `code` is the exit code the command line ends with.
    """

    code: Exit = Exit.FAILED

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class WrongUse(PmoError):
    """The words of a command or a filter are not understood."""

    code = Exit.WRONG_USE


class Conflict(PmoError):
    """Somebody else changed the record first, or others still refer to it. Nothing was written."""

    code = Exit.CONFLICT


class NotFound(PmoError):
    """No record or register with that name."""

    code = Exit.NOT_FOUND


class Refused(PmoError):
    """Input that breaks a rule. Nothing was written. `problems` holds one entry a fault, each naming its place."""

    code = Exit.REFUSED

    def __init__(self, message: str, hint: str = "", problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message, hint)
        self.problems = problems


class StoreTrouble(PmoError):
    """The store is damaged, busy, or may not be written."""

    code = Exit.STORE


class Problem(Exception):
    """One fault in input: `field` (or rule) and `reason`, with `place` (file, row, line) where there is one."""

    def __init__(self, reason: str, field: str = "", place: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field
        self.place = place

    def __str__(self) -> str:
        return ": ".join(part for part in (self.place, self.field, self.reason) if part)
