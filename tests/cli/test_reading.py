"""`list`, `show` and `history`: what scripts rely on, and what people see."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

from tests.cli.process import Pmo


def test_list_json_is_an_array_of_flat_records_with_every_field(office: Pmo) -> None:
    office("set", "R-1", "next_review=2026-12-01", "tags=soil, legacy", "cost_impact=12500.50")
    first, second = office.list("risks", "--sort", "key")
    assert first | {
        "key": "R-1", "title": "Ground is polluted", "project": "P-1", "owner": "PER-1", "probability": 3, "impact": 4, "score": 12,
        "band": "high", "status": "identified", "next_review": "2026-12-01", "cost_impact": "12500.50", "currency": "EUR",
        "tags": ["soil", "legacy"], "code": None, "revision": 5,
    } == first  # fmt: skip
    assert second["owner"] is None
    assert set(first) == set(second)
    assert "extra" not in first
    (project,) = office.list("projects")
    assert (project["budget"], project["manager"], project["vat_recoverable"]) == ("10000", "PER-1", "100")


def test_fields_sorting_and_limits(office: Pmo) -> None:
    assert office.list("risks", "--fields", "score,key", "--sort", "score") == [
        {"score": 4, "key": "R-2"},
        {"score": 12, "key": "R-1"},
    ]
    assert office.list("risks", "--sort", "-score", "--limit", "1")[0]["key"] == "R-1"
    assert office.list("risks", "score>=10", "--fields", "key") == [{"key": "R-1"}]
    assert office.list("risks", "status:closed") == []
    assert "There is no field “colour”" in office.fails(2, "list", "risks", "--sort", "colour")


def test_a_list_is_sorted_by_what_it_shows_of_a_record(office: Pmo) -> None:
    """Projects by their codes, whatever their names are, and their numbers as numbers."""
    codes = {"P9": "Zoo", "P10": "Abbey", "P2": "Mill"}
    for code, name in codes.items():
        office.add("projects", f"name={name}", f"code={code}")
        office.add("issues", f"title=In {name}", f"project={code}")
    rows = office("list", "issues", "--sort", "project", "--fields", "project", "--csv").out.split()
    assert rows[1:] == ["P-4", "P-2", "P-3"]


def test_the_words_of_the_shell_make_one_filter(office: Pmo) -> None:
    def keys(*words: str) -> list[str]:
        return [row["key"] for row in office.list("risks", *words, "--fields", "key", "--sort", "key")]

    assert keys("owner:jan de boer") == ["R-1"]
    assert keys("owner:jan", "score>=12") == keys("owner:jan score>=12") == ["R-1"]
    assert keys("ground is") == ["R-1"]
    assert keys("-ground is", "project:sewer renewal") == ["R-2"]
    assert keys("-title:ground") == ["R-2"]
    assert keys("owner:none") == ["R-2"]
    assert keys('title:"permit comes",nothing') == ["R-2"]


def test_csv_is_what_the_export_writes(office: Pmo) -> None:
    office("set", "R-1", "next_review=2026-12-01", "title==SUM(A1)")
    rows = list(
        csv.reader(io.StringIO(office("list", "risks", "--csv", "--fields", "key,title,score,next_review").out))
    )
    assert rows == [
        ["key", "title", "score", "next_review"],
        ["R-1", "'=SUM(A1)", "12", "2026-12-01"],
        ["R-2", "Permit comes late", "4", ""],
    ]


def test_people_read_columns_and_the_count_goes_to_the_other_stream(office: Pmo) -> None:
    shown = office("list", "risks", "score>=10")
    head, line, row = shown.out.splitlines()
    assert head.split()[:3] == ["Key", "Title", "Project"]
    assert set(line) <= {"─", " "}
    assert "SEW" in row
    assert "Jan de Boer" in row
    assert "1 of 2" in shown.err


def test_show_by_key_code_and_name(office: Pmo) -> None:
    assert office("show", "SEW", "--json").json["key"] == "P-1"
    assert office("show", "p-1", "--json").json["code"] == "SEW"
    assert office("show", "Jan de Boer", "--json").json["key"] == "PER-1"
    assert "owner        PER-1  Jan de Boer" in office("show", "R-1").out
    assert "There is no record R-9" in office.fails(4, "show", "R-9")
    assert "pmo history R-9" in office.fails(4, "show", "R-9")


def test_hostile_text_is_shown_not_sent(office: Pmo) -> None:
    office("set", "R-1", "notes=one\ntwo")
    office("set", "R-2", "title=[bold]\u202etext[/]")
    shown = office("list", "risks").out
    assert "[bold]\\u202etext[/]" in shown
    assert "\u202e" not in shown
    assert office.list("risks", "--fields", "title")[1]["title"] == "[bold]\u202etext[/]"


def test_history_says_who_did_what_newest_first(office: Pmo) -> None:
    office("--as", "anna", "set", "R-1", "status=closed")
    office("set", "R-1", "impact=5", PMO_USER="piet")
    office("delete", "R-2")
    newest, *_, oldest = office("history", "--json").json
    assert (newest["key"], newest["what"], newest["seq"]) == ("R-2", "deleted", 7)
    assert (oldest["key"], oldest["what"], oldest["seq"]) == ("PER-1", "created", 1)
    piet, anna, made = office("history", "R-1", "--json").json
    assert (piet["author"], piet["changes"]) == ("piet", [{"field": "impact", "old": "4", "new": "5"}])
    assert (anna["author"], anna["changes"]) == ("anna", [{"field": "status", "old": "identified", "new": "closed"}])
    assert made["what"] == "created"
    assert anna["login"] == piet["login"] == made["login"] != ""
    assert date.fromisoformat(anna["time"][:10]) - date.today() <= timedelta(days=1)
    assert len(office("history", "R-1", "--limit", "1", "--json").json) == 1
    assert office("history", "R-2", "--json").json[0]["what"] == "deleted"
    assert "anna" in office("history", "R-1").out
    assert "There never was a record R-77" in office.fails(4, "history", "R-77")


def test_several_records_are_shown_and_the_registers_are_listed(office: Pmo) -> None:
    assert [row["key"] for row in office("show", "R-1", "SEW", "--json").json] == ["R-1", "P-1"]
    assert office("show", "R-1", "R-2").out.count("key  ") == 2
    held = {row["register"]: row["records"] for row in office("list", "--json").json}
    assert (held["risks"], held["projects"], held["orders"], held["milestones"]) == (2, 1, 0, None)
    assert "risks                  2  Risks" in office("list").out


def test_history_as_a_table(office: Pmo) -> None:
    office("set", "R-1", "impact=5", "status=closed")
    rows = list(csv.DictReader(io.StringIO(office("history", "R-1", "--limit", "1", "--csv").out)))
    assert [(row["seq"], row["what"], row["field"], row["old"], row["new"]) for row in rows] == [
        ("5", "changed", "impact", "'4", "'5"),
        ("5", "changed", "status", "identified", "closed"),
    ]
