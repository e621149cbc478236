"""What the line on top says of colleagues and of the store. All of it is safe text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_tui.store.errors import Damaged, Stopped
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.store import Store

NAMED = 2
"""So many colleagues are named; more are counted."""


def _trouble(store: Store) -> list[str]:
    if store.trouble is None:
        return []
    if isinstance(store.trouble, Stopped | Damaged):
        return [_("NOTHING IS WRITTEN")]
    return [_("reconnecting")] if "://" in store.location else [_("out of step")]


def around(desk: Desk) -> list[str]:
    """That the store is out of reach, and who else is on."""
    store = desk.store
    trouble = _trouble(store)
    others = store.others()
    if not others:
        return trouble
    from pmo_tui.desk.together.who import called

    names = list(dict.fromkeys(safe(called(desk, each.author)) for each in others))
    if len(names) > NAMED:
        return [*trouble, _("{count} more here").format(count=len(names))]
    return [*trouble, _("{names} here too").format(names=", ".join(names))]
