"""Colours: themes of our own beside Textual's, and what makes every theme legible.

Contrast is that of WCAG 2.2, 1.4.3: from 1 (none) to 21 (black on white); 4.5 is what text needs, 7 what is called enhanced.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.color import Color
from textual.theme import Theme

from pmo_tui.records.marks import N_

LEAST = 4.5
"""The contrast that every theme has."""
WORN = (
    "text-error",
    "text-warning",
    "text-success",
    "text-primary",
    "text-accent",
    "text-muted",
    "accent",
    "foreground",
)
"""What is written in."""
GROUNDS = ("background", "surface", "panel", "primary-muted", "secondary-muted", "error-muted")
"""What is written on: a list, a card, the lines of the frame, the cursor's line, a marked line, an error."""
TINTED = ("primary-muted", "secondary-muted", "error-muted")
USUAL = "textual-dark"

REVERSED = {"block-cursor-text-style": "bold reverse"}
"""The cursor's line has its colours the other way round: it is seen, and as legible as any other."""

HIGH_CONTRAST = Theme(
    "high-contrast",
    primary="#9CD2FF", secondary="#FFE066", warning="#FFD75F", error="#FF9D9D", success="#7CF58C", accent="#FFE066",
    foreground="#FFFFFF", background="#000000", surface="#000000", panel="#1A1A1A",
    variables={
        "text-error": "#FFA8A8", "text-warning": "#FFD75F", "text-success": "#7CF58C", "text-primary": "#9CD2FF",
        "text-accent": "#FFE066", "text-muted": "#E0E0E0", "primary-muted": "#001A40", "secondary-muted": "#3A2A00",
        "error-muted": "#400000",
        **REVERSED,
    },
)  # fmt: skip
"""White and light colours on black: 7 and more everywhere."""

COLOUR_BLIND = Theme(
    "colour-blind",
    primary="#B9A8FF", secondary="#CFCFCF", warning="#FFF3A3", error="#F07A1E", success="#5AB4FF", accent="#FFF3A3",
    foreground="#F0F0F0", background="#101014", surface="#18181E", panel="#222229",
    variables={
        "text-error": "#F28A3A", "text-warning": "#FFF6B8", "text-success": "#6FBEFF", "text-primary": "#CDBFFF",
        "text-accent": "#FFF3A3", "text-muted": "#B4B4BC", "primary-muted": "#2E2A46", "secondary-muted": "#33332A",
        "error-muted": "#452408",
    },
)  # fmt: skip
"""Red is orange, amber a pale yellow, green a blue: told apart with any kind of colour blindness, by hue and by lightness."""

ANSI = Theme(
    "ansi",
    ansi=True,
    primary="ansi_bright_cyan", secondary="ansi_bright_cyan", warning="ansi_bright_yellow", error="ansi_bright_red",
    success="ansi_bright_green", accent="ansi_bright_yellow",
    foreground="ansi_bright_white", background="ansi_black", surface="ansi_black", panel="ansi_black",
    variables={
        "surface": "ansi_black", "panel": "ansi_black", "primary-muted": "ansi_black", "secondary-muted": "ansi_black",
        "error-muted": "ansi_black", "text-muted": "ansi_white", "text": "ansi_bright_white", "text-error": "ansi_bright_red",
        "ansi-background": "ansi_black", "ansi-foreground": "ansi_bright_white",
        "input-cursor-background": "ansi_bright_white", "input-cursor-foreground": "ansi_black",
        "input-selection-background": "ansi_bright_white", "input-selection-foreground": "ansi_black",
        **REVERSED,
    },
)  # fmt: skip
"""The terminal's own sixteen colours, on its black."""

THEMES = (HIGH_CONTRAST, COLOUR_BLIND, ANSI)
OFFERED = (USUAL, "textual-light", *(theme.name for theme in THEMES))
"""The themes that are offered before all others."""


MEANINGS: Mapping[str, str] = {
    HIGH_CONTRAST.name: N_("white and light colours on black"),
    COLOUR_BLIND.name: N_("orange, yellow and blue for red, amber and green"),
    ANSI.name: N_("the terminal's own sixteen colours"),
}


def has_few_colours(term: str, system: str | None) -> bool:
    """Whether a terminal is known by name to have no more than sixteen colours; `system` is what Rich takes it for."""
    return system == "standard" and term not in ("", "dumb", "unknown")


def luminance(colour: Color) -> float:
    """Relative luminance as WCAG defines it, from 0 to 1."""

    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b)


def contrast(one: Color, other: Color) -> float:
    """How far two colours stand apart, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def legible(variables: Mapping[str, str]) -> dict[str, str]:
    """The colours of a theme with everything that is written in them at least `LEAST` from everything it may be written on.

    Tinted grounds go towards the background as far as what is written plainly needs it, then what is written goes towards white or
    black. A theme of the terminal's own colours is left alone: what they are is not known.
    """
    if variables["background"].startswith("ansi"):
        return dict(variables)
    found = dict(variables)
    background = Color.parse(found["background"])
    far = background.get_contrast_text(1.0)
    for name in TINTED:
        found[name] = _nearer(
            Color.parse(found[name]), background, lambda ground: contrast(far, ground) >= LEAST * 1.6
        ).hex
    grounds = [Color.parse(found[name]) for name in GROUNDS]
    for name in WORN:
        worn = found[name]
        colour = (
            background.blend(far, int(worn.split()[1].rstrip("%")) / 100)
            if worn.startswith("auto")
            else Color.parse(worn)
        )
        found[name] = _nearer(colour, far, lambda worn: all(contrast(worn, each) >= LEAST for each in grounds)).hex
    return found


STEPS = 20


def _nearer(colour: Color, goal: Color, enough: Callable[[Color], bool]) -> Color:
    """A colour, as far on its way to another as it needs to be enough."""
    for step in range(STEPS):
        found = colour.blend(goal, step / STEPS, alpha=1.0)
        if enough(found):
            return found
    return goal
