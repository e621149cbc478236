"""The views of a list as an officer sees them: his own, and those that everybody here may use. Kept, renamed, shared, forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pmo_tui.desk.views.saved_views import SavedView
from pmo_tui.records.errors import NotFound, WrongUse
from pmo_tui.records.marks import N_

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

REGISTER = "views"
LONGEST = 60


@dataclass(frozen=True, slots=True)
class KeptView:
    """A view under a name; `key` is its record where everybody may use it, "" where it is one officer's own."""

    name: str
    view: SavedView
    key: str = ""

    @property
    def shared(self) -> bool:
        """Whether everybody may use it."""
        return bool(self.key)


def kept_views(desk: Desk, of: str) -> list[KeptView]:
    """The views of the list `of`, by name; one's own before one for everybody with the same name."""
    own = [KeptView(name, view) for name, view in desk.views.names(of).items()]
    shelf = desk.store.shelf(REGISTER)
    shared = [_shared(f"VW-{number}", shelf[number]) for number in shelf.where("of", of)]
    return sorted([*own, *shared], key=lambda each: (each.name.casefold(), each.shared, each.key))


def _shared(key: str, document: Any) -> KeptView:
    words = {name: str(document.get(name) or "") for name in ("filter", "sort", "group")}
    view = SavedView(columns=tuple(str(each) for each in document.get("columns") or ()), **words)
    return KeptView(str(document.get("name") or key), view, key)


def named(desk: Desk, of: str, name: str, *, shared: bool) -> KeptView | None:
    """The view of that name, one's own or one for everybody."""
    return next((each for each in kept_views(desk, of) if each.name == name and each.shared == shared), None)


def find_view(desk: Desk, of: str, name: str) -> KeptView:
    """The view that a name means, whatever its capitals; one's own before one for everybody. NotFound names those there are."""
    views = kept_views(desk, of)
    found = next((each for each in views if each.name.casefold() == name.strip().casefold()), None)
    if found is None:
        names = ", ".join(dict.fromkeys(each.name for each in views))
        hint = N_("There are {names}.") if names else N_("None was kept yet; in the app v keeps one.")
        raise NotFound(N_("There is no view “{name}” of {list}."), hint, name=name, list=of, names=names)
    return found


def keep_view(desk: Desk, of: str, name: str, view: SavedView, *, shared: bool) -> KeptView:
    """Keep a view under a name, over one of that name; for everybody it becomes a record."""
    name = usable_name(name)
    if not shared:
        desk.views.keep(of, view, name)
        return KeptView(name, view)
    values: dict[str, Any] = {
        "of": of, "name": name, "filter": view.filter or None, "sort": view.sort or None, "group": view.group or None,
        "columns": list(view.columns),
    }  # fmt: skip
    before = named(desk, of, name, shared=True)
    if before is None:
        return KeptView(name, view, desk.add(REGISTER, {}, values))
    desk.set([before.key], {}, values)
    return KeptView(name, view, before.key)


def usable_name(name: str) -> str:
    """A name as it is kept; WrongUse where it is none."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST or not name.isprintable():
        raise WrongUse(
            N_("“{name}” is no name for a view."),
            N_("Give it 1 to {longest} letters."),
            name=name[:LONGEST],
            longest=LONGEST,
        )
    return name


def rename_view(desk: Desk, of: str, kept: KeptView, name: str) -> None:
    """Give a view another name; WrongUse where another one of its kind has it."""
    name = usable_name(name)
    if name == kept.name:
        return
    if named(desk, of, name, shared=kept.shared) is not None:
        raise WrongUse(
            N_("There is a view “{name}” already."), N_("Take another name, or forget that one first."), name=name
        )
    if kept.shared:
        desk.set([kept.key], {}, {"name": name})
    else:
        desk.views.keep(of, kept.view, name)
        desk.views.drop(of, kept.name)


def drop_view(desk: Desk, of: str, kept: KeptView) -> None:
    """Forget a view; one for everybody is deleted, which undo takes back."""
    if kept.shared:
        desk.delete([kept.key])
    else:
        desk.views.drop(of, kept.name)


def share_view(desk: Desk, of: str, kept: KeptView) -> KeptView:
    """Make one's own view one for everybody, or one for everybody one's own."""
    made = keep_view(desk, of, kept.name, kept.view, shared=not kept.shared)
    drop_view(desk, of, kept)
    return made
