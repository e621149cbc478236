"""Modules that come from one file are those that Python would find; where the file is not right, Python finds them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module, invalidate_caches
from pathlib import Path

import pytest

from pmo_tui import loading

MODULES = 12
TELLS = """
import json, sys
from pmo_tui import loading
loading.path_of_it = lambda: sys.argv[1]
from pmo_tui.__main__ import main
main(sys.argv[2:])
loading.keep()
kept = [name for name, module in sys.modules.items() if isinstance(getattr(module, "__loader__", None), loading.Kept)]
print(json.dumps(kept), file=sys.stderr)
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package of some modules that were loaded as Python does it, and their file."""
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(loading, "path_of_it", lambda: str(tmp_path / "modules"))
    folder = tmp_path / f"package_of_{tmp_path.name}"
    folder.mkdir()
    (folder / "__init__.py").write_text("here = __file__\n", encoding="utf-8")
    for number in range(MODULES):
        (folder / f"m{number}.py").write_text(
            f"from . import here\nnumber = {number}\nname = __name__\n", encoding="utf-8"
        )
    monkeypatch.syspath_prepend(tmp_path)
    for number in range(MODULES):
        import_module(f"{folder.name}.m{number}")
    loading.keep()
    assert (tmp_path / "modules").exists()
    yield folder
    for name in [name for name in sys.modules if name.startswith(folder.name)]:
        del sys.modules[name]


def anew(package: Path, monkeypatch: pytest.MonkeyPatch) -> loading.Modules:
    """The finder of the file, before all others, and the package not loaded."""
    for name in [name for name in sys.modules if name.startswith(package.name)]:
        monkeypatch.delitem(sys.modules, name)
    found = loading.Modules(loading.path_of_it())
    monkeypatch.setattr(sys, "meta_path", [found, *sys.meta_path])
    return found


def test_a_module_is_the_one_that_python_would_load(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sys.modules[f"{package.name}.m3"]
    anew(package, monkeypatch)
    after = import_module(f"{package.name}.m3")
    assert isinstance(after.__spec__.loader, loading.Kept)  # type: ignore[union-attr]
    assert (after.number, after.name, after.here) == (3, before.__name__, str(package / "__init__.py"))
    for name in ("__file__", "__cached__", "__package__"):
        assert getattr(after, name) == getattr(before, name)
    assert list(sys.modules[package.name].__path__) == [str(package)]


def test_a_source_that_changed_is_read(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (package / "m3.py").write_text("number = 'another'\n", encoding="utf-8")
    (package / "m4.py").unlink()
    found = anew(package, monkeypatch)
    assert import_module(f"{package.name}.m3").number == "another"
    with pytest.raises(ModuleNotFoundError):
        import_module(f"{package.name}.m4")
    assert found.find_spec(f"{package.name}.m5") is not None


def test_what_is_there_stays_when_more_is_kept(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(MODULES, MODULES + loading.FEW):
        (package / f"m{number}.py").write_text(f"number = {number}\n", encoding="utf-8")
    invalidate_caches()
    for number in range(MODULES, MODULES + loading.FEW):
        import_module(f"{package.name}.m{number}")
    monkeypatch.delitem(sys.modules, f"{package.name}.m1")
    loading.keep()
    anew(package, monkeypatch)
    for number in (1, MODULES, MODULES + loading.FEW - 1):
        found = import_module(f"{package.name}.m{number}")
        assert found.number == number
        assert isinstance(found.__spec__.loader, loading.Kept)  # type: ignore[union-attr]


@pytest.mark.parametrize("left", [0, 5, 100, -1])
def test_a_file_that_was_cut_off_is_left_alone(package: Path, monkeypatch: pytest.MonkeyPatch, left: int) -> None:
    path = Path(loading.path_of_it())
    path.write_bytes(path.read_bytes()[:left])
    finders = [*sys.meta_path]
    monkeypatch.setattr(sys, "meta_path", [*finders])
    loading.begin()
    assert sys.meta_path == finders


@pytest.mark.parametrize("start", [b"garbage! and more of it", b"\xff" * 40])
def test_something_else_is_left_alone(package: Path, monkeypatch: pytest.MonkeyPatch, start: bytes) -> None:
    path = Path(loading.path_of_it())
    path.write_bytes(start + path.read_bytes()[len(start) :])
    finders = [*sys.meta_path]
    monkeypatch.setattr(sys, "meta_path", [*finders])
    loading.begin()
    loading.keep()
    assert sys.meta_path == finders


def test_a_damaged_module_is_read_from_its_source_and_the_file_is_made_anew(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(loading.path_of_it())
    table = int.from_bytes(path.read_bytes()[: loading.LENGTH], "little")
    with open(path, "r+b") as file:
        file.seek(loading.LENGTH + table)
        file.write(b"\0" * (path.stat().st_size - loading.LENGTH - table))
    anew(package, monkeypatch)
    assert import_module(f"{package.name}.m3").number == 3
    assert not path.exists()


def test_the_file_of_another_checkout_is_left_alone(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "ROOT", "/somewhere/else")
    with pytest.raises(ValueError, match="another checkout"):
        loading.Modules(loading.path_of_it())


def test_other_folders_to_look_in_go_first(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(package.parent))
    finders = [*sys.meta_path]
    monkeypatch.setattr(sys, "meta_path", [*finders])
    loading.begin()
    assert sys.meta_path == finders


def test_a_verb_takes_its_modules_from_the_file(tmp_path: Path) -> None:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environ |= {"HOME": str(tmp_path), "PMO_STORE": str(tmp_path / "pmo.json")}
    taken = []
    for words in (("add", "risks", "title=Rain"), ("list", "risks", "--json"), ("list", "risks", "--json")):
        command = [sys.executable, "-P", "-c", TELLS, str(tmp_path / "modules"), *words]
        done = subprocess.run(
            command, env=environ, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True
        )
        assert "Rain" in done.stdout
        taken.append(json.loads(done.stderr.splitlines()[-1]))
    assert taken[0] == []
    assert {"pmo_tui.desk.desk", "click", "msgspec"} <= set(taken[1])
    assert "pmo_tui.cli.listing" in taken[2]
