"""Amounts of money as people type them: `€ 1.234,50`, `EUR 10k`, `$5`, `1000 usd`, `€ 50,-`, `3 ton`."""

from __future__ import annotations

import re
from decimal import Decimal

from pmo_tui.records.marks import N_
from pmo_tui.wording.languages import Language
from pmo_tui.wording.not_understood import Ambiguous, NotUnderstood
from pmo_tui.wording.suggest import nearest
from pmo_tui.wording.typed_numbers import SUFFIXES, parse_number

SYMBOLS: dict[str, str] = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR", "zł": "PLN", "us$": "USD"}
"""Signs that mean one currency; `kr` is not among them, for it is three."""

WORDS: dict[str, str] = {
    "euro": "EUR",
    "euros": "EUR",
    "dollar": "USD",
    "dollars": "USD",
    "pound": "GBP",
    "pond": "GBP",
}

CURRENCIES: frozenset[str] = frozenset(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
    CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL
    HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD
    MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG
    QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD
    TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
    """.split()  # noqa: SIM905
)
"""The currencies in use by ISO 4217, without funds and metals."""

_SHAPE = re.compile(
    r"(?P<sign>[+\-−]?)\s*(?P<before>[^\W\d_]{3,7}|us\$|zł|[€$£¥₹])?\s*"
    r"(?P<number>[+\-−]?\s*[0-9.,].*?)\s*"
    r"(?P<after>(?:(?<![a-z])|(?<=[0-9][km]))(?:euros?|dollars?|pound|pond|[a-z]{3}|us\$|zł)|[€$£¥₹])?"
)
_SUFFIXES = {**SUFFIXES, "ton": Decimal(100_000)}
"""A ton of Dutch money is a hundred thousand; of anything else it is a weight, so only amounts know it."""
_SUFFIX_WORDS = frozenset({"mln", "mio", "mrd", "mld", "ton"})
_DASH_CENTS = re.compile(r"(?<=[0-9])[.,](?:-{1,2}|–|—)$")


def parse_money(text: str, assume: Language | None = None) -> tuple[Decimal, str | None]:
    """The amount and the ISO currency, None when none is named: `€ 1.234,50`, `EUR 10k`, `$5`, `1000 usd`, `€ 50,-`, `1,5 ton`.

    NotUnderstood for what is no amount or no currency, Ambiguous as in `parse_number`.
    """
    folded = text.strip().casefold()
    if folded.startswith("(") and folded.endswith(")"):
        amount, currency = parse_money(folded[1:-1], assume)
        return -abs(amount), currency
    found = _SHAPE.fullmatch(folded)
    if found is None or (found["sign"] and found["number"][0] in "+-−"):
        raise _no_amount(text)
    number, before, after = found["number"], found["before"], found["after"]
    if after in _SUFFIX_WORDS:
        number, after = f"{number} {after}", None
    if before and after:
        raise _no_amount(text)
    currency = _currency(text, before or after)
    sign = -1 if found["sign"] in ("-", "−") else 1
    try:
        return sign * parse_number(_DASH_CENTS.sub(",00", number), assume, suffixes=_SUFFIXES), currency
    except Ambiguous:
        raise
    except NotUnderstood as error:
        raise _no_amount(text) from error


def _currency(text: str, word: str | None) -> str | None:
    if not word:
        return None
    known = SYMBOLS.get(word) or WORDS.get(word)
    if known:
        return known
    if word.upper() in CURRENCIES:
        return word.upper()
    likely = ", ".join(nearest(word, sorted(CURRENCIES)))
    if likely:
        template = N_("“{word}” in “{text}” is no ISO currency; was it {likely}?")
        raise NotUnderstood(template, text, word=word.upper(), likely=likely)
    raise NotUnderstood(N_("“{word}” in “{text}” is no ISO currency, such as EUR or USD"), text, word=word.upper())


def _no_amount(text: str) -> NotUnderstood:
    return NotUnderstood(N_("“{text}” is not an amount of money; write it as 1234.50, EUR 10k or € 1.234,50"), text)
