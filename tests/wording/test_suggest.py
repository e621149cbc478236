"""What a wrong word could have been."""

from __future__ import annotations

import pytest

from pmo_tui.wording.suggest import nearest

FIELDS = ["status", "start", "score", "owner", "project", "percent_complete"]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("staus", ["status"]),
        ("STATUS", ["status"]),
        ("st", ["status", "start"]),
        ("ownr", ["owner"]),
        ("proj", ["project"]),
        ("zzz", []),
        ("", []),
    ],
)
def test_nearest(word: str, found: list[str]) -> None:
    assert nearest(word, FIELDS)[: len(found) or None] == found


def test_each_choice_once_and_no_more_than_asked() -> None:
    assert nearest("risk", ["Risk", "risks", "risk-1", "Risk", "brisk"], 2) == ["Risk", "risks"]
