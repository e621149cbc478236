"""Textual's bindings, made of the list of actions."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from pmo_tui.actions import FORM, Action, actions_of


def bindings(*where: str, priority: bool = False) -> list[BindingType]:
    """A binding for each action of those parts of the program, under its id, so that the configuration's keymap applies.

    Keys of a form such as ctrl+e come before what Textual's fields make of them: the end of the line.
    """
    return [
        Binding(
            ",".join(each.keys), each.id, each.label, show=False, id=each.id, priority=priority or _is_over_fields(each)
        )
        for each in actions_of(*where)
    ]


def _is_over_fields(action: Action) -> bool:
    return action.where == FORM and all(key.startswith("ctrl+") for key in action.keys)
