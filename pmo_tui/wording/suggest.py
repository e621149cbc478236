"""What a wrong word could have been."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

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


MISSPELT = 5
"""How near what is misspelt is: behind all else."""


def fuzzy(
    typed: str, offers: Sequence[tuple[str, str]], also: Mapping[str, Sequence[str]] | None = None
) -> list[tuple[str, str]]:
    """The offers (name, shown) that `typed` may mean, best first: the name begins so, one of its words does, it is inside, the shown
    text holds it, or the name has its letters in order; then what it may be misspelt for. `also` are other names of an offer, such as
    those in other languages. All offers, as they come, for an empty text."""
    return [offer for _rank, offer in ranked(typed, offers, also)]


def ranked(
    typed: str, offers: Sequence[tuple[str, str]], also: Mapping[str, Sequence[str]] | None = None
) -> list[tuple[int, tuple[str, str]]]:
    """As `fuzzy`, with how near each is: 0 is best."""
    wanted = typed.strip().casefold()
    if not wanted:
        return [(0, offer) for offer in offers]
    found = []
    for place, (name, shown) in enumerate(offers):
        names = [name.casefold(), *(each.casefold() for each in (also or {}).get(name, ()))]
        ranks = [rank for each in names if (rank := _rank(wanted, each)) is not None]
        if wanted in shown.casefold():
            ranks.append(3)
        if ranks:
            found.append((min(ranks), place, (name, shown)))
    return [(rank, offer) for rank, _place, offer in sorted(found)]


def _rank(wanted: str, name: str) -> int | None:
    words = name.split()
    if name.startswith(wanted):
        return 0
    if any(word.startswith(wanted) for word in words):
        return 1
    if wanted in name:
        return 2
    rest = iter(name)
    if all(letter in rest for letter in wanted):
        return 4
    from pmo_tui.wording.nearness import meant

    return MISSPELT if meant(wanted, words) else None
