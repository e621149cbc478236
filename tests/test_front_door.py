"""`./pmo` of a checkout: at once where everything is set up, else by way of what sets it up."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TELLS = '#!/bin/sh\necho "{name}: $*"\n'


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The door, with programs behind it that say how they were called; everything is set up."""
    folder = tmp_path / "the checkout"
    (folder / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(ROOT / "pmo", folder / "pmo")
    for path, name in ((folder / ".venv/bin/python", "program"), (tmp_path / "bin" / "python3", "bootstrap")):
        path.parent.mkdir(exist_ok=True)
        path.write_text(TELLS.format(name=name), encoding="utf-8")
        path.chmod(0o755)
    (folder / "constraints.txt").touch()
    (folder / ".venv" / "pmo-door").write_text(f"{folder}\n", encoding="utf-8")
    at(folder / "constraints.txt", 100)
    at(folder / ".venv" / "pmo-door", 100)
    return folder


def at(path: Path, seconds: int) -> None:
    """When a file was written."""
    os.utime(path, (seconds, seconds))


def said(checkout: Path, *words: str, door: str = "", cwd: Path | None = None) -> str:
    """What is called for these words."""
    environ = {**os.environ, "PATH": f"{checkout.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    command = [door or str(checkout / "pmo"), *words]
    return subprocess.run(command, env=environ, cwd=cwd, capture_output=True, text=True, timeout=20, check=True).stdout


def test_what_is_set_up_starts_at_once_with_its_words_as_they_were(checkout: Path) -> None:
    assert said(checkout, "list", "risks", "title:a b*", "") == "program: -P -m pmo_tui list risks title:a b* \n"
    assert said(checkout) == "program: -P -m pmo_tui\n"


def test_it_starts_from_another_folder_and_through_links(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "bin" / "office").symlink_to(checkout / "pmo")
    for door, cwd in (
        ("./pmo", checkout),
        ("../the checkout/pmo", tmp_path / "bin"),
        (str(tmp_path / "bin" / "office"), tmp_path),
    ):
        assert said(checkout, "show", door=door, cwd=cwd) == "program: -P -m pmo_tui show\n"


@pytest.mark.parametrize("missing", ["newer pins", "older pins", "never set up", "no python", "another checkout"])
def test_what_is_not_set_up_is_set_up_first(checkout: Path, missing: str) -> None:
    if missing.endswith("pins"):
        at(checkout / "constraints.txt", 300 if missing == "newer pins" else 50)
    elif missing == "another checkout":
        checkout = checkout.rename(checkout.with_name("moved"))
    else:
        (checkout / ".venv" / ("pmo-door" if missing == "never set up" else "bin/python")).unlink()
    assert said(checkout, "list", "risks") == f"bootstrap: {checkout}/tools/bootstrap.py list risks\n"


def test_where_one_stands_or_what_the_shell_remembers_changes_nothing(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "elsewhere" / checkout.name
    other.mkdir(parents=True)
    monkeypatch.setenv("CDPATH", str(other.parent))
    assert said(checkout, "show", door=f"{checkout.name}/pmo", cwd=tmp_path) == "program: -P -m pmo_tui show\n"


def test_an_old_python_can_read_what_looks_for_a_newer_one() -> None:
    ast.parse((ROOT / "tools" / "bootstrap.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_the_door_is_opened_for_the_pins_that_were_installed() -> None:
    venv = ROOT / ".venv"
    if not (venv / "pmo-door").exists():
        pytest.skip("this checkout was not set up by ./pmo")
    assert (venv / "pmo-door").read_text(encoding="utf-8") == f"{ROOT}\n"
    assert (venv / "pmo-door").stat().st_mtime_ns == (ROOT / "constraints.txt").stat().st_mtime_ns
    assert (venv / "bin" / "python").readlink() == (venv / "bin" / "python").resolve()


def own_words() -> list[str]:
    """What a checkout can do beside the program's verbs, by tools/bootstrap.py."""
    text = (ROOT / "tools" / "bootstrap.py").read_text(encoding="utf-8")
    found = re.search(r"^OWN = \{(.*)\}$", text, re.MULTILINE)
    assert found is not None
    return re.findall(r'"(\w+)":', found[1])


def test_what_a_checkout_can_do_itself_is_left_to_it(checkout: Path) -> None:
    assert len(own_words()) > 3
    for word in own_words():
        assert said(checkout, word, "more") == f"bootstrap: {checkout}/tools/bootstrap.py {word} more\n"
