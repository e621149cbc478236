"""A person is forgotten: no byte of the store, of what is copied from it afterwards, or of what it prints, holds a trace.

Issued reports and messages repeat the names of people as they were then; they say the key instead. On both backends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from pmo_tui.store import Draft, open_store
from tests.cli.process import Pmo
from tests.cli.warm import Warm
from tests.store.postgres import server
from tests.store.postgres.conftest import schema_of

NAME, LATER = "Zoë van O'Verhoeven", "Zoë Quist-Verhoeven"
EMAIL, LOGIN, ADDRESS = "zoe.v@example.nl", "zverh", "quist@home.example"
TRACE = re.compile(r"verhoeven|quist|zoë|zoe\b|zoe\.v|zverh|home\.example", re.IGNORECASE)
"""Anything that is left of her, in whatever spelling."""


@dataclass
class Office:
    """Where a department keeps its store, and what there is of it in bytes."""

    pmo: Pmo
    url: str

    def bytes(self) -> Iterator[tuple[str, str]]:
        """Names and contents of all that the store is made of."""
        for path in sorted(self.pmo.folder.glob("pmo.json*")):
            yield path.name, path.read_bytes().decode("utf-8", "replace")
        for path in sorted(self.pmo.folder.rglob("*")):
            if path.is_file() and ".cache" in path.parts:
                yield str(path), path.read_bytes().decode("utf-8", "replace")
        if self.url:
            yield from self._tables()

    def _tables(self) -> Iterator[tuple[str, str]]:
        schema = schema_of(self.url)
        with psycopg.connect(self.url.rpartition("&schema=")[0]) as connection:
            names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", (schema,)).fetchall()
            for (name,) in names:
                with connection.cursor().copy(f'COPY "{schema}"."{name}" TO STDOUT') as copy:
                    yield name, b"".join(bytes(each) for each in copy).decode()

    def traces(self) -> list[tuple[str, str]]:
        """What is left of her, and where."""
        return [(name, found[0]) for name, text in self.bytes() if (found := TRACE.search(text))]


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    """The process that runs are forked from."""
    found = Warm(tmp_path_factory.mktemp("warm"))
    yield found
    found.stop()


def before_issuing(draft: Draft, period: str, name: str) -> None:
    """What there is when a report is issued: she is called so, and everybody speaks of her."""
    if not draft.exists("PER-1"):
        draft.add("people", {"name": name, "email": EMAIL, "login": LOGIN, "function": "Engineer"})
        draft.add("people", {"name": "Piet Peters", "email": "piet@example.nl"})
        draft.add("projects", {"name": "Sewer", "code": "SEW", "manager": "PER-1"})
        risk = {"title": "Rain", "project": "P-1", "owner": "PER-1", "probability": 4, "impact": 4}
        draft.add("risks", risk | {"next_review": "2026-01-05"})
        draft.add("actions", {"title": "Dig", "project": "P-1", "owner": "PER-1", "due": "2026-01-10"})
    draft.change("PER-1", {"name": name})
    status = {"project": "P-1", "period": period, "rag": "amber", "declared_by": "PER-1"}
    comments = [{"dimension": "time", "text": f"{name} is ill"}]
    draft.add(
        "reports",
        status | {"summary": f"As {name} told us.", "reason": f"{name.upper()} says so", "comments": comments},
    )


@pytest.fixture(params=["files", "server"])
def office(request: pytest.FixtureRequest, tmp_path: Path, warm: Warm) -> Iterator[Office]:
    """She has a record, a project, a risk, two issued reports, a message; she wrote and was written about."""
    pmo, url = Pmo(tmp_path, warm), ""
    if request.param == "server":
        url = server.new_url()
        pmo.environ["PMO_STORE"] = url
    for period, name in (("2026-w10", NAME), ("2026-w11", LATER)):
        with open_store(
            url or pmo.store, author=LOGIN, login=LOGIN, cache=tmp_path / "home" / ".cache" / "pmo_tui"
        ) as store:
            store.transact(lambda draft, period=period, name=name: before_issuing(draft, period, name))  # type: ignore[misc]
            store.checkpoint()
        pmo("report", "SEW", f"{period}.md", "--period", period, "--issue")
    pmo("chase", "R-1", "A-1")
    pmo("set", "MSG-1", f"address={ADDRESS}")
    pmo.add(
        "messages", "to=PER-1", f"address={ADDRESS}", "subject=Call me", "on=2026-03-01", f"text=Dear\n{NAME}, call me."
    )
    found = Office(pmo, url)
    yield found
    if url:
        server.ask(f"DROP SCHEMA IF EXISTS {schema_of(url)} CASCADE")


def test_no_trace_is_left_in_the_store_nor_in_what_is_made_of_it_afterwards(office: Office) -> None:
    pmo = office.pmo
    assert len(office.traces()) >= 2
    issued = pmo("report", "REP-1", "-", "--format", "md").out
    assert NAME in issued
    noted = pmo("verify", "--json").json["sum"]
    done = pmo("forget", "PER-1", "--yes", "--json").json
    assert done["replaced"] == ["MSG-1", "MSG-2", "REP-1", "REP-2"]
    assert office.traces() == []
    verified = pmo("verify", "--json").json
    assert verified["seq"] == done["seq"]
    assert "PER-1" in pmo("verify").err + pmo("verify").out
    pmo.fails(6, "verify", "--against", noted)
    pmo("backup", "saved.json")
    pmo("copy", "saved.json", "moved.json")
    for name in ("people.csv", "reports.csv", "messages.csv", "risks.xlsx"):
        pmo("export", name)
    pmo("report", "REP-1", "again.md")
    pmo("report", "REP-2", "again.html")
    for words in (("history", "--json"), ("list", "messages", "--json"), ("show", "REP-1", "--json"), ("report", "REP-1", "-", "--json")):  # fmt: skip
        (pmo.folder / f"said-{words[0]}.json").write_text(pmo(*words).out)
    made = [path for stem in ("saved.*", "moved.*", "*.csv", "*.xlsx", "again.*", "said-*") for path in pmo.folder.glob(stem)]  # fmt: skip
    assert len(made) >= 13
    for path in made:
        assert not TRACE.search(path.read_bytes().decode("utf-8", "replace")), path
    for name in ("saved.json", "moved.json"):
        assert pmo("--store", name, "verify", "--json").json["sum"] == verified["sum"]


def test_what_happened_stays_told_and_others_keep_their_words(office: Office) -> None:
    pmo = office.pmo
    before = pmo("history", "--json").json
    facts = pmo("report", "REP-1", "-", "--json").json
    with open_store(office.url or pmo.store, author="bob", cache=pmo.folder / "cache") as other:
        assert TRACE.search(str(other.get("REP-1")))
        pmo("forget", "PER-1", "--yes")
        other.refresh()
        assert not TRACE.search(str([other.get("REP-1"), other.get("MSG-1"), list(other.history())]))
        other.verify()
    after = pmo("history", "--json").json
    told = ("seq", "time", "key", "note")
    last = max(each["seq"] for each in before)
    assert [[each[name] for name in told] for each in after if each["seq"] <= last] == [
        [each[name] for name in told] for each in before
    ]
    page = pmo("report", "REP-1", "-", "--json").json
    assert page.keys() == facts.keys()
    assert "As PER-1 told us." in str(page)
    assert {row["name"]: row["email"] for row in pmo.list("people")} == {
        "PER-1": None,
        "Piet Peters": "piet@example.nl",
    }
    letter = {row["key"]: row for row in pmo.list("messages")}
    assert (letter["MSG-1"]["to"], letter["MSG-2"]["address"]) == ("PER-1", "PER-1")
    assert letter["MSG-2"]["text"] == "Dear\nPER-1, call me."
