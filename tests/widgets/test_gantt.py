"""The Gantt chart: bars that read without colour on five scales, links of the row under the cursor, only what is seen is painted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from pmo_tui.widgets.cutting import width_of
from pmo_tui.widgets.gantt import GanttTable
from pmo_tui.widgets.gantt_bar import Arrow, Bar, Chart, Kind, Window, draw, ground
from pmo_tui.widgets.gantt_scale import SCALES, Scale, fitting, head
from pmo_tui.widgets.table import Column
from pmo_tui.wording import languages
from pmo_tui.wording.safe import safe

TODAY = date(2026, 11, 25)
"""A Wednesday."""
CHART = Chart(date(2026, 11, 2), date(2027, 1, 29), TODAY)
DAY, WEEK, MONTH, QUARTER, YEAR = SCALES
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


def line(bar: Bar, first: str, width: int = 20, scale: Scale = WEEK, *, named: bool = False) -> str:
    """A bar's line from a day on, as text."""
    window = Window(scale, scale.column(date.fromisoformat(first)), width)
    cells = draw(bar, CHART, window, ground(CHART, window), named=named)
    return "".join(letter for letter, _ in cells)


def bar(start: str, finish: str, **more: object) -> Bar:
    """A bar between two days of 2026, given as 11-23."""
    return replace(Bar(date.fromisoformat(f"2026-{start}"), date.fromisoformat(f"2026-{finish}")), **more)  # type: ignore[arg-type]


# ---- scales ------------------------------------------------------------------------------------------------------------


@given(DAYS, st.sampled_from(SCALES))
def test_every_day_lies_in_the_days_of_its_columns(day: date, scale: Scale) -> None:
    assert scale.first_day(scale.column(day)) <= day <= scale.last_day(scale.last_column(day))


@given(DAYS, DAYS, st.sampled_from(SCALES))
def test_later_days_never_stand_further_to_the_left(one: date, other: date, scale: Scale) -> None:
    first, last = min(one, other), max(one, other)
    assert scale.column(first) <= scale.column(last)


@given(DAYS, st.integers(0, 200), st.sampled_from(SCALES))
def test_a_head_is_as_wide_as_its_chart(day: date, width: int, scale: Scale) -> None:
    for code in ("en", "nl"):
        with languages.speaking(code):
            assert [width_of(text) for text in head(scale, scale.column(day) - 3, width)] == [width, width]


def test_heads_name_months_and_weeks_as_far_as_there_is_room() -> None:
    first = date(2026, 11, 23)
    assert head(DAY, DAY.column(first), 28) == ("w48 23 Nov    w49 30 Nov    ", "M T W T F S S M T W T F S S ")
    assert head(WEEK, WEEK.column(first), 28) == ("Nov     December 2026       ", "w48 23 w49 30 w50 7  w51 14 ")
    assert head(MONTH, MONTH.column(first), 20) == ("   Dec 2026 Jan     ", "w48 w50 w52 w01 w03 ")
    assert head(QUARTER, QUARTER.column(first), 20)[0] == "Q4    Q1 2027       "
    assert head(YEAR, YEAR.column(first), 14) == ("  2027        ", "  Q1 Q2 Q3 Q4 ")
    with languages.speaking("nl"):
        assert head(DAY, DAY.column(first), 14) == ("wk48 23 nov   ", "m d w d v z z ")


def test_the_nearest_scale_is_chosen_in_which_everything_has_room() -> None:
    first = date(2026, 1, 1)
    spans = {20: DAY, 40: WEEK, 140: MONTH, 280: QUARTER, 900: YEAR, 9000: YEAR}
    assert {days: SCALES[fitting(first, first + timedelta(days - 1), 42)] for days in spans} == spans


# ---- bars ----------------------------------------------------------------------------------------------------------------


