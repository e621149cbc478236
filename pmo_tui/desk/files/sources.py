"""Where files come from: their names, what a name cannot mean, and the bytes behind it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from glob import glob, has_magic
from pathlib import Path

from pmo_tui.desk.files.doors import COMMAND_LINE, Door
from pmo_tui.records.errors import NotFound, Refused, WrongUse
from pmo_tui.records.marks import N_

LARGEST = 500 * 1024 * 1024
STDIN = "-"


def check_names(names: Sequence[str], door: Door = COMMAND_LINE) -> None:
    """An error that names the first that is no file to be read, and the way out; before a store is made for it."""
    if door.reads_stdin and list(names).count(STDIN) > 1:
        raise WrongUse(N_("Standard input can be read once."), N_("Name - once, and the other files by name."))
    for name in names:
        if name != STDIN:
            _check(name, door)
        elif not door.reads_stdin:
            hint = N_("Save it as a file and name that; at the command line pmo import - reads standard input.")
            raise WrongUse(N_("Here - is no file: the terminal's input is your keys."), hint)


def _check(name: str, door: Door) -> None:
    try:
        path = path_of(name)
        if not path.exists():
            raise NotFound(N_("There is no file {name}."), door.no_file, name=name)
        if path.is_dir():
            raise WrongUse(N_("{name} is a folder."), door.a_folder, name=name.rstrip("/") or name)
        if path.stat().st_size > LARGEST:
            raise Refused(N_("{name} is larger than 500 MB."), N_("Split it."), name=name)
    except OSError as error:
        raise _unreadable(name, error) from error


def named(text: str, door: Door = COMMAND_LINE) -> list[str]:
    """The files that were typed, in the order of their names: one, or all that a pattern (`plans/*.xml`) finds."""
    if not has_magic(text) or path_of(text).exists():
        check_names([text], door)
        return [text]
    found = sorted(each for each in glob(str(Path(text).expanduser())) if Path(each).is_file())
    if not found:
        raise NotFound(N_("No file is called like {name}."), door.no_file, name=text)
    return found


def path_of(name: str) -> Path:
    """The file that `name` means; behind a `#` may stand one of its sheets: `risks.xlsx#Open`."""
    path = Path(name).expanduser()
    return path if path.exists() or "#" not in path.name else path.with_name(path.name.partition("#")[0])


def contents(name: str, door: Door = COMMAND_LINE) -> bytes:
    """The bytes of a file, or of standard input for `-`; an error that names the file and the way out."""
    check_names([name], door)
    try:
        return sys.stdin.buffer.read() if name == STDIN else path_of(name).read_bytes()
    except OSError as error:
        raise _unreadable(name, error) from error


def _unreadable(name: str, error: OSError) -> Refused:
    """What the operating system said of a file, which a broken share says without its name."""
    hint = N_("See that it is there and may be read, or copy it to this machine first.")
    return Refused(N_("{name} cannot be read: {why}"), hint, name=name, why=error.strerror or str(error))


def base_name(name: str) -> str:
    """The file's own name, by which its records are known again; `stdin` for standard input."""
    return "stdin" if name == STDIN else Path(name).name
