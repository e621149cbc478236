"""What is sent leaves the terminal as the whole frames would, whatever they are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.terminal.shadow import Shadow
from tests.terminal.model import Model

WIDTH, HEIGHT = 20, 12
LETTERS = st.sampled_from(["a", "b", " ", "é", "█", "■", "漢", "€", "✅", "e\u0301"])
WIDE = ("漢", "✅")
STYLES = st.sampled_from(
    ["", "1", "31", "38;5;17;48;5;2", "1;38;5;17;48;5;2", "4;38;2;1;2;3", "7;1;33", "2;9", "3;44", "48;5;2"]
)


@st.composite
def lines(draw: st.DrawFn) -> str:
    """A line as Textual paints it: runs of text in styles, exactly as wide as the screen."""
    out, used = "", 0
    while used < WIDTH:
        letter = draw(LETTERS)
        width = 2 if letter in WIDE else 1
        count = min(draw(st.integers(1, 12)), (WIDTH - used) // width)
        if not count:
            letter, count, width = " ", WIDTH - used, 1
        style = draw(STYLES)
        run = letter * count
        out += f"\x1b[{style}m{run}\x1b[0m" if style else run
        used += count * width
    return out


@st.composite
def frames(draw: st.DrawFn) -> list[str]:
    """Frames that paint some lines; some of them scroll what was there."""
    screen = [draw(lines()) for _ in range(HEIGHT)]
    found = [_frame(dict(enumerate(screen)))]
    for _ in range(draw(st.integers(1, 5))):
        if draw(st.booleans()):
            by = draw(st.integers(1, 4))
            top, bottom = sorted(draw(st.tuples(st.integers(0, HEIGHT - 1), st.integers(0, HEIGHT - 1))))
            block = screen[top : bottom + 1]
            fresh = [draw(lines()) for _ in range(min(by, len(block)))]
            screen[top : bottom + 1] = (block[by:] + fresh) if draw(st.booleans()) else (fresh + block[:-by])
            found.append(_frame({y: screen[y] for y in range(top, bottom + 1)}))
        else:
            changed = draw(st.dictionaries(st.integers(0, HEIGHT - 1), lines(), max_size=4))
            for y, line in changed.items():
                screen[y] = line
            found.append(_frame(changed))
    return found


@st.composite
def parts(draw: st.DrawFn) -> str:
    """A frame that paints parts of lines, wherever they begin: into wide characters too."""
    out = ""
    for _ in range(draw(st.integers(1, 6))):
        y, x = draw(st.integers(0, HEIGHT - 1)), draw(st.integers(0, WIDTH - 4))
        letter, style = draw(LETTERS), draw(STYLES)
        run = letter * draw(st.integers(1, (WIDTH - x) // (2 if letter in WIDE else 1)))
        out += f"\x1b[{y + 1};{x + 1}H" + (f"\x1b[{style}m{run}\x1b[0m" if style else run)
    return out + "\x1b[1;1H"


def _frame(painted: dict[int, str]) -> str:
    return "".join(f"\x1b[{y + 1};1H{line}" for y, line in painted.items()) + "\x1b[1;1H"


@given(frames(), st.booleans())
def test_the_terminal_shows_what_the_frames_show(painted: list[str], erases: bool) -> None:
    whole, frugal = Model(WIDTH, HEIGHT), Model(WIDTH, HEIGHT)
    shadow = Shadow(erases)
    shadow.forget(WIDTH, HEIGHT)
    for frame in painted:
        whole.stream.feed(frame)
        sent = shadow.frame(frame)
        assert sent is not None
        frugal.stream.feed(sent)
        assert frugal.cells() == whole.cells()


@given(frames(), st.lists(parts(), min_size=1, max_size=6), st.booleans(), st.booleans())
def test_parts_of_lines_too_and_on_a_terminal_of_which_nothing_is_known(
    painted: list[str], pieces: list[str], erases: bool, forgets: bool
) -> None:
    whole, frugal = Model(WIDTH, HEIGHT), Model(WIDTH, HEIGHT)
    shadow = Shadow(erases)
    shadow.forget(WIDTH, HEIGHT)
    for frame in painted:
        whole.stream.feed(frame)
        frugal.stream.feed(shadow.frame(frame) or "")
    if forgets:
        shadow.forget(WIDTH, HEIGHT)
    for frame in pieces:
        whole.stream.feed(frame)
        frugal.stream.feed(shadow.frame(frame) or "")
        assert frugal.cells() == whole.cells()


@given(frames())
def test_the_same_frame_again_sends_nothing(painted: list[str]) -> None:
    shadow = Shadow()
    shadow.forget(WIDTH, HEIGHT)
    for frame in painted:
        shadow.frame(frame)
    assert shadow.frame(painted[-1]) == ""


def test_what_is_no_frame_is_passed_on() -> None:
    shadow = Shadow()
    shadow.forget(WIDTH, HEIGHT)
    for data in ("\x1b[1;1H" + "x" * (WIDTH + 1), "\x1b[99;1Hx", "\x1b[1;1H\x1b[2J", "\x1b[1;1H\a"):
        assert shadow.frame(data) is None


def test_a_scrolled_line_costs_a_line() -> None:
    shadow = Shadow()
    shadow.forget(WIDTH, HEIGHT)
    text = [f"line {number:03} of the list"[:WIDTH].ljust(WIDTH) for number in range(HEIGHT + 1)]
    shadow.frame(_frame(dict(enumerate(text[:HEIGHT]))))
    sent = shadow.frame(_frame(dict(enumerate(text[1:]))))
    assert sent is not None
    assert len(sent) < 3 * WIDTH