def test_shapes_tell_what_is_done_to_do_critical_by_hand_and_off() -> None:
    assert line(bar("11-30", "12-09", done=40), "2026-11-28") == "··━━━━▒▒▒▒▒▒  ··    "
    assert line(bar("11-30", "12-09", done=40, critical=True), "2026-11-28")[2:12] == "━━━━██████"
    assert line(bar("11-30", "12-09", manual=True), "2026-11-28")[2:12] == "[▒▒▒▒▒▒▒▒]"
    assert line(bar("11-30", "12-09", active=False), "2026-11-28")[2:12] == "╌" * 10
    assert line(bar("11-30", "12-09", kind="summary"), "2026-11-28")[2:12] == "▛▀▀▀▀▀▀▀▀▜"
    for kind, more, shape in (
        ("milestone", {}, "◆"),
        ("milestone", {"critical": True}, "◈"),
        ("milestone", {"done": 100}, "✓"),
        ("moment", {}, "◇"),
    ):
        assert line(bar("12-04", "12-04", kind=kind, **more), "2026-11-30", 7) == f"    {shape}··"


def test_what_is_begun_shows_and_what_is_not_finished_does_too() -> None:
    assert line(bar("11-30", "12-04", done=1), "2026-11-30", 5) == "━▒▒▒▒"
    assert line(bar("11-30", "12-04", done=99), "2026-11-30", 5) == "━━━━▒"
    assert line(bar("11-30", "12-04", done=100), "2026-11-30", 5) == "━━━━━"
    assert line(bar("11-30", "12-01", done=50), "2026-11-30", 1, QUARTER) == "▒"


def test_a_baseline_is_a_thin_line_and_its_end_inside_the_bar_is_marked() -> None:
    agreed = (date(2026, 11, 30), date(2026, 12, 2))
    assert line(bar("12-01", "12-04", baseline=agreed, note="+2d"), "2026-11-30", 11) == "▁▒┃▒▒·+2d  "
    ahead = (date(2026, 12, 1), date(2026, 12, 4))
    assert line(bar("11-30", "12-01", baseline=ahead), "2026-11-30", 7) == "▒▒▁▁▁··"
    assert line(bar("12-04", "12-04", kind="milestone", baseline=agreed), "2026-11-30", 7) == "  ▁ ◆··"


def test_a_deadline_stands_behind_the_bar_or_on_it_when_it_is_missed() -> None:
    assert line(bar("11-30", "12-01", deadline=date(2026, 12, 3)), "2026-11-30", 7) == "▒▒ ▽ ··"
    assert line(bar("11-30", "12-01", deadline=date(2026, 12, 1)), "2026-11-30", 7) == "▒▒▽  ··"
    assert line(bar("11-30", "12-04", deadline=date(2026, 12, 1)), "2026-11-30", 7) == "▒▼▒▒▒··"


def test_days_off_and_today_lie_under_the_bars() -> None:
    assert line(Bar(), "2026-11-23", 14) == "  │  ··     ··"
    assert line(Bar(), "2026-11-23", 14, DAY) == "    │     ····"
    assert line(Bar(), "2026-11-23", 14, QUARTER) == "│" + " " * 13
    assert line(bar("11-23", "11-29"), "2026-11-23", 7) == "▒" * 7


def test_the_edge_tells_where_a_bar_lies_that_is_out_of_sight() -> None:
    assert line(bar("11-02", "11-03"), "2026-11-30", 5) == "◂    "
    assert line(bar("12-24", "12-24"), "2026-11-30", 5) == "    ▸"


def test_a_note_stands_where_it_fits_whole_and_a_name_is_cut() -> None:
    late = bar("11-30", "12-01", note="!5d", label="Prepare the site")
    assert line(late, "2026-11-30", 7) == "▒▒ !5d·"
    assert line(late, "2026-11-30", 5) == "▒▒   "
    assert line(late, "2026-11-30", 14, named=True) == "▒▒ !5d·Prepar…"
    assert line(replace(late, note="", label="鋼材の納期"), "2026-11-30", 8, named=True) == "▒▒ 鋼材…"


HOSTILE = ("\x1b[2J\x07", "[red]x[/]", "鋼材🚧", "e\u0301\u0301", "‮abc", "x" * 10_000, "")


