"""What is told of new orders that came without lines: a value that an officer looks for there, and what was made of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pmo_tui.wording.languages import ngettext

if TYPE_CHECKING:
    from pmo_tui.desk.files.importing import Planned

NAMED = 3
"""So many places are named."""


def told_of_orders(planned: Sequence[Planned]) -> list[str]:
    """How many new orders got the line of an amount, and which have no lines and so no value."""
    new = [item for item in planned if item.what == "new" and item.incoming.register == "orders"]
    found = []
    if made := sum("lines" in item.incoming.once for item in new):
        template = ngettext(
            "{count} new order has no lines in the file; it gets one, of quantity 1 at the value that the file gives",
            "{count} new orders have no lines in the file; each gets one, of quantity 1 at the value that the file gives",
            made,
        )
        found.append(template.format(count=made))
    if empty := [item.incoming.place for item in new if not item.fields.get("lines")]:
        template = ngettext(
            "{places}: {count} new order has no lines, and so no value",
            "{places}: {count} new orders have no lines, and so no value",
            len(empty),
        )
        places = ", ".join(empty[:NAMED]) + (" …" if len(empty) > NAMED else "")
        found.append(template.format(places=places, count=len(empty)))
    return found
