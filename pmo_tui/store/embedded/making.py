"""Making a new store, and looking at what stands in its place."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from pmo_tui.records.marks import N_
from pmo_tui.store.embedded import snapshot
from pmo_tui.store.embedded.files import Names
from pmo_tui.store.errors import NotAStore
from pmo_tui.store.lines import too_new
from pmo_tui.store.migrations import schema
from pmo_tui.store.replica import Replica

if TYPE_CHECKING:
    from pmo_tui.store.embedded.log import EmbeddedLog


def check_what_is_there(names: Names) -> bool:
    """Whether there is a store. Another file, or a newer store, is refused before anything is made beside it."""
    try:
        status = names.base.stat()
    except FileNotFoundError:
        return names.folder.is_dir() and bool(names.chains())
    except NotADirectoryError:
        return False
    if not stat.S_ISREG(status.st_mode):
        raise NotAStore(
            N_("{file} is not a file."), N_("Name the file of the store, such as pmo.json."), file=str(names.base)
        )
    meta = snapshot.head(names.base)
    if meta is None and not names.chains():
        raise snapshot.foreign(names.base)
    if meta is not None and meta.schema > schema():
        raise too_new(str(names.base), meta.schema)
    return True


def make(log: EmbeddedLog) -> None:
    """Write the empty snapshot; two sessions that both find nothing make one store."""
    with log.writing():
        if not log.names.base.exists():
            snapshot.write(log.names, Replica(), 1, 0)
