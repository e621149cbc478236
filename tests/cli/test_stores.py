"""Which store, in whose name, in which language; verify and backup."""

from __future__ import annotations

import json
import os
import pwd

from pmo_tui.wording.languages import _, speaking
from tests.cli.process import Pmo


def test_the_store_is_named_by_option_environment_configuration_or_default(pmo: Pmo) -> None:
    home = pmo.folder / "home"
    said = pmo("add", "risks", "title=By environment")
    assert f"a new store: {pmo.store}" in said.err
    pmo("--store", "deep/er/other.json", "add", "risks", "title=By option")
    assert [row["title"] for row in pmo.list("risks", "--store", "deep/er/other.json")] == ["By option"]
    (home / ".config/pmo_tui").mkdir(parents=True)
    pmo.write("home/.config/pmo_tui/config.toml", f'store = "{pmo.folder}/configured.json"\n')
    pmo("add", "risks", "title=By configuration", PMO_STORE="")
    assert (pmo.folder / "configured.json").exists()
    pmo.write("home/.config/pmo_tui/config.toml", "")
    pmo("add", "risks", "title=By default", PMO_STORE="")
    assert (home / ".local/share/pmo_tui/pmo.json").exists()
    pmo.write("home/.config/pmo_tui/config.toml", "stoer = 1\n")
    assert "there is no key “stoer”" in pmo.fails(2, "list", "risks")
    (home / ".config/pmo_tui/config.toml").unlink()
    assert "a store is a file" in pmo.fails(6, "list", "risks", "--store", "redis://x")


def test_the_author_is_as_or_pmo_user_and_the_login_stands_beside(office: Pmo) -> None:
    login = pwd.getpwuid(os.getuid()).pw_name
    office("set", "R-1", "impact=1", "--as", "anna", PMO_USER="piet")
    office("set", "R-1", "impact=2", PMO_USER="piet", LOGNAME="somebody", USER="else")
    office("set", "R-1", "impact=3")
    last, piet, anna, _made = office("history", "R-1", "--json").json
    assert [(event["author"], event["login"]) for event in (anna, piet, last)] == [
        ("anna", login),
        ("piet", login),
        (login, login),
    ]
    office.add("people", "name=Me", f"login={login}")
    office("set", "R-2", "owner=Me")
    assert [row["key"] for row in office.list("risks", "owner:@me")] == ["R-2"]
    assert [row["key"] for row in office.list("risks", "owner:@me", "--as", "jan")] == ["R-1"]


def test_read_only_writes_nothing(office: Pmo) -> None:
    before = sorted((path.name, path.stat().st_mtime_ns) for path in office.folder.glob("pmo.json*"))
    assert len(office.list("risks", "--read-only")) == 2
    assert "was opened for reading only" in office.fails(6, "--read-only", "set", "R-1", "impact=1")
    assert sorted((path.name, path.stat().st_mtime_ns) for path in office.folder.glob("pmo.json*")) == before
    office.fails(4, "--read-only", "--store", "no.json", "list", "risks")
    office.fails(4, "--read-only", "--store", "no.json", "add", "risks", "title=x")
    assert not list(office.folder.glob("no.json*"))


def test_no_session_stays_behind(office: Pmo) -> None:
    office.fails(5, "set", "R-1", "title=")
    assert not list(office.folder.glob("*.session*"))


def test_verify_proves_and_backup_is_a_store(office: Pmo) -> None:
    proved = office("verify", "--json").json
    assert (proved["seq"], proved["documents"]) == (4, 4)
    assert len(proved["sum"]) == 64
    assert proved["sum"] in office("verify").out
    office("set", "R-2", "impact=3")
    assert office("verify", "--against", proved["sum"][:16], "--json").json["noted"] == 4
    assert "the sum is that of transaction 4" in office("verify", "--against", proved["sum"]).out
    office.fails(6, "verify", "--against", "0" * 64)
    office("undo")
    assert office("backup", "copy.json", "--json").json == {"path": "copy.json", "seq": 6}
    office("set", "R-1", "impact=1")
    copy = office("--store", "copy.json", "verify", "--json").json
    assert (copy["seq"], copy["documents"]) == (6, 4)
    assert office.list("risks", "key:R-1", "--store", "copy.json") == office.list("risks", "key:R-1", "--at", "#6")
    office.fails(6, "backup", "copy.json")


def test_a_cut_off_end_is_told_and_kept(office: Pmo) -> None:
    (journal,) = office.folder.glob("pmo.json.*.jsonl")
    with journal.open("ab") as stream:
        stream.write(b'{"sum":"00')
    told = office("list", "risks", "--json")
    assert len(json.loads(told.raw)) == 2
    assert told.err.strip()
    assert office.head()[0] == 4


def in_dutch(template: str, **values: str) -> str:
    with speaking("nl"):
        return _(template).format(**values)


def test_the_language_is_chosen_by_option_configuration_or_environment(office: Pmo) -> None:
    assert "EUR 10,000.00" in office("list", "projects").out
    dutch = "EUR 10.000,00"
    assert dutch in office("--lang", "nl", "list", "projects").out
    assert dutch in office("list", "projects", "--lang", "nl", LANG="en_GB").out
    assert dutch in office("list", "projects", LC_ALL="nl_BE").out
    (office.folder / "home/.config/pmo_tui").mkdir(parents=True)
    office.write("home/.config/pmo_tui/config.toml", 'lang = "nl"')
    assert dutch in office("list", "projects").out
    assert "EUR 10,000.00" in office("list", "projects", "--lang", "en").out
    assert office.list("projects", "--lang", "nl") == office.list("projects", "--lang", "en")
    assert in_dutch("There is no record {key}.", key="R-9") in office.fails(4, "show", "R-9", "--lang", "nl")
    assert in_dutch("There is no option {name}.", name="--jsn") in office.fails(2, "list", "--lang", "nl", "--jsn")
    assert in_dutch("There is no verb “{verb}”.", verb="x1") in office.fails(2, "x1", LANG="nl_NL.UTF-8")
    assert in_dutch(
        "What happened to the record KEY, or to all: who, when, old and new. Newest first; JSON has “seq”."
    ) in " ".join(office("history", "--lang", "nl", "--help").out.split())


def test_both_languages_are_read_whichever_is_spoken(office: Pmo) -> None:
    for lang in ("en", "nl"):
        office("set", "SEW", "budget=1.250.000,50", "confidential=ja", "start=1 mei 2027", "--lang", lang)
        (project,) = office.list("projects", "start:2027-05", "budget>=1250000.50")
        assert (project["budget"], project["confidential"], project["start"]) == ("1250000.50", True, "2027-05-01")
        office("set", "SEW", "budget=10", "confidential=no", "start=")
