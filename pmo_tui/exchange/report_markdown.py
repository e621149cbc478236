"""A report's page as Markdown (CommonMark with GitHub's tables). What people wrote is text: no mark in it is markup here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pmo_tui.exchange.blocks import Block, Facts, Heading, Table, Text
from pmo_tui.exchange.report_blocks import blocks
from pmo_tui.records.report_page import Page

_INLINE = re.compile(r"[\\`*_\[\]<>|~&]|!(?=\[)|:(?=//)|@|(?<=www)\.", re.IGNORECASE)
_FIRST = re.compile(r"^([-+#=>]|\d+(?=[.)]))")


def report_markdown(page: Page) -> str:
    """The page in the language in use."""
    return "\n\n".join(part for block in blocks(page) for part in _block(block)) + "\n"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {plain(block.text)}"
    elif isinstance(block, Facts):
        yield "\n".join(f"- **{plain(label)}:** {plain(value)}" for label, value in block.rows)
    elif isinstance(block, Text):
        yield from _paragraphs(block)
    else:
        yield _table(block)


def _paragraphs(block: Text) -> Iterator[str]:
    """Lines stay lines; an empty one begins a paragraph."""
    lines = [plain(line, begins=True) for line in block.lines]
    for part in "\n".join(lines).split("\n\n"):
        text = "\\\n".join(line for line in part.split("\n") if line)
        if text:
            yield f"*{text}*" if block.quiet else text


def _table(table: Table) -> str:
    lines = ["| " + " | ".join(plain(head) for head in table.head) + " |"]
    lines.append("|" + "|".join("---:" if right else "---" for right in table.rights) + "|")
    lines += ["| " + " | ".join(plain(cell.text) for cell in row.cells) + " |" for row in table.rows]
    return "\n".join(lines)


def plain(text: str, *, begins: bool = False) -> str:
    """Text in which nothing is markup: what would be has a backslash before it, also what `begins` a line and would make a list of it."""
    found = _INLINE.sub(lambda mark: "\\" + mark[0], " ".join(text.split()))
    return (
        _FIRST.sub(lambda mark: "\\" + mark[0] if not mark[0].isdigit() else mark[0] + "\\", found) if begins else found
    )
