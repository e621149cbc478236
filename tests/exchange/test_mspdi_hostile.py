"""Whatever stands in an element of a plan, reading it ends with records, or with what is wrong and where."""

from __future__ import annotations

import time
from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_tui.exchange import mspdi
from pmo_tui.exchange.incoming import Batch, To
from pmo_tui.records.documents import validated
from pmo_tui.records.errors import Refused
from pmo_tui.records.registers import by_name
from tests.exchange.mspdi_help import calendar, of, office_week, period, plan, read, tag, task, tasks_of, times

FIELDS = {
    "Task": "UID ID Name IsNull OutlineLevel OutlineNumber WBS Start Finish Duration DurationFormat Manual Active Milestone Summary "
    "Estimated PercentComplete ActualStart ActualFinish ActualDuration RemainingDuration Work FixedCost ConstraintType "
    "ConstraintDate Deadline CalendarUID LevelingDelay LevelingDelayFormat Priority Notes Recurring ExternalTask",
    "PredecessorLink": "PredecessorUID Type LinkLag LagFormat CrossProject",
    "Baseline": "Number Start Finish Duration DurationFormat Work Cost Interim",
    "Resource": "UID Name Type IsNull MaxUnits CalendarUID StandardRate IsGeneric BookingType EmailAddress Group",
    "Assignment": "UID TaskUID ResourceUID Start Finish Work Units BookingType",
    "Calendar": "UID Name IsBaseCalendar BaseCalendarUID",
    "WeekDay": "DayType DayWorking",
    "Exception": "Name Type Period Occurrences EnteredByOccurrences DaysOfWeek Month MonthDay MonthItem MonthPosition DayWorking",
    "Project": "Title CalendarUID MinutesPerDay MinutesPerWeek DaysPerMonth DurationFormat CurrencyCode StartDate FinishDate Manager",
}
NASTY = st.sampled_from(
    [
        "", " ", "-1", "0", "1", "2", "7", "20", "21", "53", "-65535", "99999999999999999999", "1e999999999", "1E-999999", "NaN", "-Infinity",
        "0001-01-01T00:00:00", "9999-12-31T23:59:59", "2026-02-30T08:00:00", "2026-W01", "1970-01-01T01:00:00", "2026-03-02T08:00:00+02:00",
        "PT0H0M0S", "-PT8H0M0S", "P1Y2M3DT4H", "PT999999999999H0M0S", "P", "T", "5d", "\x85", "\u202e[bold]", "true", "١٢",
    ]
)  # fmt: skip
VALUES = NASTY | st.integers(-10, 5000).map(str) | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6)
FILES = st.fixed_dictionaries(
    {kind: st.dictionaries(st.sampled_from(names.split()), VALUES, max_size=5) for kind, names in FIELDS.items()}
)


def made(values: Mapping[str, Mapping[str, str]]) -> bytes:
    """A plan of two tasks and all that belongs to them, in which some values are as given."""
    usual: dict[str, dict[str, object]] = {
        "PredecessorLink": {"PredecessorUID": 1}, "Baseline": {"Start": "2026-03-02T08:00:00"},
        "Resource": {"UID": 1, "Name": "Jan"}, "Assignment": {"UID": 1, "TaskUID": 2, "ResourceUID": 1},
        "Calendar": {"UID": 1, "Name": "Standard"}, "WeekDay": {"DayType": 2}, "Exception": {},
    }  # fmt: skip
    given_ = {kind: {**usual.get(kind, {}), **values[kind]} for kind in values}
    days = tag("WeekDays", tag("WeekDay", times("08:00 12:00"), **given_["WeekDay"]))
    exceptions = tag("Exceptions", tag("Exception", period("2026-01-01", "2027-12-31"), **given_["Exception"]))
    inside = tag("PredecessorLink", **given_["PredecessorLink"]) + tag("Baseline", **given_["Baseline"])
    return plan(
        task(1, "First"), task(2, "Second", inside, **given_["Task"]),
        calendars=tag("Calendar", days, exceptions, **given_["Calendar"]),
        resources=tag("Resource", **given_["Resource"]), assignments=tag("Assignment", **given_["Assignment"]),
        **given_["Project"],  # type: ignore[arg-type]
    )  # fmt: skip


def keyed(value: object) -> object:
    """A value as it is once the store has given its keys."""
    if isinstance(value, To):
        return "T-1"
    if isinstance(value, list):
        return [keyed(each) for each in value]
    return {name: keyed(each) for name, each in value.items()} if isinstance(value, dict) else value


def unfounded(batch: Batch) -> list[str]:
    """References to records that the batch does not hold."""
    known = {incoming.source_key for incoming in batch.records}
    found: list[str] = []

    def walk(value: object) -> None:
        if isinstance(value, To) and value.source_key not in known:
            found.append(value.source_key)
        for each in value if isinstance(value, list) else value.values() if isinstance(value, dict) else ():
            walk(each)

    for incoming in batch.records:
        walk(incoming.values)
    return found


@settings(max_examples=300)
@given(FILES)
def test_any_values_are_read_or_refused(values: Mapping[str, Mapping[str, str]]) -> None:
    batch = mspdi.read(made(values), "plan.xml")
    assert all(problem.place.startswith("plan.xml") for problem in batch.problems)
    assert unfounded(batch) == []
    for incoming in batch.records:
        own = {name: keyed(value) for name, value in incoming.values.items() if name != "manager"}
        assert {field.partition(".")[0] for field in wrong(incoming.register, own)} <= own.keys()


def wrong(register: str, values: dict[str, object]) -> list[str]:
    """The fields that the register refuses."""
    try:
        validated(by_name(register), values)
    except Refused as refused:
        return [problem.field for problem in refused.problems]
    return []


def test_fifty_megabytes_on_one_line_are_read_in_seconds() -> None:
    notes = "x" * 10_000
    data = plan(*(task(uid, Notes=notes) for uid in range(5_000))).replace(b"\n", b" ")
    assert len(data) > 50_000_000
    begun = time.monotonic()
    assert len(tasks_of(read(data))) == 5_000
    assert time.monotonic() - begun < 20


def test_names_of_any_kind_are_kept_as_they_are() -> None:
    names = ["[/]", "<&>\"'", "=1+1", "\u202eabc", "👩‍👩‍👧 é", "null", "0", "#", "{name}", "%s"]
    data = plan(*(task(uid, name) for uid, name in enumerate(names)), calendars=calendar(1, "{x}", office_week()))
    batch = read(data, project="P-1")
    assert [values["name"] for values in tasks_of(batch).values()] == names
    assert of(batch, "calendars")[0].values["name"] == "{x}"
