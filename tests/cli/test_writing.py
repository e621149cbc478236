"""`add`, `set`, `delete`, `undo`, `redo`."""

from __future__ import annotations

import json

from tests.cli.process import Pmo


def test_add_takes_text_and_json_and_gives_the_key(office: Pmo) -> None:
    supplier = office.add("suppliers", "name=Dijkwerk", "ibans=NL91ABNA0417164300")
    lines = [{"quantity": "10", "price": "1000.25", "project": "P-1"}]
    made = office("add", "orders", "title=Works", f"supplier={supplier}", f"lines:={json.dumps(lines)}", "--json").json
    assert made == {"key": "PO-1", "seq": 6}
    order = office("show", "PO-1", "--json").json
    assert order["lines"][0] | {"quantity": "10", "price": "1000.25", "project": "P-1"} == order["lines"][0]
    assert (order["value"], order["order_left"]) == ("10002.50", "10002.50")
    assert office("add", "actions", "title=Ask = for: help").out.strip() == "A-1  Ask = for: help"


def test_everything_wrong_is_said_at_once(office: Pmo) -> None:
    before = office.head()
    said = office.fails(5, "add", "risks", "titel=x", "probability=9", "next_review=30-2-2026", "owner=Piet", "score=3")
    assert "titel: is not a field here; did you mean title?" in said
    assert "title: is needed" in said
    assert "probability: 9 is outside 1 to 5" in said
    assert "next_review: “30-2-2026” does not exist" in said
    assert "owner: There is no record “Piet” in People" in said
    assert "score: is computed and cannot be set" in said
    assert office.head() == before
    assert "could be 1234 or 1.234" in office.fails(5, "set", "P-1", "budget=1.234")
    assert "is not field=value" in office.fails(2, "add", "risks", "title")
    assert "is not JSON" in office.fails(2, "add", "orders", "lines:=[1,")
    assert "NaN is not a value" in office.fails(2, "add", "orders", "lines:=[NaN]")
    assert "title is given twice" in office.fails(2, "add", "risks", "title=a", "title=b")
    assert "control character U+001B" in office.fails(5, "add", "risks", "title=a\x1b[31mb")


def test_several_keys_are_one_transaction(office: Pmo) -> None:
    done = office("set", "R-1", "r-2", "status=closed", "closed_on=today", "--json").json
    assert done == {"keys": ["R-1", "R-2"], "seq": 5, "changed": True}
    assert {row["status"] for row in office.list("risks")} == {"closed"}
    assert office("set", "R-1", "R-2", "status=closed", "--json").json == {
        "keys": ["R-1", "R-2"],
        "seq": 5,
        "changed": False,
    }
    office("undo")
    assert {row["status"] for row in office.list("risks")} == {"identified"}
    office.fails(5, "set", "R-1", "P-1", "status=closed", "probability=3")
    office.fails(4, "set", "R-1", "R-9", "status=closed")
    assert {row["status"] for row in office.list("risks")} == {"identified"}
    office("set", "R-1", "owner=")
    assert office("show", "R-1", "--json").json["owner"] is None
    assert "is needed" in office.fails(5, "set", "R-1", "title=")
    assert "Which records, and what?" in office.fails(2, "set", "status=closed")
    assert "Which records, and what?" in office.fails(2, "set", "R-1")


def test_a_record_that_others_refer_to_is_not_deleted(office: Pmo) -> None:
    said = office.fails(3, "delete", "PER-1")
    assert "PER-1 cannot be deleted: P-1, R-1 refer to it" in said
    assert office("delete", "R-1", "P-1", "R-2", "--json").json == {"keys": ["R-1", "P-1", "R-2"], "seq": 5}
    assert "PER-1 Jan de Boer" in office("delete", "PER-1").out
    assert office("undo", "--json").json["undone"] == 6
    assert [person["name"] for person in office.list("people")] == ["Jan de Boer"]


def test_undo_twice_goes_two_back_and_redo_forward(office: Pmo) -> None:
    def impact() -> object:
        return office("show", "R-1", "--json").json["impact"]

    office("set", "R-1", "impact=5")
    office("set", "R-1", "impact=1")
    assert office("undo", "--json").json == {"seq": 7, "undone": 6, "skipped": []}
    assert impact() == 5
    assert "took back 5: R-1 as before" in office("undo").out
    assert impact() == 4
    assert "R-1 as before" in office("redo").out
    assert impact() == 5
    office("redo")
    assert impact() == 1
    assert "nothing of yours to redo" in office.fails(4, "redo")


def test_only_ones_own_change_is_taken_back_unless_it_is_named(office: Pmo) -> None:
    office("--as", "anna", "set", "R-1", "impact=5")
    assert office("undo", "--json").json["undone"] == 4
    assert office("show", "R-1", "--json").json["impact"] == 5
    office("undo", "5")
    assert office("show", "R-1", "--json").json["impact"] == 4
    assert "There is no transaction 99" in office.fails(4, "undo", "99")
    office("--as", "piet", "set", "R-1", "impact=1")
    office("--as", "anna", "set", "R-1", "impact=2")
    assert "changed" in office.fails(3, "--as", "piet", "undo")


def test_past_a_change_that_others_built_upon_one_goes_by_its_number(office: Pmo) -> None:
    office("--as", "piet", "set", "R-1", "impact=1")
    office("--as", "piet", "set", "P-1", "name=Harbour")
    office("--as", "anna", "set", "P-1", "name=Port")
    told = office.fails(3, "--as", "piet", "undo")
    assert "P-1 was changed by anna" in told
    assert "pmo undo 5 takes back your change before it" in told
    assert office("--as", "piet", "undo", "5", "--json").json["undone"] == 5
    assert "before it" not in office.fails(3, "--as", "piet", "undo")


def test_own_fields_are_fields_like_others(office: Pmo) -> None:
    office("add", "fields", "register=risks", "name=ward", "label=Ward", "kind=choice", "choices=north,south")
    office("set", "R-1", "ward=north")
    assert office.list("risks", "ward:north", "--fields", "key,ward") == [{"key": "R-1", "ward": "north"}]
    assert "is not one of north, south" in office.fails(5, "set", "R-1", "ward=west")
    assert "Ward" in office("list", "risks").out


def test_a_reference_is_a_key_a_code_a_name_or_a_word_that_only_one_has(office: Pmo) -> None:
    office.add("people", "name=Jan Jansen")
    office.add("people", "name=Marjan Visser", "login=anna")
    for word, key in (
        ("Boer", "PER-1"),
        ("visser", "PER-3"),
        ("jan jansen", "PER-2"),
        ("per-2", "PER-2"),
        ("JB", "PER-1"),
    ):
        office("set", "R-1", f"owner={word}")
        assert office("show", "R-1", "--json").json["owner"] == key
    office("set", "R-1", "owner=me", "--as", "anna")
    assert office("show", "R-1", "--json").json["owner"] == "PER-3"
    for word in ("ja", "isser", "xyz"):
        assert "There is no record" in office.fails(5, "set", "R-1", f"owner={word}")
    assert "There is no record" in office.fails(4, "delete", "Visse")
