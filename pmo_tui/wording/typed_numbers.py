"""Numbers as people type them, in either language.

Both `1,234.50` and `1.234,50` are read, whichever language is in use, because a price is pasted from wherever it
came. One text can be two numbers: `1.234`. It is asked, not guessed, unless the caller knows which marks the text
uses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from pmo_tui.records.marks import N_
from pmo_tui.wording.languages import Language, current
from pmo_tui.wording.not_understood import Ambiguous, NotUnderstood
from pmo_tui.wording.numbers import BILLION, LONGEST, MILLION, THOUSAND, without_zeros

SUFFIXES: dict[str, Decimal] = {
    "k": THOUSAND, "thousand": THOUSAND, "duizend": THOUSAND,
    "m": MILLION, "mln": MILLION, "mio": MILLION, "million": MILLION, "miljoen": MILLION,
    "bn": BILLION, "mrd": BILLION, "mld": BILLION, "billion": BILLION, "miljard": BILLION,
}  # fmt: skip
"""What stands behind a number: `10k`, `2.5M`, `2,5 mln`."""

_BLANKS = "\u00a0\u2007\u2009\u202f "
_SHAPE = re.compile(rf"([+\-−]?)\s*([0-9.,'’{_BLANKS}]*?)\s*([a-z]*)")
_SCIENTIFIC = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?e[+-]?[0-9]{1,2}")
_BLANK_GROUPS = re.compile(rf"[0-9]{{1,3}}(?:([{_BLANKS}'’])[0-9]{{3}})(?:\1[0-9]{{3}})*(?:[.,][0-9]+)?")


def parse_number(text: str, assume: Language | None = None, *, suffixes: Mapping[str, Decimal] = SUFFIXES) -> Decimal:
    """The number that `text` means, with the marks of any of our languages, blanks or apostrophes, or a suffix.

    `1234.5`, `1,234.50`, `1.234,50`, `1 234,50`, `1'234.50`, `10k`, `2,5 mln`; as spreadsheets have it `(12.50)` for
    less than nothing and `1.5E+06`. NotUnderstood when it is none. Ambiguous, naming both readings, for a single mark
    before three figures (`1.234`), unless `assume` gives the language whose marks the text uses. `suffixes` are what may stand behind the
    number, with what it is worth then.
    """
    typed = text.strip()
    if len(typed) > LONGEST:
        raise _not_a_number(text)
    if typed.startswith("(") and typed.endswith(")"):
        return -abs(parse_number(typed[1:-1], assume, suffixes=suffixes))
    folded = typed.casefold()
    if _SCIENTIFIC.fullmatch(folded):
        return without_zeros(Decimal(folded.replace(",", ".")))
    found = _SHAPE.fullmatch(folded)
    if found is None or not found[2] or (found[3] and found[3] not in suffixes):
        raise _not_a_number(text)
    number = _figure(text, found[2].strip(_BLANKS), found[3], assume)
    if found[3]:
        number = without_zeros(number * suffixes[found[3]])
    return -number if found[1] in ("-", "−") else number


def _figure(text: str, body: str, suffix: str, assume: Language | None) -> Decimal:
    """The value of figures and marks without sign and suffix."""
    if body.isdecimal():
        return Decimal(body)
    if _BLANK_GROUPS.fullmatch(body):
        return Decimal(re.sub(rf"[{_BLANKS}'’]", "", body).replace(",", "."))
    points, commas = body.count("."), body.count(",")
    if points and commas:
        decimal_mark = "." if body.rindex(".") > body.rindex(",") else ","
        return _grouped(text, body, decimal_mark)
    mark = "." if points else ","
    if points + commas != 1:
        return _grouped(text, body, "," if mark == "." else ".")
    before, after = body.split(mark)
    if len(after) != 3 or not 1 <= len(before) <= 3 or before.startswith("0"):
        if not (before + after).isdecimal() or not after:
            raise _not_a_number(text)
        return Decimal(f"{before or 0}.{after}")
    if not (before + after).isdecimal():
        raise _not_a_number(text)
    if assume is None:
        template = N_("“{text}” could be {whole} or {part}; write {whole}, or {part_written} with a zero behind it")
        mark = current().decimal_mark
        whole, part = f"{before}{after}{suffix}", f"{before}{mark}{after}"
        raise Ambiguous(template, text, whole=whole, part=part + suffix, part_written=f"{part}0{suffix}")
    return Decimal(f"{before}.{after}" if mark == assume.decimal_mark else before + after)


def _grouped(text: str, body: str, decimal_mark: str) -> Decimal:
    """Figures whose thousands are marked with the mark that `decimal_mark` is not."""
    group = "." if decimal_mark == "," else ","
    pattern = rf"[0-9]{{1,3}}(?:\{group}[0-9]{{3}})+(?:\{decimal_mark}[0-9]+)?"
    if not re.fullmatch(pattern, body):
        raise _not_a_number(text)
    return Decimal(body.replace(group, "").replace(",", "."))


def _not_a_number(text: str) -> NotUnderstood:
    return NotUnderstood(N_("“{text}” is not a number; write it as 1234.50, 10k or 2.5M"), text)
