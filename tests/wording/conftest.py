"""Every test speaks English unless it asks for another language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pmo_tui.wording import languages


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """The language in use is put back after each test."""
    before = languages.current().code
    languages.use("en")
    yield
    languages.use(before)


@pytest.fixture
def dutch(in_english: None) -> None:
    """This test speaks Dutch."""
    languages.use("nl")
