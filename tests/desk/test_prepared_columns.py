"""What is prepared of a register for filters and sorting says the same as looking at every record anew, whatever was changed and asked before."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.forgetting import forget
from pmo_tui.desk.home.folders import folders
from pmo_tui.desk.views import view
from pmo_tui.desk.views.columns import Lines
from pmo_tui.desk.views.filter import parse_filter
from pmo_tui.desk.views.hits import narrowed
from pmo_tui.store import open_store

TODAY = date(2026, 11, 25)
WORDS = ("rain", "ra", "r", "wind", "Dike", "dik", "sewer", "zzz", "")
FILTERS = st.one_of(
    st.sampled_from(WORDS),
    st.builds(" ".join, st.lists(st.sampled_from([*WORDS, "-rain", "-di", "status:open", "impact>2", "project:sew", "tag:a"]), max_size=3)),
    st.text(alphabet="raind ik", max_size=5),
)  # fmt: skip
SORTS = st.sampled_from(["", "title", "-impact", "project,title", "next_review", "-project,-title"])
CHANGES = st.one_of(
    st.tuples(st.just("title"), st.integers(1, 6), st.sampled_from(["Rain", "Wind 10", "Wind 9", "Radar", "Dikes"])),
    st.tuples(st.just("impact"), st.integers(1, 6), st.sampled_from(["1", "3", "5"])),
    st.tuples(st.just("project"), st.integers(1, 6), st.sampled_from(["P-1", "P-2", ""])),
    st.tuples(st.just("tags"), st.integers(1, 6), st.sampled_from(["a", "b, rain", ""])),
    st.tuples(st.just("add"), st.just(0), st.sampled_from(["Rain again", "Sewer"])),
    st.tuples(st.just("delete"), st.integers(1, 6), st.just("")),
    st.tuples(st.just("rename"), st.integers(1, 2), st.sampled_from(["Dike", "Sewer", "Rainbow"])),
)
ASKED = st.tuples(st.just("ask"), FILTERS, SORTS)


def change(desk: Desk, what: str, number: int, text: str) -> None:
    if what == "add":
        desk.add("risks", {"title": text, "project": "P-1", "probability": "2", "impact": "2"})
    elif what == "rename":
        desk.set([f"P-{number}"], {"name": text})
    elif desk.record(f"R-{number}") is not None:
        if what == "delete":
            desk.delete([f"R-{number}"])
        else:
            desk.set([f"R-{number}"], {what: text})


def filled(desk: Desk) -> None:
    for name in ("Sewer renewal", "Dike"):
        desk.add("projects", {"name": name})
    for number in range(1, 7):
        desk.add(
            "risks",
            {
                "title": f"{WORDS[number]} {number}",
                "project": f"P-{1 + number % 2}",
                "probability": "3",
                "impact": str(1 + number % 5),
            },
        )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(CHANGES, ASKED), min_size=4, max_size=14), st.sampled_from([0, 1000]))
def test_prepared_is_as_looked_at_anew(steps: list[tuple[str, object, object]], many: int) -> None:
    with TemporaryDirectory() as folder, open_store(Path(folder, "pmo.json"), author="anna", login="anna") as store:
        desk = Desk(store, folders({"HOME": folder}), today=lambda: TODAY)
        filled(desk)
        with patch.object(view, "MANY", many):
            for what, first, second in steps:
                if what != "ask":
                    change(desk, str(what), int(str(first)), str(second))
                    continue
                found = desk.view("risks", str(first), str(second))
                anew = Desk(store, folders({"HOME": folder}), today=lambda: TODAY).view(
                    "risks", str(first), str(second)
                )
                assert found.keys == anew.keys
                for name in ("title", "impact", "score", "tags", "project"):
                    assert list(found.each(name)) == list(anew.each(name))


def test_a_field_of_the_organisations_own_is_mended_too(desk: Desk) -> None:
    filled(desk)
    desk.add("fields", {"name": "soil", "register": "risks", "label": "Soil", "kind": "text"})
    desk.set(["R-1"], {"soil": "peat"})
    assert desk.view("risks", "soil:peat").keys == ["R-1"]
    desk.set(["R-2"], {"soil": "peat"})
    desk.set(["R-1"], {"soil": "clay"})
    assert desk.view("risks", "soil:peat").keys == ["R-2"]
    assert desk.view("risks", "peat").keys == ["R-2"]


def test_who_is_forgotten_is_not_found_by_name_any_more(desk: Desk) -> None:
    filled(desk)
    desk.add("people", {"name": "Wilhelmina Verhoeven"})
    desk.set(["R-1"], {"owner": "PER-1"})
    assert desk.view("risks", "verhoeven").keys == ["R-1"]
    assert desk.view("people", "verhoeven").keys == ["PER-1"]
    forget(desk, "PER-1")
    assert desk.view("risks", "verhoeven").keys == desk.view("people", "verhoeven").keys == []


def test_a_column_that_was_handed_out_stays_as_it_is(desk: Desk) -> None:
    filled(desk)
    item = desk.fields("risks")["title"]
    before = desk.columns.column("risks", item)
    desk.set(["R-1"], {"title": "Other"})
    assert before["1"] == "ra 1"
    assert desk.columns.column("risks", item)["1"] == "Other"


@given(st.dictionaries(st.integers(1, 99).map(str), st.text(max_size=6), max_size=8), st.text(min_size=1, max_size=3))
def test_one_search_through_all_finds_what_a_search_in_each_finds(texts: dict[str, str], text: str) -> None:
    texts = {number: words.replace("\0", "") for number, words in texts.items()}
    assert Lines(texts).holding(text) == {number for number, words in texts.items() if text in words}


@pytest.mark.parametrize(
    ("known", "asked", "left"),
    [
        ("", "rain", ["rain"]), ("rai", "rain", ["rain"]), ("rain", "rai", None), ("rain", "rain status:open", ["status:open"]),
        ("status:open", "status:closed", None), ("-rai", "-rain", None), ("ra impact>2", "rain impact>2", None),
        ("impact>2 ra", "impact>2 rain", ["rain"]), ("rain", "rain", []), ("rain wind", "rain", None),
    ],
)  # fmt: skip
def test_what_goes_on_from_what(desk: Desk, known: str, asked: str, left: list[str] | None) -> None:
    fields = desk.fields("risks")
    found = narrowed(tuple(parse_filter(known, fields)), tuple(parse_filter(asked, fields)))
    assert (None if found is None else [term.word for term in found]) == left
