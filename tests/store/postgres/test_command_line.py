"""The command line on a server: the verbs, rights, copies, and the set-up of the manual as it is written there."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmo_tui.records.errors import Exit
from tests.cli.process import ROOT, Pmo
from tests.cli.warm import Warm
from tests.store.postgres.server import PostgresServer, ask

MANUAL = ROOT / "docs" / "postgresql.md"


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    """The process that runs are forked from."""
    found = Warm(tmp_path_factory.mktemp("warm"))
    yield found
    found.stop()


@pytest.fixture
def pmo(tmp_path: Path, warm: Warm, url: str) -> Pmo:
    """`pmo(words…)` runs the program on a server, where there is no store yet."""
    found = Pmo(tmp_path, warm)
    found.environ["PMO_STORE"] = url
    return found


def test_the_verbs_work_as_they_do_on_files(pmo: Pmo) -> None:
    assert "There is no store" in pmo.fails(Exit.NOT_FOUND, "list", "risks")
    said = pmo("add", "projects", "name=Bridge", "code=B1")
    assert "a new store: postgresql://" in said.err
    assert pmo.add("risks", "title=Rain", "project=B1", "impact=3", "probability=2") == "R-1"
    pmo("set", "R-1", "impact=4", "--as", "bert")
    assert [(row["key"], row["score"]) for row in pmo.list("risks", "impact>3")] == [("R-1", 8)]
    assert pmo("history", "R-1", "--json").json[0]["author"] == "bert"
    pmo("undo", "--as", "bert")
    assert pmo.list("risks")[0]["impact"] == 3
    pmo("redo", "--as", "bert")
    pmo.write("more.csv", "title,project\nSnow,B1\nWind,B1\n")
    pmo("import", "more.csv", "--as", "risks")
    assert [row["title"] for row in pmo.list("risks")] == ["Rain", "Snow", "Wind"]
    assert [row["impact"] for row in pmo.list("risks", "--at", "#2")] == [3]
    assert pmo.head()[0] == 6
    assert "was opened for reading only" in pmo.fails(Exit.STORE, "--read-only", "set", "R-1", "impact=1")
    assert pmo("backup", "saved.json", "--json").json == {"path": "saved.json", "seq": 6}
    assert pmo("--store", "saved.json", "verify", "--json").json["sum"] == pmo.head()[1]
    pmo.fails(Exit.CONFLICT, "delete", "P-1")


def test_files_move_to_a_server_and_back(pmo: Pmo, url: str) -> None:
    for title in ("one", "two"):
        pmo("--store", "pmo.json", "add", "risks", f"title={title}")
    proved = pmo("--store", "pmo.json", "verify", "--json").json
    copied = pmo("copy", "pmo.json", url, "--json").json
    assert (copied["seq"], copied["sum"], copied["documents"]) == (2, proved["sum"], 2)
    assert pmo.head() == (2, proved["sum"])
    said = pmo("copy", url, "back.json").out
    assert proved["sum"] in said
    assert "pmo --store back.json opens it" in said
    assert "is there already" in pmo.fails(Exit.STORE, "copy", "pmo.json", url)
    assert "is there already" in pmo.fails(Exit.STORE, "copy", url, "back.json")
    pmo.fails(Exit.NOT_FOUND, "copy", "none.json", "new.json")
    assert not list(pmo.folder.glob("new.json*"))
    pmo.fails(Exit.WRONG_USE, "copy", "pmo.json")


def test_rights_are_given_and_taken(pmo: Pmo, url: str) -> None:
    pmo.add("risks", "title=x")
    role = "cli_somebody"
    theirs = url.replace("user=postgres", f"user={role}")
    try:
        given = pmo("grant", role, "viewer", "--json")
        assert (given.json["level"], given.json["made"]) == ("viewer", True)
        seen = pmo("--store", theirs, "list", "risks", "--json")
        assert [row["title"] for row in seen.json] == ["x"]
        assert "may read" in seen.err
        pmo.fails(Exit.STORE, "--store", theirs, "set", "R-1", "title=y")
        assert role in pmo("grant", role, "officer").out
        pmo("--store", theirs, "set", "R-1", "title=y")
        assert "do not allow this" in pmo.fails(Exit.STORE, "--store", theirs, "grant", role, "admin")
        pmo("grant", role, "none")
        assert "do not allow this" in pmo.fails(Exit.STORE, "--store", theirs, "list", "risks")
    finally:
        ask(f"DROP OWNED BY {role}; DROP ROLE {role}")
    pmo.fails(Exit.WRONG_USE, "grant", role, "king")
    assert "a store in files" in pmo.fails(Exit.WRONG_USE, "--store", "pmo.json", "grant", role, "viewer")


def test_a_server_that_is_not_there_is_said_in_words(pmo: Pmo) -> None:
    said = pmo.fails(Exit.STORE, "--store", "postgresql://ann:secret@127.0.0.1:1/pmo", "list", "risks")
    assert "cannot be reached" in said
    assert "secret" not in said


def test_a_demo_on_a_server(pmo: Pmo, url: str) -> None:
    made = pmo("demo", "--projects", "1", "--no-open", "--json", "--store", url).json
    assert made["projects"] == 1
    assert made["store"].startswith("postgresql://postgres@/")
    pmo.fails(Exit.WRONG_USE, "demo", "--projects", "1", "--no-open", "--fresh", "--store", url)
    assert not list(pmo.folder.glob("postgresql*"))


def test_a_store_in_files_never_loads_the_driver(pmo: Pmo) -> None:
    code = "import sys; from pmo_tui.__main__ import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    for words in (("add", "risks", "title=x"), ("list", "risks", "--json"), ("copy", "pmo.json", "copy.json")):
        command = [sys.executable, "-c", code, *words, "--store", "pmo.json"]
        done = subprocess.run(command, env=pmo.environ, cwd=pmo.folder, capture_output=True, text=True, check=True)
        assert "pmo_tui.store" in done.stderr
        assert "psycopg" not in done.stderr


def test_without_the_driver_the_way_to_it_is_said(pmo: Pmo, url: str) -> None:
    code = "import sys; sys.modules['psycopg'] = None; from pmo_tui.__main__ import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "--store", url, "list", "risks"]
    done = subprocess.run(command, env=pmo.environ, cwd=pmo.folder, capture_output=True, text=True, check=False)
    assert done.returncode == Exit.STORE
    assert "pmo extras postgres" in done.stderr


def blocks(heading: str) -> list[tuple[str, str]]:
    """The blocks of code in a part of the manual: language and text."""
    part = MANUAL.read_text(encoding="utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    found = re.findall(r"^```(\w+)\n(.*?)^```", part, re.DOTALL | re.MULTILINE)
    assert found
    return found


@pytest.fixture
def department(postgres: PostgresServer) -> Iterator[PostgresServer]:
    """A server with nothing of the manual's on it, before and after."""
    yield postgres
    ask("DROP DATABASE IF EXISTS pmo WITH (FORCE)")
    for role in ("anna", "bert", "carla", "pmo_owner"):
        ask(f"DROP ROLE IF EXISTS {role}")


