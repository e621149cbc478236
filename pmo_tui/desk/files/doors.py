"""The doors by which files come in, the command line and the app: each has ways of its own to say what a file does not, and names those."""

from __future__ import annotations

from msgspec import Struct

from pmo_tui.records.marks import N_


class Door(Struct, frozen=True):
    """What a door calls its ways out, as templates; `reads_stdin` says that `-` is standard input there; without a
    `send_back` nothing more is said of an invoice that breaks rules."""

    reads_stdin: bool
    no_file: str
    a_folder: str
    register: str
    project: str
    send_back: str


COMMAND_LINE = Door(
    reads_stdin=True,
    no_file=N_("Check the path; - reads standard input."),
    a_folder=N_("Name the files in it: pmo import {name}/*"),
    register=N_("Say it with --as REGISTER, or name the file after it: risks.csv. The registers are {registers}."),
    project=N_(
        "{place}: a new project “{name}” comes of it; {key} is called so too: --project {key} puts the plan there"
    ),
    send_back=N_("{file}: send it back to the supplier with these reasons; --return registers it as returned"),
)
IN_APP = Door(
    reads_stdin=False,
    no_file=N_("Check the path."),
    a_folder=N_("Name a file in it, or several with a pattern: {name}/*.xml"),
    register=N_("Name the file after it, such as risks.csv, or say it here. The registers are {registers}."),
    project=N_("{place}: a new project “{name}” comes of it; {key} is called so too"),
    send_back="",
)
