"""A report's page as a file: which kind a name asks for, and its bytes."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.report_page import Page

FORMATS = {"md": "md", "markdown": "md", "html": "html", "htm": "html"}
"""Kinds of files by the endings of their names."""


def format_of(name: str, said: str = "") -> str:
    """md or html, as the file's name or `said` asks; md for standard output. WrongUse where neither is meant."""
    ending = said or PurePath(name).suffix.lstrip(".") or ("md" if name == "-" else "")
    found = FORMATS.get(ending.casefold())
    if found is None:
        hint = N_("Names like report.md and report.html say it; for another name add --format md or --format html.")
        raise WrongUse(N_("What kind of report is {name}?"), hint, name=said or name)
    return found


def report_bytes(page: Page, format_: str) -> bytes:
    """The page in the language in use."""
    if format_ == "html":
        from pmo_tui.exchange.report_html import report_html

        return report_html(page).encode("utf-8")
    from pmo_tui.exchange.report_markdown import report_markdown

    return report_markdown(page).encode("utf-8")


def usual_name(page: Page, format_: str = "md") -> str:
    """What a report's file is called: `report-hb1-2026-w47.md`."""
    plain = unicodedata.normalize("NFKD", page.code or page.node).encode("ascii", "ignore").decode().casefold()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or page.node.casefold()
    return f"report-{name}-{page.period}.{format_}"
