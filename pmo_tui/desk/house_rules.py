"""What the organisation has set for colours, exceptions and prices that differ, read from the configuration.

`[rules]` sets tolerances and limits, `[tolerances]` by how much a billed price may differ:

    [rules]
    cost = "10"        # per cent over the budget before it is red
    slip = "15"        # calendar days a milestone may slip before it is an exception
    worst_of = "yes"   # a node is as its worst project

    [tolerances]
    price = "2% 50"    # of everything: per cent of the price and money per invoice line, both must hold
    licences = "0%"    # of order lines with that cost type
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from pmo_tui.analysis.rag import THRESHOLDS, Thresholds
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.wording.suggest import nearest

if TYPE_CHECKING:
    from pmo_tui.analysis.exceptions import Limits
    from pmo_tui.analysis.invoice_match import Tolerance

EVERYTHING = "price"
YES, NO = frozenset({"yes", "ja", "true"}), frozenset({"no", "nee", "false"})


def thresholds(said: Mapping[str, str]) -> Thresholds:
    """The thresholds of colours; WrongUse names a key of `[rules]` that is not understood."""
    found: Thresholds = _made(Thresholds, THRESHOLDS, said)
    return found


def limits(said: Mapping[str, str]) -> Limits:
    """From when on something is an exception."""
    from pmo_tui.analysis.exceptions import LIMITS, Limits

    found: Limits = _made(Limits, LIMITS, said)
    return found


def _made(cls: type[Any], standard: Any, said: Mapping[str, str]) -> Any:
    if not said:
        return standard
    from pmo_tui.analysis.exceptions import Limits

    known = [*Thresholds.__struct_fields__, *Limits.__struct_fields__]
    for name in said:
        if name not in known:
            near = nearest(name, known)
            hint = N_("Did you mean {near}?") if near else N_("The rules are {rules}.")
            raise WrongUse(
                N_("There is no rule “{name}”."), hint, name=name, near=", ".join(near), rules=", ".join(known)
            )
    own = set(cls.__struct_fields__)
    given = {name: _value(name, text, getattr(standard, name)) for name, text in said.items() if name in own}
    return cls(**{**{name: getattr(standard, name) for name in own}, **given})


def _value(name: str, text: str, standard: object) -> object:
    word = text.strip().casefold()
    if isinstance(standard, bool):
        if word in YES or word in NO:
            return word in YES
        raise WrongUse(N_("The rule {name} takes yes or no, not “{text}”."), name=name, text=text)
    number = _number(word.removesuffix("%").strip())
    if number is None or number < 0 or (isinstance(standard, int) and number != number.to_integral_value()):
        raise WrongUse(
            N_("The rule {name} takes a number such as {standard}, not “{text}”."),
            name=name,
            standard=standard,
            text=text,
        )
    return int(number) if isinstance(standard, int) else number


def _number(word: str) -> Decimal | None:
    try:
        number = Decimal(word)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def price_tolerances(said: Mapping[str, str]) -> tuple[Tolerance, dict[str, Tolerance]]:
    """What billed prices may differ by: for everything, and by cost type; WrongUse names what is not understood."""
    found = {name: _tolerance(name, text) for name, text in said.items()}
    from pmo_tui.analysis.invoice_match import Tolerance

    return found.pop(EVERYTHING, Tolerance(Decimal(2))), found


def _tolerance(name: str, text: str) -> Tolerance:
    percent = amount = None
    for word in text.split():
        number = _number(word.removesuffix("%"))
        if number is None or number < 0:
            raise WrongUse(N_("The tolerance {name} looks like 2%, 50 or 2% 50, not “{text}”."), name=name, text=text)
        if word.endswith("%"):
            percent = number
        else:
            amount = number
    from pmo_tui.analysis.invoice_match import Tolerance

    return Tolerance(percent, amount)
