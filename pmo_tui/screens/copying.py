"""Copy as …: the cell under the cursor, or the row or the marked rows, in the shape that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pmo_tui.desk.files.block_text import as_markdown, as_text, as_tsv
from pmo_tui.records.errors import NotFound
from pmo_tui.records.marks import N_
from pmo_tui.screens.clipboard import send
from pmo_tui.screens.frame import Frame
from pmo_tui.wording.languages import _


@dataclass(frozen=True, slots=True)
class Block:
    """What can be copied of a list: labels, the chosen rows' cells, and the cell under the cursor; each safe text."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    cell: str


SHAPES: dict[str, tuple[str, Callable[[Block], str]]] = {
    "cell": (N_("the cell under the cursor"), lambda block: block.cell),
    "text": (N_("label and value, line by line"), lambda block: as_text(block.head, block.rows)),
    "tsv": (N_("a block for a spreadsheet, with its labels"), lambda block: as_tsv(block.head, block.rows)),
    "markdown": (N_("a table for a page in Markdown"), lambda block: as_markdown(block.head, block.rows)),
}


def ask_copy(screen: Frame, block: Block) -> None:
    """Ask in which shape, then send it."""

    def offers(text: str) -> list[tuple[str, str]]:
        return [(name, f"{name}  {_(meaning)}") for name, (meaning, _make) in SHAPES.items() if name.startswith(text)]

    async def copy(word: str) -> None:
        found = [name for name in SHAPES if name.startswith(word.strip().lower())]
        if word.strip() and len(found) != 1:
            raise NotFound(N_("“{word}” is not one of {shapes}."), word=word, shapes=", ".join(SHAPES))
        if word.strip():
            screen.say(send(screen.office, SHAPES[found[0]][1](block)))

    screen.ask(copy, _("Copy as"), offers=offers, take_offer=True)
