"""Opening a desk: which store, in whose name, in which language. Both doors begin here."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pmo_tui.desk.home.folders import Folders, folders
from pmo_tui.records.errors import NotFound
from pmo_tui.records.marks import N_
from pmo_tui.wording import languages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmo_tui.desk.desk import Desk
    from pmo_tui.desk.home.config import Config
    from pmo_tui.store import Draft, Store


@dataclass(slots=True)
class Settings:
    """What was said on the command line; None where nothing was."""

    store: str | None = None
    at: str | None = None
    author: str | None = None
    lang: str | None = None
    json: bool = False
    csv: bool = False
    read_only: bool = False


def configured(environ: Mapping[str, str] = os.environ) -> tuple[Folders, Config]:
    """The folders and the configuration of whoever runs this."""
    from pmo_tui.desk.home.config import load

    places = folders(environ)
    return places, load(Path(environ.get("PMO_CONFIG") or places.config / "config.toml"))


def speak(settings: Settings, config: Config, environ: Mapping[str, str] = os.environ) -> None:
    """Use the language that was asked for: by option, by configuration, by LANG."""
    languages.use(languages.choose(settings.lang, config.lang, environ))


def location(settings: Settings, config: Config, places: Folders, environ: Mapping[str, str] = os.environ) -> str:
    """Where the store is: --store, PMO_STORE, the configuration, or the default in the data folder."""
    return settings.store or environ.get("PMO_STORE") or config.store or str(places.default_store())


def login_name() -> str:
    """The name somebody is logged in by; a number where the machine does not know one."""
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def open_desk(
    settings: Settings,
    environ: Mapping[str, str] = os.environ,
    *,
    create: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Desk:
    """A desk on the store that was asked for. The author is --as or PMO_USER, the login name is journalled beside it.

    With `at` it shows what was known then, is read-only, and that day is its today. Where there is no store one is made, unless
    `create` is false: NotFound then, and nothing is left behind.
    """
    return prepare(settings, environ, create=create, progress=progress)()


def prepare(
    settings: Settings,
    environ: Mapping[str, str] = os.environ,
    *,
    create: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Callable[[], Desk]:
    """What opens the desk, as `open_desk` does, in this thread or in another. The configuration is read and its language spoken now."""
    from pmo_tui.desk.desk import Desk
    from pmo_tui.store import open_store

    places, config = configured(environ)
    speak(settings, config, environ)
    login = login_name()
    author = settings.author or environ.get("PMO_USER") or config.author or login
    where = location(settings, config, places, environ)
    read_only = settings.read_only or settings.at is not None
    create = create and not read_only
    if "://" not in where:
        path = Path(where).expanduser()
        if not create and not path.exists():
            raise NotFound(
                N_("There is no store at {path}."),
                N_("Check --store and PMO_STORE; pmo add or pmo import begins a new one, pmo demo one to try."),
                path=path,
            )
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)

    def open_it() -> Desk:
        store = open_store(
            where, author=author, login=login, read_only=read_only, create=create, check=_rules, cache=places.cache
        )
        if settings.at is None:
            return Desk(store, places, config)
        return _desk_then(store, settings.at, places, config, progress)

    return open_it


def _rules(draft: Draft, keys: Sequence[str]) -> None:
    """The rules of the desk, loaded when something is written."""
    from pmo_tui.desk.rules import check

    check(draft, keys)


def _desk_then(
    store: Store, at: str, places: Folders, config: Config, progress: Callable[[int, int], None] | None
) -> Desk:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.desk.past import as_known

    try:
        return as_known(Desk(store, places, config), at, progress)
    except BaseException:
        store.close()
        raise
