"""Writes constraints.txt anew: every package at one version with its hashes, in groups that are installed apart.

A pin stands in the first group that needs it. No address of any registry is written.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
HEAD = """# Every package the program installs, at one version and with its hashes. Written by: ./pmo lock
# A line in brackets begins a group; ./pmo installs `core`, and the others when they are asked for.
"""


def wanted() -> dict[str, list[str]]:
    """The requirements of each group, as pyproject.toml has them."""
    project = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {"core": project["dependencies"], **project["optional-dependencies"]}


def compiled(requirements: list[str], folder: Path) -> dict[str, list[str]]:
    """Name → the lines of its pin, for everything that `requirements` need."""
    source, target = folder / "wanted.in", folder / "wanted.txt"
    source.write_text("\n".join(requirements) + "\n", encoding="utf-8")
    command = [
        sys.executable, "-m", "piptools", "compile", "--quiet", "--generate-hashes", "--allow-unsafe", "--strip-extras",
        "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-trusted-host", "--no-emit-find-links",
        "--resolver=backtracking", "--output-file", str(target), str(source),
    ]  # fmt: skip
    subprocess.run(command, check=True)
    pins: dict[str, list[str]] = {}
    name = ""
    for line in target.read_text(encoding="utf-8").splitlines():
        found = re.match(r"([A-Za-z0-9_.-]+)==", line)
        if found:
            name = found.group(1).lower()
        if name and line.strip() and not line.startswith(("#", "--")):
            pins.setdefault(name, []).append(line)
    return pins


def main() -> None:
    """Resolve all groups together, so that their versions agree, then each alone, to know what it needs."""
    groups = wanted()
    with tempfile.TemporaryDirectory() as folder:
        together = compiled([word for words in groups.values() for word in words], Path(folder))
        parts = [HEAD]
        seen: set[str] = set()
        chosen: list[str] = []
        for group, words in groups.items():
            chosen += words
            pinned = [f"{lines[0].split(' ')[0]}" for lines in together.values()]
            needed = compiled([*chosen, *(pin for pin in pinned if pin.split("==")[0].lower() in seen)], Path(folder))
            names = sorted(name for name in needed if name not in seen)
            parts += [f"\n# [{group}]", *(line for name in names for line in together.get(name, needed[name]))]
            seen |= set(names)
    (HERE / "constraints.txt").write_text("\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
