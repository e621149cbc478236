"""What would relieve somebody: hand-worked cases, and laws that hold for any bookings."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_tui.analysis.allocation import cells, claim_of
from pmo_tui.analysis.availability import capacity, hours, whole_weeks
from pmo_tui.analysis.levelling import Loaded, Proposal, proposals
from pmo_tui.analysis.periods import A_DAY, Period, period_of, periods_between
from pmo_tui.records.people import Booking, Person

TODAY = date(2026, 11, 25)
W50 = period_of("week", date(2026, 12, 7))
LAST = W50.finish + timedelta(weeks=52)
SPAN = whole_weeks(W50.start, LAST)
WEEKS = periods_between("week", W50.start, LAST)


def booking(key: str, person: str, per_week: str, start: date, weeks: int, **more: object) -> Booking:
    finish = start + timedelta(weeks=weeks) - A_DAY
    values = {"project": "P-1", "hours_per_week": Decimal(per_week), "start": start, "finish": finish}
    return Booking(key=key, person=person, **{**values, **more})  # type: ignore[arg-type]


def loaded(key: str, *bookings: Booking) -> Loaded:
    return Loaded(key, bookings, capacity(Person(key=key, name=key), (), {}, *SPAN))


def found(who: Loaded, *others: Loaded, period: Period = W50) -> dict[tuple[str, str], Proposal]:
    return {(each.kind, each.booking): each for each in proposals(who, others, period, WEEKS, TODAY, 100)}


def alarms(who: Loaded, bookings: list[Booking]) -> set[int]:
    made = cells([claim_of(each, who.capacity.week) for each in bookings], who.capacity, WEEKS)
    return {place for place, cell in enumerate(made) if cell.alarm}


def test_three_ways_out_of_a_week_of_fifty_hours() -> None:
    """30 h until the new year, 20 h for two weeks of December: 50 of 40 h in both."""
    long = booking("BKG-1", "PER-1", "30", date(2026, 11, 2), 9)
    short = booking("BKG-2", "PER-1", "20", W50.start, 2)
    busy = loaded("PER-2", booking("BKG-3", "PER-2", "24", date(2026, 12, 14), 4))
    free = loaded("PER-3", booking("BKG-4", "PER-3", "10", W50.start, 1))
    made = found(loaded("PER-1", long, short), busy, free)
    given_away = made["hand_over", "BKG-2"]
    assert (given_away.person, given_away.since, given_away.before, given_away.after) == ("PER-3", W50.start, 2, 0)
    assert hours(given_away.relieved) == 20
    assert made["hand_over", "BKG-1"].since == W50.start
    later = made["later", "BKG-2"]
    assert short.start + timedelta(days=later.shift) == date(2027, 1, 4)
    assert ("later", "BKG-1") not in made
    assert [made["less", key].hours_per_week for key in ("BKG-2", "BKG-1")] == [10, 20]
    first = proposals(loaded("PER-1", long, short), (busy, free), W50, WEEKS, TODAY, 100)[0]
    assert (first.kind, first.booking) == ("hand_over", "BKG-1")


def test_nobody_takes_over_what_would_be_too_much_for_him() -> None:
    trouble = loaded("PER-1", booking("BKG-1", "PER-1", "60", W50.start, 1))
    other = loaded("PER-2", booking("BKG-2", "PER-2", "8", W50.start, 1))
    assert [kind for kind, _key in found(trouble, other)] == ["less"]


def test_what_one_booking_cannot_mend_alone_is_not_proposed_as_fewer_hours() -> None:
    who = loaded("PER-1", booking("BKG-1", "PER-1", "100", W50.start, 1), booking("BKG-2", "PER-1", "8", W50.start, 1))
    assert [kind for kind, key in found(who) if key == "BKG-2"] == []


def test_a_soft_booking_counts_by_its_probability() -> None:
    hard = booking("BKG-1", "PER-1", "36", W50.start, 1)
    soft = booking("BKG-2", "PER-1", "20", W50.start, 1, status="soft", probability=Decimal(50))
    assert found(loaded("PER-1", hard, soft))["less", "BKG-2"].hours_per_week == 8


def test_where_nothing_is_too_much_nothing_is_proposed() -> None:
    assert found(loaded("PER-1", booking("BKG-1", "PER-1", "40", W50.start, 2)), loaded("PER-2")) == {}


drawn = st.builds(
    lambda number, per_week, first, weeks: (number, str(per_week), date(2026, 11, 2) + timedelta(days=first), weeks),
    st.integers(1, 99),
    st.integers(1, 60),
    st.integers(0, 120),
    st.integers(1, 12),
)


@settings(max_examples=60)
@given(st.lists(drawn, min_size=1, max_size=5), st.lists(drawn, max_size=3))
def test_proposals_help_and_harm_nobody(
    own: list[tuple[int, str, date, int]], theirs: list[tuple[int, str, date, int]]
) -> None:
    mine = [booking(f"BKG-{i}", "PER-1", each[1], each[2], each[3]) for i, each in enumerate(own)]
    others = [booking(f"BKG-{100 + i}", "PER-2", each[1], each[2], each[3]) for i, each in enumerate(theirs)]
    who, other = loaded("PER-1", *mine), loaded("PER-2", *others)
    before = alarms(who, mine)
    for proposal in proposals(who, (other,), W50, WEEKS, TODAY, 100):
        changed = next(each for each in mine if each.key == proposal.booking)
        rest = [each for each in mine if each.key != proposal.booking]
        shift = timedelta(days=proposal.shift)
        past = [_with(changed, finish=proposal.since - A_DAY)] if changed.start < proposal.since else []
        made = _with(
            changed,
            start=max(changed.start, proposal.since) + shift,
            finish=changed.finish + shift,
            hours_per_week=proposal.hours_per_week,
        )
        stays = proposal.person == "PER-1"
        after = alarms(who, [*rest, *past, *([made] if stays else [])])
        assert (len(before), len(after)) == (proposal.before, proposal.after)
        assert len(after) < len(before)
        if not stays:
            assert alarms(other, [*others, made]) <= alarms(other, others)


def _with(changed: Booking, **more: object) -> Booking:
    from dataclasses import replace

    return replace(changed, **more)  # type: ignore[arg-type]
