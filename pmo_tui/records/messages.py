"""Messages: what was prepared for whom about which records. The program sends nothing by itself."""

from dataclasses import field
from datetime import date
from typing import Annotated, ClassVar

from pmo_tui.records import fields as f
from pmo_tui.records.base import Record, record
from pmo_tui.records.marks import N_

STATUSES = ("prepared", "sent", "dropped")
"""Prepared as a file; sent by the officer, where that was noted; dropped when it never went out."""


@record
class Message(Record):
    """One message to one person. `about` holds the keys of the records as they were then: these may go, what was said stays."""

    title_field: ClassVar[str] = "subject"
    natural_order: ClassVar[str] = "-on"

    to: Annotated[str, f.ref(N_("To"), "people", shown=True)]
    address: Annotated[str | None, f.text(N_("Address"), 26, personal=True)] = None
    subject: Annotated[str, f.text(N_("Subject"), 34, shown=True)]
    about: Annotated[list[str], f.several(N_("About"), width=16, shown=True)] = field(default_factory=list)
    on: Annotated[date, f.day(N_("On"), shown=True)]
    status: Annotated[str, f.choice(N_("Status"), *STATUSES, shown=True)] = "prepared"
    prepared_by: Annotated[str | None, f.ref(N_("Prepared by"), "people")] = None
    text: Annotated[str | None, f.long(N_("Text"))] = None
    file: Annotated[str | None, f.text(N_("File"), 30)] = None
