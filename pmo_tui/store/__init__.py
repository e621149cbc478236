"""Where records are kept: the journal, its lock and the replica in memory."""

from pmo_tui.store.draft import Draft
from pmo_tui.store.errors import Busy, Damaged, Edited, NoRoom, NotAStore, ReadOnly, StillReferred, Stopped
from pmo_tui.store.forgetting import Forgotten
from pmo_tui.store.log import Rewritten, Session, Verified
from pmo_tui.store.opening import open_store
from pmo_tui.store.replica import Replica
from pmo_tui.store.shelf import Shelf
from pmo_tui.store.store import Store
from pmo_tui.store.transactions import Op, Transaction
from pmo_tui.store.undoing import NOTHING_LEFT, Undone

__all__ = [
    "NOTHING_LEFT",
    "Busy",
    "Damaged",
    "Draft",
    "Edited",
    "Forgotten",
    "NoRoom",
    "NotAStore",
    "Op",
    "ReadOnly",
    "Replica",
    "Rewritten",
    "Session",
    "Shelf",
    "StillReferred",
    "Stopped",
    "Store",
    "Transaction",
    "Undone",
    "Verified",
    "open_store",
]
