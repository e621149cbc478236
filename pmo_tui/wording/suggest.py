"""What a wrong word could have been."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

CLOSE = 0.6


def nearest(word: str, choices: Iterable[str], count: int = 3) -> list[str]:
    """Up to `count` of `choices` that `word` may have been meant to be, best first; capitals do not matter.

    Words that begin with what was typed come first, then those that differ least.
    """
    from difflib import SequenceMatcher

    typed = word.casefold()
    if not typed:
        return []
    ranked: list[tuple[float, int, str]] = []
    for place, choice in enumerate(dict.fromkeys(choices)):
        folded = choice.casefold()
        likeness = 2.0 if folded.startswith(typed) else SequenceMatcher(None, typed, folded).ratio()
        if likeness >= CLOSE:
            ranked.append((-likeness, place, choice))
    return [choice for _, _, choice in sorted(ranked)[:count]]


def fuzzy(typed: str, offers: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The offers (name, shown) that `typed` may mean, best first: the name begins so, one of its words does, it is inside, the shown
    text holds it, or the name has its letters in order. All of them, as they come, for an empty text."""
    wanted = typed.strip().casefold()
    if not wanted:
        return list(offers)
    ranked = []
    for place, (name, shown) in enumerate(offers):
        rank = _rank(wanted, name.casefold(), shown.casefold())
        if rank is not None:
            ranked.append((rank, place, (name, shown)))
    return [offer for _, _, offer in sorted(ranked)]


def _rank(wanted: str, name: str, shown: str) -> int | None:
    if name.startswith(wanted):
        return 0
    if any(word.startswith(wanted) for word in name.split()):
        return 1
    if wanted in name:
        return 2
    if wanted in shown:
        return 3
    rest = iter(name)
    return 4 if all(letter in rest for letter in wanted) else None
