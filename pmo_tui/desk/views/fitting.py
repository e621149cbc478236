"""What of a kept view still holds: fields go, choices change, nodes are deleted. The rest is shown, and what was left out is named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pmo_tui.desk.views.filter import FREE_TEXT, SCOPE, TOKEN, parse_filter
from pmo_tui.desk.views.matching import test_of
from pmo_tui.desk.views.saved_views import SavedView
from pmo_tui.desk.views.scope import ME, MINE
from pmo_tui.records.base import NODES
from pmo_tui.records.errors import PmoError
from pmo_tui.records.schema import FieldOf

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

BY_CONTENT = "*"
NARROWEST, WIDEST = 2, 200
"""Terminal columns that one column may be set to."""


def fitted(desk: Desk, fields: Mapping[str, FieldOf], view: SavedView) -> tuple[SavedView, list[str]]:
    """`view` as far as it holds for a list with `fields`, and the words of it that do not."""
    if view == SavedView():
        return view, []
    words = TOKEN.findall(view.filter)
    filter_words = [word for word in words if holds(desk, fields, word)]
    sorts = [word.strip() for word in view.sort.split(",") if word.strip()]
    sort_words = [word for word in sorts if word.lstrip("-") in fields]
    columns = [column for column in view.columns if column_of(column)[0] in fields]
    group = view.group if view.group.lstrip("-") in fields else ""
    lost = [
        *(word for word in words if word not in filter_words),
        *(word for word in sorts if word not in sort_words),
        *(column_of(column)[0] for column in view.columns if column not in columns),
        *([view.group] if view.group and not group else []),
    ]
    return SavedView(" ".join(filter_words), ",".join(sort_words), tuple(columns), group), list(dict.fromkeys(lost))


def holds(desk: Desk, fields: Mapping[str, FieldOf], word: str) -> bool:
    """Whether a word of a filter is understood in a list with `fields`."""
    try:
        check_filter(desk, fields, word)
    except PmoError:
        return False
    return True


def check_filter(desk: Desk, fields: Mapping[str, FieldOf], text: str) -> None:
    """A PmoError names the first word of a filter that is not understood in a list with `fields`."""
    for term in parse_filter(text, fields):
        if term.field == SCOPE:
            if term.values[0].casefold() not in (ME, MINE):
                desk.find(term.values[0], NODES)
        elif term.field != FREE_TEXT:
            test_of(desk, fields[term.field], term)


def column_of(word: str) -> tuple[str, int, bool]:
    """`name:20` as the field's name, its width (0 where it is the field's own), and whether it is as wide as what it holds."""
    name, _colon, width = word.partition(":")
    if width.isascii() and width.isdecimal() and len(width) < 4:
        return name, max(NARROWEST, min(WIDEST, int(width))), False
    return name, 0, width == BY_CONTENT


def column_word(name: str, width: int = 0, by_content: bool = False) -> str:
    """The other way round."""
    return f"{name}:{BY_CONTENT}" if by_content else f"{name}:{width}" if width else name
