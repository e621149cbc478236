"""Folders for tests of the files themselves."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.places import quick_folder


@pytest.fixture
def memory() -> Iterator[Path]:
    """A folder for tests that open thousands of stores."""
    folder = quick_folder()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
