"""Working periods that repeat, as those of a week do, and the count of the minutes worked in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

Shifts = list[tuple[int, int]]
"""Working periods in minutes from the start of a day or week, in order, without overlap."""


class Pattern:
    """Working periods that repeat every `period` minutes, counted from the first instant of all."""

    def __init__(self, period: int, periods: Iterable[tuple[int, int]]) -> None:
        merged = _merged(_wrapped(periods, period))
        self.period = period
        self.starts = [0, *(start for start, _ in merged)]
        self.lengths = [0, *(end - start for start, end in merged)]
        self.before = [0]
        for length in self.lengths[:-1]:
            self.before.append(self.before[-1] + length)
        self.total = sum(self.lengths)

    def worked(self, instant: int) -> int:
        """Working minutes before `instant`."""
        rounds, rest = divmod(instant, self.period)
        place = bisect_right(self.starts, rest) - 1
        spent, length = rest - self.starts[place], self.lengths[place]
        return rounds * self.total + self.before[place] + (spent if spent < length else length)

    def resumes(self, work: int) -> int:
        """The latest instant before which `work` minutes are worked."""
        rounds, rest = divmod(work, self.total)
        place = bisect_right(self.before, rest) - 1
        return rounds * self.period + self.starts[place] + rest - self.before[place]

    def reached(self, work: int) -> int:
        """The earliest instant before which `work` minutes are worked."""
        rounds, rest = divmod(work - 1, self.total)
        rest += 1
        place = bisect_left(self.before, rest) - 1
        return rounds * self.period + self.starts[place] + rest - self.before[place]


def _wrapped(periods: Iterable[tuple[int, int]], period: int) -> Iterator[tuple[int, int]]:
    """What runs past the end of the pattern is worked at its beginning."""
    for start, end in periods:
        yield start, min(end, period)
        if end > period:
            yield 0, end - period


def _merged(periods: Iterable[tuple[int, int]]) -> Shifts:
    merged: Shifts = []
    for start, end in sorted(periods):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
