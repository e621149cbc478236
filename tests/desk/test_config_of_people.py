"""What the configuration says of people: which days are off, from when somebody has too much."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_tui.desk.home.config import Config, load
from pmo_tui.desk.people.holidays import Employer, employer
from pmo_tui.records.errors import WrongUse


def read(folder: Path, text: str) -> Config:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load(path)


def test_it_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, 'liberation_day = "every"\ngood_friday = true\nover_percent = 120\nmost_projects = 2\n')
    assert employer(found) == Employer("every", good_friday=True)
    assert (found.over_percent, found.most_projects) == (120, 2)


def test_without_it_liberation_day_is_every_fifth_year() -> None:
    assert employer(Config()) == Employer()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('liberation_day = "always"', "fifth, every, never"),
        ("over_percent = true", "a whole number"),
        ("over_percent = 0", "a whole number"),
        ("most_projects = 2.5", "a whole number"),
        ('good_friday = "yes"', "true or false"),
    ],
)
def test_another_value_is_refused_with_what_is_expected(tmp_path: Path, line: str, why: str) -> None:
    with pytest.raises(WrongUse) as refused:
        read(tmp_path, line)
    assert why in str(refused.value)
    assert line.split()[0] in str(refused.value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[tolerances]\nprice = "abc"\n', "looks like 2%, 50 or 2% 50"),
        ('[rules]\ncost = "abc"\n', "takes a number such as"),
        ('[rules]\nnosuch = "1"\n', "no rule “nosuch”"),
    ],
)
def test_rules_of_the_house_that_are_not_understood_stop_the_start(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WrongUse, match=why):
        load(path)
