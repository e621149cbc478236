"""The risk log's figures by hand: exposure, heat map, reviews, trends; what is done with risks, in one transaction each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmo_tui.analysis.risks import LEVELS
from pmo_tui.desk import rules
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.folders import folders
from pmo_tui.desk.raid import steps as raid
from pmo_tui.desk.raid.risk_log import OPPORTUNITY, RAID, THREAT, node_of, shared_words
from pmo_tui.records.errors import NotFound, WrongUse
from pmo_tui.records.raid import Risk
from pmo_tui.store import open_store

Office = Callable[..., Desk]


@pytest.fixture
def log(desk: Desk) -> Desk:
    """Two projects of 100k and one that is over; five open risks, one of them good, one without a value, one closed."""
    desk.add("people", {"name": "Anna Bos", "login": "Anna"})
    desk.add("programmes", {"name": "Water"})
    desk.add("projects", {"name": "Dike", "parent": "PG-1", "budget": "100k"})
    desk.add("projects", {"name": "Pump", "budget": "200k"})
    desk.add("projects", {"name": "Old", "budget": "100k", "status": "closed"})
    for texts in (
        {"title": "Steel", "project": "P-1", "probability": "3", "impact": "4", "next_review": "2026-11-24"},
        {"title": "Subsidy", "project": "P-1", "kind": "opportunity", "probability": "4", "impact": "3"},
        {"title": "Permit", "project": "P-2", "probability": "5", "impact": "5", "cost_impact": "10k"},
        {"title": "Vague", "project": "P-2", "next_review": "2026-11-25"},
        {"title": "Left", "project": "P-3", "probability": "1", "impact": "1"},
        {"title": "Gone", "project": "P-1", "probability": "5", "impact": "5", "status": "closed"},
        {"title": "Water level", "project": "PG-1", "probability": "2", "impact": "2", "cost_impact": "4000"},
    ):
        desk.add("risks", texts)
    return desk


def risk(desk: Desk, key: str) -> Risk:
    """The risk with that key."""
    found = desk.record(key)
    assert isinstance(found, Risk)
    return found


def keys(desk: Desk, words: str = "") -> list[str]:
    """The risks that a filter leaves."""
    return desk.view("risks", words).keys


def test_exposure_by_hand(log: Desk) -> None:
    picture = log.risk_log.picture(keys(log))
    # 50 % of 10 % of 100k; 90 % of 10k; 25 % of 4,000; the opportunity 75 % of 5 % of 100k
    assert picture.exposure.threats == Decimal("5000") + 9000 + 1000
    assert picture.exposure.opportunities == Decimal("3750")
    assert picture.exposure.net == Decimal("11250")
    assert picture.exposure.unweighed == ("R-4",)
    assert picture.exposure.currency == "EUR"
    assert picture.open == 6
    assert [each.key for each in picture.of_ended] == ["R-5"]
    assert {each.key for each in picture.due} == {"R-1", "R-4"}
    assert picture.unassessed == 1


def test_every_figure_says_what_it_stands_on(log: Desk) -> None:
    picture = log.risk_log.picture(keys(log))
    for name, value in (("open", 6), ("threats", Decimal(15000)), ("opportunities", Decimal(3750)), ("net", Decimal(11250)),
                        ("due", 2), ("unweighed", 1), ("ended", 1)):  # fmt: skip
        assert picture.figure(name).value == value
    named = [each.name for each in picture.figure("threats").inputs if hasattr(each, "name")]
    assert named == ["R-3", "R-1", "R-7", "R-4"]


def test_a_node_has_the_same_exposure_here_as_in_the_list_of_exposures(log: Desk) -> None:
    rows = {row["key"]: row for row in (log.view("exposure").values(i) for i in range(len(log.view("exposure"))))}
    assert set(rows) == {"PG-1", "P-1", "P-2"}
    for node, row in rows.items():
        found = log.risk_log.picture(keys(log, f"@{node}"), f"@{node}").exposure
        assert (found.threats, found.opportunities, found.net) == (row["threats"], row["opportunities"], row["net"])
        assert (found.open, found.worst, len(found.unweighed)) == (row["risks"], row["worst"], row["unweighed"])


def test_sums_are_in_the_currency_of_the_node_and_say_what_has_no_rate(log: Desk) -> None:
    log.add("projects", {"name": "Overseas", "currency": "USD", "budget": "100k"})
    log.add("risks", {"title": "Storm", "project": "P-4", "probability": "3", "impact": "4"})
    assert log.risk_log.picture(keys(log, "@P-4"), "@P-4").exposure.currency == "USD"
    assert log.risk_log.picture(keys(log, "title:storm")).exposure.currency == "USD"
    everything = log.risk_log.picture(keys(log))
    assert everything.exposure.currency == "EUR"
    assert "R-8" in everything.exposure.unweighed
    log.add("exchange_rates", {"currency": "USD", "to": "EUR", "rate": "0.5"})
    everything = log.risk_log.picture(keys(log))
    assert everything.exposure.threats == Decimal("17500")
    assert everything.figure("threats").value == everything.exposure.threats


def test_inherent_and_target_scores_have_an_exposure_of_their_own(log: Desk) -> None:
    log.set(
        ["R-1"], {"inherent_probability": "5", "inherent_impact": "5", "target_probability": "1", "target_impact": "1"}
    )
    assert log.risk_log.picture(["R-1"], which="inherent").exposure.threats == Decimal("18000")
    assert log.risk_log.picture(["R-1"]).exposure.threats == Decimal("5000")
    assert log.risk_log.picture(["R-1"], which="target").exposure.threats == Decimal("50")
    assert log.values("R-1", ["inherent_score", "score", "target_score"]) == {
        "inherent_score": 25, "score": 12, "target_score": 1,
    }  # fmt: skip


def test_an_edit_shows_at_once_also_of_the_budget_a_risk_is_measured_by(log: Desk) -> None:
    assert log.risk_log.picture(["R-1"]).exposure.threats == Decimal("5000")
    log.set(["P-1"], {"budget": "200k"})
    assert log.risk_log.picture(["R-1"]).exposure.threats == Decimal("10000")
    log.set(["R-1"], {"probability": "1"})
    assert log.risk_log.picture(["R-1"]).exposure.threats == Decimal("1000")
    log.set(["R-1"], {"project": ""})
    assert log.risk_log.picture(["R-1"]).exposure.unweighed == ("R-1",)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5), st.booleans(), st.booleans()), max_size=12))
def test_the_map_holds_every_open_assessed_risk_once(
    tmp_path_factory: pytest.TempPathFactory, made: list[tuple[int, int, bool, bool]]
) -> None:
    path = tmp_path_factory.mktemp("map") / "pmo.json"
    with open_store(path, author="Anna", login="anna", check=rules.check) as store:
        desk = Desk(store, folders({"HOME": str(path.parent)}), today=lambda: date(2026, 11, 25))
        for probability, impact, good, closed in made:
            desk.add("risks", {
                "title": "x", "probability": str(probability), "impact": str(impact),
                "kind": OPPORTUNITY if good else THREAT, "status": "closed" if closed else "assessed",
            })  # fmt: skip
        picture = desk.risk_log.picture(keys(desk))
        for kind, good_ones in ((THREAT, False), (OPPORTUNITY, True)):
            heat = picture.heat(kind)
            for p in LEVELS:
                for i in LEVELS:
                    assert heat.count(p, i) == made.count((p, i, good_ones, False))


# ---- trends ------------------------------------------------------------------------------------------------------------

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def past(tmp_path: Path) -> Iterator[tuple[Desk, Callable[[int, Callable[[Desk], object]], None]]]:
    """A desk, and how to do something so many days ago."""
    with open_store(tmp_path / "pmo.json", author="Anna", login="anna", check=rules.check) as store:
        desk = Desk(store, folders({"HOME": str(tmp_path)}), today=lambda: NOON.date())

        def days_ago(days: int, work: Callable[[Desk], object]) -> None:
            with time_machine.travel(NOON - timedelta(days=days), tick=False):
                work(desk)

        yield desk, days_ago


def add(title: str, probability: int, impact: int, **more: str) -> Callable[[Desk], object]:
    """Adds a risk."""
    texts = {"title": title, "probability": str(probability), "impact": str(impact), **more}
    return lambda desk: desk.add("risks", texts)


def scored(key: str, **texts: str) -> Callable[[Desk], object]:
    """Changes one."""
    return lambda desk: desk.set([key], texts)


def test_a_trend_compares_with_four_weeks_ago(
    past: tuple[Desk, Callable[[int, Callable[[Desk], object]], None]],
) -> None:
    desk, days_ago = past
    days_ago(90, add("up", 2, 2))
    days_ago(90, add("down", 4, 4))
    days_ago(90, add("same", 3, 3))
    days_ago(60, scored("R-1", probability="3"))
    days_ago(20, scored("R-1", impact="5"))
    days_ago(15, scored("R-2", probability="1"))
    days_ago(10, scored("R-3", probability="5"))
    days_ago(5, scored("R-3", probability="3", title="there and back"))
    days_ago(3, add("new", 1, 1))
    days_ago(2, add("young and moved", 1, 1))
    days_ago(1, scored("R-5", impact="4"))
    days_ago(1, add("not assessed", 1, 1))
    days_ago(0, scored("R-6", impact=""))
    found = {key: desk.trends.of(risk(desk, key)) for key in keys(desk)}
    assert [(each.direction, each.before, each.now) for each in found.values()] == [
        ("up", 6, 15), ("down", 16, 4), ("same", 9, 9), ("new", None, 1), ("up", 1, 4), ("", 1, None),
    ]  # fmt: skip
    assert keys(desk, "trend:up") == ["R-1", "R-5"]
    assert desk.values("R-6", ["trend"]) == {"trend": None}


def test_a_change_made_while_one_looks_is_seen(
    past: tuple[Desk, Callable[[int, Callable[[Desk], object]], None]],
) -> None:
    desk, days_ago = past
    days_ago(90, add("first", 2, 2))
    assert not desk.trends.begun
    assert desk.trends.of(risk(desk, "R-1")).direction == "same"
    assert desk.trends.ready
    days_ago(0, scored("R-1", impact="1"))
    assert not desk.trends.ready
    assert desk.trends.of(risk(desk, "R-1")).direction == "down"
    desk.undo()
    assert desk.trends.of(risk(desk, "R-1")).direction == "same"


def test_the_transaction_a_store_begins_with_makes_nothing_new(
    past: tuple[Desk, Callable[[int, Callable[[Desk], object]], None]],
) -> None:
    desk, days_ago = past
    days_ago(2, add("imported, but old", 3, 3, identified_on="2026-03-01"))
    days_ago(2, add("imported and fresh", 3, 3, identified_on="2026-11-20"))
    assert [desk.trends.of(risk(desk, key)).direction for key in ("R-1", "R-2")] == ["same", "new"]


# ---- what is done ------------------------------------------------------------------------------------------------------


def test_a_threat_that_happens_becomes_an_issue_in_one_transaction(log: Desk) -> None:
    before = log.store.head()
    log.set(["R-3"], {"owner": "Anna Bos", "effect": "Work stops"})
    assert raid.occurred(log, ["R-3", "R-2"]) == ["I-1"]
    assert log.store.head() == before + 2
    made = log.values("I-1")
    assert (made["title"], made["project"], made["risk"], made["owner"], made["priority"], made["raised_on"], made["notes"]) == (
        "Permit", "P-2", "R-3", "PER-1", "critical", date(2026, 11, 25), "Work stops",
    )  # fmt: skip
    assert log.values("R-3")["status"] == "occurred"
    assert log.values("R-2")["status"] == "occurred"
    log.undo()
    assert log.values("R-3")["status"] == "identified"
    assert log.store.get("I-1") is None


def test_what_is_closed_or_gone_does_not_happen_and_nothing_is_written(log: Desk) -> None:
    before = log.store.head()
    with pytest.raises(WrongUse, match="R-6"):
        raid.occurred(log, ["R-3", "R-6"])
    with pytest.raises(NotFound):
        raid.occurred(log, ["R-99"])
    with pytest.raises(WrongUse, match="P-1"):
        raid.reviewed(log, {"P-1": date(2026, 12, 1)})
    assert log.store.head() == before


def test_the_higher_a_risk_the_sooner_it_is_looked_at_and_never_in_a_weekend(log: Desk) -> None:
    wednesday = date(2026, 11, 25)
    found = {key: raid.next_review(risk(log, key), wednesday) for key in ("R-3", "R-1", "R-7", "R-4")}
    assert [day.isoformat() for day in found.values()] == ["2026-12-02", "2026-12-09", "2027-02-17", "2026-12-02"]
    assert raid.next_review(risk(log, "R-3"), date(2026, 11, 28)) == date(2026, 12, 7)
    assert raid.reviewed(log, found) == log.store.head()
    assert [log.values(key)["next_review"] for key in found] == list(found.values())
    assert log.history("R-3")[0].note == "reviewed"


def test_being_done_says_when_and_a_decision_by_whom(log: Desk) -> None:
    log.add("issues", {"title": "Leak"})
    log.add("actions", {"title": "Call"})
    log.add("decisions", {"title": "Draw from contingency"})
    raid.close(log, "risks", ["R-1"])
    raid.close(log, "issues", ["I-1"])
    raid.close(log, "actions", ["A-1"])
    raid.close(log, "decisions", ["D-1"], "Board")
    day = date(2026, 11, 25)
    assert log.values("R-1", ["status", "closed_on", "next_review"]) == {
        "status": "closed", "closed_on": day, "next_review": None,
    }  # fmt: skip
    assert log.values("I-1")["status"] == "closed"
    assert log.values("A-1", ["status", "done_on"]) == {"status": "done", "done_on": day}
    assert log.values("D-1", ["status", "decided_on", "decided_by", "recorded_by"]) == {
        "status": "taken", "decided_on": day, "decided_by": "Board", "recorded_by": "PER-1",
    }  # fmt: skip


# ---- beside it ---------------------------------------------------------------------------------------------------------


def test_counts_of_what_is_open_and_late(log: Desk) -> None:
    log.add("actions", {"title": "Call", "project": "P-1", "due": "2026-11-24"})
    log.add("actions", {"title": "Write", "project": "P-1", "due": "2026-11-25"})
    log.add("actions", {"title": "Done", "project": "P-1", "due": "2026-11-01", "status": "done"})
    assert {name: log.risk_log.count_open(name) for name in RAID} == {
        "risks": (6, 1), "issues": (0, 0), "actions": (2, 1), "decisions": (0, 0),
    }  # fmt: skip
    assert log.risk_log.count_open("risks", "@P-2") == (2, 0)
    assert log.risk_log.count_open("actions", "project=P-2") == (0, 0)


def test_what_a_filter_says_of_all_four_registers(log: Desk) -> None:
    fields = {name: log.fields(name) for name in RAID}
    words = 'project:P-1 owner:jan score>9 @PG-1 "free text" -project:P-2'
    assert shared_words(words, fields["risks"], fields["issues"]) == (
        "project:P-1 owner:jan @PG-1 -project:P-2", 'score>9 "free text"',
    )  # fmt: skip
    assert shared_words("owner:jan", fields["risks"], fields["decisions"]) == ("", "owner:jan")
    with pytest.raises(WrongUse):
        shared_words("scoor>9", fields["risks"], fields["issues"])


def test_the_node_that_a_scope_is(log: Desk) -> None:
    assert [node_of(log, scope) for scope in ("", "@me", "@mine", "@P-1", '@"Water"')] == ["", "", "", "P-1", "PG-1"]
