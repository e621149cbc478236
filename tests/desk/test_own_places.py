"""What lives outside the store: configuration, drafts, views, what was seen, reports of faults."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.config import Config, load
from pmo_tui.desk.home.crash import report
from pmo_tui.desk.home.drafts import Drafts
from pmo_tui.desk.home.folders import folders
from pmo_tui.desk.home.last_seen import LastSeen
from pmo_tui.desk.views.saved_views import SavedView, SavedViews
from pmo_tui.records.errors import WrongUse
from pmo_tui.store import open_store
from pmo_tui.wording.languages import _


def said(error: WrongUse) -> str:
    return f"{error.message.words(_)} {error.hint.words(_)}"


def test_without_a_file_everything_is_as_usual(tmp_path: Path) -> None:
    assert load(tmp_path / "config.toml") == Config()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('langg = "nl"', "lang"),
        ("lang = 3", "text in quotes"),
        ('lang = "fr"', "en, nl"),
        ("mouse = 1", "true or false"),
        ("lang = nl", "line 1"),
        ("[keymap]\nundo = 3", "table of texts"),
    ],
)
def test_a_wrong_line_names_the_file_the_key_and_what_was_meant(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(WrongUse) as wrong:
        load(path)
    assert named in said(wrong.value)
    assert str(path) in said(wrong.value)


@settings(max_examples=30)
@given(name=st.text(min_size=1, max_size=20), text=st.text())
def test_a_draft_comes_back_as_it_was_typed(tmp_path_factory: pytest.TempPathFactory, name: str, text: str) -> None:
    drafts = Drafts(tmp_path_factory.mktemp("d"), "anna@/pmo.json")
    held = drafts.open(name)
    held.save({"title": text})
    held.close()
    again = drafts.open(name)
    assert again.draft is not None
    assert again.draft.texts == {"title": text}
    again.drop()
    again.close()
    assert drafts.open(name).draft is None


def test_a_damaged_draft_is_put_aside_and_counts_as_none(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path, "anna@/pmo.json")
    held = drafts.open("new-risks")
    held.save({"title": "x"})
    held.close()
    (drafts.folder / "new-risks.json").write_text("{")
    assert drafts.open("new-risks").draft is None
    assert (drafts.folder / "new-risks.damaged").exists()


def test_a_draft_belongs_to_one_officer_and_one_store(tmp_path: Path) -> None:
    for owner in ("anna@/one/pmo.json", "bert@/one/pmo.json", "anna@/two/pmo.json"):
        held = Drafts(tmp_path, owner).open("A-1")
        assert held.draft is None
        held.save({"title": owner})
        held.close()
    found = Drafts(tmp_path, "anna@/two/pmo.json").open("A-1").draft
    assert found is not None
    assert found.texts == {"title": "anna@/two/pmo.json"}


def test_what_is_being_typed_in_one_window_is_left_alone_by_another_and_none_is_lost(tmp_path: Path) -> None:
    first = Drafts(tmp_path, "anna@/pmo.json").open("A-1")
    first.save({"title": "first"})
    second = Drafts(tmp_path, "anna@/pmo.json").open("A-1")
    assert (second.draft, second.elsewhere) == (None, True)
    second.save({"title": "second"})
    first.drop()
    for each in (first, second):
        each.close()
    last = Drafts(tmp_path, "anna@/pmo.json").open("A-1")
    assert last.draft is not None
    assert (last.draft.texts, last.elsewhere) == ({"title": "second"}, False)


@pytest.mark.parametrize(("seen", "taken"), [(["anna@{store}"], True), (["anna@{store}", "anna@/other.json"], False)])
def test_drafts_of_before_go_to_whom_they_can_only_belong(tmp_path: Path, seen: list[str], taken: bool) -> None:
    place = folders({"HOME": str(tmp_path)})
    store = open_store(tmp_path / "pmo.json", author="anna", login="anna", create=True)
    for name in seen:
        LastSeen(place.state / "seen.json", name.format(store=store.location)).keep(1)
    (place.state / "drafts").mkdir()
    (place.state / "drafts" / "new-risks.json").write_text('{"texts": {"title": "old"}, "revision": 0}')
    held = Desk(store, place).drafts.open("new-risks")
    assert (held.draft is not None) == taken
    assert (place.state / "drafts" / "new-risks.json").exists() == (not taken)
    store.close()


def test_views_outlive_the_program_and_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "views.json"
    SavedViews(path).keep("risks", SavedView("score>9", "-score"), "High")
    assert SavedViews(path).get("risks", "High") == SavedView("score>9", "-score")
    path.write_text("[")
    assert SavedViews(path).names("risks") == {}
    assert path.with_suffix(".damaged").read_text() == "["


def test_what_was_seen_is_kept_by_officer_and_store(tmp_path: Path) -> None:
    path = tmp_path / "seen.json"
    LastSeen(path, "anna@a").keep(7)
    LastSeen(path, "bert@a").keep(9)
    assert LastSeen(path, "anna@a").sequence == 7
    assert LastSeen(path, "anna@b").sequence is None
    path.write_text("nonsense")
    assert LastSeen(path, "anna@a").sequence is None


def test_a_report_of_a_fault_tells_where_but_not_what_records_hold(tmp_path: Path) -> None:
    secret = "Jan is ill"
    try:
        raise RuntimeError("the widget fell over")
    except RuntimeError as error:
        path = report(error, tmp_path)
    text = path.read_text()
    assert "the widget fell over" in text
    assert secret not in text
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_folders_follow_the_environment() -> None:
    found = folders({"HOME": "/home/anna", "XDG_STATE_HOME": "/var/anna", "XDG_DATA_HOME": "not/absolute"})
    assert found.state == Path("/var/anna/pmo_tui")
    assert found.default_store() == Path("/home/anna/.local/share/pmo_tui/pmo.json")
