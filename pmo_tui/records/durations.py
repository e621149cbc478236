"""A length of working or elapsed time, as planners write it: `5d`, `40h`, `2w`, `3ed`.

The canonical text is a number and a unit, without exponent and trailing zeros: minutes `m`, hours `h`, days `d`,
weeks `w`, months `mo` of working time, and with `e` before the unit (`em eh ed ew emo`) of elapsed, round-the-clock
time. How many hours a working day has is a matter of the calendar, so a duration keeps the unit it was given in.
Units and the thirty days of an elapsed month are those of MS Project; ISO 8601 durations (`PT40H`, `P5D`) are read as
working time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation
from typing import Literal, cast

from pmo_tui.records.errors import Fault
from pmo_tui.records.marks import N_

Unit = Literal["m", "h", "d", "w", "mo", "em", "eh", "ed", "ew", "emo"]

WORKING: tuple[Unit, ...] = ("mo", "w", "d", "h", "m")
ELAPSED: tuple[Unit, ...] = ("emo", "ew", "ed", "eh", "em")
"""From large to small."""
ELAPSED_MINUTES: dict[Unit, int] = {"em": 1, "eh": 60, "ed": 1440, "ew": 10_080, "emo": 43_200}

LARGEST = Decimal("1e9")
SMALLEST_EXPONENT = -30
DECIMALS_KEPT = 3
"""How many decimals a duration made from minutes may need before a smaller unit is taken."""

HOURS_PER_DAY, HOURS_PER_WEEK, DAYS_PER_MONTH = Decimal(8), Decimal(40), Decimal(20)
"""What a day, a week and a month are where no calendar says otherwise."""

_WIDE = Context(prec=80)
_CANONICAL = re.compile(r"([+-]?[0-9]{1,12}(?:\.[0-9]{1,30})?)(e?(?:mo|[mhdw]))")
_NUMBER = r"[0-9]{1,12}(?:[.,][0-9]{1,12})?"
_ISO = re.compile(
    rf"([+-]?)P(?:({_NUMBER})Y)?(?:({_NUMBER})M)?(?:({_NUMBER})W)?(?:({_NUMBER})D)?"
    rf"(?:T(?:({_NUMBER})H)?(?:({_NUMBER})M)?(?:({_NUMBER})S)?)?"
)


@dataclass(frozen=True, slots=True)
class Duration:
    """`amount` of `unit`; negative for a lead. Fault when the amount is no number that a plan could hold."""

    amount: Decimal
    unit: Unit

    def __post_init__(self) -> None:
        amount = self.amount
        if self.unit not in WORKING and self.unit not in ELAPSED:
            raise Fault(
                N_("“{unit}” is not a unit of time; use m, h, d, w or mo, or em, eh, ed, ew or emo"), unit=self.unit
            )
        if (
            not amount.is_finite()
            or abs(amount) >= LARGEST
            or cast("int", amount.as_tuple().exponent) < SMALLEST_EXPONENT
        ):
            raise Fault(N_("“{amount}” is not an amount of time that a plan can hold"), amount=amount)
        object.__setattr__(self, "amount", _plain(amount))

    @classmethod
    def parse(cls, text: str) -> Duration:
        """The duration in canonical text (`-1.5d`, `3ed`) or ISO 8601 (`PT8H30M`). Fault says what is expected."""
        found = _CANONICAL.fullmatch(text)
        if found is not None:
            return cls(Decimal(found[1]), cast("Unit", found[2]))
        found = _ISO.fullmatch(text)
        if found is not None and text[-1] not in "PT":
            return _from_iso(text, found)
        raise Fault(N_("“{text}” is not a duration; write it as 5d, 40h, 2w, 3mo or 3ed, or as PT40H"), text=text)

    @classmethod
    def from_minutes(
        cls,
        minutes: Decimal,
        unit: Unit,
        hours_per_day: Decimal = HOURS_PER_DAY,
        hours_per_week: Decimal = HOURS_PER_WEEK,
        days_per_month: Decimal = DAYS_PER_MONTH,
    ) -> Duration:
        """`minutes` in `unit`, or in the next smaller unit that holds them exactly in three decimals; nothing is lost.

        Working minutes for a working unit, calendar minutes for an elapsed one.
        """
        ladder = WORKING if unit in WORKING else ELAPSED
        for smaller in ladder[ladder.index(unit) :]:
            per = _minutes_in(smaller, hours_per_day, hours_per_week, days_per_month)
            amount = _exact(minutes, per)
            if amount is not None:
                return cls(amount, smaller)
        return cls(minutes, ladder[-1])

    @property
    def elapsed(self) -> bool:
        """Whether nights, weekends and holidays count."""
        return self.unit in ELAPSED

    def minutes(
        self,
        hours_per_day: Decimal = HOURS_PER_DAY,
        hours_per_week: Decimal = HOURS_PER_WEEK,
        days_per_month: Decimal = DAYS_PER_MONTH,
    ) -> Decimal:
        """Working minutes by the calendar's hours a day and a week and days a month; clock minutes if elapsed."""
        return self.amount * _minutes_in(self.unit, hours_per_day, hours_per_week, days_per_month)

    def __str__(self) -> str:
        return f"{self.amount:f}{self.unit}"


