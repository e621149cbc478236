"""Files that are there already are written over only after asking; what was written in this session may be brought up to date."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.screens.frame import Frame


async def write_over(screen: Frame, path: Path, write: Callable[[], Awaitable[Any]], *, again: bool = True) -> None:
    """Let `write` write the file at `path`; `again` says that it is one that is brought up to date now and then."""

    async def written(_answer: str = "") -> None:
        await write()
        screen.office.written.add(path.absolute())

    if not path.is_file() or (again and path.absolute() in screen.office.written):
        await written()
    else:
        screen.ask(written, _("{file} is there already: write over it? (⏎ yes, esc no)").format(file=safe(path.name)))
