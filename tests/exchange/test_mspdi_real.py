"""Plans that others wrote, read whole: every task, link, resource and assignment, and some of them looked up by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pmo_tui.exchange import mspdi
from pmo_tui.exchange.incoming import Batch, To
from pmo_tui.exchange.mspdi_part import Plan
from pmo_tui.exchange.xml_file import parse_xml
from tests.exchange.mspdi_help import of, tasks_of

Reader = Callable[[str], Batch]


@pytest.fixture
def read(shared_data: Path) -> Reader:
    def read(name: str) -> Batch:
        batch = mspdi.read((shared_data / "msproject" / name).read_bytes(), name)
        assert batch.problems == []
        return batch

    return read


def links_of(batch: Batch) -> list[tuple[int, int, str, str]]:
    """Before, after, type and lag of every link, by UID."""
    return [
        (int(link["task"].source_key.rpartition("#")[2]), uid, link["type"], link["lag"])
        for uid, values in tasks_of(batch).items()
        for link in values["predecessors"]
    ]


def nobodys(batch: Batch) -> int:
    """How many assignments name nobody."""
    found = re.search(r"(\d+) assignments name nobody", "\n".join(batch.notes))
    return int(found[1]) if found else 0


@pytest.mark.parametrize(
    ("name", "tasks", "links", "people", "assignments"),
    [
        ("new-product.xml", 43, 37, 8, 45),
        ("sample1.xml", 23, 6, 2, 4),
        ("task-durations-project2019.xml", 111, 0, 0, 110),
        ("relations.xml", 6, 4, 0, 5),
    ],
)
def test_every_file_is_read_whole(
    read: Reader, name: str, tasks: int, links: int, people: int, assignments: int
) -> None:
    batch = read(name)
    assert len(of(batch, "tasks")) == tasks
    assert len(links_of(batch)) == links
    assert len(of(batch, "people")) == people
    assert len(of(batch, "bookings")) + nobodys(batch) == assignments
    assert len({incoming.source_key for incoming in batch.records}) == len(batch.records)


def test_a_product_launch(read: Reader) -> None:
    batch = read("new-product.xml")
    found = tasks_of(batch)
    assert of(batch, "projects")[0].values["name"] == "Product #23 Development"
    top, legal, training = found[1], found[14], found[28]
    assert (top["outline_level"], top["position"], top["summary"], top["notes"]) == (
        0, 0, True, "Project shelved due to test marketing results",
    )  # fmt: skip
    assert (legal["name"], legal["duration"], legal["start"], legal["finish"], legal["summary"]) == (
        "Create legal documentation", "15d", date(2001, 2, 12), date(2001, 3, 2), False,
    )  # fmt: skip
    assert training["name"] == "Sales training"
    assert [(link["type"], link["lag"]) for link in training["predecessors"]] == [("FS", "-15d")]
    assert (17, 18, "FF", "") in links_of(batch)
    assert [found[35]["name"], *(before for before, after, _, _ in links_of(batch) if after == 35)] == [
        "First shipment",
        22,
        34,
    ]
    assert found[16]["wbs"] == "2"
    assert found[17]["summary"] is False
    assert found[16]["summary"] is True
    assert all(values["constraint"] == "ASAP" and values["constraint_date"] is None for values in found.values())
    booked = {each.source_key.rpartition("-")[2]: each.values for each in of(batch, "bookings")}
    assert (booked["3"]["hours_per_week"], booked["4"]["hours_per_week"]) == (40, 20)
    assert (booked["4"]["start"], booked["4"]["finish"], booked["4"]["work"]) == (
        date(2001, 1, 1),
        date(2001, 2, 2),
        "100h",
    )
    assert booked["10"]["hours_per_week"] == 0, "presenting takes no time in this plan"
    night = next(each.values for each in of(batch, "calendars") if each.values["name"] == "Night Shift")
    assert (night["monday"], night["saturday"], night["sunday"]) == ("23:00-24:00", "00:00-03:00 04:00-08:00", None)


def test_a_sample_with_every_relation(read: Reader) -> None:
    batch = read("sample1.xml")
    assert links_of(batch) == [
        (9, 10, "FS", ""),
        (11, 12, "FS", "8h"),
        (13, 14, "FS", "-8h"),
        (15, 16, "SS", ""),
        (17, 18, "FF", ""),
        (20, 21, "SF", ""),
    ]
    found = tasks_of(batch)
    assert (found[3]["milestone"], found[3]["duration"]) == (True, "0h")
    assert (found[7]["constraint"], found[7]["constraint_date"]) == ("SNET", date(2003, 2, 1))
    assert (found[24]["outline_level"], found[24]["wbs"], found[24]["position"]) == (3, "3.13.2", 22)
    assert (found[2]["duration"], found[2]["work"], found[2]["deadline"]) == ("800h", "500h", date(2003, 3, 18))
    first, second = of(batch, "people")
    assert (first.values["rate"], first.values["rate_currency"], first.values["calendar"]) == (10, "GBP", None)
    assert second.values["calendar"] == To("msproject:sample1.xml#calendar-2")
    assert second.values["pattern"] == "1 8 8 8 8 7 0"
    assert [each.values["hours_per_week"] for each in of(batch, "bookings")] == [20, 30, 40, 40]


def test_the_four_relations(read: Reader) -> None:
    batch = read("relations.xml")
    assert links_of(batch) == [(1, 2, "FS", ""), (2, 3, "SS", "1d"), (3, 4, "FF", ""), (4, 5, "SF", "")]
    found = tasks_of(batch)
    assert found[0]["name"] == of(batch, "projects")[0].values["name"] == "relations"
    assert [(values["duration"], values["estimated"]) for values in found.values()] == [
        ("3d", True),
        *[("1d", True)] * 5,
    ]


def test_durations_without_a_unit_are_days_here(read: Reader) -> None:
    found = tasks_of(read("task-durations-project2019.xml"))
    assert {(values["duration"], values["estimated"]) for values in found.values()} == {("1d", True)}
    assert {values["mode"] for uid, values in found.items() if uid} == {"manual"}


def test_every_unit_of_the_file_is_read(shared_data: Path) -> None:
    """The planner's own fields of these tasks hold a duration in each unit, ten times over."""
    name = "task-durations-project2019.xml"
    plan = Plan(parse_xml((shared_data / "msproject" / name).read_bytes(), name), name, None)
    own = [part for task in plan.parts("Tasks") for part in task.parts("ExtendedAttribute")]
    found = [part.duration("Value", part.integer("DurationFormat")) for part in own]
    units = ["1m", "1h", "1d", "1w", "1mo", "1em", "1eh", "1ed", "1ew", "1emo"]
    assert found == [*(f"{days}d" for days in range(1, 11)), *units * 10]


def test_the_fields_that_are_left_out_are_named(read: Reader) -> None:
    notes = "\n".join(read("task-durations-project2019.xml").notes)
    assert "10 fields of the planner's own are not taken over: Duration1, Duration2" in notes
