"""Milestones as a calendar (iCalendar, RFC 5545): a feed to subscribe to, or a file to import, again and again.

A milestone keeps its UID for good, so that importing twice moves the entry instead of doubling it. It lies on a whole day and
does not block it. Its sequence number is the revision of the record, which only goes up. The same milestones give the same bytes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pmo_tui.records.marks import N_

PRODUCT = "-//pmo_tui//milestones//EN"
ALARM_BEFORE = timedelta(hours=15)
"""Before the day begins: nine in the morning of the day before."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """One milestone as a calendar needs it.

    `uid` is the same for good: the task's key, `@`, and the store's id. `day` is the milestone's day, `changed` the instant (with its
    zone) of the transaction that last wrote it and `revision` that transaction's number. `cancelled` is for a milestone that was
    deleted: it stays in the feed for ninety days, so that it goes from the calendars of those who have it.
    """

    uid: str
    day: date
    title: str
    project: str
    revision: int
    changed: datetime
    cancelled: bool = False
    notes: str = ""
    url: str = ""


def write_milestones(
    milestones: Sequence[Milestone], *, name: str, stamp: datetime | None = None, alarm: bool = False
) -> bytes:
    """The milestones as one published calendar called `name`, in the order of day, then UID.

    `stamp` is the time the file is made; without it each entry bears the time it last changed, and the file depends on
    nothing but the milestones. `alarm` rings at nine in the morning of the day before.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _line(name))
    for milestone in sorted(milestones, key=lambda item: (item.day, item.uid)):
        calendar.add_component(_event(milestone, stamp, alarm))
    written: bytes = calendar.to_ical()
    return written


def _event(milestone: Milestone, stamp: datetime | None, alarm: bool) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", re.sub(r"\s+", "-", _line(milestone.uid)))
    event.add("dtstamp", _utc(stamp or milestone.changed))
    event.add("last-modified", _utc(milestone.changed))
    event.add("sequence", milestone.revision)
    event.add("dtstart", milestone.day)
    event.add("dtend", milestone.day + timedelta(days=1))
    event.add("summary", _line(milestone.title))
    if milestone.project:
        event.add("categories", [_line(milestone.project)])
    notes, url = _lines(milestone.notes), milestone.url
    if url and not re.fullmatch(r"[a-z][a-z0-9+.-]*:[!-~]+", url):
        notes, url = "\n".join(part for part in (notes, _line(url)) if part), ""
    if notes:
        event.add("description", notes)
    if url:
        event.add("url", url)
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if milestone.cancelled else "CONFIRMED")
    if alarm and not milestone.cancelled:
        event.add_component(_alarm(milestone))
    return event


def _alarm(milestone: Milestone) -> Any:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _line(milestone.title))
    alarm.add("trigger", -ALARM_BEFORE)
    return alarm


def _utc(moment: datetime) -> datetime:
    """In UTC and whole seconds, as iCalendar has them; a time without a zone cannot be placed."""
    if moment.tzinfo is None:
        raise ValueError(N_("a calendar entry needs a time with its zone"))
    return moment.astimezone(UTC).replace(microsecond=0)


def _lines(text: str) -> str:
    """Text without what a calendar may not hold: control characters become blanks, line ends become `\\n`."""
    text = re.sub("\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text)
    return "".join(_mild(letter) for letter in text)


def _mild(letter: str) -> str:
    if letter in "\n\t":
        return letter
    return " " if unicodedata.category(letter) in ("Cc", "Cs") else letter


def _line(text: str) -> str:
    """The same on one line."""
    return re.sub(r"\s*\n\s*", " ", _lines(text)).replace("\t", " ").strip()
