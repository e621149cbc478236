"""`import`: tables of one's own and of other people, whole or not at all."""

from __future__ import annotations

import csv
import io
from collections import Counter
from decimal import Decimal
from pathlib import Path

from tests.cli.process import ROOT, Pmo

MAP = ROOT / "docs/examples/capital-delivery.toml"


def test_a_capital_delivery_list_of_a_water_company(pmo: Pmo, shared_data: Path) -> None:
    file = shared_data / "portfolio/melbourne-water-capital-delivery.csv"
    first = pmo("import", file, "--map", MAP, "--json").json
    assert (first["new"], first["changed"], first["written"]) == (445 + 4 + 2845, 0, True)

    projects = {row["code"]: row for row in pmo.list("projects")}
    assert len(projects) == 445
    assert projects["Q05388"] | {
        "name": "Q05388 Major Works - Framework", "budget": "2359288.62", "currency": "AUD", "department": "General Counsel",
        "start": "2016-02-05", "finish": "2018-02-16",
        "notes": "Approval by People Leadership Group, 3 Gate Major Infrastructure; Corporate Services",
    } == projects["Q05388"]  # fmt: skip
    assert projects["Q05640"]["budget"] == "2066075.59"
    assert projects["F10588"]["budget"] == "1419769.45"
    assert sum((Decimal(row["budget"]) for row in projects.values()), Decimal(0)) // 1 == 5_113_659_152

    programmes = {row["key"]: row["name"] for row in pmo.list("programmes")}
    assert Counter(programmes[row["parent"]] for row in projects.values()) == {
        "Major Works - Small Scale": 175, "Major Works - Framework": 174, "Contestable": 54, "Major Works - Open Market": 42,
    }  # fmt: skip

    gates = pmo.list("gates")
    assert Counter(row["name"] for row in gates) == {
        "BNI": 443, "PBC": 213, "Tender closed": 413, "BCA": 445, "Stage 1": 445, "Stage 2": 442, "Stage 3": 444,
    }  # fmt: skip
    key = projects["F10588"]["key"]
    assert {row["name"]: row["planned_on"] for row in gates if row["project"] == key} == {
        "BNI": "2020-12-24", "Tender closed": "2021-07-23", "BCA": "2021-08-19", "Stage 1": "2022-08-16",
        "Stage 2": "2022-11-30", "Stage 3": "2023-08-31",
    }  # fmt: skip

    head = pmo.head()
    again = pmo("import", file, "--map", MAP, "--json").json
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 3294)
    assert pmo.head() == head
    assert pmo("undo", "--json").json["skipped"] == []
    assert pmo.list("projects") == pmo.list("programmes") == []


def test_several_files_are_one_transaction_and_standard_input_is_one(office: Pmo) -> None:
    office.write("issues.csv", "code,title,project\nI1,Server room too warm,SEW\n")
    office.write("actions.csv", "title,owner,due\nAsk the supplier,Jan de Boer,2026-12-31\n")
    done = office("import", "issues.csv", "actions.csv", "--json").json
    assert (done["new"], done["written"]) == (2, True)
    assert sorted(record["key"] for record in done["records"]) == ["A-1", "I-1"]
    (event, other) = office("history", "--json", "--limit", "2").json
    assert (event["seq"], event["note"]) == (other["seq"], other["note"]) == (5, "import issues.csv, actions.csv")

    text = b"code;title;impact\nI1;Server room much too warm;\nI2;Keys lost;\n"
    assert "2 new" not in office("import", "-", "--as", "issues", stdin=text).err
    assert [row["title"] for row in office.list("issues", "--sort", "code")] == [
        "Server room much too warm",
        "Keys lost",
    ]
    office.write("broken.csv", "title,project\nGood,SEW\n,SEW\n")
    before = office.head()
    office.fails(5, "import", "issues.csv", "broken.csv", "--as", "issues")
    office.fails(2, "import", "-", "-", "--as", "issues")
    assert office.head() == before


