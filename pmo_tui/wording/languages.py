"""In which language the program speaks: marks, names of days and months, and the message catalogue.

English and Dutch; whoever asks for another language gets English. The catalogue of a language is
`locale/<code>/LC_MESSAGES/pmo_tui.mo`, compiled from the `.po` beside it (see `catalogue.py`); where it is missing,
messages stay English. One language is in use in the whole program (`use`); a piece of work in another one, such as a
report for a Dutch steering group out of an English screen, is done inside `speaking`.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

DOMAIN = "pmo_tui"
_CHOICE = re.compile(r"[a-z]+(?:_[a-z]+)+")
LOCALE = Path(__file__).with_name("locale")
FALLBACK = "en"
DateOrder = Literal["dmy", "mdy"]


class Language(NamedTuple):
    """How one language writes figures and days. Weekdays start on Monday; `hour` and `month` are units."""

    code: str
    name: str
    decimal_mark: str
    group_mark: str
    weekdays: tuple[str, ...]
    weekdays_short: tuple[str, ...]
    months: tuple[str, ...]
    months_short: tuple[str, ...]
    week_mark: str = "w"
    hour: str = "h"
    month: str = "mo"
    date_order: DateOrder = "dmy"


ENGLISH = Language(
    code="en",
    name="English",
    decimal_mark=".",
    group_mark=",",
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    weekdays_short=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    months=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    months_short=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)  # fmt: skip

DUTCH = Language(
    code="nl",
    name="Nederlands",
    decimal_mark=",",
    group_mark=".",
    weekdays=("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    weekdays_short=("ma", "di", "wo", "do", "vr", "za", "zo"),
    months=(
        "januari", "februari", "maart", "april", "mei", "juni",
        "juli", "augustus", "september", "oktober", "november", "december",
    ),
    months_short=("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
    week_mark="wk",
    hour="u",
    month="mnd",
)  # fmt: skip

LANGUAGES: dict[str, Language] = {language.code: language for language in (ENGLISH, DUTCH)}

_in_use: Language = ENGLISH
_spoken: ContextVar[Language | None] = ContextVar("spoken", default=None)


def language(name: str | None) -> Language:
    """The language of a code or locale name (`nl`, `nl_NL.UTF-8`, `nl-BE`), English for any other."""
    code = (name or "").lower().replace("-", "_").partition("_")[0].partition(".")[0]
    return LANGUAGES.get(code, ENGLISH)


def choose(option: str | None, config: str | None, environ: Mapping[str, str]) -> str:
    """The code of the language to use: what the command line asks, else the configuration, else the environment.

    Of the environment LC_ALL goes before LC_MESSAGES before LANG, as POSIX has it; an empty one counts as not set.
    """
    asked = (option, config, *(environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")))
    return language(next((name for name in asked if name), FALLBACK)).code


def use(name: str) -> Language:
    """From now on the whole program speaks this language."""
    global _in_use
    _in_use = language(name)
    return _in_use


@contextmanager
def speaking(name: str) -> Iterator[Language]:
    """Inside the block this thread or task speaks the language; outside and elsewhere nothing changes."""
    token = _spoken.set(language(name))
    try:
        yield current()
    finally:
        _spoken.reset(token)


def current() -> Language:
    """The language in use."""
    return _spoken.get() or _in_use


def _(message: str) -> str:
    """`message` in the language in use; a choice such as `no_owner` is read as words in English too.

    An empty message stays empty (the catalogue keeps its own header under it).
    """
    spoken = current()
    if spoken is ENGLISH or not message:
        return message.replace("_", " ") if "_" in message and _CHOICE.fullmatch(message) else message
    return _catalogue(spoken.code).gettext(message)


def ngettext(one: str, several: str, count: int) -> str:
    """`one` or `several`, as `count` asks in the language in use."""
    spoken = current()
    if spoken is ENGLISH:
        return one if count == 1 else several
    return _catalogue(spoken.code).ngettext(one, several, count)


def pgettext(context: str, message: str) -> str:
    """`message` as it is meant in `context`, where one English word is two in another language."""
    spoken = current()
    return message if spoken is ENGLISH or not message else _catalogue(spoken.code).pgettext(context, message)


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    """Opened at the first message and kept; without a compiled file every message stays English."""
    return gettext.translation(DOMAIN, str(LOCALE), languages=[code], fallback=True)


def forget_catalogues() -> None:
    """Read the compiled catalogues anew at the next message, after they were compiled."""
    _catalogue.cache_clear()
