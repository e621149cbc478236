"""Every test of the contract runs on every backend."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator

import pytest

from pmo_tui.store import Store
from tests.contract.places import PLACES, Place, quick_folder


@pytest.fixture(params=sorted(PLACES))
def new_place(request: pytest.FixtureRequest) -> Iterator[Callable[[], Place]]:
    """Makes places without a store, one after the other."""
    made: list[Place] = []
    folder = quick_folder()
    numbers = itertools.count(1)

    def new() -> Place:
        inside = folder / str(next(numbers))
        inside.mkdir()
        made.append(PLACES[request.param](inside))
        return made[-1]

    yield new
    for place in made:
        place.close()
    shutil.rmtree(folder)


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
