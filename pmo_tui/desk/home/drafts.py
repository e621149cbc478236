"""Half-filled forms: kept when one leaves, when the line drops and when the program falls over."""

from __future__ import annotations

import fcntl
import json
import os
import re
import tempfile
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from pmo_tui.desk.home.folders import private

SHOWN = 40
"""Letters of officer and store that the folder's name shows; a few digits behind them tell it from all others."""
MOST_WINDOWS = 9
"""So many windows of one officer keep apart what is typed into the same form."""
LOCK = ".open"
NOT_HELD = -1


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed so far, field by field, when it was last kept, and over which revision of the record (0: of none)."""

    texts: dict[str, str]
    time: datetime
    revision: int = 0


class Drafts:
    """The drafts of one officer at one store, in a folder of their own below `folder`, one file each.

    A name is a register, or a register and a key. While a form is open its draft is held, so that a second window of the same officer
    neither takes nor overwrites what is being typed in the first: it gets a place of its own, `NAME`, then `NAME~2`, and so on.
    """

    def __init__(self, folder: Path, owner: str) -> None:
        readable = re.sub(r"[^\w.-]", "_", owner)[-SHOWN:]
        self.folder = folder / f"{readable}-{sha256(owner.encode(errors='surrogatepass')).hexdigest()[:8]}"

    def open(self, name: str) -> OpenDraft:
        """Hold the draft of `name` until it is closed: the first that nobody holds and that has texts, or else the first free place."""
        places = [self._path(name, count) for count in range(1, MOST_WINDOWS + 1)]
        free: OpenDraft | None = None
        elsewhere = False
        for path in places:
            written = path.exists()
            if free is not None and not written:
                continue
            handle = _held(path.with_suffix(LOCK), self.folder)
            if handle is None:
                elsewhere = True
                continue
            found = OpenDraft(path, handle, _loaded(path) if written else None, elsewhere)
            if found.draft is not None:
                if free is not None:
                    free.close()
                return found
            if free is None:
                free = found
            else:
                found.close()
        return free or OpenDraft(places[-1], NOT_HELD, None, elsewhere)

    def take_over(self, loose: Path) -> None:
        """Take the drafts that lie in `loose`, where those of every store and officer once lay together; once, before any of one's own."""
        if self.folder.exists() or not any(loose.glob("*.json")):
            return
        private(self.folder)
        for path in loose.glob("*.json"):
            path.replace(self.folder / path.name)

    def _path(self, name: str, count: int) -> Path:
        beside = "" if count == 1 else f"~{count}"
        return self.folder / (re.sub(r"[^\w.-]", "_", name) + beside + ".json")

    def names(self) -> list[str]:
        """What there are drafts of."""
        return sorted(path.stem for path in self.folder.glob("*.json")) if self.folder.is_dir() else []


class OpenDraft:
    """The draft of an open form: what was typed before (`draft`), and whether another window of this officer has the same form open
    (`elsewhere`). Nobody else has it until it is closed, or this program ends.
    """

    def __init__(self, path: Path, handle: int, draft: Draft | None, elsewhere: bool) -> None:
        self._path = path
        self._handle = handle
        self.draft = draft
        self.elsewhere = elsewhere

    def save(self, texts: dict[str, str], revision: int = 0) -> None:
        """Keep `texts`, typed over a revision of a record, whole or not at all."""
        private(self._path.parent)
        handle, beside = tempfile.mkstemp(dir=self._path.parent, prefix=".draft")
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogatepass") as stream:
            json.dump({"texts": texts, "revision": revision}, stream)
        os.replace(beside, self._path)

    def is_kept(self) -> bool:
        """Whether there is anything kept."""
        return self._path.exists()

    def drop(self) -> None:
        """Forget it; nothing happens where nothing is kept."""
        self.draft = None
        self._path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let it go: who opens the form next gets it."""
        handle, self._handle = self._handle, NOT_HELD
        if handle != NOT_HELD:
            self._path.with_suffix(LOCK).unlink(missing_ok=True)
            os.close(handle)


def _held(path: Path, folder: Path) -> int | None:
    """A lock on `path`, which the system lets go when the program ends, whatever ends it; None where somebody else has it, and
    `NOT_HELD` where there can be none, as on a full or a read-only disk.
    """
    try:
        private(folder)
        while True:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(handle)
                return None
            if _is_at(path, handle):
                return handle
            os.close(handle)  # whoever had it has just removed it
    except OSError:
        return NOT_HELD


def _is_at(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _loaded(path: Path) -> Draft | None:
    """The draft in a file. A damaged file is put aside and counts as none."""
    try:
        texts, revision = _read(json.loads(path.read_text(encoding="utf-8", errors="surrogatepass")))
        when = datetime.fromtimestamp(path.stat().st_mtime)
    except FileNotFoundError:
        return None
    except (ValueError, OSError):
        path.replace(path.with_suffix(".damaged"))
        return None
    return Draft(texts, when, revision)


def _read(found: object) -> tuple[dict[str, str], int]:
    """Texts and revision; a file that holds texts alone is of an earlier program. ValueError for anything else."""
    if not isinstance(found, dict):
        raise ValueError("no texts")
    kept = isinstance(found.get("texts"), dict)
    texts, revision = (found["texts"], found.get("revision")) if kept else (found, 0)
    if not all(isinstance(text, str) for text in texts.values()) or type(revision) is not int:
        raise ValueError("no texts, or no revision")
    return texts, revision
