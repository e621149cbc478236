"""The program as a process, on folders of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.process import Pmo
from tests.cli.warm import Warm


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    """The process that runs are forked from."""
    found = Warm(tmp_path_factory.mktemp("warm"))
    yield found
    found.stop()


@pytest.fixture
def pmo(tmp_path: Path, warm: Warm) -> Pmo:
    """`pmo(words…)` runs the program; nothing is there yet."""
    return Pmo(tmp_path, warm)


@pytest.fixture(scope="session")
def small_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small office: Jan, the project SEW, and two of its risks. It is copied, never changed."""
    pmo = Pmo(tmp_path_factory.mktemp("office"))
    pmo.add("people", "name=Jan de Boer", "login=jan", "code=JB")
    pmo.add("projects", "name=Sewer renewal", "code=SEW", "manager=JB", "budget=10k")
    pmo.add("risks", "title=Ground is polluted", "project=SEW", "probability=3", "impact=4", "owner=JB")
    pmo.add("risks", "title=Permit comes late", "project=SEW", "probability=2", "impact=2")
    return pmo.folder


@pytest.fixture
def office(pmo: Pmo, small_office: Path) -> Pmo:
    """A small office of one's own."""
    for path in small_office.glob("pmo.json*"):
        shutil.copy2(path, pmo.folder)
    return pmo
