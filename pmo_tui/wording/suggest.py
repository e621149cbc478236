"""What a wrong word could have been."""

from __future__ import annotations

from collections.abc import Iterable

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
