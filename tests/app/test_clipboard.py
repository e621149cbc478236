"""What is copied reaches the clipboard of the terminal: plain, through tmux, through GNU screen; a file where there is none."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from base64 import b64decode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.files.block_text import as_markdown, as_text, as_tsv
from pmo_tui.desk.files.pasting import block_of
from pmo_tui.screens.clipboard import SCREEN_TAKES, sequence
from pmo_tui.store import Draft
from tests.app.terminal import Terminal, running, terminal
from tests.skipping import skip_loudly

ROOT = Path(__file__).resolve().parents[2]
SENT = re.compile(rb"\x1b\]52;[a-z]*;([A-Za-z0-9+/=]+)(?:\x07|\x1b\\)")


@pytest.fixture
def store(desk: Desk, home: Path) -> Path:
    return home / "pmo.json"


def copied(screen: Terminal) -> str:
    """What the terminal was last given for its clipboard."""
    return b64decode(SENT.findall(bytes(screen.raw))[-1]).decode()


def to_the_risks(screen: Terminal) -> None:
    screen.wait_for("Today")
    screen.type("8ri")
    screen.wait_for("Steel comes late")


def copy_as(screen: Terminal, shape: str) -> str:
    """Copy in a shape; what was given to the terminal."""
    before = len(SENT.findall(bytes(screen.raw)))
    screen.type("\x19")
    screen.wait_for("Copy as")
    screen.type(f"{shape}\r")
    screen.wait_until(lambda: len(SENT.findall(bytes(screen.raw))) != before, "what is copied")
    screen.wait_for("sent to the terminal")
    return copied(screen)


@pytest.mark.parametrize("profile", [{}, {"SSH_CONNECTION": "1 2 3 4"}])
def test_a_row_marked_rows_and_a_cell_in_every_shape(store: Path, home: Path, profile: dict[str, str]) -> None:
    with terminal(["--store", str(store)], str(home), environ=profile) as screen:
        to_the_risks(screen)
        screen.type("y")
        screen.wait_for("sent to the terminal")
        assert copied(screen).split("\t")[:2] == ["R-1", "Steel comes late"]
        assert copy_as(screen, "cell") == "R-1"
        screen.type("\x1b[C")
        assert copy_as(screen, "cell") == "Steel comes late"
        assert copy_as(screen, "text").startswith("Key: R-1\nTitle: Steel comes late\n")
        screen.type("  ")
        screen.wait_for("2 marked")
        markdown = copy_as(screen, "mark").split("\n")
        assert markdown[0].startswith("| Key | Title |")
        assert set(markdown[1]) == set("|- ")
        assert markdown[2].startswith("| R-1 | Steel comes late |")
        assert len(markdown) == 4
        rows = block_of(copy_as(screen, "tsv"))
        assert rows[0][:2] == ["Key", "Title"]
        assert [row[0] for row in rows[1:]] == ["R-1", "R-2"]
        screen.type("\x19")
        screen.wait_for("Copy as")
        screen.type("xls\r")
        screen.wait_for("is not one of cell")


def test_the_text_console_has_no_clipboard_and_a_file_takes_it(store: Path, home: Path) -> None:
    with terminal(["--store", str(store)], str(home), environ={"TERM": "linux"}) as screen:
        to_the_risks(screen)
        screen.type("y")
        screen.wait_for("no clipboard; it is in")
        assert not SENT.search(bytes(screen.raw))
    kept = home / ".local/state/pmo_tui/copied.txt"
    assert kept.read_text().startswith("R-1\tSteel comes late")
    assert kept.stat().st_mode & 0o077 == 0


def test_too_much_for_a_terminal_goes_to_a_file(desk: Desk, home: Path) -> None:
    def work(draft: Draft) -> None:
        for number in range(150):
            draft.add("risks", {"title": "x" * 500 + str(number)})

    desk.store.transact(work)
    with terminal(["--store", str(home / "pmo.json")], str(home), 120, 36) as screen:
        to_the_risks(screen)
        screen.type("*y")
        screen.wait_for("too long for a terminal's clipboard; it is in")
        assert not SENT.search(bytes(screen.raw))
    assert len((home / ".local/state/pmo_tui/copied.txt").read_text()) > 75_000


def test_through_tmux_as_it_is_set_by_itself(store: Path, home: Path) -> None:
    """tmux takes nothing from programs then; what its own command takes it hands on to its terminal."""
    tmux = shutil.which("tmux")
    if tmux is None:
        skip_loudly("tmux is not on this machine: copying through it is NOT TESTED")
    name = f"pmo-copy-{os.getpid()}"
    command = f"exec env PYTHONPATH={ROOT} {sys.executable} -m pmo_tui --store {store}"
    words = [tmux, "-L", name, "-f", "/dev/null", "new-session", command]
    try:
        with running(words, str(home), 100, 30, {"LANG": "C.UTF-8"}) as screen:
            to_the_risks(screen)
            screen.type("y")
            screen.wait_for("and to the buffer of tmux")
            screen.wait_until(lambda: SENT.search(bytes(screen.raw)) is not None, "what is copied")
            assert copied(screen).startswith("R-1\tSteel comes late")
            kept = subprocess.run([tmux, "-L", name, "show-buffer"], capture_output=True, text=True, check=True).stdout
            assert kept.startswith("R-1\tSteel comes late")
    finally:
        subprocess.run([tmux, "-L", name, "kill-server"], check=False, capture_output=True)


def test_through_gnu_screen(store: Path, home: Path) -> None:
    program = shutil.which("screen")
    if program is None:
        skip_loudly("screen is not on this machine: copying through it is NOT TESTED")
    (home / "screens").mkdir(mode=0o700)
    environ = {"SCREENDIR": str(home / "screens"), "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    words = [program, "-U", "-S", "copy", "-c", os.devnull, sys.executable, "-m", "pmo_tui", "--store", str(store)]
    try:
        with running(words, str(home), 100, 30, environ) as screen:
            to_the_risks(screen)
            screen.type("*y")
            screen.wait_for("sent to the terminal")
            screen.wait_until(lambda: SENT.search(bytes(screen.raw)) is not None, "what is copied")
            lines = copied(screen).split("\n")
            assert [line.split("\t")[0] for line in lines] == ["R-1", "R-2", "R-3"]
    finally:
        subprocess.run(
            [program, "-S", "copy", "-X", "quit"], env={**os.environ, **environ}, check=False, capture_output=True
        )


@pytest.mark.parametrize(
    "environ", [{"STY": "1.pmo"}, {"TERM": "tmux-256color"}, {"TMUX": "/tmp/x"}, {"TERM": "xterm"}]
)
def test_the_text_is_whole_whatever_carries_it(environ: dict[str, str]) -> None:
    coded = "QUJD" * 400
    sent = sequence(coded, environ)
    strings = re.findall("\x1bP((?:[^\x1b]|\x1b\x1b)*(?:\x1b[^\\\\\x1b][^\x1b]*)?)\x1b\\\\", sent)
    if "STY" in environ:
        assert max(map(len, strings)) <= SCREEN_TAKES
        assert "".join(strings) == f"\x1b]52;c;{coded}\x07"
    elif environ.get("TERM") != "xterm":
        assert f"\x1bPtmux;\x1b\x1b]52;c;{coded}\x07\x1b\\" in sent
    if "STY" not in environ:
        assert sent.startswith(f"\x1b]52;c;{coded}\x07")


CELLS = st.lists(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\0")), min_size=2, max_size=2), min_size=1
)


@given(CELLS)
def test_a_block_is_pasted_as_it_was_copied(rows: list[list[str]]) -> None:
    head = ["Key", "Title"]
    assert block_of(as_tsv(head, rows)) == [head, *_without_empty_end(rows)]


def _without_empty_end(rows: list[list[str]]) -> list[list[str]]:
    kept = list(rows)
    while kept and not any(cell.strip() for cell in kept[-1]):
        kept.pop()
    return kept


def test_marks_of_markdown_in_a_cell_stay_text() -> None:
    lines = as_markdown(["Key", "Title"], [["R-1", "a|b *c* [d](e) <f> `g` \\"]]).split("\n")
    assert lines[2] == "| R-1 | a\\|b \\*c\\* \\[d\\](e) \\<f\\> \\`g\\` \\\\ |"


def test_a_text_leaves_out_what_is_empty() -> None:
    assert as_text(["Key", "Owner"], [["R-1", ""], ["R-2", "Jan"]]) == "Key: R-1\n\nKey: R-2\nOwner: Jan"
