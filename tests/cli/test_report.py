"""`pmo report` and `pmo chase` as a shell runs them."""

from __future__ import annotations

import json
from email import message_from_bytes
from email.policy import default

import pytest

from tests.cli.process import Pmo


@pytest.fixture
def reported(office: Pmo) -> Pmo:
    """SEW is declared amber for week 2 of 2026; an action of Jan is late."""
    office.add("people", "name=Anna Bos", "login=anna")
    office.add("reports", "project=SEW", "period=2026-w02", "rag=amber", "declared_by=JB", "summary=Going on.")
    office.add("actions", "title=Dig", "project=SEW", "owner=JB", "due=2026-01-05")
    return office


def test_markdown_html_and_json_of_one_snapshot(reported: Pmo) -> None:
    period = ("--period", "2026-w02")
    markdown = reported("report", "SEW", "-", *period).out
    assert markdown.startswith("# Status report SEW Sewer renewal\n")
    assert "Going on." in markdown
    reported("report", "P-1", "report.html", *period)
    html = (reported.folder / "report.html").read_text(encoding="utf-8")
    assert html.startswith("<!DOCTYPE html>")
    assert "<script" not in html
    facts = reported("report", "SEW", "-", *period, "--json").json
    shown = reported("show", "P-1", "--json").json
    figures = {row["name"]: row["now"] for row in facts["money"]}
    for name in ("budget", "cost", "open_commitment", "available"):
        assert figures[name] == shown[name]
        if shown[name] is not None:
            number = f"EUR {float(shown[name]):,.2f}"
            assert number in markdown
            assert number in html
    assert facts["head_sum"] == reported.head()[1]
    assert facts["head_sum"] in markdown


def test_dutch_dates_and_numbers(reported: Pmo) -> None:
    text = reported("report", "SEW", "-", "--period", "2026-w02", "--lang", "nl").out
    assert "EUR 10.000,00" in text


def test_an_issued_report_prints_what_was_issued(reported: Pmo) -> None:
    told = reported("report", "SEW", "report.md", "--period", "2026-w02", "--issue", "--json").json
    assert told["status"] == "issued"
    before = (reported.folder / "report.md").read_bytes()
    reported("set", "P-1", "name=Something else", "budget=1")
    again = reported("report", told["key"], "-").raw
    assert again == before
    assert reported("report", "SEW", "-", "--period", "2026-w02").raw == before
    assert b"Something else" in reported("report", "SEW", "-", "--period", "2026-w02", "--now").raw
    assert reported("show", told["key"], "--json").json["head_sum"] == told["head_sum"]
    assert "snapshot" in reported.fails(5, "set", told["key"], "summary=x")
    assert "never deleted" in reported.fails(5, "delete", told["key"])
    assert "issued for 2026-w02 already" in reported.fails(2, "report", "SEW", "-", "--period", "2026-w02", "--issue")


def test_what_is_again_as_it_was_did_not_change_since_the_last_report(reported: Pmo) -> None:
    reported("report", "SEW", "report.md", "--period", "2026-w02", "--issue")
    reported("set", "P-1", "name=Something else", "budget=1")
    reported("undo")
    kept = reported("add", "actions", "title=Pave", "project=SEW", "owner=JB").out.split()[0]
    gone = reported("add", "actions", "title=Fell", "project=SEW", "owner=JB").out.split()[0]
    reported("delete", gone)
    reported("set", "A-1", "title=Dig deep", "due=2026-01-06")
    reported("set", "A-1", "title=Dig")
    reported("add", "reports", "project=SEW", "period=2026-w03", "rag=amber", "declared_by=JB")
    period = ("--period", "2026-w03")
    expected = [(kept, "created", []), ("A-1", "changed", ["due"])]
    for more in ((), ("--issue",), ()):
        told = reported("report", "SEW", "-", *period, "--json", *more).json
        changes = told["changes"]
        assert sorted((row["key"], row["what"], row["fields"]) for row in changes) == sorted(expected)
    assert "Name" not in reported("report", "SEW", "-", *period).out.partition("Changed since the last report")[2]


def test_what_is_wrong_is_said(reported: Pmo) -> None:
    assert "What kind of report" in reported.fails(2, "report", "SEW", "report.docx")
    assert "is not a period" in reported.fails(2, "report", "SEW", "-", "--period", "2026-w60")
    assert "There is no record" in reported.fails(4, "report", "P-99", "-")
    assert "Nothing is declared" in reported.fails(2, "report", "SEW", "-", "--period", "2026-w09", "--issue")


def test_a_file_is_written_whole_or_not_at_all(reported: Pmo) -> None:
    reported.fails(1, "report", "SEW", "no/such/folder/report.md", "--period", "2026-w02")


def test_status_updates_are_listed_for_scripts(reported: Pmo) -> None:
    rows = reported.list("status_updates")
    assert [(row["key"], row["project"]) for row in rows] == [("P-1", "P-1")]
    assert rows[0]["state"] in ("late", "missing")
    assert reported.list("steering_reports")[0]["state"] == "not told"


def test_chasing_shows_first_and_writes_then(reported: Pmo) -> None:
    shown = reported("--as", "anna", "chase", "A-1", "--dry-run")
    assert "Dig" in shown.out
    assert "nothing was written" in shown.err
    assert reported.list("messages") == []
    done = reported("--as", "anna", "chase", "A-1", "--folder", "box", "--json").json
    assert [message["about"] for message in done["messages"]] == [["A-1"]]
    mail = message_from_bytes((reported.folder / "box").glob("*.eml").__next__().read_bytes(), policy=default)
    assert mail["Subject"] == "Overdue: Dig"
    assert [row["about"] for row in reported.list("messages")] == [["A-1"]]
    again = reported("--as", "anna", "chase", "A-1", "--json").json
    assert again["messages"] == []
    assert "written to" in again["skipped"][0]["why"]


def test_the_page_of_scripts_is_plain_json(reported: Pmo) -> None:
    text = reported("report", "SEW", "--json", "--period", "2026-w02").out
    facts = json.loads(text)
    assert facts["rag"][0] == {"dimension": "overall", "now": "amber", "last": None, "by_rule": None, "comment": ""}


def test_many_records_left_out_are_a_few_and_how_many_more(office: Pmo) -> None:
    for number in range(12):
        office.add("actions", f"title=Write page {number}", "project=SEW", "due=2020-01-01")
    told = office("chase", "--dry-run").err
    assert "A-5 … and 4 more" in told
    assert "A-6" not in told
