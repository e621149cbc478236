"""`docs`, `completion`, `--version` and help."""

from __future__ import annotations

from pmo_tui import __version__
from pmo_tui.cli.main import VERBS
from tests.cli.process import Pmo


def test_the_pages_are_made_and_checked(pmo: Pmo) -> None:
    pmo("docs", "pages", LANG="nl_NL.UTF-8")
    names = {path.name for path in (pmo.folder / "pages").iterdir()}
    assert names == {"keys.md", "fields.md", "verbs.md", "filters.md", "configuration.md"}
    verbs = (pmo.folder / "pages/verbs.md").read_text(encoding="utf-8")
    for verb in VERBS:
        assert f"## {verb}\n" in verbs
    assert "Take FILES in, all of them or nothing" in verbs
    assert "| `--reject FILE` | Write the good rows" in verbs
    assert verbs.count("--read-only") == 1
    fields = (pmo.folder / "pages/fields.md").read_text(encoding="utf-8")
    assert "| `next_review` | Next review | date |" in fields
    pmo("docs", "pages", "--check")
    pmo.write("pages/verbs.md", verbs + "stale\n")
    assert "pages/verbs.md is out of date" in pmo.fails(1, "docs", "pages", "--check")


def test_a_shell_completes_verbs_registers_fields_and_choices(pmo: Pmo) -> None:
    def completed(line: str) -> list[str]:
        words = line.split(" ")
        done = pmo(_PMO_COMPLETE="bash_complete", COMP_WORDS=line, COMP_CWORD=str(len(words) - 1))
        return [each.partition(",")[2] for each in done.out.split()]

    assert completed("pmo com") == ["completion"]
    assert "risks" in completed("pmo list r")
    assert "next_review:" in completed("pmo list risks n")
    assert "status=" in completed("pmo add risks st")
    assert completed("pmo add risks status=cl") == ["status=closed"]
    assert "--dry-run" in completed("pmo import --d")
    assert "_PMO_COMPLETE=bash_complete" in pmo("completion", "bash").out


def test_version_and_help_need_no_store(pmo: Pmo) -> None:
    assert pmo("--version", cold=True).out.strip() == f"pmo, version {__version__}"
    shown = pmo("--help", cold=True).out
    for verb in VERBS:
        assert f"  {verb} " in shown
    assert "Without a verb it" in shown
    assert not list(pmo.folder.iterdir())


def test_the_help_speaks_the_language_in_use_from_its_headings_on(pmo: Pmo) -> None:
    shown = pmo("--lang", "nl", "--help", cold=True).out
    assert all(word in shown for word in ("Gebruik:", "Opties:", "Werkwoorden:", "Toon de versie."))
    assert "Toon deze uitleg." in pmo("list", "--lang", "nl", "--help", cold=True).out
    refused = pmo("list", "risks", "--lang", "nl", "--limit", "x", ok=False, cold=True).err
    assert "Ongeldige waarde voor '--limit'" in refused
    assert "Usage:" in pmo("list", "--help", cold=True).out
