"""A register is one class and one line: a copy of the program gets one, and everything serves it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pmo_tui

CLASS = '''"""Lessons: what a project would do otherwise next time."""

from datetime import date
from typing import Annotated, ClassVar

from pmo_tui.records import fields as f
from pmo_tui.records.base import NODES, Record, record
from pmo_tui.records.marks import N_


@record
class Exercise(Record):
    """What a project would do otherwise next time."""

    title_field: ClassVar[str] = "title"

    title: Annotated[str, f.text(N_("Title"), 34, shown=True)]
    project: Annotated[str | None, f.ref(N_("Project"), *NODES, shown=True)] = None
    kind: Annotated[str, f.choice(N_("Kind"), "keep", "change", shown=True)] = "change"
    learned_on: Annotated[date | None, f.day(N_("Learned on"), shown=True)] = None
'''
LINE = '    Register("exercises", "EX", "ex", N_("Exercises"), N_("Exercise"), "exercise:Exercise", "governance"),\n'


def test_one_class_and_one_line(tmp_path: Path) -> None:
    shutil.copytree(Path(pmo_tui.__file__).parent, tmp_path / "pmo_tui", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "pmo_tui/records/exercise.py").write_text(CLASS)
    registers = tmp_path / "pmo_tui/records/registers.py"
    before, rest = registers.read_text().split("REGISTERS: tuple[Register, ...] = (\n")
    registers.write_text(f"{before}REGISTERS: tuple[Register, ...] = (\n{LINE}{rest}")
    environ = {**os.environ, "PYTHONPATH": str(tmp_path), "HOME": str(tmp_path), "PMO_STORE": str(tmp_path / "s.json")}

    def pmo(*words: str, code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "pmo_tui", *words],
            cwd=tmp_path,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stderr
        return done.stdout + (done.stderr if code else "")

    pmo("add", "projects", "name=Bridge")
    assert (
        json.loads(
            pmo("add", "exercises", "title=Ask the port first", "project=bridge", "learned_on=2026-11-20", "--json")
        )["key"]
        == "EX-1"
    )
    assert "learned_on" in pmo("add", "exercises", "title=x", "learned=2026-11-20", code=5)
    assert "keep, change" in pmo("add", "exercises", "title=x", "kind=perhaps", code=5)
    pmo("set", "EX-1", "kind=keep")
    (row,) = json.loads(pmo("list", "exercises", "kind:keep learned_on<2026-12-01", "--json"))
    assert (row["title"], row["project"]) == ("Ask the port first", "P-1")
    assert "EX-1" in pmo("delete", "P-1", code=3)
    (tmp_path / "exercises.csv").write_text(
        pmo("export", "-", "--as", "exercises.csv").replace("Ask the port first", "Ask the port")
    )
    pmo("import", "exercises.csv")
    assert json.loads(pmo("show", "EX-1", "--json"))["title"] == "Ask the port"
    assert [event["what"] for event in json.loads(pmo("history", "EX-1", "--json"))] == [
        "changed",
        "changed",
        "created",
    ]
    pmo("undo")
    assert json.loads(pmo("show", "EX-1", "--json"))["title"] == "Ask the port first"
    pmo("docs", "pages")
    assert "## Exercises (`exercises`" in (tmp_path / "pages/fields.md").read_text()
