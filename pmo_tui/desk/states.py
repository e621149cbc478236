"""Which states of records, whatever their register, mean that nothing is to be done any more."""

from __future__ import annotations

FINISHED = frozenset({
    "closed", "done", "dropped", "resolved", "paid", "credited", "cancelled", "returned", "taken", "withdrawn", "booked", "rejected",
    "released", "ended", "issued",
})  # fmt: skip
OPEN = "open"
"""In a filter `status:open` means whatever is not finished, where a register has no state of that name."""
