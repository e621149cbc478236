"""The page on the configuration: every key is on it, and its example is a configuration."""

from __future__ import annotations

from pathlib import Path

from pmo_tui.desk.home.config import CHOICES, Config, load
from pmo_tui.desk.home.config_reference import EXAMPLE, RULES, page, rules, settings
from pmo_tui.desk.house_rules import limits, price_tolerances, thresholds
from pmo_tui.keymap_faults import faults_of_keymap
from pmo_tui.keymaps import keymap_of


def test_every_key_is_explained() -> None:
    found = {each.name: each for each in settings()}
    assert list(found) == list(Config.__struct_fields__)
    assert all(each.meaning.endswith(".") for each in found.values())
    for name, choices in CHOICES.items():
        assert all(f"`{word}`" in found[name].takes for word in choices if word)
    assert found["over_percent"].default == "`100`"
    assert set(RULES) == set(rules())


def test_the_page_shows_all_of_it() -> None:
    text = page()
    assert all(f"| `{each.name}` |" in text for each in settings())
    assert all(f"| `{name}` |" in text for name in RULES)
    assert EXAMPLE.rstrip() in text


def test_the_example_is_a_configuration(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(EXAMPLE, encoding="utf-8")
    found = load(tmp_path / "config.toml")
    assert thresholds(found.rules).worst_of
    assert limits(found.rules).slip == 15
    assert "licences" in price_tolerances(found.tolerances)[1]
    assert faults_of_keymap(keymap_of(found.keys, found.keymap)) == []
