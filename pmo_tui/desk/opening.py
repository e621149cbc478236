"""Opening a desk: which store, in whose name, in which language. Both doors begin here."""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pmo_tui.desk import rules
from pmo_tui.desk.config import Config, load
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.folders import Folders, folders
from pmo_tui.store import open_store
from pmo_tui.wording import languages


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
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def open_desk(settings: Settings, environ: Mapping[str, str] = os.environ, *, create: bool = True) -> Desk:
    """A desk on the store that was asked for. The author is --as or PMO_USER, the login name is journalled beside it."""
    places, config = configured(environ)
    speak(settings, config, environ)
    login = login_name()
    author = settings.author or environ.get("PMO_USER") or config.author or login
    where = location(settings, config, places, environ)
    if "://" not in where:
        Path(where).expanduser().parent.mkdir(parents=True, exist_ok=True)
    store = open_store(
        where, author=author, login=login, read_only=settings.read_only, create=create, check=rules.check
    )
    return Desk(store, places, config)