def test_a_dry_run_shows_and_writes_nothing(office: Pmo) -> None:
    before = office.head()
    office.write("risks.csv", "key,title,impact\nR-1,Ground is polluted,5\nR-2,Permit comes late,2\n,Rain,1\n")
    shown = office("import", "risks.csv", "--dry-run")
    assert "impact: 4 → 5" in shown.out
    assert "1 new, 1 changed, 1 unchanged; nothing was written" in shown.err
    data = office("import", "risks.csv", "--dry-run", "--json").json
    assert data["written"] is False
    assert data["records"] == [
        {"key": "R-1", "register": "risks", "what": "changed", "changes": [{"field": "impact", "old": 4, "new": 5}]},
        {"key": None, "register": "risks", "what": "new", "changes": data["records"][1]["changes"]},
    ]
    assert office.head() == before


def test_bad_rows_are_named_and_nothing_is_written(office: Pmo) -> None:
    before = office.head()
    office.write(
        "risks.csv",
        "title,project,probability,next_review,cost_impact,owner\n"
        "Good,SEW,3,2026-12-01,10,JB\n"
        ",SEW,9,30-02-2026,1.234,Nobody\n"
        "Elsewhere,NOWHERE,3,2026-12-01,10.50,JB\n",
    )
    said = office.fails(5, "import", "risks.csv")
    for part in (
        "risks.csv, row 3: title: is needed",
        "risks.csv, row 3: probability: 9 is outside 1 to 5",
        "risks.csv, row 3: next_review: “30-02-2026” does not exist",
        "risks.csv, row 4: project: There is no record “NOWHERE”",
        "Nothing was imported.",
        "--reject FILE",
    ):
        assert part in said
    data = office("import", "risks.csv", "--json", ok=False)
    assert (data.code, data.json["written"], len(data.json["problems"])) == (5, False, 4)
    assert office.head() == before


def test_a_day_that_a_year_does_not_have_is_told_with_the_days_of_that_year(office: Pmo) -> None:
    office.write("actions.csv", "title,due\nCall,31/02/2027\nWrite,31/02/2028\n")
    said = office.fails(5, "import", "actions.csv")
    assert "“31/02/2027” does not exist: February 2027 has 28 days" in said
    assert "“31/02/2028” does not exist: February has the days 1 to 29" in said


def test_rejected_rows_come_back_with_their_reason_and_mended_go_in(office: Pmo) -> None:
    office.write(
        "risks.csv",
        "title;project;probability;next_review;owner;weather\n"
        "Good;SEW;3;2026-12-01;JB;rain\n"
        "Bad;SEW;9;2026-12-01;JB;sun\n"
        "Lost;NOWHERE;3;2026-12-01;Nobody;'=wind\n",
    )
    done = office("import", "risks.csv", "--reject", "bad.csv", "--json")
    assert (done.json["new"], done.json["written"]) == (1, True)
    assert "pmo import bad.csv --as risks" in done.err
    rows = list(csv.reader((office.folder / "bad.csv").open(newline=""), delimiter=";"))
    assert rows[0] == ["title", "project", "probability", "next_review", "owner", "weather", "reason"]
    assert rows[1][:6] == ["Bad", "SEW", "9", "2026-12-01", "JB", "sun"]
    assert rows[1][6] == "probability: 9 is outside 1 to 5"
    assert rows[2][5] == "'=wind"
    assert "project: There is no record “NOWHERE”" in rows[2][6]
    assert "owner: There is no record “Nobody”" in rows[2][6]

    mended = (
        (office.folder / "bad.csv").read_text().replace(";9;", ";4;").replace("NOWHERE", "SEW").replace("Nobody", "JB")
    )
    office.write("bad.csv", mended)
    assert office("import", "bad.csv", "--as", "risks", "--reject", "worse.csv", "--json").json["new"] == 2
    assert not (office.folder / "worse.csv").exists()
    titles = {row["title"]: row["probability"] for row in office.list("risks", "--fields", "title,probability")}
    assert titles == {"Ground is polluted": 3, "Permit comes late": 2, "Good": 3, "Bad": 4, "Lost": 3}


