"""Textual's bindings, made of the list of actions."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from pmo_tui.actions import actions_of


def bindings(*where: str, priority: bool = False) -> list[BindingType]:
    """A binding for each action of those parts of the program, under its id, so that the configuration's keymap applies."""
    return [
        Binding(",".join(each.keys), each.id, each.label, show=False, id=each.id, priority=priority)
        for each in actions_of(*where)
    ]