def _plain(amount: Decimal) -> Decimal:
    """`amount` without exponent, trailing zeros and negative zero."""
    if amount == amount.to_integral_value():
        return Decimal(int(amount))
    return amount.normalize(_WIDE)


def _minutes_in(unit: Unit, hours_per_day: Decimal, hours_per_week: Decimal, days_per_month: Decimal) -> Decimal:
    if unit in ELAPSED_MINUTES:
        return Decimal(ELAPSED_MINUTES[unit])
    hours = {"m": Decimal(1), "h": Decimal(60), "d": hours_per_day * 60, "w": hours_per_week * 60}
    return hours[unit] if unit in hours else days_per_month * hours_per_day * 60


def _exact(minutes: Decimal, per: Decimal) -> Decimal | None:
    """`minutes` / `per` where that is exact in few decimals, else None."""
    if not per:
        return None
    try:
        amount = (minutes / per).quantize(Decimal(1).scaleb(-DECIMALS_KEPT))
    except InvalidOperation:
        return None
    return amount if amount * per == minutes else None


def _from_iso(text: str, found: re.Match[str]) -> Duration:
    """Days, weeks and months mix with nothing: a calendar says how long they are. Seconds: to a thousandth minute."""
    years, months, weeks, days, hours, minutes, seconds = (
        None if part is None else Decimal(part.replace(",", ".")) for part in found.groups()[1:]
    )
    zero = Decimal(0)
    parts: list[tuple[Decimal, Unit]] = []
    if years is not None or months is not None:
        parts.append(((years or zero) * 12 + (months or zero), "mo"))
    if weeks is not None:
        parts.append((weeks, "w"))
    if days is not None:
        parts.append((days, "d"))
    if hours is not None or minutes is not None or seconds is not None:
        spent = (hours or zero) * 60 + (minutes or zero) + ((seconds or zero) / 60).quantize(Decimal("0.001"))
        parts.append(_clock(spent, hours))
    said = [part for part in parts if part[0]] or parts[-1:]
    if len(said) > 1:
        raise Fault(
            N_("“{text}” mixes units, and how long a day is depends on the calendar; use one unit, as 5d or 40h"),
            text=text,
        )
    amount, unit = said[0]
    return Duration(-amount if found[1] == "-" else amount, unit)


def _clock(minutes: Decimal, hours: Decimal | None) -> tuple[Decimal, Unit]:
    """In hours when hours were named and it stays exact, else in minutes."""
    exact = _exact(minutes, Decimal(60)) if hours or (hours is not None and not minutes) else None
    return (minutes, "m") if exact is None else (exact, "h")