def test_the_reason_of_a_rejection_is_not_taken_for_a_field_of_that_name(office: Pmo) -> None:
    office.write("baselines.csv", "name,project,number\nFirst,SEW,77\n")
    office("import", "baselines.csv", "--reject", "bad.csv")
    text = (office.folder / "bad.csv").read_text()
    assert text.splitlines()[0] == "name,project,number,rejected because"
    office.write("bad.csv", text.replace("SEW,77,", "SEW,7,"))
    done = office("import", "bad.csv", "--as", "baselines", "--json").json
    assert (done["new"], done["notes"]) == (1, [])
    assert not office.list("baselines")[0].get("reason")


def test_rows_that_break_a_rule_together_are_rejected_too(office: Pmo) -> None:
    office.write(
        "tasks.csv",
        "project,name,start,finish,predecessors\n"
        "SEW,Dig,2026-12-01,2026-12-04,\n"
        "SEW,Pour,2026-12-08,2026-12-05,1\n"
        "SEW,Plant,2026-12-09,2026-12-10,2\n"
        "SEW,Paint,2026-12-09,2026-12-10,5\n"
        "SEW,Sell,2026-12-09,2026-12-10,4\n",
    )
    before = office.head()
    said = office.fails(5, "import", "tasks.csv")
    assert "tasks.csv, row 3: finish: 2026-12-05 is before 2026-12-08" in said
    assert "makes a loop of links: “Paint” → “Sell” → “Paint”" in said
    assert office.head() == before
    done = office("import", "tasks.csv", "--reject", "bad.csv", "--json").json
    assert done["new"] == 1
    reasons = {
        row["name"]: row["reason"] for row in csv.DictReader(io.StringIO((office.folder / "bad.csv").read_text()))
    }
    assert set(reasons) == {"Pour", "Plant", "Paint", "Sell"}
    assert "refers to tasks.csv, row 3, which is rejected" in reasons["Plant"]
    assert [row["name"] for row in office.list("tasks", "--fields", "name")] == ["Dig"]


def test_rejects_of_several_files_and_of_a_workbook(office: Pmo) -> None:
    office.write("risks.csv", "title,impact\nGood,1\nBad,7\n")
    office.write("issues.csv", "title,priority\nGood,high\nBad,enormous\n")
    office("import", "risks.csv", "issues.csv", "--reject", "bad.csv")
    assert "Bad,7" in (office.folder / "bad-risks.csv").read_text()
    assert "Bad,enormous" in (office.folder / "bad-issues.csv").read_text()
    office("export", "risks.xlsx")
    office("add", "fields", "register=risks", "name=ward", "label=Ward", "kind=integer", "required=yes")
    done = office("import", "risks.xlsx", "--reject", "bad.xlsx")
    assert "0 new, 0 changed, 3 unchanged" in done.err
    assert "standard input" not in office.fails(2, "import", "risks.csv", "issues.csv", "--reject", "-")


def test_which_register_a_file_belongs_to(office: Pmo) -> None:
    office.write("list.csv", "title\nA\n")
    said = office.fails(2, "import", "list.csv")
    assert "Which register does list.csv belong to?" in said
    assert "--as REGISTER" in said
    assert office("import", "list.csv", "--as", "actions", "--json").json["new"] == 1
    office.write("actions-week-48.csv", "title\nB\n")
    assert office("import", "actions-week-48.csv", "--json").json["new"] == 1
    assert "There is no format “risk”" in office.fails(2, "import", "list.csv", "--as", "risk")
    office.write("tasks.csv", "name\nDig\n")
    assert office("import", "tasks.csv", "--project", "SEW", "--json").json["new"] == 1
    assert office.list("tasks", "--fields", "project") == [{"project": "P-1"}]


def test_two_files_that_describe_one_record_are_not_guessed_between(office: Pmo) -> None:
    office.write("risks.csv", "key,impact\nR-1,5\n")
    (office.folder / "b").mkdir()
    office.write("b/risks.csv", "key,impact\nR-1,3\n")
    before = office.head()
    assert "is the same record as in risks.csv, row 2" in office.fails(5, "import", "risks.csv", "b/risks.csv")
    assert "is the same record" in office.fails(5, "import", "risks.csv", "risks.csv")
    office.add("people", "name=Jan de Boer")
    office.write("issues.csv", "title,owner\nX,jan de boer\n")
    assert "names several records: PER-1, PER-2" in office.fails(5, "import", "issues.csv")
    assert office.head()[0] == before[0] + 1
