"""Which records belong to a part of the work: `@me`, `@mine`, or a node of the tree such as `@P-3`, `@HB1`, `@PG-2`.

`@me`: whatever names me (owner, manager, person …). `@mine`: the projects whose officer, deputy or manager I am, and what belongs to
them. A node: it and everything under it, and what belongs to those. A record belongs to a project that it refers to, in its rows too;
a receipt to the projects of its order. Registers that know no projects, such as people and suppliers, are not narrowed by a node.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pmo_tui.records.base import NODES
from pmo_tui.records.registers import by_name, register_of
from pmo_tui.records.registers import references as references_in
from pmo_tui.wording.languages import _

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

ME, MINE = "me", "mine"
MINE_BY = ("officer", "deputy", "manager")


def members(desk: Desk, register: str, word: str) -> set[str] | None:
    """Numbers of the records of a register that belong to the scope `word` (without its @); None where it does not narrow."""
    if word.casefold() == ME:
        return _naming(desk, register, {desk.me()}, ("people",))
    keys = nodes(desk, word)
    found = _naming(desk, register, keys, NODES)
    prefix = by_name(register).prefix
    if register in NODES:
        return {key.rpartition("-")[2] for key in keys if key.startswith(f"{prefix}-")}
    if found is None:
        orders = _naming(desk, "orders", keys, NODES) or set()
        return _naming(desk, register, {f"PO-{number}" for number in orders}, ("orders",))
    return found


def nodes(desk: Desk, word: str) -> set[str]:
    """The keys of the nodes that a scope means, each with everything under it."""
    if word.casefold() == MINE:
        me = desk.me()
        tops = {
            f"{by_name(name).prefix}-{number}"
            for name in NODES
            for field in MINE_BY
            if field in by_name(name).fields
            for number in desk.store.shelf(name).where(field, me)
        }
    else:
        tops = {desk.find(word, NODES)}
    return under(desk, tops)


def under(desk: Desk, tops: Iterable[str]) -> set[str]:
    """The nodes `tops` and everything under them."""
    found: set[str] = set()
    waiting = list(tops)
    while waiting:
        key = waiting.pop()
        if key in found:
            continue
        found.add(key)
        for name in NODES:
            waiting += [f"{by_name(name).prefix}-{number}" for number in desk.store.shelf(name).where("parent", key)]
    return found


def _naming(desk: Desk, register: str, keys: set[str], registers: tuple[str, ...]) -> set[str] | None:
    """Numbers of the records that refer to one of `keys`; None where the register refers to none of `registers`."""
    paths = [each.path for each in references_in(register) if set(each.registers) & set(registers)]
    if not paths:
        return None
    shelf = desk.store.shelf(register)
    return {number for path in paths for key in keys for number in shelf.where(path, key)}


def title_of_scope(desk: Desk, scope: str) -> str:
    """What a scope is called on screen: `@me`, or the node's name. Raw text."""
    word = scope.removeprefix("@")
    if word.casefold() in (ME, MINE):
        return scope
    key = desk.find(word, NODES)
    return f"{_(register_of(key).one)} {desk.title(key)}"
