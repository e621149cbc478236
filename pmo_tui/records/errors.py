"""Errors that a person reads: what is wrong, where, and what to do next.

A message is a template, marked for translation where it is raised, with its values beside it: `wording` translates the template
and fills it when it is shown, and `str()` gives it in English.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


def as_it_stands(text: str) -> str:
    """No translation."""
    return text


class Words:
    """Words of the program as the value of a message, such as the choices of a field: English in `str()`, translated where it is said."""

    def __init__(self, *words: str) -> None:
        self._words = words

    def said(self, translate: Callable[[str], str] = as_it_stands) -> str:
        """One after the other, commas between."""
        return ", ".join(map(translate, self._words))

    def __str__(self) -> str:
        return self.said()


class Said:
    """A template with its values. `words(translate)` fills it in a language, with `Words` among the values in that language too."""

    def __init__(self, template: str, values: dict[str, object]) -> None:
        self.template = template
        self.values = values

    def words(self, translate: Callable[[str], str] = as_it_stands) -> str:
        """The message, its template translated first. A template without values is a finished text."""
        template = translate(self.template) if self.template else ""
        if not self.values:
            return template
        said = {
            name: value.said(translate) if isinstance(value, Words) else value for name, value in self.values.items()
        }
        return template.format(**said)


class PmoError(Exception):
    """The base of every error shown to a person.

    `message` says what is wrong and where; `hint` says what to do next; both may name `values` in braces. `code` is the exit
    code the command line ends with.
    """

    code: Exit = Exit.FAILED

    def __init__(self, message: str, hint: str = "", **values: object) -> None:
        super().__init__(message)
        self.message = Said(message, values)
        self.hint = Said(hint, values)

    def __str__(self) -> str:
        return self.message.words()


class WrongUse(PmoError):
    """The words of a command or a filter are not understood."""

    code = Exit.WRONG_USE


class Conflict(PmoError):
    """Somebody else changed the record first, or others still refer to it. Nothing was written."""

    code = Exit.CONFLICT


class NotFound(PmoError):
    """No record or register with that name."""

    code = Exit.NOT_FOUND


class StoreTrouble(PmoError):
    """The store is damaged, busy, or may not be written."""

    code = Exit.STORE


class Fault(ValueError):
    """One value that breaks its field's rule; raised by checks and parsers, turned into a `Problem` that names the place."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason = Said(reason, values)

    def __str__(self) -> str:
        return self.reason.words()


class Problem:
    """One fault in input: the `field` or rule, the reason, and the `place` (file, row, line) where there is one."""

    def __init__(self, reason: str | Said, field: str = "", place: str = "") -> None:
        self.reason = Said(reason, {}) if isinstance(reason, str) else reason
        self.field = field
        self.place = place

    def words(self, translate: Callable[[str], str] = as_it_stands) -> str:
        """`place: field: reason`, the reason translated."""
        return ": ".join(part for part in (self.place, self.field, self.reason.words(translate)) if part)

    def __str__(self) -> str:
        return self.words()


class Refused(PmoError):
    """Input that breaks a rule. Nothing was written. `problems` holds one entry a fault, each naming its place."""

    code = Exit.REFUSED

    def __init__(self, message: str = "", hint: str = "", problems: Sequence[Problem] = (), **values: object) -> None:
        super().__init__(message, hint, **values)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join(part for part in (self.message.words(), *map(str, self.problems)) if part)
