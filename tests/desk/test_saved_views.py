"""Views of lists: kept by one officer or for everybody, what of them still holds, and how a list was left last."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.last_looks import LastLooks
from pmo_tui.desk.views.fitting import column_of, column_word, fitted
from pmo_tui.desk.views.grouping import frequencies, groups_of, is_summed, total_of, word_for
from pmo_tui.desk.views.kept_views import drop_view, keep_view, kept_views, named, rename_view, share_view
from pmo_tui.desk.views.saved_views import SavedView, SavedViews
from pmo_tui.records.errors import Refused, WrongUse

HIGH = SavedView("score>=9", "-score", ("title:30", "score", "owner:*"), "owner")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Four risks of two owners."""
    desk.add("people", {"name": "Jan de Vries"})
    desk.add("people", {"name": "Anna Bos"})
    desk.add("projects", {"name": "Harbour bridge", "currency": "EUR"})
    for title, owner, tags, score in (
        ("Steel", "Jan de Vries", "legal", 5),
        ("Permit", "Anna Bos", "legal, port", 4),
        ("Paper", "Jan de Vries", "", 1),
        ("Crane", "", "port", 2),
    ):
        desk.add(
            "risks",
            {"title": title, "project": "P-1", "owner": owner, "tags": tags, "probability": "3", "impact": str(score)},
        )
    return desk


def test_a_view_is_kept_for_oneself_or_for_everybody_and_both_are_listed(desk: Desk) -> None:
    keep_view(desk, "risks", "High ones", HIGH, shared=False)
    keep_view(desk, "risks", "Steering", HIGH, shared=True)
    keep_view(desk, "portfolio", "Other list", HIGH, shared=True)
    assert [(each.name, each.view, each.shared) for each in kept_views(desk, "risks")] == [
        ("High ones", HIGH, False),
        ("Steering", HIGH, True),
    ]
    record = desk.values("VW-1")
    assert (record["of"], record["filter"], record["columns"]) == (
        "risks",
        "score>=9",
        ["title:30", "score", "owner:*"],
    )
    keep_view(desk, "risks", "Steering", SavedView("score>=15"), shared=True)
    assert [each.view.filter for each in kept_views(desk, "risks")] == ["score>=9", "score>=15"]


def test_views_are_renamed_shared_taken_back_and_forgotten(desk: Desk) -> None:
    kept = keep_view(desk, "risks", "High", HIGH, shared=False)
    rename_view(desk, "risks", kept, "  Very \n high ")
    kept = named(desk, "risks", "Very high", shared=False) or kept
    shared = share_view(desk, "risks", kept)
    assert [(each.name, each.key) for each in kept_views(desk, "risks")] == [("Very high", shared.key)]
    rename_view(desk, "risks", shared, "Highest")
    desk.undo()
    assert kept_views(desk, "risks")[0].name == "Very high"
    drop_view(desk, "risks", share_view(desk, "risks", shared))
    assert kept_views(desk, "risks") == []
    desk.undo()
    assert kept_views(desk, "risks")[0].key == shared.key


def test_two_views_of_one_list_do_not_take_the_same_name(desk: Desk) -> None:
    keep_view(desk, "risks", "A", HIGH, shared=True)
    other = keep_view(desk, "risks", "B", HIGH, shared=True)
    with pytest.raises(WrongUse, match="already"):
        rename_view(desk, "risks", other, "A")
    with pytest.raises(WrongUse):
        keep_view(desk, "risks", "  ", HIGH, shared=False)


def test_a_shared_view_of_a_list_that_there_is_not_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="of"):
        desk.add("views", {"of": "riskz", "name": "x"})


def test_what_no_longer_holds_is_named_and_the_rest_is_shown(desk: Desk) -> None:
    view = SavedView(
        'score>=9 cost_owner:jan status:nonsense "free text" @P-9 @me',
        "-score,gone",
        ("title", "gone:12", "owner"),
        "gone",
    )
    found, lost = fitted(desk, desk.fields("risks"), view)
    assert found == SavedView('score>=9 "free text" @me', "-score", ("title", "owner"), "")
    assert lost == ["cost_owner:jan", "status:nonsense", "@P-9", "gone"]
    assert len(desk.view("risks", found.filter.replace('"free text" @me', ""), found.sort)) == 2
    assert fitted(desk, desk.fields("risks"), HIGH) == (HIGH, [])


@settings(max_examples=60)
@given(words=st.text(max_size=40), columns=st.lists(st.text(max_size=12), max_size=3), group=st.text(max_size=8))
def test_whatever_a_view_says_the_list_can_be_shown(
    desk_of_words: Desk, words: str, columns: list[str], group: str
) -> None:
    desk = desk_of_words
    found, _lost = fitted(desk, desk.fields("risks"), SavedView(words, words, tuple(columns), group))
    desk.view("risks", found.filter, found.sort)
    assert all(column_of(column)[0] in desk.fields("risks") for column in found.columns)


