"""Plans that MS Project and ProjectLibre computed: our early dates beside theirs."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.files.importing import carry_out, plan_import
from pmo_tui.exchange import mspdi

BY_PEOPLE = {0, 1, 2, 7, 20, 22}
"""Lines of sample1.xml whose length comes from who works on them (half a person, a night shift), and the summaries above these."""


def imported(desk: Desk, path: Path) -> list[dict[str, Any]]:
    """The tasks of a file, by line, as a desk lists them after the import."""
    carry_out(desk, plan_import(desk, [mspdi.read(path.read_bytes(), path.name)]))
    return [desk.values(key) for key in desk.view("tasks").keys]


def different(tasks: list[dict[str, Any]]) -> set[int]:
    """Lines of the automatic tasks whose early dates are not the dates that the planner computed."""
    return {
        task["line"]
        for task in tasks
        if task["mode"] == "auto" and (task["early_start"], task["early_finish"]) != (task["start"], task["finish"])
    }


@pytest.mark.parametrize(
    ("name", "automatic", "unlike"),
    [
        ("new-product.xml", 43, set()),
        ("relations.xml", 6, set()),
        ("task-durations-project2019.xml", 1, set()),
        ("sample1.xml", 23, BY_PEOPLE),
    ],
)
def test_early_dates_are_those_of_the_planner(
    desk: Desk, shared_data: Path, name: str, automatic: int, unlike: set[int]
) -> None:
    tasks = imported(desk, shared_data / "msproject" / name)
    assert sum(task["mode"] == "auto" for task in tasks) == automatic
    assert different(tasks) == unlike


def test_late_dates_floats_and_the_critical_path_are_those_of_ms_project(desk: Desk, shared_data: Path) -> None:
    path = shared_data / "msproject" / "relations.xml"
    ours = {task["source_key"].rpartition("#")[2]: task for task in imported(desk, path)}
    namespace = "{http://schemas.microsoft.com/project}"
    compared = 0
    for theirs in ElementTree.parse(path).getroot().iter(f"{namespace}Task"):

        def said(name: str, element: ElementTree.Element = theirs) -> str:
            return element.findtext(namespace + name) or ""

        task = ours[said("UID")]
        assert (str(task["late_start"]), str(task["late_finish"])) == (said("LateStart")[:10], said("LateFinish")[:10])
        tenths_of_a_minute_a_day = 4800
        assert task["total_float"] == f"{int(said('TotalSlack')) // tenths_of_a_minute_a_day}d"
        assert task["free_float"] == f"{int(said('FreeSlack')) // tenths_of_a_minute_a_day}d"
        assert task["critical"] == (said("Critical") == "1")
        compared += 1
    assert compared == 6
