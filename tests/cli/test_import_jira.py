"""`import --map`: an export of Jira, whose words for a status are not ours."""

from __future__ import annotations

import pytest

from tests.cli.process import ROOT, Pmo

MAP = ROOT / "docs/examples/jira-issues.toml"
HEADER = "Summary,Issue key,Issue id,Project key,Status,Priority,Assignee,Reporter,Created,Due date,Labels,Labels,Description"
EXPORT = f"""{HEADER}
Pump stops at night,DRY-1,10001,SEW,To Do,Highest,Jan de Boer,Els Bakker,21/Nov/26 9:15 AM,04/Dec/26 12:00 AM,pumps,night,"Twice.
The fuse is whole."
Valve leaks,DRY-2,10002,SEW,IN PROGRESS,Medium,,Els Bakker,22/Nov/26 4:05 PM,,,,
Permit is missing,DRY-3,10003,SEW,blocked,High,Els Bakker,Jan de Boer,23/Nov/26 8:00 AM,,,,
Sign is crooked,DRY-4,10004,SEW,Done,Lowest,Jan de Boer,Jan de Boer,24/Nov/26 8:00 AM,,,,
"""


def test_issues_of_jira_come_in_and_again(office: Pmo) -> None:
    office.write("jira.csv", EXPORT)
    done = office("import", "jira.csv", "--map", MAP, "--json").json
    assert (done["new"], done["written"]) == (4 + 1, True)
    assert done["notes"] == ["jira.csv: not in the map jira-issues.toml and not read: Issue id, Labels, Labels"]
    found = {row["code"]: row for row in office.list("issues")}
    assert {code: (row["status"], row["priority"]) for code, row in found.items()} == {
        "DRY-1": ("open", "critical"), "DRY-2": ("open", "medium"), "DRY-3": ("escalated", "high"), "DRY-4": ("closed", "low"),
    }  # fmt: skip
    people = {row["name"]: row["key"] for row in office.list("people")}
    assert sorted(people) == ["Els Bakker", "Jan de Boer"]
    first = found["DRY-1"]
    assert (first["project"], first["owner"], first["reported_by"]) == (
        "P-1", people["Jan de Boer"], people["Els Bakker"],
    )  # fmt: skip
    assert (first["raised_on"], first["due"]) == ("2026-11-21", "2026-12-04")
    assert first["notes"] == "Twice.\nThe fuse is whole."

    again = office("import", "jira.csv", "--map", MAP, "--json").json
    assert (again["new"], again["changed"]) == (0, 0)
    office.write("next.csv", EXPORT.replace("IN PROGRESS", "Done"))
    assert office("import", "next.csv", "--map", MAP, "--json").json["changed"] == 1
    assert {row["code"]: row["status"] for row in office.list("issues")}["DRY-2"] == "closed"


def test_a_word_that_the_map_does_not_translate_is_refused_with_its_row(office: Pmo) -> None:
    office.write("jira.csv", EXPORT.replace("blocked", "Parked"))
    said = office.fails(5, "import", "jira.csv", "--map", MAP)
    assert "jira.csv, row 4: status: “Parked” is not one of open, escalated, resolved, closed" in said
    assert "jira.csv, row 3" not in said


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ('[values.stauts]\nDone = "closed"', "my.toml: values.stauts: “stauts” is not a field; did you mean status?"),
        ('[values.status]\nDone = "clsoed"', "my.toml: values.status.Done: “clsoed” is not one of open, escalated"),
        ('[values.priority]\nHighest = "high"', "my.toml: values.priority: no column of the map goes into this field"),
        ('[values.status]\nDone = "closed"\ndone = "open"', "my.toml: values.status.done: stands there twice"),
        ('[values]\nstatus = "open"', "my.toml: values: a table for each field is expected, such as [values.status]"),
    ],
)
def test_a_map_that_translates_wrongly_is_refused_by_its_place(office: Pmo, wrong: str, said: str) -> None:
    office.write("jira.csv", EXPORT)
    office.write(
        "my.toml", f'register = "issues"\nkey = "Issue key"\n[columns]\nSummary = "title"\nStatus = "status"\n{wrong}\n'
    )
    assert said in office.fails(5, "import", "jira.csv", "--map", "my.toml")
