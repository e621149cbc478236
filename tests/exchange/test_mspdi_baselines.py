"""Baselines of a plan: snapshots by number, from tasks or, failing that, from their assignments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tests.exchange.mspdi_help import of, plan, problems, read, tag, task, to


def baseline(number: int | None = 0, **values: object) -> str:
    usual: dict[str, object] = {
        "Number": number, "Start": "2026-03-02T08:00:00", "Finish": "2026-03-06T17:00:00",
        "Duration": "PT40H0M0S", "DurationFormat": 7, "Work": "PT36H30M0S", "Cost": 365000,
    }  # fmt: skip
    return tag("Baseline", **(usual | values))


def test_baselines_are_snapshots_by_number() -> None:
    data = plan(
        task(1, "", baseline(), baseline(10, Finish="2026-03-13T00:00:00", DurationFormat=9)),
        task(2, "", baseline(None)),
        task(3, "", baseline(5, Start=None, Finish=None), baseline(6, Interim=1)),
    )
    first, last = of(read(data), "baselines")
    assert (first.values["number"], first.values["name"], first.values["project"]) == (0, "Baseline", to("project"))
    assert first.values["tasks"] == [
        {
            "task": to("1"), "start": date(2026, 3, 2), "finish": date(2026, 3, 6), "duration": "5d",
            "work": Decimal("36.5"), "cost": Decimal(3650),
        },
        {**first.values["tasks"][0], "task": to("2")},
    ]  # fmt: skip
    assert (last.values["number"], last.values["name"]) == (10, "Baseline 10")
    assert (last.values["tasks"][0]["finish"], last.values["tasks"][0]["duration"]) == (date(2026, 3, 12), "1w")
    assert not first.update


def test_assignments_stand_in_for_a_task_that_has_no_baseline() -> None:
    one = {"Start": "2026-03-02T08:00:00", "Finish": "2026-03-04T17:00:00", "Work": "PT8H0M0S", "Cost": 10000}
    other = {"Start": "2026-03-03T08:00:00", "Finish": "2026-03-06T17:00:00", "Work": "PT16H0M0S"}
    assignments = [
        tag("Assignment", tag("Baseline", Number=0, **values), UID=uid, TaskUID=task_uid, ResourceUID=-65535)
        for uid, task_uid, values in ((1, 1, one), (2, 1, other), (3, 2, one), (4, 77, one))
    ]
    (found,) = of(read(plan(task(1), task(2, "", baseline()), assignments="".join(assignments))), "baselines")
    first, second = found.values["tasks"]
    assert first == {
        "task": to("1"), "start": date(2026, 3, 2), "finish": date(2026, 3, 6), "duration": None,
        "work": Decimal(24), "cost": Decimal(100),
    }  # fmt: skip
    assert second["work"] == Decimal("36.5"), "what the task says counts"


def test_days_of_a_baseline_are_told_as_those_of_its_task() -> None:
    monday: dict[str, Any] = {"Start": "2026-03-06T08:00:00", "Finish": "2026-03-09T08:00:00"}
    batch = read(plan(task(1, "", baseline(**monday), **monday)))
    assert of(batch, "baselines")[0].values["tasks"][0]["finish"] == date(2026, 3, 6)
    assert of(batch, "tasks")[0].values["finish"] == date(2026, 3, 6)


def test_another_baseline_under_the_same_number_is_another_record() -> None:
    before = of(read(plan(task(1, "", baseline()))), "baselines")[0].source_key
    again = of(read(plan(task(1, "Renamed", baseline()), task(2))), "baselines")[0].source_key
    after = of(read(plan(task(1, "", baseline(Finish="2026-03-07T17:00:00")))), "baselines")[0].source_key
    assert before == again != after
    assert before.startswith("msproject-baseline:plan.xml#0-")


def test_wrong_baselines_are_refused() -> None:
    found = problems(plan(task(1, "", baseline(11), baseline(1, Start="2026-02-30T08:00:00"))))
    assert found == [
        "plan.xml, Task 1, row 1: Baseline: 11 is not the number of a baseline; they are 0 to 10",
        found[1],
    ]
    assert found[1].startswith("plan.xml, Task 1, row 1: Start: “2026-02-30T08:00:00” is not a day of the calendar")
