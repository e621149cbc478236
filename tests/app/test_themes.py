"""Colours: legible in every theme, told apart by whoever does not see some, chosen by a key and kept."""

from __future__ import annotations

import math
from itertools import combinations, product
from pathlib import Path

import pytest
from rich.style import Style
from textual.color import Color

from pmo_tui.app import PmoApp
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.config import Config
from pmo_tui.desk.home.kept import Kept, chosen_theme, keep_theme
from pmo_tui.widgets.line_view import TONES, LineView
from pmo_tui.widgets.lines import KeyFooter, StatusLine
from pmo_tui.widgets.themes import ANSI, COLOUR_BLIND, HIGH_CONTRAST, OFFERED, contrast, has_few_colours, luminance
from tests.app.conftest import Run
from tests.app.terminal import terminal

ENHANCED = 7.0
LINES = ("", "head", "column", "cursor", "marked")

# ---- contrast ----------------------------------------------------------------------------------------------------------


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21)
    assert contrast(Color.parse("#777"), Color.parse("#fff")) == pytest.approx(4.48, abs=0.01)
    assert contrast(Color.parse("#123456"), Color.parse("#123456")) == 1


def contrast_of(style: Style) -> float:
    assert style.color is not None
    assert style.bgcolor is not None
    return contrast(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))


async def looks_of(run: Run, theme: str) -> dict[str, float]:
    """The contrast of whatever is written in lists, lines and errors of a theme."""
    found: dict[str, float] = {}
    async with run(register="risks") as app:
        app.app.theme = theme
        await app.settle()
        page = app.frame.query(LineView).first()
        for line, tone in product(LINES, ("", *TONES)):
            found[f"{line} {tone}"] = contrast_of(page.line_style(line) + page.tone(tone))
        status = app.frame.query_one(StatusLine)
        found["status"] = contrast_of(status.rich_style)
        app.frame.say("wrong", error=True)
        await app.settle()
        found["error"] = contrast_of(status.rich_style)
        footer = app.frame.query_one(KeyFooter)
        found["footer"] = contrast_of(footer.rich_style)
        found["footer key"] = contrast_of(footer.get_component_rich_style("key-footer--key"))
    return found


@pytest.mark.parametrize(
    "theme", ["textual-dark", "textual-light", "nord", "gruvbox", "solarized-light", "colour-blind"]
)
async def test_everything_written_is_legible(run: Run, theme: str) -> None:
    bad = {name: ratio for name, ratio in (await looks_of(run, theme)).items() if ratio < 4.5}
    assert not bad


async def test_high_contrast_is_high(run: Run) -> None:
    bad = {name: ratio for name, ratio in (await looks_of(run, HIGH_CONTRAST.name)).items() if ratio < ENHANCED}
    assert not bad


async def test_the_cursor_is_seen_without_its_colour(run: Run) -> None:
    for theme in (HIGH_CONTRAST.name, ANSI.name):
        async with run(register="risks") as app:
            app.app.theme = theme
            await app.settle()
            page = app.frame.query(LineView).first()
            assert page.line_style("cursor").reverse
            assert not page.line_style("").reverse


# ---- colour blindness --------------------------------------------------------------------------------------------------

Matrix = tuple[tuple[float, float, float], ...]
SEEN: dict[str, Matrix] = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
    "anybody": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
}
"""Linear RGB as it is seen: Machado, Oliveira, Fernandes, "A physiologically-based model for simulation of colour vision deficiency",
2009, severity 1."""


def linear(part: int) -> float:
    return luminance(Color(part, part, part))


def lab(colour: Color, seen: Matrix) -> tuple[float, float, float]:
    """CIE L*a*b* of a colour as somebody sees it (D65)."""
    rgb = [linear(part) for part in (colour.r, colour.g, colour.b)]
    red, green, blue = (min(1.0, max(0.0, sum(a * b for a, b in zip(row, rgb, strict=True)))) for row in seen)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    f, g, h = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * g - 16, 500 * (f - g), 200 * (g - h)


def difference(one: Color, other: Color, seen: Matrix) -> float:
    """CIE 1976 colour difference; from about 2 on somebody notices it, beside each other."""
    return math.dist(lab(one, seen), lab(other, seen))


def rag(theme_variables: dict[str, str]) -> list[Color]:
    return [Color.parse(theme_variables[name]) for name in ("text-error", "text-warning", "text-success")]


@pytest.mark.parametrize("seen", SEEN)
async def test_red_amber_and_green_are_told_apart(run: Run, seen: str) -> None:
    async with run() as app:
        app.app.theme = COLOUR_BLIND.name
        await app.settle()
        for one, other in combinations(rag(app.app.get_css_variables()), 2):
            assert difference(one, other, SEEN[seen]) > 25, (one.hex, other.hex)


def test_the_simulation_finds_what_cannot_be_told_apart() -> None:
    red, green = Color.parse("#d04040"), Color.parse("#7f7f20")
    assert difference(red, green, SEEN["anybody"]) > 50
    assert difference(red, green, SEEN["deuteranopia"]) < 25


# ---- choosing ----------------------------------------------------------------------------------------------------------


async def test_a_theme_is_chosen_by_name_and_kept(run: Run, desk: Desk) -> None:
    async with run() as app:
        await app.press("colon")
        await app.type("theme")
        await app.press("enter")
        assert all(name in app.text for name in OFFERED)
        await app.type("colour")
        await app.press("enter")
        assert app.app.theme == "colour-blind"
        assert "kept" in app.status
    async with run() as app:
        assert app.app.theme == "colour-blind"
        await app.press("f8")
        await app.type("mauve")
        await app.press("enter")
        assert "no such theme" in app.status
        assert app.app.theme == "colour-blind"
    assert not desk.folders.config.exists()


def test_the_configuration_has_the_last_word_once_it_is_changed(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    assert chosen_theme(kept, "nord") == "nord"
    keep_theme(kept, "ansi", "nord")
    assert chosen_theme(kept, "nord") == "ansi"
    assert chosen_theme(kept, "gruvbox") == "gruvbox"
    (tmp_path / "kept.json").write_bytes(b"\xff[")
    assert chosen_theme(kept, "nord") == "nord"


async def test_a_theme_that_went_away_is_not_missed(run: Run, desk: Desk) -> None:
    keep_theme(Kept(desk.folders.state), "gone", "")
    async with run() as app:
        assert app.app.theme == "textual-dark"


def test_sixteen_colours_are_known_by_the_terminals_name() -> None:
    assert has_few_colours("linux", "standard")
    assert not has_few_colours("xterm-256color", "256")
    assert not has_few_colours("", "standard")


def test_the_configuration_goes_before_what_the_terminal_has(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "linux")
    monkeypatch.delenv("COLORTERM", raising=False)
    assert PmoApp(desk).theme == ANSI.name
    desk.config = Config(theme="nord")
    assert PmoApp(desk).theme == "nord"


def test_sixteen_colours_are_all_that_such_a_terminal_gets(home: Path) -> None:
    environ = {"TERM": "linux", "COLORTERM": "", "SSH_TTY": "/dev/pts/9"}
    with terminal(["--store", str(home / "pmo.json")], str(home), environ=environ) as screen:
        screen.wait_for("This store is empty")
        screen.type("8")
        screen.wait_for("Suppliers")
        cells = [cell for row in screen.screen.buffer.values() for cell in row.values()]
    assert any(cell.reverse for cell in cells)
    numbers = [
        part for cell in cells for part in (cell.fg, cell.bg) if len(part) == 6 and set(part) <= set("0123456789abcdef")
    ]
    assert not numbers
