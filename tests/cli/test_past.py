"""`--at`: every reading verb as it was known then."""

from __future__ import annotations

from tests.cli.process import Pmo


def test_every_reading_verb_answers_as_it_was_known_then(office: Pmo) -> None:
    office("set", "R-1", "title=Ground is clean", "impact=1")
    office("set", "SEW", "code=RIO")
    office("delete", "R-2")
    (newest, *_) = office("history", "R-1", "--json").json
    then = ("--at", newest["time"])

    assert [row["title"] for row in office.list("risks", *then)] == ["Ground is clean", "Permit comes late"]
    assert [row["title"] for row in office.list("risks", "impact:4", "--at", "#4")] == ["Ground is polluted"]
    assert office("show", "SEW", *then, "--json").json["code"] == "SEW"
    office.fails(4, "show", "SEW")
    assert [event["seq"] for event in office(*then, "history", "--json").json] == [5, 4, 3, 2, 1]
    assert "Ground is polluted" in office("--at", "#3", "export", "-", "--as", "risks.csv").out
    assert office("verify", *then, "--json").json["seq"] == 7
    assert office.list("risks", "--at", "yesterday") == []
    assert office.list("risks", "--at", "today") == office.list("risks")


def test_it_is_read_only_and_says_what_is_no_moment(office: Pmo) -> None:
    before = office.head()
    office.write("risks.csv", "title\nAnother\n")
    for words in (("set", "R-1", "impact=1"), ("undo",), ("import", "risks.csv")):
        assert "was opened for reading only" in office.fails(6, "--at", "#3", *words)
    assert "There is no store" in office.fails(4, "--at", "#3", "demo", "--no-open", PMO_STORE="")
    assert office.head() == before
    assert "lies ahead" in office.fails(2, "--at", "tomorrow", "list", "risks")
    assert "--at soon" in office.fails(2, "list", "risks", "--at", "soon")
    assert "There is no transaction 99" in office.fails(2, "list", "risks", "--at", "#99")
