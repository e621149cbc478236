"""Keys as a whole: presets for hands that are used to another program, and under them what an officer changed by id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pmo_tui.actions import ACTIONS, HEADINGS, NAMES, OTHERWISE, Action, action, actions_of, key_name, keys_of
from pmo_tui.records.marks import N_
from pmo_tui.wording.languages import _

DEFAULT, VIM = "default", "vim"

PRESETS: Mapping[str, Mapping[str, str]] = {
    DEFAULT: {},
    VIM: {
        "up": "up,k",
        "down": "down,j",
        "left": "left,h",
        "right": "right,l",
        "page_up": "pageup,ctrl+u",
        "page_down": "pagedown,ctrl+d",
        "last": "end,G",
        "history": "H",
        "record_history": "H",
        "line_history": "H",
        "recent": "Y",
        "kind": "K",
        "accept": "K",
        "explain_key": "K",
        "kind_of_rows": "K",
        "row_up": "shift+up",
        "row_down": "shift+down",
        "duration": "D",
        "level": "L",
        "group": "ampersand",
    },
}
"""Keys by action id, a preset a name. Where vim's letters meant something here, that moves: to its capital, or to a letter that is free."""

NOTHING = N_("starts nothing here")
TOP_AGAIN = "g"
"""In the vim preset this, typed into the empty line that the key of “Go to” opens, goes to the first line."""


def keymap_of(preset: str, changed: Mapping[str, str]) -> dict[str, str]:
    """Keys by action id, where they are other than ours: the preset's, and over them what the configuration has `changed`.

    Those of the configuration may be written as the pages write them: `?` and `esc` as well as `question_mark` and `escape`.
    """
    return {
        **PRESETS[preset],
        **{id: ",".join(map(as_bound, keys.split(","))) for id, keys in changed.items()},
    }


_BOUND = {name: key for key, name in NAMES.items()}


def name_of(id: str, keymap: Mapping[str, str]) -> str:
    """The key that starts an action, as it is written for people; where it has none, how `:` finds it."""
    keys = keys_of(action(id), keymap)
    return key_name(keys[0]) if keys else f":{_(action(id).label)}"


def help_of(each: Action, keymap: Mapping[str, str], otherwise: Mapping[str, str] | None = None) -> str:
    """What an action does, where one is `otherwise`: words by id, "" for nothing. The ids of other actions in braces are their keys."""
    words = each.help if otherwise is None else otherwise.get(each.id, each.help)
    return _(words).format_map(Named(keymap, {})) if words else _(NOTHING)


class Named(dict[str, object]):
    """The values of a text, and for any other name in its braces the key of the action with that id."""

    def __init__(self, keymap: Mapping[str, str], values: Mapping[str, object]) -> None:
        super().__init__(values)
        self.keymap = keymap

    def __missing__(self, id: str) -> str:
        return name_of(id, self.keymap)


def meanings(key: str, parts: Sequence[str], keymap: Mapping[str, str]) -> tuple[Action | None, list[Action]]:
    """What a key starts in a place whose `parts` are named, the nearest first, and all that it starts elsewhere."""
    found = [each for each in ACTIONS if key in keys_of(each, keymap)]
    ranked = [(parts.index(part), each) for each in found if (part := each.part_in(parts)) is not None]
    here = min(ranked, key=lambda pair: pair[0])[1] if ranked else None
    return here, [each for each in found if each.part_in(parts) is None]


def as_bound(key: str) -> str:
    """A key by the name that bindings know it under, from how it is written."""
    return _BOUND.get(key.strip(), key.strip())


def moved(keymap: Mapping[str, str]) -> list[Action]:
    """The actions whose keys are other than ours, in the order of the list."""
    return [each for each in ACTIONS if keys_of(each, keymap) != each.keys]


def reference() -> str:
    """The page of keys as Markdown: a section a part of the program, a row an action; then what the presets have otherwise."""
    parts = [
        "# Keys",
        "",
        "Made by `./pmo docs` from the list of actions. `[keymap]` in the configuration changes them by id.",
        "",
    ]
    for where in dict.fromkeys(each.where for each in ACTIONS):
        parts += [f"## {HEADINGS[where]}", "", "| key | action | what it does | id |", "|---|---|---|---|"]
        otherwise = OTHERWISE.get(where, {})
        for each in dict.fromkeys((*actions_of(where), *map(action, otherwise))):
            parts.append(f"| {_written(each.keys)} | {each.label} | {help_of(each, {}, otherwise)} | `{each.id}` |")
        parts.append("")
    return "\n".join((*parts, presets()))


def presets() -> str:
    """What the presets have otherwise, as Markdown."""
    parts = [
        "## Presets",
        "",
        f'`keys = "{VIM}"` in the configuration moves the cursor as vim does: `j` `k` `h` `l`, `gg` to the first line, `G` to the last, '
        "`ctrl+d` and `ctrl+u` a page. What had these letters has others then. `[keymap]` goes over the preset.",
        "",
        "| id | part | ours | vim |",
        "|---|---|---|---|",
    ]
    for each in moved(PRESETS[VIM]):
        ours, theirs = each.keys, keys_of(each, PRESETS[VIM])
        parts.append(f"| `{each.id}` | {HEADINGS[each.where]} | {_written(ours)} | {_written(theirs)} |")
    first = action("first")
    parts += [
        f"| `{first.id}` | {HEADINGS[first.where]} | {_written(first.keys)} | {_written((*first.keys, 'gg'))} |",
        "",
    ]
    return "\n".join(parts)


def _written(keys: tuple[str, ...]) -> str:
    return " ".join(f"`{key_name(key)}`" for key in keys).replace("|", "\\|")


PRESET_HELP = {
    VIM: N_("Keys as in vim: j k h l move, gg goes to the first line, G to the last, ctrl+d and ctrl+u a page."),
}
"""What help says of a preset."""
