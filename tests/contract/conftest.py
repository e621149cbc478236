"""Every test of the contract runs on every backend."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pmo_tui.store import Store
from tests.contract.places import PLACES, Place


@pytest.fixture(params=sorted(PLACES))
def new_place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Place]]:
    """Makes places without a store, one after the other."""
    made: list[Place] = []
    folder: Path = tmp_path_factory.mktemp("places")
    numbers = itertools.count(1)

    def new() -> Place:
        inside = folder / str(next(numbers))
        inside.mkdir()
        made.append(PLACES[request.param](inside))
        return made[-1]

    yield new
    for place in made:
        place.close()


@pytest.fixture
def place(new_place: Callable[[], Place]) -> Place:
    """A place without a store."""
    return new_place()


@pytest.fixture
def store(place: Place) -> Store:
    """Ann's session on a new store."""
    return place.open("ann", login="ann.l")


@pytest.fixture
def other(place: Place, store: Store) -> Store:
    """Bob's session on the same store."""
    return place.open("bob", login="bob.l")
