"""A report's page as it reads in the language in use: headings, facts, texts and tables, for whoever prints it.

Files of several kinds and the screen are made of the same blocks, so that they say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from pmo_tui.exchange.blocks import Block, Cell, Facts, Heading, Table, TableRow, Text
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import by_name
from pmo_tui.records.report_page import (
    OVERALL,
    ChangeRow,
    DecisionRow,
    MilestoneRow,
    MoneyRow,
    Page,
    ProjectRow,
    RagRow,
    RiskRow,
)
from pmo_tui.wording.languages import _, current
from pmo_tui.wording.money import format_money
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.rag import SHAPES, letter, rag_text
from pmo_tui.wording.safe import safe, safe_lines
from pmo_tui.wording.shown_days import format_date

DASH = "–"


LABELS: dict[str, str] = {
    OVERALL: N_("Overall"), "time": N_("Time"), "cost": N_("Cost"), "scope": N_("Scope"), "quality": N_("Quality"),
    "benefit": N_("Benefit"), "risk": N_("Risk"), "resources": N_("Resources"),
}  # fmt: skip
FIGURES: dict[str, str] = {
    "budget": N_("Budget"), "cost": N_("Cost"), "prepaid": N_("Prepaid"), "open_commitment": N_("Open commitment"),
    "available": N_("Available"), "eac": N_("Estimate at completion"), "expected_result": N_("Expected result"),
}  # fmt: skip
LEVELS = {"project": N_("Project"), "programme": N_("Programme"), "portfolio": N_("Portfolio")}
WHAT = {"created": N_("new"), "changed": N_("changed"), "deleted": N_("deleted")}
SHOWN = ("red", "amber", "green", "grey", "blue")


def blocks(page: Page) -> list[Block]:
    """The page in the language in use, part by part; a part without anything to say is left out, or says so."""
    parts: tuple[Callable[[Page], Iterator[Block]], ...] = (
        _head, _rag, _texts, _projects, _milestones, _risks, _money, _decisions, _changes, _control,
    )  # fmt: skip
    return [block for part in parts for block in part(page)]


def title(page: Page) -> str:
    """What the page is called: `Status report P-3 Harbour bridge, week 47 of 2026`."""
    name = page.code or page.node
    return safe(_("Status report {code} {name}").format(code=name, name=page.title))


def period_words(period: str) -> str:
    """`week 47 of 2026` or `November 2026`."""
    year, _dash, part = period.partition("-")
    if part.startswith("w"):
        return _("week {week} of {year}").format(week=int(part[1:]), year=year)
    return f"{current().months[int(part) - 1]} {year}"


def day_words(day: date | None) -> str:
    """`25 Nov 2026`; a dash for none."""
    return DASH if day is None else f"{format_date(day, 'short')} {day.year}"


def colour_cell(colour: str | None) -> Cell:
    """Shape and letter of a status colour; what nobody declared is grey."""
    known = colour if colour in SHAPES else "grey"
    return Cell(rag_text(known), known)


def _table(head: tuple[str, ...], rows: tuple[TableRow, ...], rights: tuple[bool, ...]) -> Table:
    """A table without the columns that are empty in every row."""
    kept = [place for place in range(len(head)) if any(row.cells[place].text for row in rows)]
    return Table(
        tuple(head[place] for place in kept),
        tuple(TableRow(tuple(row.cells[place] for place in kept), row.target) for row in rows),
        tuple(rights[place] for place in kept),
    )


# ---- the parts of a page -------------------------------------------------------------------------------------------------


def _head(page: Page) -> Iterator[Block]:
    yield Heading(title(page), 1)
    state = (
        _("issued on {day}, version {version}") if page.status == "issued" else _("draft of {day}, version {version}")
    )
    day = page.issued_on if page.status == "issued" else page.as_of
    rows = [
        (_(LEVELS.get(page.level, page.level)), safe(f"{page.node} {page.title}")),
        (_("Period"), period_words(page.period)),
        (_("Manager"), safe(page.manager) or DASH),
        (_("State"), state.format(day=day_words(day), version=page.version)),
    ]
    if page.distribution:
        spread = " ".join(f"{letter(each)}{page.distribution[each]}" for each in SHOWN if page.distribution.get(each))
        rows.append((_("Projects by rule"), spread + (f"  ({_(page.why)})" if page.why else "")))
    yield Facts(tuple(rows))


def _rag(page: Page) -> Iterator[Block]:
    yield Heading(_("Status"))
    head = (_("Dimension"), _("Now"), _("Last"), _("By rule"), _("Comment"))
    rows = tuple(_rag_row(row) for row in page.rag)
    yield _table(head, rows, (False,) * len(head))
    if page.reason:
        yield Text((_("Declared better than by rule: {reason}").format(reason=safe(page.reason)),), quiet=True)


def _rag_row(row: RagRow) -> TableRow:
    rule = colour_cell(row.by_rule) if row.by_rule else Cell(DASH)
    cells = (Cell(_(LABELS[row.dimension])), colour_cell(row.now), colour_cell(row.last), rule)
    return TableRow((*cells, Cell(safe(row.comment))), f"rag:{row.dimension}")


def _texts(page: Page) -> Iterator[Block]:
    for label, text in ((_("This period"), page.summary), (_("Next period"), page.next_period)):
        if text.strip():
            yield Heading(label)
            yield Text(tuple(safe_lines(text)))


def _projects(page: Page) -> Iterator[Block]:
    if not page.projects:
        return
    yield Heading(_("Projects"))
    head = (_("Key"), _("Name"), _("Now"), _("Last"), _("By rule"), _("Manager"))
    yield _table(head, tuple(_project_row(row) for row in page.projects), (False,) * len(head))
    yield from _more(page.more_projects)


def _project_row(row: ProjectRow) -> TableRow:
    rule = colour_cell(row.by_rule) if row.by_rule else Cell(DASH)
    cells = (
        Cell(row.key),
        Cell(safe(row.name)),
        colour_cell(row.now),
        colour_cell(row.last),
        rule,
        Cell(safe(row.manager)),
    )
    return TableRow(cells, f"projects:{row.key}")


def _milestones(page: Page) -> Iterator[Block]:
    yield Heading(_("Milestones"))
    if not page.milestones:
        yield Text((_("none to be seen to"),), quiet=True)
        return
    several = page.level != "project"
    head = (_("Milestone"), _("Baseline"), _("Expected"), _("Last report"), _("Slip"), _("Status"))
    rows = tuple(_milestone_row(row, several=several) for row in page.milestones)
    yield _table(head, rows, (False, False, False, False, True, False))
    yield from _more(page.more_milestones)


def _milestone_row(row: MilestoneRow, *, several: bool) -> TableRow:
    name = f"{row.project} {row.name}" if several else row.name
    slip = DASH if row.slip is None else _("{days}d").format(days=f"{row.slip:+d}" if row.slip else "0")
    moved = "late" if row.was is not None and row.expected is not None and row.expected > row.was else ""
    cells = (
        Cell(safe(name)),
        Cell(day_words(row.agreed)),
        Cell(day_words(row.expected), moved),
        Cell(day_words(row.was)),
        Cell(slip, "late" if row.slip is not None and row.slip > 0 else ""),
        Cell(_(row.state), "late" if row.state == "late" else ""),
    )
    return TableRow(cells, f"milestones:{row.key}")


def _risks(page: Page) -> Iterator[Block]:
    yield Heading(_("Top risks"))
    if not page.risks:
        yield Text((_("no open risks"),), quiet=True)
        return
    head = (_("Key"), _("Risk"), _("Score"), _("Last"), _("Owner"), _("Response"))
    yield _table(head, tuple(_risk_row(row) for row in page.risks), (False, False, True, True, False, False))
    yield from _more(page.more_risks)


def _risk_row(row: RiskRow) -> TableRow:
    was = _("new") if row.new else DASH if row.was is None else str(row.was)
    worse = row.score is not None and row.was is not None and row.score > row.was and row.kind == "threat"
    cells = (
        Cell(row.key),
        Cell(safe(row.title) + (f" ({_('opportunity')})" if row.kind == "opportunity" else "")),
        Cell(DASH if row.score is None else str(row.score), "late" if worse else ""),
        Cell(was),
        Cell(safe(row.owner)),
        Cell(safe(_(row.response))),
    )
    return TableRow(cells, f"risks:{row.key}")


def _money(page: Page) -> Iterator[Block]:
    yield Heading(_("Money"))
    head = (_("Figure"), _("Now"), _("Last report"), _("Change"), _("Remark"))
    yield _table(head, tuple(_money_row(row) for row in page.money), (False, True, True, True, False))


def _money_row(row: MoneyRow) -> TableRow:
    change = "" if row.now is None or row.last is None else _signed(row.now - row.last)
    reason = row.reason.said().words(_) if row.reason is not None and row.now is None else ""
    low = row.name in ("available", "expected_result") and row.now is not None and row.now < 0
    cells = (
        Cell(_(FIGURES[row.name])),
        Cell(_amount(row.now, row.currency), "late" if low else ""),
        Cell(_amount(row.last, row.currency)),
        Cell(change),
        Cell(safe(reason)),
    )
    return TableRow(cells, f"money:{row.name}")


def _amount(value: Decimal | None, currency: str) -> str:
    return DASH if value is None else safe(format_money(value, currency))


def _signed(value: Decimal) -> str:
    return ("+" if value > 0 else "") + format_number(value, 2)


def _decisions(page: Page) -> Iterator[Block]:
    yield Heading(_("Decisions asked"))
    if page.decisions_asked.strip():
        yield Text(tuple(safe_lines(page.decisions_asked)))
    if page.decisions:
        head = (_("Key"), _("Decision"), _("Options"), _("Recommendation"), _("Needed by"))
        late = page.issued_on or page.as_of
        rows = tuple(_decision_row(row, late) for row in page.decisions)
        yield _table(head, rows, (False,) * len(head))
        yield from _more(page.more_decisions)
    elif not page.decisions_asked.strip():
        yield Text((_("none"),), quiet=True)


def _decision_row(row: DecisionRow, today: date) -> TableRow:
    cells = (
        Cell(row.key),
        Cell(safe(row.title)),
        Cell(safe(row.options)),
        Cell(safe(row.recommendation)),
        Cell(day_words(row.due), "late" if row.due is not None and row.due < today else ""),
    )
    return TableRow(cells, f"decisions:{row.key}")


def _changes(page: Page) -> Iterator[Block]:
    yield Heading(_("Changed since the last report"))
    if not page.last_period:
        yield Text((_("this is the first report"),), quiet=True)
        return
    if not page.changes and not page.more_changes:
        yield Text((_("nothing"),), quiet=True)
        return
    if page.changes:
        head = (_("Key"), _("What"), _("Title"), _("Fields"))
        rows = []
        for row in page.changes:
            several = _("{count} records").format(count=format_number(row.count))
            what = _(WHAT.get(row.what, row.what)) if row.count == 1 else several
            cells = (Cell(row.key), Cell(what), Cell(safe(row.title)), Cell(_fields(row)))
            rows.append(TableRow(cells, f"changes:{row.key}"))
        yield _table(head, tuple(rows), (False,) * len(head))
    yield from _more(page.more_changes)


def _fields(row: ChangeRow) -> str:
    """The fields that changed, as they are called on screen."""
    known = by_name(row.register).fields
    return safe(", ".join(_(known[name].field.label) if name in known else name for name in row.fields))


def _more(count: int) -> Iterator[Block]:
    if count:
        yield Text((_("… and {count} more").format(count=format_number(count)),), quiet=True)


def _control(page: Page) -> Iterator[Block]:
    yield Heading(_("Document control"))
    rows = [(_("Version"), str(page.version)), (_("Author"), safe(page.author) or DASH)]
    if page.declared_by:
        how = f", {_('told by {way}').format(way=_(page.declared_how))}" if page.declared_how else ""
        rows.append((_("Declared by"), f"{safe(page.declared_by)}, {day_words(page.declared_on)}{how}"))
        same = f"  ({_('one and the same person')})" if page.recorded_by == page.declared_by else ""
        rows.append((_("Recorded by"), (safe(page.recorded_by) or DASH) + same))
    if page.last_period:
        last = period_words(page.last_period)
        rows.append((_("Last report"), f"{last}, {day_words(page.last_issued)}"))
    rows.append(
        (_("Journal"), _("as of transaction {head}, head sum {sum}").format(head=page.head, sum=page.head_sum or DASH))
    )
    yield Facts(tuple(rows))
