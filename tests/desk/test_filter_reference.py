"""Every example of the filter language is understood in the list of risks, and does what stands beside it."""

from __future__ import annotations

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.views.filter import parse_filter
from pmo_tui.desk.views.filter_reference import FORMS


@pytest.mark.parametrize("form", [form for form, _meaning in FORMS])
def test_an_example_is_understood(desk: Desk, form: str) -> None:
    desk.add("people", {"name": "Jan de Vries"})
    desk.add("projects", {"name": "Bridge"})
    assert len(parse_filter(form, desk.fields("risks"))) == len(form.split('"')[0].split() or [form])
    desk.add("risks", {"title": "Late delivery", "project": "P-1", "owner": "PER-1", "probability": "3", "impact": "4"})
    assert desk.view("risks", form).total == 1


def test_what_they_leave(desk: Desk) -> None:
    desk.add("people", {"name": "Jan de Vries"})
    desk.add("projects", {"name": "Bridge"})
    common = {"project": "P-1", "probability": "3", "impact": "4"}
    desk.add("risks", {"title": "A late delivery", "owner": "PER-1", **common})
    desk.add("risks", {"title": "Delivery comes late", "status": "closed", **common})
    left = {
        "owner:jan": ["R-1"], "own:jan": ["R-1"], "owner=PER-1": ["R-1"], "owner:none": ["R-2"], "owner:any": ["R-1"],
        "status:identified,closed": ["R-1", "R-2"], "-status:closed": ["R-1"], "status!=closed": ["R-1"], "status:open": ["R-1"],
        "score>=12": ["R-1", "R-2"], "score>12": [], '"late delivery"': ["R-1"], "late delivery": ["R-1", "R-2"], "@P-1": ["R-1", "R-2"],
    }  # fmt: skip
    for form, keys in left.items():
        assert desk.view("risks", form).keys == keys, form
