"""Looking at the store as it was known on a day, and back to today."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING

from pmo_tui.records.errors import PmoError
from pmo_tui.wording.languages import _
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe
from pmo_tui.wording.shown_days import format_date

if TYPE_CHECKING:
    from pmo_tui.screens.frame import Frame

TELL_EVERY = 20_000
"""So many transactions lie between two words about how far it is."""


def travel(frame: Frame) -> None:
    """Ask for a moment and go there; from the past, back to today at once."""
    if frame.desk.known_on is not None:
        _return(frame)
        return
    label = _("As known on (2026-11-01, fri, w45, yesterday 14:00, #120)")
    frame.ask(lambda text: _go(frame, text), label, wrong=lambda text: _wrong(text))


def _return(frame: Frame) -> None:
    from pmo_tui.desk.past import as_known_now

    office = frame.office
    office.change_desk(office.present or as_known_now(frame.desk))
    readable = office.desk.why_not_write()
    words = _("back to today") if readable is None else _("back to today, for reading only")
    office.say_on_top(words)


def _wrong(text: str) -> str:
    from pmo_tui.desk.past import parse_moment

    if not text.strip():
        return ""
    try:
        parse_moment(text, datetime.now().astimezone())
    except PmoError as error:
        return safe(f"{error.message.words(_)} {error.hint.words(_)}")
    return ""


def _say_when_it_began(frame: Frame) -> None:
    first = next(frame.desk.store.since(0), None)
    if first is None:
        frame.say(_("nothing was written yet"), error=True)
    else:
        day = format_date(first.time.astimezone().date())
        frame.say(_("nothing was known then: the journal begins on {day}").format(day=day), error=True)


async def _go(frame: Frame, text: str) -> None:
    from pmo_tui.desk.past import as_known

    if not text.strip():
        return
    office, loop = frame.office, asyncio.get_running_loop()

    def progress(done: int, of: int) -> None:
        if done % TELL_EVERY == 0 and done < of:
            words = _("going back: {done} of {total}").format(done=format_number(done), total=format_number(of))
            loop.call_soon_threadsafe(office.say_on_top, words)

    desk = await asyncio.to_thread(as_known, frame.desk, text, progress)
    if not desk.store.head():
        _say_when_it_began(frame)
        return
    office.change_desk(desk)
    assert desk.known_on is not None
    words = _("as known on {day}, for reading: {time_travel} goes back to today")
    office.say_on_top(frame.keyed(words, day=format_date(desk.known_on)))