@pytest.fixture(scope="module")
def desk_of_words(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """An empty store that many examples share."""
    from pmo_tui.desk.home.folders import folders
    from pmo_tui.store import open_store

    home = tmp_path_factory.mktemp("home")
    return Desk(open_store(home / "pmo.json", author="anna", login="anna"), folders({"HOME": str(home)}))


@pytest.mark.parametrize("word", ["title", "title:30", "title:*"])
def test_a_column_is_written_as_it_is_read(word: str) -> None:
    assert column_word(*column_of(word)) == word


def test_groups_add_up_what_adds_up(desk: Desk) -> None:
    fields = desk.fields("risks")
    view = desk.view("risks", "", "owner")
    found = groups_of(view, fields["owner"], ["probability"])
    assert [(group.text, group.count, group.first) for group in found] == [
        ("PER-2", 1, 0),
        ("PER-1", 2, 1),
        ("", 1, 3),
    ]
    assert [group.sums["probability"].whole for group in found] == [Decimal(3), Decimal(6), Decimal(3)]
    assert total_of(found).count == 4
    assert total_of(found).sums["probability"].whole == Decimal(12)
    assert not is_summed(fields["probability"])
    assert is_summed(desk.fields("portfolio")["budget"])


def test_amounts_of_several_currencies_are_not_added_up(desk: Desk) -> None:
    desk.add("projects", {"name": "A", "budget": "100", "currency": "EUR"})
    desk.add("projects", {"name": "B", "budget": "50", "currency": "USD"})
    [group] = groups_of(desk.view("projects", "budget:any"), desk.fields("projects")["department"], ["budget"])
    assert group.sums["budget"].mixed
    assert group.sums["budget"].whole is None
    assert group.sums["budget"].parts == {"EUR": Decimal(100), "USD": Decimal(50)}


@pytest.mark.parametrize("name", ["owner", "tags", "impact", "title", "score", "project", "status"])
def test_the_word_of_a_value_leaves_just_its_rows(desk: Desk, name: str) -> None:
    item = desk.fields("risks")[name]
    found = frequencies(desk.view("risks"), item)
    assert [group.count for group in found] == sorted((group.count for group in found), reverse=True)
    for group in found:
        assert len(desk.view("risks", word_for(item, group))) == group.count, word_for(item, group)


def test_how_a_list_was_left_is_kept_by_officer_and_store(tmp_path: Path) -> None:
    path = tmp_path / "state" / "looks.json"
    LastLooks(path, "anna@a").keep("risks", HIGH)
    LastLooks(path, "bert@a").keep("risks", SavedView("owner:@me"))
    assert LastLooks(path, "anna@a").get("risks") == HIGH
    assert LastLooks(path, "anna@b").get("risks") is None
    LastLooks(path, "anna@a").keep("risks", None)
    assert LastLooks(path, "anna@a").get("risks") is None
    assert LastLooks(path, "bert@a").get("risks") == SavedView("owner:@me")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "3",
        "null",
        '{"anna@a": 3}',
        '{"anna@a": {"risks": {"filter": 3}}}',
        "[" * 100_000,
        '{"anna@a": {"risks": []}}',
    ],
)
def test_nonsense_in_a_file_of_ones_own_counts_as_none(tmp_path: Path, text: str) -> None:
    for name in ("looks.json", "views.json"):
        (tmp_path / name).write_text(text)
    looks, views = LastLooks(tmp_path / "looks.json", "anna@a"), SavedViews(tmp_path / "views.json")
    assert looks.get("risks") is None
    assert views.names("risks") == {}
    looks.keep("risks", HIGH)
    views.keep("risks", HIGH, "x")
    assert LastLooks(tmp_path / "looks.json", "anna@a").get("risks") == HIGH
    assert SavedViews(tmp_path / "views.json").get("risks", "x") == HIGH


def test_views_of_before_there_were_columns_are_read(tmp_path: Path) -> None:
    (tmp_path / "views.json").write_text(
        json.dumps({"risks": {"Old": {"filter": "score>9", "sort": "-score"}, "": {}}})
    )
    assert SavedViews(tmp_path / "views.json").names("risks") == {"Old": SavedView("score>9", "-score")}


def test_two_sessions_of_one_officer_do_not_lose_each_others_views(tmp_path: Path) -> None:
    one, two = SavedViews(tmp_path / "views.json"), SavedViews(tmp_path / "views.json")
    one.keep("risks", HIGH, "One")
    two.keep("risks", HIGH, "Two")
    assert list(one.names("risks")) == ["One", "Two"]
