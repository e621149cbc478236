"""`pmo report`: one page about a project, a programme or a portfolio, or what was issued."""

from __future__ import annotations

import sys
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import click

from pmo_tui.cli.command import desk_of, option, settings_of, verb
from pmo_tui.cli.output import narrate, put_json
from pmo_tui.desk.files.sources import STDIN
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from datetime import date

    from pmo_tui.records.report_page import Page


@verb(
    "report",
    N_(
        "One page about the node or report KEY to FILE: report.md or report.html; - is standard output, with --json the plain facts. "
        "An issued report is printed as it was issued."
    ),
)
@click.argument("key")
@click.argument("file", default=STDIN)
@option("--period", default="", metavar="PERIOD", help=N_("2026-w47 or 2026-11; without it the one being collected."))
@option(
    "--format", "as_format", default="", metavar="FORMAT", help=N_("md or html, where the file's name does not say.")
)
@option("--issue", is_flag=True, help=N_("Issue it first: the page is frozen, with its version and the journal's sum."))
@option("--now", is_flag=True, help=N_("As the records are now, also where the period's report is issued already."))
@click.pass_context
def report_verb(
    context: click.Context, key: str, file: str, period: str, as_format: str, issue: bool, now: bool
) -> None:
    """A page of one snapshot."""
    from pmo_tui.desk.reports import reporting
    from pmo_tui.desk.reports.report_files import format_of, report_bytes

    settings = settings_of(context)
    format_ = "json" if settings.json and file == STDIN else format_of(file, as_format)
    desk = desk_of(context)
    day = _day(period)
    if issue:
        from pmo_tui.records.base import NODES

        key = reporting.issue(desk, desk.find(key, NODES), day)
    page = reporting.page(desk, key, day, anew=now and not issue)
    if format_ == "json":
        _put_facts(page)
        return
    data = report_bytes(page, format_)
    if file == STDIN:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    from pmo_tui.desk.files.exporting import put_file

    put_file(Path(file).expanduser(), data)
    _tell(page, file, key if issue else "", as_json=settings.json)


def _day(period: str) -> date | None:
    """A day of the period that was named."""
    if not period:
        return None
    from pmo_tui.analysis.reporting import period_days
    from pmo_tui.desk.reports.status import period_named

    try:
        return period_days(period_named(period))[0]
    except ValueError as error:
        raise WrongUse(N_("“{text}” is not a period."), N_("Write it as 2026-w47 or 2026-11."), text=period) from error


def _put_facts(page: Page) -> None:
    import msgspec

    put_json(msgspec.to_builtins(page))


def _tell(page: Page, file: str, issued: str, *, as_json: bool) -> None:
    if as_json:
        facts = {"file": file, "node": page.node, "period": page.period, "version": page.version, "status": page.status}
        put_json({**facts, "head_sum": page.head_sum, **({"key": issued} if issued else {})})
        return
    if issued:
        words = _("{key} issued, version {version}; head sum {sum}")
        narrate(words.format(key=issued, version=page.version, sum=page.head_sum))
    narrate(_("{node} {period} in {file}").format(node=page.node, period=page.period, file=safe(PurePath(file))))
