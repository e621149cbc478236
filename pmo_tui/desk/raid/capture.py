"""A risk, an issue, an action or a decision in one line, from anywhere: `!r pump is late @jan #dike p3 i4`.

`@` names the owner, `#` the project, `p` and `i` are the scores of a risk (in Dutch also `k`, the kans), `field:value` sets any
other field; a day at the edge of the text is when it is due. Of a decision `by` and `@` name who took it, and then it is taken.
The rest is the title. In minutes the same lines begin with `a:` instead of `!a`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

from pmo_tui.desk.captured import Capture, Captured, Word, words_of
from pmo_tui.desk.line_dates import day_in, written_in
from pmo_tui.desk.mentions import resolve
from pmo_tui.records.base import NODES
from pmo_tui.records.errors import Said, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import looks_like_key

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

REGISTERS = {"r": "risks", "i": "issues", "a": "actions", "d": "decisions"}
DUE = {"risks": "next_review", "issues": "due", "actions": "due", "decisions": "due"}
"""What a day in the line is, by register."""
SINCE = {"risks": "identified_on", "issues": "raised_on"}
"""The field that gets today's date."""
BY = frozenset({"by", "door"})
_BEGINS = re.compile(r"\s*(?:!([riad])(?=\s|$)|([riad]):)\s*", re.IGNORECASE)
_SCORES = re.compile(r"([pk][0-9]{1,2})?(?:(?<=[0-9])x)?(i[0-9]{1,2})?")
SCORE_OF = {"p": "probability", "k": "probability", "i": "impact"}


def is_capture(line: str) -> bool:
    """Whether a line begins as one that is captured."""
    return _BEGINS.match(line) is not None


def parse_capture(desk: Desk, line: str, project: str | None = None) -> Captured:
    """What a line is understood as. `project` is the key of the one that is looked at, where the line names none.

    WrongUse for a line that begins as none of the four.
    """
    begins = _BEGINS.match(line)
    if begins is None:
        hint = N_("Begin with !r for a risk, !i for an issue, !a for an action, !d for a decision.")
        raise WrongUse(N_("“{line}” does not say what it is."), hint, line=line.strip()[:40])
    register = REGISTERS[(begins[1] or begins[2]).casefold()]
    capture = Capture(desk, register)
    runs = _runs(capture, words_of(desk, register, line[begins.end() :]))
    _take_day(capture, runs)
    if register == "decisions":
        _take_decider(capture, runs)
    title = " ".join(word for run in runs for word in run)
    if title:
        capture.texts.setdefault("title", title)
    elif "title" not in capture.texts:
        capture.ask("title", "", Said(N_("is needed"), {}))
    _surroundings(capture, project)
    return capture.done()


def _runs(capture: Capture, words: Iterable[Word]) -> list[list[str]]:
    """The text between the marks, run by run; what the marks say is taken in."""
    runs: list[list[str]] = [[]]
    for word in words:
        scores = _SCORES.fullmatch(word.text) if not word.mark and capture.register == "risks" else None
        if not word.mark and not (scores and word.text):
            runs[-1].append(word.text)
            continue
        if scores:
            for score in filter(None, scores.groups()):
                capture.assign(SCORE_OF[score[0]], score[1:])
        elif word.mark == ":":
            capture.assign(word.field, word.text)
        elif word.mark == "#":
            capture.mention("project", word.text, resolve(capture.desk, NODES, word.text))
        else:
            _owner(capture, word.text)
        runs.append([])
    return runs


def _owner(capture: Capture, typed: str) -> None:
    """Who owns it; a decision is taken by somebody, known or not."""
    found = resolve(capture.desk, ("people",), typed)
    if capture.register != "decisions":
        capture.mention("owner", typed, found)
    else:
        capture.texts["decided_by"] = typed if found.key is None else capture.desk.title(found.key)


def _take_day(capture: Capture, runs: list[list[str]]) -> None:
    """A day at the end of a run of text, the last first, or at the beginning of one; it is taken out of the text."""
    today, field = capture.desk.today(), DUE[capture.register]
    tries = [(place, False) for place in reversed(range(len(runs)))]
    if capture.register != "risks":
        tries += [(place, True) for place in range(len(runs))]
    for place, leading in tries:
        found = day_in(runs[place], today, leading=leading)
        if found is not None and field not in capture.texts:
            capture.texts[field] = found.day.isoformat()
            del runs[place][found.first : found.last]
            return
    for place, leading in tries:
        mistaken = written_in(runs[place], leading=leading)
        if mistaken is not None and field not in capture.texts:
            capture.assign(field, runs[place].pop(mistaken))
            return


def _take_decider(capture: Capture, runs: list[list[str]]) -> None:
    """`by board` at the beginning of a run of text, `by "steering group"` anywhere; it is taken out of the text."""
    for run in runs:
        for place, (word, name) in enumerate(pairwise(run)):
            if word.casefold() in BY and (place == 0 or name.startswith('"')):
                capture.texts.setdefault("decided_by", name.strip('"'))
                del run[place : place + 2]
                return


def _surroundings(capture: Capture, project: str | None) -> None:
    """What the line leaves out and the moment says: the project looked at, today, who writes."""
    desk, texts = capture.desk, capture.texts
    asked = {each.field for each in capture.unclear}
    if project and "project" not in texts and "project" not in asked:
        texts["project"] = project
    today = desk.today().isoformat()
    if capture.register in SINCE:
        texts.setdefault(SINCE[capture.register], today)
    if capture.register == "decisions":
        if looks_like_key(desk.me()):
            texts.setdefault("recorded_by", desk.me())
        if "decided_by" in texts:
            texts.setdefault("status", "taken")
            texts.setdefault("decided_on", texts.pop("due", today))
