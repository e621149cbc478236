"""`pmo list --view`: a view that was kept in the app, read by a script."""

from __future__ import annotations

from tests.cli.process import Pmo


def test_a_view_for_everybody_gives_filter_order_and_fields(office: Pmo) -> None:
    office(
        "add",
        "views",
        "of=risks",
        "name=High ones",
        "filter=score>=3",
        "sort=-score",
        "columns=title:30, score",
        "--json",
    )
    assert office.list("risks", "--view", "high ones") == [
        {"title": "Ground is polluted", "score": 12},
        {"title": office.list("risks", "--sort", "score")[0]["title"], "score": 4},
    ]
    assert office.list("risks", "score>5", "--view", "High ones", "--fields", "key") == [{"key": "R-1"}]
    assert [row["score"] for row in office.list("risks", "--view", "High ones", "--sort", "score")] == [4, 12]


def test_a_view_that_there_is_not_is_not_found_and_the_others_are_named(office: Pmo) -> None:
    office("add", "views", "of=risks", "name=High ones")
    assert "High ones" in office.fails(4, "list", "risks", "--view", "low")
    assert "neither a register nor a list" in office.fails(5, "add", "views", "of=riskz", "name=x")


def test_what_of_a_view_is_gone_is_said_and_the_rest_is_listed(office: Pmo) -> None:
    office("add", "views", "of=risks", "name=Old", "filter=score>5 gone:1")
    done = office("list", "risks", "--view", "Old", "--json")
    assert "gone:1" in done.err
    assert "R-1" in done.out
    assert "R-2" not in done.out
