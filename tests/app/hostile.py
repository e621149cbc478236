"""Text that wants to break a screen, put into every record of a store, and what must hold of whatever is then shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import Any

from hypothesis import strategies as st

from pmo_tui.records.registers import REGISTERS
from pmo_tui.records.schema import FieldOf, fields_of
from pmo_tui.store import Draft, Store
from pmo_tui.widgets.cutting import width_of
from tests.app.driving import Driver

SAMPLES = (
    "[red]x[/red] [/] [draft]",
    "[@click=app.quit]press[/]",
    "a\x1b[31mb\x1b]0;title\x07c\x1b[2J\x9b1m",
    "\0nul\x7f\x85\xad",
    "a\u202edesrever\u2066\u200b\u200d\ufeffb",
    "漢字の計画" * 8,
    "👩‍💻🇳🇱👨‍👩‍👧‍👦 app ☎️",
    "e" + "\u0301\u0489" * 40 + "\u0301begins",
    "\u0301\u0301starts with a mark",
    "a pile" + "\u0301" * 3_000,
    "tab\there\nand a line\r\nand another\r",
    "x" * 10_000,
    "ßẞŁ ﷽ ꧅ 𒐫 \ud800",
    " \u3000\u2003 ",
    "{count} %s %(x)s {0} {} $HOME `id`",
    "\u2028\u2029 lines of Unicode",
)
"""Markup, actions of markup, escape sequences, NUL, bidirectional marks, wide, zero width, long, templates."""

LETTERS = st.one_of(
    st.characters(codec="utf-8"),
    st.sampled_from("[]/\\{}%@#:\x1b\x07\0\n\t\r\x9b\u202e\u2066\u200b\u200d\u0301\ufe0f漢👩🇳🇱é "),
)
HOSTILE = st.one_of(st.sampled_from(SAMPLES), st.text(LETTERS, max_size=60))
"""Any text, with what does harm more often than chance would have it."""


def poison(store: Store, texts: Sequence[str]) -> None:
    """Put the texts, one after another, wherever a record of the store may hold free text; past the checks that keep them out of it."""
    feed = cycle(texts)

    def work(draft: Draft) -> None:
        for register in REGISTERS:
            for number in list(store.shelf(register.name).numbers()):
                key = f"{register.prefix}-{number}"
                document = draft.get(key) or {}
                changed = dict(_poisoned(fields_of(register.cls), document, feed))
                if changed:
                    draft.change(key, changed)

    store.transact(work, note=texts[0].encode("utf-8", "replace").decode())


def _poisoned(fields: dict[str, FieldOf], document: dict[str, Any], feed: Iterator[str]) -> Iterator[tuple[str, Any]]:
    for name, item in fields.items():
        value = document.get(name)
        field = item.field
        if not value or field.computed or name in ("key", "source_key"):
            continue
        if item.row is not None:
            yield name, [{**row, **dict(_poisoned(fields_of(item.row), row, feed))} for row in value]
        elif field.kind in ("text", "long") and not field.pattern:
            yield name, _storable(next(feed))
        elif field.kind == "list" and not field.refers:
            yield name, [_storable(next(feed)) for _each in value]


def _storable(text: str) -> str:
    """JSON holds no half of a surrogate pair."""
    return text.encode("utf-8", "replace").decode()


def check(app: Driver) -> None:
    """Every line is exactly as wide as the terminal, and holds nothing that a terminal could act on."""
    width, height = app.app.size
    strips = app.app.screen._compositor.render_strips()
    assert len(strips) == height
    for y, strip in enumerate(strips):
        text = "".join(segment.text for segment in strip if not segment.control)
        assert strip.cell_length == width == width_of(text), f"line {y} is {width_of(text)} wide: {text!r}"
        raw = [letter for letter in text if not letter.isprintable() and unicodedata.category(letter) != "Zs"]
        assert not raw, f"line {y} holds {raw!r}: {text!r}"
