"""What cannot be right about a keymap: actions and keys that there are not, keys that would mean two things at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pmo_tui.actions import ACTIONS, EVERYWHERE, FORM, MOVE, NAMES, STATUS_FORM, WIDE, action, key_name, keys_of
from pmo_tui.wording.languages import _

MODIFIERS = frozenset({"ctrl", "alt", "shift", "super", "hyper", "meta"})
NAMED = frozenset({
    "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete", "backspace", "tab", "space", "enter", "escape",
    *(f"f{number}" for number in range(1, 25)),
})  # fmt: skip
"""Keys that have a name and are no character."""
NOT_TOLD_APART: Mapping[str, str] = {
    "ctrl+i": "tab", "ctrl+m": "enter", "ctrl+j": "enter", "ctrl+enter": "enter", "ctrl+h": "backspace", "ctrl+[": "escape",
    "ctrl+left_square_bracket": "escape",
}  # fmt: skip
"""Keys that arrive from a terminal as another one."""
KEPT_BY_TERMINALS = frozenset({"ctrl+s", "ctrl+z"})
"""Keys with which a terminal stands still, or puts a program to sleep."""


def faults_of_keymap(keymap: Mapping[str, str]) -> list[str]:
    """What is wrong with a keymap: unknown ids with the nearest known one, keys that no keyboard has or that are typed where they would be
    pressed, and keys that would mean two things at once."""
    from pmo_tui.wording.suggest import nearest

    faults, ids = [], [each.id for each in ACTIONS]
    for id in keymap:
        if id not in ids:
            near = ", ".join(nearest(id, ids))
            faults.append(_("there is no action “{id}” (nearest: {near})").format(id=id, near=near or "–"))
            continue
        each = action(id)
        for key in keys_of(each, keymap):
            if key in NOT_TOLD_APART:
                other = key_name(NOT_TOLD_APART[key])
                faults.append(
                    _("{key} of {id}: a terminal cannot tell it from {other}").format(key=key, id=id, other=other)
                )
            elif key in KEPT_BY_TERMINALS:
                faults.append(_("{key} of {id}: terminals keep that key to themselves").format(key=key, id=id))
            elif not is_key(key):
                faults.append(_("“{key}” of {id} is no key").format(key=key, id=id))
            elif each.where in (FORM, STATUS_FORM) and len(key_name(key)) == 1 and key not in each.keys:
                faults.append(_("{key} of {id} is typed in a form").format(key=key_name(key), id=id))
    for one, other, key in clashes(keymap):
        faults.append(_("{key} means both {one} and {other}").format(key=key_name(key), one=one, other=other))
    return faults


def is_key(key: str) -> bool:
    """Whether a keyboard has that key: a letter or digit, a key with a name, a character by its name in Unicode; with ctrl, alt and so on."""
    import unicodedata

    *modifiers, base = key.split("+")
    if not set(modifiers) <= MODIFIERS:
        return False
    if len(base) == 1 or base in NAMED or base in NAMES:
        return len(base) > 1 or base.isalnum()
    try:
        return bool(unicodedata.lookup(base.replace("_", " ")))
    except KeyError:
        return False


def clashes(keymap: Mapping[str, str]) -> Iterable[tuple[str, str, str]]:
    """Pairs of actions that the same key would start in the same place.

    What moves the cursor, and what works everywhere, is lost where a part has its key, or either the other's: that is a clash too, but
    for what we chose so.
    """
    taken: dict[tuple[str, str], str] = {}
    for each in ACTIONS:
        for key in keys_of(each, keymap):
            for part in (each.where, *each.also):
                other = taken.setdefault((part, key), each.id)
                if other != each.id:
                    yield other, each.id, key
    for each in ACTIONS:
        if each.where in (EVERYWHERE, FORM, STATUS_FORM):
            continue
        wide = (EVERYWHERE,) if each.where == MOVE else WIDE
        for key in keys_of(each, keymap):
            for other in (taken[where, key] for where in wide if (where, key) in taken):
                if not (key in each.keys and key in action(other).keys):
                    yield other, each.id, key
