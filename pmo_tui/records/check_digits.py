"""Check digits of account numbers and VAT identification numbers: whether a number is surely mistyped.

IBAN: ISO 13616, lengths by the SWIFT registry, check digits by ISO 7064 mod 97-10. VAT numbers: the national rules as the member
states publish them; the Dutch one is either the old nine digits with their eleven-test or, since 2020, the whole number by mod 97-10.
Of countries that are not listed here nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from pmo_tui.records.marks import N_

IBAN_LENGTHS = {
    "AD": 24, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24, "FI": 18, "FR": 27,
    "GB": 22, "GI": 23, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27,
    "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "VA": 22,
}  # fmt: skip
"""How long an IBAN of a country is."""
CHECK_DIGITS = N_("the check digits do not fit: a digit is mistyped, or two changed places")
LENGTH = N_("too long or too short for {country}")
"""What is wrong with a number; `country` is its first two letters."""


def plain(number: str) -> str:
    """A number without the blanks, dots and dashes that people write into it, in capitals."""
    return re.sub(r"[\W_]", "", number).upper()


def iban_doubt(iban: str) -> str:
    """Why an IBAN cannot be right, as a marked template; empty where it can, or is no IBAN at all (an account of another kind)."""
    number = plain(iban)
    if number[:2] not in IBAN_LENGTHS or not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{6,30}", number):
        return ""
    if len(number) != IBAN_LENGTHS[number[:2]]:
        return LENGTH
    return "" if _mod_97(number[4:] + number[:4]) == 1 else CHECK_DIGITS


def vat_doubt(vat_number: str) -> str:
    """Why a VAT identification number cannot be right, as a marked template; empty where it can, or no rule is known for it."""
    number = plain(vat_number)
    rule = VAT_RULES.get(number[:2])
    if rule is None:
        return ""
    shape, fits = rule
    if not re.fullmatch(shape, number[2:]):
        return LENGTH
    return "" if fits(number[2:]) else CHECK_DIGITS


def doubt_about(field: str, value: Any) -> str:
    """Why the value of a field that holds account or VAT numbers cannot be right; empty for every other field."""
    if field == "vat_number":
        return vat_doubt(str(value))
    if field in ("iban", "ibans"):
        numbers = value if isinstance(value, list) else [value]
        return next((doubt for number in numbers if (doubt := iban_doubt(str(number)))), "")
    return ""


def _mod_97(text: str) -> int:
    """The remainder of a number in which letters stand for 10 to 35."""
    return int("".join(str(int(letter, 36)) for letter in text)) % 97


def _weighted(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def _dutch(number: str) -> bool:
    old = (_weighted(number[:8], range(9, 1, -1)) - int(number[8])) % 11 == 0
    return old or _mod_97(f"NL{number}") == 1


def _belgian(number: str) -> bool:
    return 97 - int(number[:8]) % 97 == int(number[8:])


def _german(number: str) -> bool:
    """ISO 7064 mod 11,10."""
    product = 10
    for digit in number[:-1]:
        product = 2 * ((int(digit) + product) % 10 or 10) % 11
    return (11 - product) % 10 == int(number[-1])


def _french(number: str) -> bool:
    """Those with a letter among the first two have no published rule."""
    return not number[:2].isdecimal() or (12 + 3 * (int(number[2:]) % 97)) % 97 == int(number[:2])


def _luxembourg(number: str) -> bool:
    return int(number[:6]) % 89 == int(number[6:])


def _luhn(number: str) -> bool:
    """ISO/IEC 7812."""
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(number)))
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0


def _danish(number: str) -> bool:
    return _weighted(number, (2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


def _finnish(number: str) -> bool:
    return _weighted(number, (7, 9, 10, 5, 8, 4, 2, 1)) % 11 == 0


def _polish(number: str) -> bool:
    return _weighted(number, (6, 5, 7, 2, 3, 4, 5, 6, 7)) % 11 == int(number[-1])


VAT_RULES: dict[str, tuple[str, Callable[[str], bool]]] = {
    "NL": (r"[0-9]{9}B[0-9]{2}", _dutch),
    "BE": (r"[01][0-9]{9}", _belgian),
    "DE": (r"[1-9][0-9]{8}", _german),
    "FR": (r"[0-9A-HJ-NP-Z]{2}[0-9]{9}", _french),
    "LU": (r"[0-9]{8}", _luxembourg),
    "IT": (r"[0-9]{11}", _luhn),
    "SE": (r"[0-9]{10}01", lambda number: _luhn(number[:10])),
    "DK": (r"[0-9]{8}", _danish),
    "FI": (r"[0-9]{8}", _finnish),
    "PL": (r"[0-9]{10}", _polish),
}
"""By country: the shape behind its two letters, and whether the check digits fit."""
