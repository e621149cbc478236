"""What every verb has: the global options before or after it, help in the language in use, and its desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from pmo_tui.cli.output import narrate
from pmo_tui.desk.opening import Settings
from pmo_tui.records.marks import N_
from pmo_tui.wording import languages
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

HELP = "--help"
SHOW_HELP = N_("Show this message and exit.")


class Option(click.Option):
    """An option whose help is said in the language in use."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        english, self.help = self.help, _(self.help or "")
        try:
            return super().get_help_record(ctx)
        finally:
            self.help = english


class Speaking(click.Command):
    """A command whose help is said in the language in use."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = _(SHOW_HELP)  # click makes the option once, before it is known which language is asked for
        return found

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        english, self.help = self.help, _(self.help or "")
        try:
            super().format_help_text(ctx, formatter)
        finally:
            self.help = english

    def get_short_help_str(self, limit: int = 45) -> str:
        english, self.help = self.help, _(self.help or "")
        try:
            return super().get_short_help_str(limit)
        finally:
            self.help = english


class Verb(Speaking):
    """A verb. Words may begin with one hyphen (`-tag:legacy`), unknown options with two not."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        end = args.index("--") if "--" in args else len(args)
        known = {name for option in self.get_params(ctx) for name in (*option.opts, *option.secondary_opts)}
        for word in args[:end]:
            name = word.partition("=")[0]
            if name.startswith("--") and name not in known:
                speak_as_asked(args[:end])
                raise no_such_option(name, known, ctx)
        return super().parse_args(ctx, [HELP if word == "-h" else word for word in args[:end]] + args[end:])


def speak_as_asked(words: list[str]) -> None:
    """Use the language that words of the command line ask for, before they are understood."""
    for place, word in enumerate(words):
        option, equals, value = word.partition("=")
        said = value if equals else (words[place + 1] if place + 1 < len(words) else "")
        if option == "--lang" and said in languages.LANGUAGES:
            languages.use(said)


def no_such_option(name: str, known: set[str], context: click.Context) -> click.UsageError:
    """What to say of an option that there is not."""
    from pmo_tui.wording.suggest import nearest

    near = nearest(name, sorted(known), 1)
    words = _("There is no option {name}.").format(name=safe(name))
    return click.UsageError(words + (" " + _("Did you mean {near}?").format(near=near[0]) if near else ""), context)


def settings_of(context: click.Context) -> Settings:
    """The settings of this run, shared by the program and its verb."""
    settings: Settings = context.find_root().ensure_object(Settings)
    return settings


def desk_of(context: click.Context, *, create: bool = False) -> Desk:
    """The desk on the store that was asked for, closed when the verb is done. What had to be put right is told.

    Without `create` there must be a store: NotFound otherwise.
    """
    from pmo_tui.cli.progress import Counter
    from pmo_tui.desk.opening import open_desk

    with Counter(_("transactions")) as counter:
        desk = open_desk(settings_of(context), create=create, progress=counter.show)
    context.call_on_close(desk.store.close)
    for notice in desk.store.notices:
        narrate(safe(notice.words(_)))
    if create and not desk.store.head():
        narrate(_("a new store: {path}").format(path=safe(desk.store.location)))
    return desk


def _keep(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
    if value not in (None, False):
        setattr(settings_of(context), parameter.name or "", value)
        if parameter.name == "lang":
            languages.use(value)
    return value


def _option(*names: str, help: str, **more: Any) -> Callable[[Any], Any]:
    return click.option(*names, cls=Option, help=help, expose_value=False, callback=_keep, **more)


_AUTHOR = _option("--as", "author", metavar="NAME", help=N_("In whose name to write (or PMO_USER)."))
_OPTIONS = (
    _option("--store", metavar="PATH|URL", help=N_("The store (or PMO_STORE).")),
    _option(
        "--at",
        metavar="DATE",
        help=N_("As it was known then, read-only: 2026-11-01, “2026-11-01 14:00”, fri, w45, #120."),
    ),
    _option("--json", is_flag=True, help=N_("JSON on standard output, for scripts.")),
    _option("--csv", is_flag=True, help=N_("CSV on standard output.")),
    _option("--lang", type=click.Choice(list(languages.LANGUAGES)), is_eager=True, help=N_("Language of messages.")),
    _option("--read-only", is_flag=True, help=N_("Open the store without writing to it.")),
)


def global_options(*, author: bool = True) -> Callable[[Any], Any]:
    """The options every verb takes. `import` and `export` use --as for the format; there the author is named before the verb."""

    def dress(function: Any) -> Any:
        for option in reversed((*_OPTIONS, *([_AUTHOR] if author else []))):
            function = option(function)
        return function

    return dress


def verb(name: str, help: str, *, author: bool = True) -> Callable[[Any], click.Command]:
    """Makes a function the verb `name` with the global options; `help` is marked for translation."""

    def make(function: Any) -> click.Command:
        context = {"ignore_unknown_options": True, "help_option_names": [HELP]}
        return click.command(name, cls=Verb, help=help, context_settings=context)(
            global_options(author=author)(function)
        )

    return make


def option(*names: str, help: str, **more: Any) -> Callable[[Any], Any]:
    """An option of one verb; `help` is marked for translation."""
    return click.option(*names, cls=Option, help=help, **more)
