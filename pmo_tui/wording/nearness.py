"""How near a typed word is to a known one: letters left out, doubled, swapped or mistaken."""

from __future__ import annotations

from collections.abc import Iterable

SHORT, LONG = 4, 8
"""From so many letters on one letter, or two, may be wrong."""


def allowed(typed: str) -> int:
    """How many letters of a typed word may be wrong."""
    return 0 if len(typed) < SHORT else 1 if len(typed) < LONG else 2


def distance(one: str, other: str, most: int) -> int | None:
    """How many letters have to be put in, taken out, exchanged, or swapped with their neighbour, to make one word of the other; None
    where that is more than `most`."""
    if abs(len(one) - len(other)) > most:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, known in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != known))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == known:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None


def is_near(typed: str, word: str) -> bool:
    """Whether `word`, or what it begins with, may be what was meant by `typed`; both folded."""
    most = allowed(typed)
    if not most or abs(len(set(typed) - set(word))) > most:
        return False
    if distance(typed, word, most) is not None:
        return True
    return len(word) > len(typed) and any(
        distance(typed, word[:size], most) is not None for size in range(len(typed) - 1, len(typed) + 2)
    )


def meant(typed: str, words: Iterable[str]) -> bool:
    """Whether each word of `typed` begins one of `words`, or is near one; both folded."""
    known = list(words)
    return all(any(word.startswith(each) or is_near(each, word) for word in known) for each in typed.split())
