"""The front door: starts the command line, or the app when no verb is given. The only file above both."""

from __future__ import annotations

import gc
import os
import sys
import threading
from contextlib import suppress
from typing import NoReturn

from pmo_tui import loading
from pmo_tui.records.errors import Exit, PmoError
from pmo_tui.records.marks import N_

KEYS_WAIT = 0.001
"""Seconds for which a thread that works figures out may hold up a key, each time the app waits for it."""

YOUNG = 50_000
"""How many objects a verb makes before the collector looks at them for the first time."""


def main(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit code. Errors are said in words on standard error, never as a traceback.

    Without any words the app is opened at once: what understands words need not be loaded for that.
    """
    loading.begin()
    from pmo_tui.cli import COMPLETION
    from pmo_tui.desk.opening import Settings
    from pmo_tui.wording import languages

    words = sys.argv[1:] if arguments is None else arguments
    languages.use(languages.choose(None, None, os.environ))
    try:
        return open_app(Settings()) if not words and COMPLETION not in os.environ else run_verb(words)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        return explained(error)


def run_verb(words: list[str]) -> int:
    """Do what the words of the command line say. Little of what a verb makes is garbage that needs the collector."""
    gc.set_threshold(YOUNG)
    import click

    from pmo_tui.cli import COMPLETION
    from pmo_tui.cli.main import main as verbs

    if COMPLETION in os.environ:
        verbs.main(prog_name="pmo", complete_var=COMPLETION)
    try:
        with verbs.make_context("pmo", words) as context:
            verbs.invoke(context)
            if "pmo.open" in context.meta:
                return open_app(context.meta["pmo.open"])
        sys.stdout.flush()
        return Exit.DONE
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.Abort:
        return 130


def explained(error: Exception) -> int:
    """Say what went wrong; the exit code of it."""
    import click

    from pmo_tui.cli.errors import explain, explain_crash

    if isinstance(error, click.ClickException | PmoError | OSError):
        return explain(error)
    return explain_crash(error)


def open_app(settings: object) -> int:
    """Open the terminal app on the store that was asked for."""
    from concurrent.futures import ThreadPoolExecutor
    from contextvars import copy_context

    from pmo_tui.desk.opening import Settings, prepare

    if not isinstance(settings, Settings):
        raise TypeError(f"settings are expected, not {type(settings).__name__}")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise PmoError(N_("The app needs a terminal."), N_("Give a verb to use it from a script: pmo --help."))
    sys.setswitchinterval(KEYS_WAIT)
    gc.disable()  # nothing made while starting is garbage; the app takes it up again after its first paint
    with ThreadPoolExecutor(1) as beside:
        opening = beside.submit(copy_context().run, prepare(settings))
        from pmo_tui.app import PmoApp

        desk = opening.result()
    try:
        from pmo_tui.desk.home.log import keep_a_log

        keep_a_log(desk.folders.state)
        return PmoApp(desk).start()
    finally:
        desk.store.close()


def leave(code: int) -> NoReturn:
    """End the process without taking the interpreter apart, which takes a tenth of a verb's time; unless a thread is still at work."""
    if threading.active_count() > 1:
        sys.exit(code)
    with suppress(OSError, ValueError):
        sys.stdout.flush()
    os._exit(code)


if __name__ == "__main__":
    leave(main())
