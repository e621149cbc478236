"""Places that wait for one another: an order in which each comes after those it waits for, or the round that has none."""

from __future__ import annotations

from collections.abc import Sequence


def in_order(after: Sequence[Sequence[int]]) -> tuple[list[int], set[int]]:
    """Every place behind those it waits for, and the places that are stuck; `after` holds by place the places that wait for it.

    Kahn's algorithm: what waits for nothing comes first, and lets go of what waits for it.
    """
    waits = [0] * len(after)
    for targets in after:
        for target in targets:
            waits[target] += 1
    ready = [place for place, count in enumerate(waits) if not count]
    for place in ready:
        for target in after[place]:
            waits[target] -= 1
            if not waits[target]:
                ready.append(target)
    return ready, {place for place, count in enumerate(waits) if count}


def round_trip(after: Sequence[Sequence[int]], stuck: set[int]) -> list[int]:
    """A round among the stuck, its first place again at the end.

    What is stuck waits for something stuck: going back along it must come round.
    """
    before = {target: place for place in stuck for target in after[place] if target in stuck}
    path: list[int] = []
    place = min(stuck)
    while place not in path:
        path.append(place)
        place = before[place]
    return [place, *reversed(path[path.index(place) :])]