@given(
    st.text(max_size=40) | st.sampled_from(HOSTILE),
    DAYS,
    st.integers(0, 900),
    st.sampled_from(SCALES),
    st.integers(1, 90),
    st.sampled_from(("task", "summary", "milestone", "moment")),
    st.integers(0, 100),
)
def test_whatever_a_task_is_called_its_line_is_as_wide_as_the_chart(
    name: str, start: date, days: int, scale: Scale, width: int, kind: Kind, done: int
) -> None:
    finish = date.fromordinal(min(date.max.toordinal(), start.toordinal() + days))
    shown = Bar(
        start, finish, kind, done, label=safe(name), note=safe(name[:3]), baseline=(start, finish), deadline=start
    )
    window = Window(scale, scale.column(start) - 2, width)
    cells = draw(shown, CHART, window, ground(CHART, window), named=True)
    text = "".join(letter for letter, _ in cells)
    assert width_of(text) == width
    assert text.isprintable()


# ---- the table -----------------------------------------------------------------------------------------------------------


class Plan:
    """Rows by key with their bars; counts for how many a bar is asked."""

    def __init__(self, bars: dict[str, Bar]) -> None:
        self.keys = list(bars)
        self.bars = bars
        self.asked = 0

    def __len__(self) -> int:
        return len(self.keys)

    def key(self, i: int) -> str:
        """The key."""
        return self.keys[i]

    def index(self, key: str) -> int | None:
        """Its row."""
        return self.keys.index(key) if key in self.bars else None

    def cells(self, i: int, names: Sequence[str]) -> list[str]:
        """Line and name."""
        return [{"line": str(i + 1), "name": f"Task {self.keys[i]}"}.get(name, "") for name in names]

    def tones(self, i: int, names: Sequence[str]) -> list[str]:
        """None."""
        return [""] * len(names)

    def bar(self, key: str) -> Bar | None:
        """The bar of a key."""
        self.asked += 1
        return self.bars.get(key)


class Shown(App[None]):
    """A plan and nothing else."""

    def __init__(self, plan: Plan, chart: Chart) -> None:
        super().__init__()
        self.table = GanttTable()
        self.plan, self.chart = plan, chart

    def compose(self) -> ComposeResult:
        """The table."""
        yield self.table

    def on_mount(self) -> None:
        """Filled, with the keys."""
        self.table.show(self.plan, [Column("line", "#", 4, True), Column("name", "Name", 12, flexible=True)])
        self.table.show_chart(self.chart, self.plan.bar)
        self.table.focus()

    def text_of(self) -> str:
        """The screen in one piece."""
        return "\n".join(self.lines())

    def lines(self) -> list[str]:
        """The screen as text."""
        strips = self.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


@asynccontextmanager
async def shown(
    plan: Plan, chart: Chart = CHART, size: tuple[int, int] = (60, 12)
) -> AsyncIterator[tuple[Shown, GanttTable]]:
    """The table in a terminal."""
    app = Shown(plan, chart)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, app.table


def chart_of(app: Shown) -> list[str]:
    """What stands right of the outline, line by line, the head left out."""
    left = app.table.list_width(app.table.size.width)
    return [text[left:].rstrip() for text in app.lines()[2:]]


def linked() -> Plan:
    """Four tasks; the third comes after the first, starts with the second, and ends with the fourth."""
    a, b, c, d = "ABCD"
    return Plan({
        a: bar("11-23", "11-24", arrows=(Arrow(c, False),)),
        b: bar("11-30", "12-02", arrows=(Arrow(c, False, False, False),)),
        c: bar("12-01", "12-04", arrows=(Arrow(a, True), Arrow(b, True, False, False), Arrow(d, False, True, True))),
        d: bar("12-03", "12-04", arrows=(Arrow(c, True, True, True),)),
    })  # fmt: skip


