"""Finding records by what they are called: key, code, name, number, part of it, its letters, or misspelt."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_tui.desk.desk import Desk
from pmo_tui.wording.nearness import allowed, distance, is_near
from pmo_tui.wording.suggest import fuzzy


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Projects, people and a supplier with an account."""
    for name, code in (
        ("Harbour bridge", "HB1"),
        ("Town archive", "TA"),
        ("Bridge of sighs", ""),
        ("Schedule tool", ""),
    ):
        desk.add("projects", {"name": name, "code": code})
    desk.add("people", {"name": "Jan de Vries", "email": "jan@example.org"})
    desk.add("suppliers", {"name": "Staal BV", "ibans": "NL91 ABNA 0417 1643 00"})
    return desk


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("P-2", "P-2"), ("ta", "P-2"), ("harb", "P-1"), ("bridge", "P-3"), ("archive", "P-2"), ("chive", "P-2"), ("hbrdg", "P-1"),
        ("NL91 ABNA", "SUP-1"), ("abna0417", "SUP-1"), ("example", "PER-1"), ("harbuor", "P-1"), ("brigde harbour", "P-1"),
        ("scehdule", "P-4"), ("vreis", "PER-1"), ("staall", "SUP-1"), ("town archvie", "P-2"),
    ],
)  # fmt: skip
def test_a_record_is_found_by_any_of_its_names_and_misspelt(desk: Desk, typed: str, first: str) -> None:
    assert desk.lookup.complete((), typed, 8, misspelt=True)[0][0] == first


def test_what_equals_stands_before_what_begins_and_that_before_what_holds_it(desk: Desk) -> None:
    desk.add("projects", {"name": "Archive"})
    desk.add("projects", {"name": "Archives of the port"})
    found = [title for _key, title in desk.complete(("projects",), "archive")]
    assert found == ["Archive", "Archives of the port", "Town archive"]


def test_a_name_that_changes_is_found_by_the_new_one(desk: Desk) -> None:
    assert desk.complete((), "harbour")
    desk.set(["P-1"], {"name": "Quay wall"})
    assert [key for key, _title in desk.complete((), "quay")] == ["P-1"]
    desk.undo()
    assert desk.complete((), "quay") == []


def test_nothing_is_taken_for_something_unless_it_may_be_misspelt(desk: Desk) -> None:
    assert desk.complete((), "harbuor") == []
    assert desk.lookup.complete((), "zzzzzz", 8, misspelt=True) == []


@settings(max_examples=40)
@given(
    titles=st.lists(st.text("abcAB -.\\^]é", min_size=1, max_size=6), min_size=1, max_size=6),
    typed=st.text("abAB -.\\^]é", max_size=3),
)
def test_what_is_found_holds_what_was_typed_or_its_letters_in_order(
    desk_of_names: Desk, titles: list[str], typed: str
) -> None:
    desk = desk_of_names
    made = [desk.add("projects", {}, {"name": title}) for title in titles if title.strip()]
    wanted = typed.strip().casefold()
    found = {key for key, _title in desk.lookup.complete(("projects",), typed, 10_000)}
    for key in made:
        holds = any(_in_order(wanted, name) for name in (key.casefold(), desk.title(key).casefold()))
        assert (key in found) == holds
    if made:
        desk.delete(made)


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


@pytest.fixture(scope="module")
def desk_of_names(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """An empty store that many examples share."""
    from pmo_tui.desk.home.folders import folders
    from pmo_tui.store import open_store

    home = tmp_path_factory.mktemp("home")
    return Desk(open_store(home / "pmo.json", author="anna", login="anna"), folders({"HOME": str(home)}))


@given(word=st.text("abcd", min_size=5, max_size=10), place=st.integers(0, 9), letter=st.sampled_from("abcd"))
def test_one_mistake_is_one_letter_away(word: str, place: int, letter: str) -> None:
    place %= len(word) - 1
    left_out = word[:place] + word[place + 1 :]
    swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    mistaken = word[:place] + letter + word[place + 1 :]
    for typed in (left_out, swapped, mistaken, word[:place] + letter + word[place:]):
        found = distance(typed, word, 2)
        assert found is not None
        assert found <= 1
        assert distance(word, typed, 2) == found
        assert is_near(typed, word) or not allowed(typed)


def test_actions_are_found_misspelt_and_in_another_language() -> None:
    offers = [("Undo", "Undo  u"), ("Journal", "Journal  H"), ("Schedule", "Schedule  R")]
    also = {"Undo": ("Terugdraaien",), "Journal": ("Logboek",)}
    assert fuzzy("jornal", offers, also)[0][0] == "Journal"
    assert fuzzy("schedlue", offers, also)[0][0] == "Schedule"
    assert fuzzy("logboek", offers, also)[0][0] == "Journal"
    assert fuzzy("terugdrai", offers, also)[0][0] == "Undo"
    assert fuzzy("qqqq", offers, also) == []
