"""`export milestones.ics`: a calendar that other programs take in again and again."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date, timedelta

import pytest
from icalendar import Calendar

from tests.cli.process import Pmo

DAY = date.today() + timedelta(days=10)


@pytest.fixture
def plan(office: Pmo) -> Pmo:
    """Two milestones, a task, and a milestone of another project."""
    office.add("projects", "name=Dike", "code=DIKE")
    office.add("tasks", "project=SEW", "name=Go live; phase 1, “soft”", "milestone=yes", f"finish={DAY}", "owner=JB")
    office.add(
        "tasks", "project=SEW", "name=Handover", "milestone=yes", f"finish={DAY + timedelta(days=5)}", "notes=a\nb"
    )
    office.add("tasks", "project=SEW", "name=Dig", f"finish={DAY}")
    office.add("tasks", "project=DIKE", "name=Permit", "milestone=yes", f"finish={DAY}")
    office.add("tasks", "project=DIKE", "name=Some day", "milestone=yes")
    return office


def events(data: bytes) -> dict[str, tuple[date, str, int]]:
    found = Calendar.from_ical(data).walk("VEVENT")
    assert len({event["uid"] for event in found}) == len(found)
    return {str(e["summary"]): (e.decoded("dtstart"), str(e["status"]), int(str(e["sequence"]))) for e in found}


def test_filters_projects_and_what_was_moved_or_deleted(plan: Pmo) -> None:
    assert plan("export", "milestones.ics", "--json").json["records"] == 3
    first = (plan.folder / "milestones.ics").read_bytes()
    assert set(events(first)) == {"Go live; phase 1, “soft”", "Handover", "Permit"}
    assert plan("export", "-", "--as", "milestones.ics").raw == first
    assert set(events(plan("export", "-", "--as", "milestones.ics", "--project", "DIKE").raw)) == {"Permit"}
    assert set(events(plan("export", "-", "owner:jan", "--as", "milestones.ics").raw)) == {"Go live; phase 1, “soft”"}

    plan("set", "T-1", f"finish={DAY + timedelta(days=1)}")
    plan("set", "T-2", "milestone=no")
    plan("delete", "T-4")
    now = events(plan("export", "-", "--as", "milestones.ics").raw)
    assert now["Go live; phase 1, “soft”"] == (DAY + timedelta(days=1), "CONFIRMED", 11)
    assert now["Handover"] == (DAY + timedelta(days=5), "CANCELLED", 12)
    assert now["Permit"] == (DAY, "CANCELLED", 13)
    plan("undo")
    assert events(plan("export", "-", "--as", "milestones.ics").raw)["Permit"][1] == "CONFIRMED"
    assert events(plan("export", "-", "--as", "milestones.ics", "--at", "#10").raw)["Handover"][1] == "CONFIRMED"


def run(pmo: Pmo, *words: object) -> str:
    environ = {"HOME": str(pmo.folder), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "Europe/Amsterdam"}
    done = subprocess.run(list(map(str, words)), check=True, capture_output=True, text=True, timeout=60, env=environ)
    return done.stdout


def needs(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not on this machine")
    return found


def test_khal_takes_it_twice_and_moves_what_moved(plan: Pmo) -> None:
    khal = needs("khal")
    config = plan.write(
        "khal.conf",
        f"[calendars]\n[[pmo]]\npath = {plan.folder}/events\ntype = calendar\n"
        "[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        f"[sqlite]\npath = {plan.folder}/khal.db\n",
    )

    def listed() -> list[str]:
        plan("export", "milestones.ics")
        for _ in range(2):
            run(plan, khal, "-c", config, "import", "--batch", plan.folder / "milestones.ics")
        shape = ("--format", "{start-date} {title}", "--day-format", "")
        return sorted(filter(None, run(plan, khal, "-c", config, "list", *shape, DAY, "60d").splitlines()))

    later = DAY + timedelta(days=5)
    assert listed() == [f"{DAY} Go live; phase 1, “soft”", f"{DAY} Permit", f"{later} Handover"]
    plan("set", "T-1", f"finish={later}")
    assert listed() == [f"{DAY} Permit", f"{later} Go live; phase 1, “soft”", f"{later} Handover"]


def test_calcurse_takes_it_twice_into_a_folder_of_its_own(plan: Pmo) -> None:
    """As docs/calendars.md has it: calcurse forgets every UID, so its folder is emptied first."""
    calcurse = needs("calcurse")
    plan("export", "milestones.ics", "--project", "SEW")
    for _ in range(2):
        run(plan, calcurse, "-q", "-D", plan.folder / "calcurse", "-P", "--filter-type", "event")
        run(plan, calcurse, "-q", "-D", plan.folder / "calcurse", "-i", plan.folder / "milestones.ics")
        kept = sorted((plan.folder / "calcurse/apts").read_text(encoding="utf-8").splitlines())
        assert [re.sub(r"\[1\] ?(>[0-9a-f]+)? ", "", line) for line in kept] == [
            f"{DAY:%m/%d/%Y} Go live; phase 1, “soft”",
            f"{DAY + timedelta(days=5):%m/%d/%Y} Handover",
        ]
