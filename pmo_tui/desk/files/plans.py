"""Plans that are put into a project: one that is saved under another name, as each week's is, is known again by its tasks.

A record of a plan has a source key whose scope is the name of the file that it came with first. A later file of that plan takes the
scope over, so that all of a plan keeps one scope whatever its files are called.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmo_tui.desk.files.matcher import folded
from pmo_tui.exchange import mspdi
from pmo_tui.exchange.incoming import Batch
from pmo_tui.exchange.mspdi_part import NAMED_AT_MOST, scope_and_word, scope_within
from pmo_tui.records.errors import Problem, Said
from pmo_tui.records.marks import N_
from pmo_tui.wording.languages import _

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

Names = Mapping[str, str]
"""Folded names of tasks by what their plan calls them, which is the UID."""


def read_plan(desk: Desk, data: bytes, name: str, project: str | None) -> Batch:
    """The records of a plan, those that are in `project` already by the source keys that they have there."""
    batch = mspdi.read(data, name, project=project)
    if project is None:
        return batch
    ours = {
        scope_and_word(each.source_key)[1]: folded(each.values["name"])
        for each in batch.records
        if each.register == "tasks"
    }
    known = _known(ours, _there(desk, project), (scope_within(project, name), name))
    if known.scopes:
        batch = mspdi.read(data, name, project=project, known_as=known.scopes)
    called: dict[str, object] = {
        "file": name,
        "project": project,
        "names": ", ".join(_file(each, project) for each in known.told),
    }
    if known.several:
        batch.problems.append(Problem(Said(_SEVERAL, called), "", name))
    elif known.told:
        batch.notes.append(_(_KNOWN if known.scopes else _ANOTHER).format(**called))
    return batch


_KNOWN = N_("{file}: known again as the plan that came to {project} as {names}")
_ANOTHER = N_(
    "{file}: not the plan that came to {project} as {names}, since most tasks of the same number are called otherwise: its tasks are added"
)
_SEVERAL = N_(
    "{project} has tasks of this plan more than once, as {names}: delete those that are too many, or give this file that name to "
    "which it belongs"
)


@dataclass(frozen=True, slots=True)
class _Known:
    """Under which scopes a plan is in its project, which ones are told about, and whether it cannot be known which of those it is."""

    scopes: Sequence[str] = ()
    told: Sequence[str] = ()
    several: bool = False


def _there(desk: Desk, project: str) -> dict[str, dict[str, str]]:
    """The tasks that plans brought into a project, by scope: that of the file which made the project, and those put into it."""
    made_by, _word = scope_and_word((desk.store.get(project) or {}).get("source_key") or "")
    found: dict[str, dict[str, str]] = {made_by: {}} if made_by else {}
    shelf = desk.store.shelf("tasks")
    for document in map(shelf.get, shelf.where("project", project)):
        scope, word = scope_and_word((document or {}).get("source_key") or "")
        if document and scope and (scope == made_by or scope.startswith(scope_within(project, ""))):
            found.setdefault(scope, {})[word] = folded(document["name"])
    return found


def _known(ours: Names, there: Mapping[str, Names], own: Sequence[str]) -> _Known:
    """A file is the plan of its `own` name; else one of which at least half of the shared tasks are called the same. What came under
    several names one after the other is all of it taken, but not where the same task came under two."""
    scopes = [scope for scope in own if scope in there]
    begun = bool(scopes)
    seen = {word for scope in scopes for word in there[scope]}
    shared = {scope: ours.keys() & names.keys() for scope, names in there.items() if scope not in own}
    same = {scope: sum(ours[word] == there[scope][word] for word in words) for scope, words in shared.items()}
    alike = [scope for scope, words in shared.items() if words and 2 * same[scope] >= len(words)]
    for scope in sorted(alike, key=lambda each: -same[each]):
        if not shared[scope] & seen:
            scopes.append(scope)
            seen |= shared[scope]
        elif not begun:
            return _Known(told=[*scopes, scope], several=True)
    if begun:
        return _Known(scopes)
    return _Known(scopes, scopes or [scope for scope, words in shared.items() if words][:NAMED_AT_MOST])


def _file(scope: str, project: str) -> str:
    """The name of the file that a scope was made of."""
    return scope.removeprefix(scope_within(project, ""))
