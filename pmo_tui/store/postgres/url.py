"""Where a store on a server is: `postgresql://user@host,host2/database?schema=pmo`, as libpq reads it, and `schema`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

import psycopg
from psycopg.conninfo import conninfo_to_dict

from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_

SCHEMA = "pmo"
"""The schema of a store whose URL names none."""
SETTINGS = {
    "connect_timeout": "5",
    "application_name": "pmo",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
"""What a connection asks for unless the URL says otherwise: a dead host is noticed within half a minute."""
LOCK_PATIENCE = 30.0
"""Seconds to wait for the lock before Busy."""
OPTIONS = " ".join(
    f"-c {name}={value}"
    for name, value in {
        "timezone": "UTC",
        "synchronous_commit": "on",
        "lock_timeout": f"{LOCK_PATIENCE:.0f}s",
        "idle_in_transaction_session_timeout": "300s",
        "tcp_keepalives_idle": "10",
        "tcp_keepalives_interval": "5",
        "tcp_keepalives_count": "3",
    }.items()
)
"""What the server is asked for: an acknowledged commit is durable, and who vanishes does not keep the lock."""


@dataclass(frozen=True, slots=True)
class Place:
    """A store on a server: how to connect, the schema it lives in, and its URL without a password, to be shown."""

    settings: dict[str, str]
    schema: str
    location: str

    def sql(self, text: str) -> bytes:
        """A statement with `{s}` replaced by the schema."""
        return text.replace("{s}", f'"{self.schema}"').encode()

    @property
    def channel(self) -> str:
        """The channel on which commits are told."""
        return f"pmo_{self.schema}"


def place_of(url: str, *, read_only: bool = False) -> Place:
    """What a URL says; WrongUse where libpq does not understand it. Several hosts mean: the one that can be written."""
    base, _, query = url.partition("?")
    words = [word for word in query.split("&") if word]
    named = [unquote(word.partition("=")[2]) for word in words if word.startswith("schema=")]
    schema = named[-1] if named else SCHEMA
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,40}", schema) or schema.startswith("pg_"):
        raise WrongUse(
            N_("“{schema}” cannot be the schema of a store: small letters, digits and underscores, at most 41."),
            schema=schema,
        )
    rest = "&".join(word for word in words if not word.startswith("schema="))
    known_to_libpq = base + (f"?{rest}" if rest else "")
    try:
        said = conninfo_to_dict(known_to_libpq)
    except psycopg.Error as error:
        raise WrongUse(
            N_("The URL of the store is not understood: {reason}."),
            N_("It looks like postgresql://user@host/database; several hosts are separated by commas."),
            reason=str(error).replace(known_to_libpq, "…").replace(base, "…").strip().rstrip("."),
        ) from None
    settings = {**SETTINGS, **{name: str(value) for name, value in said.items() if value is not None}}
    settings["options"] = f"{OPTIONS} {settings.get('options', '')}".rstrip()
    settings["client_encoding"] = "UTF8"
    if "," in settings.get("host", "") and not read_only:
        settings.setdefault("target_session_attrs", "read-write")
    return Place(settings, schema, _shown(settings, schema))


def _shown(settings: dict[str, str], schema: str) -> str:
    """The URL without password and options, the same for everybody who means the same store."""
    hosts = settings.get("host", "").split(",")
    ports = settings.get("port", "").split(",")
    ports = ports * len(hosts) if len(ports) == 1 else ports
    user = f"{quote(settings['user'], safe='')}@" if settings.get("user") else ""
    words = [f"schema={schema}"] if schema != SCHEMA else []
    both = [_host(host) + (f":{port}" if port else "") for host, port in zip(hosts, ports, strict=False)]
    if any(host.startswith("/") for host in hosts):  # sockets, whose folders cannot stand where hosts do
        words = [f"host={','.join(hosts)}", *([f"port={','.join(ports)}"] if any(ports) else []), *words]
        both = []
    query = f"?{'&'.join(words)}" if words else ""
    return f"postgresql://{user}{','.join(both)}/{quote(settings.get('dbname', ''), safe='')}{query}"


def _host(host: str) -> str:
    return f"[{host}]" if ":" in host else quote(host, safe="")
