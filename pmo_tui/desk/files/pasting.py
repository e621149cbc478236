"""A block of cells from a spreadsheet laid over a list: which cell becomes what, told before anything is written.

The block begins at the cursor's cell and goes on over the rows and columns as they are listed. Where its first row names fields, it says
itself which columns they are, and where one of them is the key, which rows. One cell alone fills every row that is given.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pmo_tui.records.errors import PmoError, Problem, Refused, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import by_name
from pmo_tui.wording.languages import _

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.records.schema import FieldOf

LARGEST = 2_000_000
"""Characters of a block; more is a file, and is imported."""


@dataclass(frozen=True, slots=True)
class PastedCell:
    """A cell that changes: record, field, the old text and the new one as they would be typed, and what of the new one is understood.
    Raw text."""

    key: str
    field: str
    old: str
    new: str
    understood: str


@dataclass(slots=True)
class PastePlan:
    """What a block would change. `problems` refuse it; `left_over` rows found no row of the list to lie on."""

    cells: list[PastedCell] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0
    left_over: int = 0

    def texts(self) -> dict[str, dict[str, str]]:
        """The new texts by record and field."""
        found: dict[str, dict[str, str]] = {}
        for cell in self.cells:
            found.setdefault(cell.key, {})[cell.field] = cell.new
        return found


def block_of(text: str) -> list[list[str]]:
    """The cells of a block as spreadsheets put it on the clipboard: tabs between cells, quotes around what has line ends."""
    if len(text) > LARGEST:
        raise WrongUse(N_("That is too much for a paste."), N_("Save it as a file and take that in."))
    rows = list(csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), delimiter="\t"))
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    if not rows:
        raise WrongUse(N_("There is nothing in what was pasted."), N_("Copy the cells again."))
    return rows


def plan_paste(
    desk: Desk,
    register: str,
    text: str,
    keys: Sequence[str],
    names: Sequence[str],
    heads: Mapping[str, str] | None = None,
) -> PastePlan:
    """What pasting `text` onto the records `keys`, from the field `names[0]` on, would change. `heads` are the fields by what stands over
    their columns where that is not what they are called."""
    rows = block_of(text)
    by_header = _header(desk, register, rows[0], heads or {})
    plan = PastePlan()
    if len(rows) == 1 and len(rows[0]) == 1 and by_header is None:
        placed = [(key, {names[0]: rows[0][0]}) for key in keys]
    elif by_header is not None:
        placed = _by_header(desk, plan, rows[1:], by_header, keys)
    else:
        placed = [(key, dict(zip(names, row, strict=False))) for key, row in zip(keys, rows, strict=False)]
        plan.left_over = max(0, len(rows) - len(keys))
    for key, texts in placed:
        _compare(desk, register, plan, key, texts)
    _check(desk, register, plan)
    return plan


def _header(desk: Desk, register: str, row: Sequence[str], heads: Mapping[str, str]) -> list[str] | None:
    """The fields that a first row names, None where it is a row of values."""
    known = {head.casefold(): name for head, name in heads.items()}
    for name, item in desk.fields(register).items():
        known |= {name: name, item.field.label.casefold(): name, _(item.field.label).casefold(): name}
    found = [known.get(cell.strip().casefold()) for cell in row]
    return [name for name in found if name] if all(found) and (len(found) > 1 or found == ["key"]) else None


def _by_header(
    desk: Desk, plan: PastePlan, rows: Sequence[Sequence[str]], names: Sequence[str], keys: Sequence[str]
) -> list[tuple[str, dict[str, str]]]:
    if "key" not in names:
        plan.left_over = max(0, len(rows) - len(keys))
        return [(key, dict(zip(names, row, strict=False))) for key, row in zip(keys, rows, strict=False)]
    placed = []
    for number, row in enumerate(rows, 2):
        texts = dict(zip(names, row, strict=False))
        key = texts.pop("key", "").strip().upper()
        if desk.store.get(key) is None:
            plan.problems.append(
                Problem(
                    _("there is no record {key}").format(key=key or "–"), "key", _("row {number}").format(number=number)
                )
            )
        else:
            placed.append((key, texts))
    return placed


def _compare(desk: Desk, register: str, plan: PastePlan, key: str, texts: Mapping[str, str]) -> None:
    fields = desk.fields(register)
    values = desk.values(key, list(texts))
    for name, text in texts.items():
        item = fields[name]
        old = desk.text(item, values[name])
        understood = _understood(desk, item, text.strip())
        if understood == old or text.strip() in (
            old,
            desk.cell(item, values[name], desk.values(key, [*_around(item.field.currency)])),
        ):
            plan.unchanged += 1
        elif item.field.computed or name in ("key", "revision"):
            plan.problems.append(Problem(_("is computed and cannot be set"), name, key))
        else:
            plan.cells.append(PastedCell(key, name, old, text.strip(), understood))


def _understood(desk: Desk, item: FieldOf, text: str) -> str:
    """A text as the program writes the value that it takes it for; as it stands where that is none."""
    try:
        return desk.text(item, desk.parse(item, text))
    except (ValueError, PmoError):
        return text


def _around(currency: str) -> tuple[str, ...]:
    return (currency,) if currency else ()


def _check(desk: Desk, register: str, plan: PastePlan) -> None:
    """Everything that would be refused, each with its record."""
    cls = by_name(register)
    for key, texts in plan.texts().items():
        try:
            found = desk.check(cls.name, texts, key)[1]
        except Refused as refused:
            found = list(refused.problems)
        except PmoError as error:
            found = [Problem(error.message)]
        plan.problems += [Problem(problem.reason, problem.field, key) for problem in found]
