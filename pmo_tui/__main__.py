"""The front door: starts the command line, or the app when no verb is given. The only file above both."""

from __future__ import annotations

import gc
import os
import sys
import threading
from contextlib import suppress
from typing import NoReturn

import click

from pmo_tui.records.errors import Exit, PmoError
from pmo_tui.records.marks import N_


def main(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit code. Errors are said in words on standard error, never as a traceback."""
    from pmo_tui.cli.errors import explain, explain_crash
    from pmo_tui.cli.main import COMPLETION
    from pmo_tui.cli.main import main as verbs
    from pmo_tui.wording import languages

    languages.use(languages.choose(None, None, os.environ))
    if COMPLETION in os.environ:
        verbs.main(prog_name="pmo", complete_var=COMPLETION)
    try:
        with verbs.make_context("pmo", sys.argv[1:] if arguments is None else arguments) as context:
            verbs.invoke(context)
            if "pmo.open" in context.meta:
                return open_app(context.meta["pmo.open"])
        sys.stdout.flush()
        return Exit.DONE
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.Abort:
        return 130
    except (click.ClickException, PmoError, OSError) as error:
        return explain(error)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        return explain_crash(error)


def open_app(settings: object) -> int:
    """Open the terminal app on the store that was asked for."""
    from pmo_tui.desk.opening import Settings, open_desk

    if not isinstance(settings, Settings):
        raise TypeError(f"settings are expected, not {type(settings).__name__}")
    gc.disable()  # nothing made while starting is garbage; the app takes it up again after its first paint
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise PmoError(N_("The app needs a terminal."), N_("Give a verb to use it from a script: pmo --help."))
    desk = open_desk(settings)
    try:
        from pmo_tui.app import PmoApp
        from pmo_tui.desk.log import keep_a_log

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
