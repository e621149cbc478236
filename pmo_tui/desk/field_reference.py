"""The page that lists every register with its fields, made from the record classes."""

from __future__ import annotations

from pmo_tui.records.registers import REGISTERS, Register
from pmo_tui.records.schema import FieldOf


def field_reference() -> str:
    """Markdown: a section a register, a row a field."""
    parts = ["# Registers and fields", "", "Made by `./pmo docs` from the record classes.", ""]
    for register in REGISTERS:
        parts += _section(register)
    return "\n".join(parts)


def _section(register: Register) -> list[str]:
    purpose = " ".join((register.cls.__doc__ or "").split())
    lines = [
        f"## {register.label} (`{register.name}`, keys `{register.prefix}-1` …)", "", purpose, "",
        "| field | label | what | meaning |", "|---|---|---|---|",
    ]  # fmt: skip
    lines += [_row(item) for name, item in register.fields.items() if name != "extra"]
    for item in register.fields.values():
        if item.row is not None:
            lines += ["", f"A row of `{item.name}`:", "", "| field | label | what | meaning |", "|---|---|---|---|"]
            from pmo_tui.records.schema import fields_of

            lines += [_row(inner) for inner in fields_of(item.row).values()]
    return [*lines, ""]


def _row(item: FieldOf) -> str:
    field = item.field
    what: str = field.kind
    if field.choices:
        what = " · ".join(field.choices)
    elif field.refers:
        what = f"{'keys' if field.kind == 'list' else 'key'} of {', '.join(field.refers)}"
    elif field.low is not None and field.high is not None:
        what += f" {field.low}–{field.high}"
    marks = [
        mark
        for mark, on in (("needed", item.required), ("computed", field.computed), ("personal", field.personal))
        if on
    ]
    meaning = "; ".join([*([field.help] if field.help else []), *marks])
    return f"| `{item.name}` | {field.label} | {what} | {meaning} |"