def test_the_set_up_of_the_manual_works_as_it_is_written(pmo: Pmo, department: PostgresServer) -> None:
    for title in ("one", "two"):
        pmo("--store", "pmo.json", "add", "risks", f"title={title}")
    pmo("--store", "pmo.json", "add", "projects", "name=Bridge", "code=B1", "budget=1000")
    for language, text in blocks("Moving a department: change a URL"):
        if language == "sql":
            for statement in text.split(";\n"):
                if statement.strip():
                    ask(statement.replace("TEMPLATE template0", "TEMPLATE template0 LOCALE 'C'"))
            continue
        for line in text.splitlines():
            words = [here(department, word) for word in shlex.split(line)]
            assert words[0] == "pmo"
            pmo(*words[1:])
    anna, bert = (here(department, f"postgresql://{name}@db.example.org/pmo") for name in ("anna", "bert"))
    assert [row["title"] for row in json.loads(pmo("--store", bert, "list", "risks", "--json").raw)][2:] == [
        "The old file is still used"
    ]
    pmo.fails(Exit.STORE, "--store", bert, "add", "risks", "title=x")
    pmo.fails(Exit.STORE, "--store", anna, "grant", "bert", "admin")
    pmo("--store", here(department, "postgresql://carla@db.example.org/pmo"), "grant", "bert", "officer")
    pmo("--store", bert, "add", "risks", "title=x")
    for language, text in blocks("Reading the data by SQL"):
        assert language == "sql"
        for statement in re.sub(r"--.*", "", text).split(";\n"):
            if statement.strip():
                assert ask(statement, url=anna), statement


def here(server: PostgresServer, word: str) -> str:
    """A word of the manual with the server of this test in place of the example's."""
    found = re.fullmatch(r"postgresql://(\w+)@db\.example\.org/pmo", word)
    return server.url("pmo", user=found[1]) if found else word
