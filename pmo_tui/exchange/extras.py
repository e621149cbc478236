"""Formats that need more than the core: each group is an extra that is installed when it is first wanted."""

from __future__ import annotations

from importlib.util import find_spec

from pmo_tui.records.errors import Exit, PmoError
from pmo_tui.records.marks import N_

MODULES: dict[str, tuple[str, ...]] = {
    "office": ("xlsxwriter", "python_calamine"),
    "einvoice": ("facturx", "saxonche"),
}
"""What an extra must bring."""


class MissingExtra(PmoError):
    """A format was asked for whose libraries are not installed."""

    code = Exit.FAILED

    def __init__(self, extra: str) -> None:
        super().__init__(
            N_("This needs the extra “{extra}”, which is not installed."),
            N_("Install it with: ./pmo extras {extra}"),
            extra=extra,
        )


def need(extra: str) -> None:
    """MissingExtra unless everything that `extra` brings is there."""
    if any(find_spec(module) is None for module in MODULES[extra]):
        raise MissingExtra(extra)
