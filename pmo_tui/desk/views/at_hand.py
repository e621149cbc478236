"""The portfolio as far as it is told without working anything out: shown until the figures are there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pmo_tui.desk.views.computed_lists import LEVELS, PORTFOLIO
from pmo_tui.desk.views.lists import ListDefinition, ListView, Values
from pmo_tui.records.registers import register_of

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

TOLD = (
    "name", "parent", "rag", "status", "manager", "officer", "deputy", "department", "budget", "finish", "currency",
)  # fmt: skip
"""What a node says of itself."""
LEVEL = {"portfolios": LEVELS[0], "programmes": LEVELS[1], "projects": LEVELS[2]}


def portfolio_at_hand(desk: Desk) -> list[Values]:
    """Every node, each before what is under it, with what it says of itself; a budget is a project's own."""
    nothing = dict.fromkeys(PORTFOLIO.fields)
    found = []
    for key in desk.portfolio.under(None):
        node, register = desk.record(key), register_of(key).name
        if node is None:
            continue
        told = {name: getattr(node, name, None) for name in TOLD}
        if register != "projects":
            told["budget"] = None
        found.append(
            {**nothing, **told, "key": key, "level": LEVEL[register], "depth": desk.portfolio.depth(key), "node": key}
        )
    return found


AT_HAND: ListDefinition = replace(PORTFOLIO, name="portfolio/at hand", rows=portfolio_at_hand)


def portfolio_view(desk: Desk, filter_text: str, sort: str) -> ListView:
    """The portfolio as far as it is at hand."""
    return ListView(desk, AT_HAND, filter_text, sort)
