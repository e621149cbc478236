"""What is behind the front door of a checkout: sets up what the program needs beside itself, then runs it. Standard library only.

./pmo demo · ./pmo test [pytest words] · ./pmo lint · ./pmo bench [NAME] · ./pmo extras NAME · ./pmo lock · ./pmo pictures · ./pmo <any verb>
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
CORE = ("core",)
EVERYTHING = ("core", "office", "einvoice", "postgres", "test")
EXTRAS = ("office", "einvoice", "postgres")
ALONE = ("-P",)
"""Modules are not looked for in the folder that somebody stands in, where anybody may have put one."""
NEWEST, OLDEST = 19, 11
"""Minor versions of Python 3: the oldest that will do, and a guess at the newest there may be."""


class Trouble(Exception):
    """Something that a person must mend; the message says how."""


def say(text):
    print(f"pmo: {text}", file=sys.stderr, flush=True)


# ---- what is wanted ------------------------------------------------------------------------------------------------------


def groups_of(text):
    """The pins of constraints.txt by group: a line `# [core]` begins one."""
    groups, lines = {}, None
    for line in text.splitlines():
        if line.startswith("# [") and line.rstrip().endswith("]"):
            lines = groups.setdefault(line.strip()[3:-1], [])
        elif lines is not None and line.strip() and not line.startswith("#"):
            lines.append(line)
    return groups


def fingerprint(pins, python=sys.version_info):
    """Changes when the pins or the Python do."""
    return hashlib.sha256(f"{python[:3]}\n".encode() + "\n".join(pins).encode()).hexdigest()


def home_of_the_venv():
    """Beside the checkout, or in the cache folder where the checkout may not be written."""
    if os.access(HERE, os.W_OK):
        return HERE / ".venv"
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "pmo_tui" / hashlib.sha256(str(HERE).encode()).hexdigest()[:12]


def installed(venv, group):
    """The fingerprint that a group was installed with, "" where it was not."""
    try:
        return (venv / f"pmo-{group}.stamp").read_text()
    except OSError:
        return ""


# ---- setting up ----------------------------------------------------------------------------------------------------------


def set_up(groups):
    """Make sure that `groups` are installed; returns the Python to run with. Quick when nothing is to be done."""
    venv = home_of_the_venv()
    written_at = (HERE / "constraints.txt").stat().st_mtime_ns
    pins = groups_of((HERE / "constraints.txt").read_text())
    if missing(venv, groups, pins):
        venv.parent.mkdir(parents=True, exist_ok=True)
        with open(f"{venv}.lock", "w", encoding="utf-8") as lock:
            wait_for(lock)
            wanted = missing(venv, groups, pins)
            if "core" in wanted:
                make_venv(venv)
                wanted = list(groups)
            for group in wanted:
                install(venv, group, pins[group])
    open_door(venv, written_at)
    return venv / "bin" / "python"


def missing(venv, groups, pins):
    """Those of `groups` that are not installed as they are pinned; the core among them where what is there does not run this checkout."""
    wanted = [group for group in groups if installed(venv, group) != fingerprint(pins[group])]
    return wanted if "core" in wanted or runs(venv) else ["core", *wanted]


def runs(venv):
    """Whether the Python in `venv` is there, finds its packages, and the program in this checkout."""
    command = [str(venv / "bin" / "python"), *ALONE, "-c", "import msgspec, pmo_tui; print(pmo_tui.__path__[0])"]
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except OSError:
        return False
    return done.returncode == 0 and done.stdout.rstrip("\n") == str(HERE / "pmo_tui")


def open_door(venv, written_at):
    """Let `./pmo` start at once, as long as its pins are those that were written then.

    The door looks for a file with the name of its checkout that is exactly as old as the pins. The Python is pinned too, as one of
    another version under the same name would not find the packages.
    """
    door, python = venv / "pmo-door", venv / "bin" / "python"
    with suppress(OSError):
        real = os.path.realpath(python)
        if os.readlink(python) != real:
            link = venv / "bin" / "python.new"
            link.symlink_to(real)
            os.replace(link, python)
        door.write_text(f"{HERE}\n")
        os.utime(door, ns=(written_at, written_at))


def wait_for(lock):
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        say("another pmo is setting up; waiting for it …")
        fcntl.flock(lock, fcntl.LOCK_EX)


def make_venv(venv):
    say(f"making a place for the program's packages in {venv} …")
    for note in (*venv.glob("pmo-*.stamp"), *venv.glob("pmo-door")):
        note.unlink()
    done = subprocess.run([sys.executable, *ALONE, "-m", "venv", "--clear", str(venv)], capture_output=True, text=True)
    if done.returncode:
        raise Trouble(
            f"Python's venv module does not work here:\n{last_lines(done)}\n"
            "On Debian and Ubuntu: apt install python3-venv; then start again."
        )
    site = next((venv / "lib").glob("python*/site-packages"))
    (site / "pmo_tui.pth").write_text(f"{HERE}\n")


def install(venv, group, pins):
    """Install one group at its pins and with its hashes, then note that it is there."""
    count = sum("==" in line for line in pins)
    say(f"installing {count} packages ({group}) …")
    wanted = venv / f"{group}.txt"
    wanted.write_text("\n".join(pins) + "\n")
    command = [
        str(venv / "bin" / "python"), *ALONE, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-deps",
        "--require-hashes", "--progress-bar", "off", "-r", str(wanted),
    ]  # fmt: skip
    began = time.monotonic()
    counted, tail = 0, []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for line in pip.stdout:
            tail = [*tail[-14:], line.rstrip()]
            if line.startswith("Collecting"):
                counted += 1
                if sys.stderr.isatty():
                    print(
                        f"\r\033[Kpmo: {counted} of {count}: {line.split()[1].split('=')[0]}",
                        end="",
                        file=sys.stderr,
                        flush=True,
                    )
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)
    if pip.returncode:
        raise Trouble(
            "pip could not install the packages:\n"
            + "\n".join(tail)
            + "\nIs the network there? Start again: ./pmo "
            + " ".join(sys.argv[1:])
        )
    if group == "core":
        compile_catalogues(venv)
        compile_sources(venv)
    (venv / f"pmo-{group}.stamp").write_text(fingerprint(pins))
    say(f"{group}: done in {time.monotonic() - began:.0f} s")


def compile_catalogues(venv):
    command = [str(venv / "bin" / "python"), *ALONE, "-m", "pmo_tui.wording.catalogue", "compile"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=HERE)
    if done.returncode:
        raise Trouble(f"the message catalogues do not compile:\n{last_lines(done)}")


def compile_sources(venv):
    """Where a start may not keep what it compiled, or the checkout is read by others, the first one does it for all."""
    subprocess.run(
        [str(venv / "bin" / "python"), *ALONE, "-m", "compileall", "-q", str(HERE / "pmo_tui")],
        capture_output=True,
        check=False,
    )
    subprocess.run([str(venv / "bin" / "python"), *ALONE, "-m", "pmo_tui.loading"], capture_output=True, check=False)


def last_lines(done):
    return "\n".join((done.stdout + done.stderr).strip().splitlines()[-12:])


# ---- what the bootstrap adds to the program's verbs -----------------------------------------------------------------------


def checks(python):
    """Name and command of each check; all of them run, in this order."""
    tool = str(python.parent)
    return [
        ("style", [f"{tool}/ruff", "check", "."]),
        ("format", [f"{tool}/ruff", "format", "--check", "--quiet", "."]),
        ("types", [f"{tool}/mypy"]),
        ("rooms", [f"{tool}/lint-imports"]),
        ("references", [str(python), "-m", "pmo_tui", "docs", "--check"]),
    ]


def run_checks(python):
    failed = []
    for name, command in checks(python):
        began = time.monotonic()
        say(f"{name} …")
        if subprocess.run(command, cwd=HERE).returncode:
            failed.append(name)
        say(f"{name}: {'FAILED' if name in failed else 'good'}, {time.monotonic() - began:.0f} s")
    return failed


def test(words):
    """Everything that must hold; with words, pytest alone on these words."""
    python = set_up(EVERYTHING)
    compile_catalogues(home_of_the_venv())
    failed = [] if words else run_checks(python)
    # a test of the app waits for it to come to rest after every key, most of its time: two at a time keep a processor busy
    spread = [] if words else ["-n", str(min(8, 2 * (os.cpu_count() or 1))), "-m", "not slow"]
    say("tests …")
    code = subprocess.run([str(python), "-m", "pytest", *spread, *words], cwd=HERE).returncode
    if failed:
        say(f"FAILED: {', '.join(failed)}")
    return code or (1 if failed else 0)


def lint(words):
    return 1 if run_checks(set_up(EVERYTHING)) else 0


def bench(words):
    names = sorted(path.stem for path in (HERE / "bench").glob("*.py") if not path.stem.startswith("_"))
    if not words or words[0] not in names:
        raise Trouble(f"Which measurement? {', '.join(names) or 'there is none'}: ./pmo bench NAME")
    python = set_up(EVERYTHING)
    return subprocess.run([str(python), str(HERE / "bench" / f"{words[0]}.py"), *words[1:]], cwd=HERE).returncode


def extras(words):
    if not words or any(word not in EXTRAS for word in words):
        raise Trouble(f"Which extra? {', '.join(EXTRAS)}: ./pmo extras {EXTRAS[0]}")
    set_up((*CORE, *words))
    return 0


def lock(words):
    python = set_up(EVERYTHING)
    return subprocess.run([str(python), str(HERE / "tools" / "lock.py"), *words], cwd=HERE).returncode


def pictures(words):
    python = set_up(EVERYTHING)
    return subprocess.run([str(python), str(HERE / "tools" / "pictures.py"), *words], cwd=HERE).returncode


OWN = {"test": test, "lint": lint, "bench": bench, "extras": extras, "lock": lock, "pictures": pictures}


def go_on_with_a_newer_python(words):
    for minor in range(NEWEST, OLDEST - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and subprocess.call([found, "-c", ""], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0:
            os.execv(found, [found, __file__, *words])
    raise Trouble(f"Python 3.{OLDEST} or newer is needed; this is {sys.version.split()[0]}, and there is no newer one.")


def main(words):
    if sys.version_info < (3, OLDEST):
        go_on_with_a_newer_python(words)
    if words and words[0] in OWN:
        return OWN[words[0]](words[1:])
    python = str(set_up(CORE))
    return os.execv(python, [python, *ALONE, "-m", "pmo_tui", *words])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Trouble as trouble:
        say(str(trouble))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