async def test_links_of_the_row_under_the_cursor_are_drawn_from_end_to_end() -> None:
    """Finish to start goes down onto a beginning, start to start along the beginnings, finish to finish along the ends."""
    chart = replace(CHART, first=date(2026, 11, 23), last=date(2026, 12, 6), today=date(2026, 11, 10))
    async with shown(linked(), chart, (62, 8)) as (app, table):
        assert chart_of(app)[:4] == [
            "·▒▒──────┐   ··     ··",
            "·     ··▒▒▒  ··     ··",
            "·     ·· ▒▒▒▒··     ··",
            "·     ··   ▒▒··     ··",
        ]
        table.move_to(2)
        assert chart_of(app)[:4] == [
            "·▒▒──────┐   ··     ··",
            "·     ·┌▒▒▒  ··     ··",
            "·     ·└─▒▒▒▒┐·     ··",
            "·     ··   ▒▒┘·     ··",
        ]
        table.move_to(3)
        assert chart_of(app)[:2] == ["·▒▒   ··     ··     ··", "·     ··▒▒▒  ··     ··"]


async def test_a_link_passes_rows_that_are_scrolled_into_sight_and_goes_with_the_cursor() -> None:
    plan = Plan({
        "A": bar("11-23", "11-23", arrows=(Arrow("Z", False),)),
        **{str(i): Bar() for i in range(20)},
        "Z": bar("11-26", "11-26", arrows=(Arrow("A", True),)),
    })  # fmt: skip
    chart = Chart(date(2026, 11, 23), date(2026, 11, 29), date(2026, 11, 10))
    async with shown(plan, chart, (62, 8)) as (app, table):
        assert [text[3] for text in app_rows(app)] == list("┐│││││")
        table.move_to(21)
        assert [text[3] for text in app_rows(app)][:5] == list("│││││")
        table.move_to(20)
        table.move_to(0)
        table.move_to(1)
        assert {text[3] for text in app_rows(app)} == {" "}


def app_rows(app: Shown) -> list[str]:
    """The chart's lines in full, without what lies before its first day."""
    first = app.table.window.place(app.table.scale.column(app.chart.first))
    left = app.table.list_width(app.table.size.width)
    assert app.table.scale is DAY
    strips = app.screen._compositor.render_strips()[2:]
    return ["".join(segment.text for segment in strip)[left + first :: 2] for strip in strips]


async def test_outline_and_chart_stand_beside_each_other_or_alone() -> None:
    async with shown(linked(), size=(80, 8)) as (app, table):
        assert "Task A" in app.lines()[2]
        assert "▒" in app.lines()[2]
        table.next_split()
        assert "Task A" in app.lines()[2]
        assert "▒" not in app.text_of()
        table.next_split()
        assert "Task A" not in app.text_of()
        assert "▒" in app.lines()[2]


async def test_zoom_goes_around_today_and_stops_at_both_ends() -> None:
    async with shown(linked(), size=(80, 8)) as (_app, table):
        table.show_day(TODAY)
        while table.zoom(1):
            assert table.window.place(table.scale.column(TODAY)) == table.window.width // 3
        assert table.scale is DAY
        for scale in (WEEK, MONTH, QUARTER, YEAR):
            assert table.zoom(-1)
            assert table.scale is scale
        assert not table.zoom(-1)
        table.nearest()
        assert table.scale is DAY


async def test_time_is_scrolled_no_farther_than_where_nothing_is() -> None:
    async with shown(linked(), size=(80, 8)) as (_app, table):
        table.fit_all()
        for _ in range(50):
            table.scroll_time(1)
        late = table.origin
        assert table.window.place(table.scale.last_column(CHART.last)) >= 0
        for _ in range(100):
            table.scroll_time(-1)
        assert table.origin < late
        assert table.window.place(table.scale.column(CHART.first)) < table.window.width
        table.move_to(2)
        table.show_bar()
        found = table.window.place(table.scale.column(date(2026, 12, 1)))
        assert 0 <= found < table.window.width


async def test_a_step_paints_few_bars_however_long_the_plan_is() -> None:
    start = date(2026, 1, 5)
    many = {str(i): Bar(start + timedelta(i), start + timedelta(i + 5)) for i in range(2000)}
    plan = Plan(many)
    async with shown(plan, replace(CHART, first=start, last=start + timedelta(2005)), (80, 24)) as (app, table):
        assert plan.asked < 100
        before = plan.asked
        table.move_to(1)
        app.lines()
        assert plan.asked - before < 10
        before = plan.asked
        table.move_to(1999)
        app.lines()
        assert plan.asked - before < 60
        assert "2000" in app.lines()[-1]
