"""The configuration: one TOML file, each key described once, in the dataclass below."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_type_hints

from msgspec import Struct

from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_


class Config(Struct, frozen=True):
    """What an officer may set in `config.toml`."""

    lang: str = ""
    """Language of screens and messages: en or nl; empty follows the environment."""
    store: str = ""
    """The store that is opened when none is named."""
    author: str = ""
    """In whose name changes are written; empty is the login name."""
    theme: str = ""
    """Colours of the app, such as textual-dark, textual-light, high-contrast, colour-blind, ansi; empty goes by the terminal."""
    profile: str = "auto"
    """auto, local, or ssh: no blinking, animation, mouse or toasts."""
    mouse: bool = True
    """Whether the mouse works where there is one."""
    alarm: bool = False
    """Whether exported milestones ring at nine in the morning of the day before."""
    liberation_day: str = "fifth"
    """When Liberation Day is a day off: fifth (every fifth year), every (each year) or never."""
    good_friday: bool = False
    """Whether Good Friday is a day off."""
    over_percent: int = 100
    """Above how many per cent of what somebody can work he is over-allocated."""
    most_projects: int = 3
    """On how many projects at once somebody can still work."""
    small_firm: bool = False
    """Whether one person may both decide and record it here, as in a firm where the officer holds the budget; it then shows."""
    report_period: str = "week"
    """When projects report: week, month, or profile (a month for projects of the light profile, a week for the others)."""
    chase_days: int = 3
    """For so many days nobody is written to again."""
    rules: dict[str, str] = {}
    """Tolerances of colours and limits of exceptions: `[rules]` with lines such as cost = "10", slip = "15", worst_of = "yes"."""
    tolerances: dict[str, str] = {}
    """By how much a billed price may differ: `[tolerances]` with lines such as price = "2% 50", licences = "0%"."""
    keys: str = "default"
    """Keys as a whole: default, or vim for j k h l gg G ctrl+d ctrl+u."""
    keymap: dict[str, str] = {}
    """Keys by action, over those of the preset: `[keymap]` with lines such as undo = "u,f12"."""


CHOICES: dict[str, tuple[str, ...]] = {
    "lang": ("", "en", "nl"),
    "profile": ("auto", "local", "ssh"),
    "keys": ("default", "vim"),
    "liberation_day": ("fifth", "every", "never"),
    "report_period": ("week", "month", "profile"),
}


def load(path: Path) -> Config:
    """The configuration in `path`, defaults where there is no file. WrongUse names key, file and what was expected."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUse(N_("{path} cannot be read: {why}"), path=path, why=error) from error
    import tomllib

    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WrongUse(
            N_("{path} is not TOML: {why}"), N_("Mend that line, or take it out."), path=path, why=error
        ) from error
    hints = get_type_hints(Config)
    for name, value in said.items():
        _check(path, name, value, hints)
    config = Config(**said)
    if config.rules or config.tolerances:
        from pmo_tui.desk.house_rules import limits, price_tolerances, thresholds

        thresholds(config.rules)
        limits(config.rules)
        price_tolerances(config.tolerances)
    return config


EXPECTED = {
    "str": N_("text in quotes"),
    "bool": N_("true or false"),
    "int": N_("a whole number from 1 on"),
    "dict": N_("a table of texts"),
}


def _fits(value: Any, kind: type[Any]) -> bool:
    """Whether a value of the file is of the kind that a key takes; true is not 1."""
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool) and value > 0
    if kind is dict:
        return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())
    return isinstance(value, kind)


def _check(path: Path, name: str, value: Any, hints: dict[str, Any]) -> None:
    if name not in hints:
        from pmo_tui.wording.suggest import nearest

        near = nearest(name, list(hints))
        hint = N_("Did you mean {near}?") if near else N_("The keys are {keys}.")
        keys = ", ".join(hints)
        raise WrongUse(
            N_("{path}: there is no key “{key}”."), hint, path=path, key=name, near=", ".join(near), keys=keys
        )
    kind = hints[name] if isinstance(hints[name], type) else dict
    if not _fits(value, kind):
        expected = EXPECTED[kind.__name__]
        raise WrongUse(N_("{path}: {key} takes {expected}."), path=path, key=name, expected=expected)
    if name in CHOICES and value not in CHOICES[name]:
        words = ", ".join(word for word in CHOICES[name] if word)
        raise WrongUse(
            N_("{path}: {key} is “{value}”, but takes {words}."), path=path, key=name, value=value, words=words
        )
