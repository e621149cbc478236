"""A list of records with every gesture of one; registers, and the screens that are a list with a picture beside it, are made of it."""

from __future__ import annotations

from pmo_tui.screens.list_gestures import ListGestures


class ListScreen(ListGestures):
    """A list of the records of one register (or of one computed list) that a filter leaves.

    A subclass may put widgets around the table (`body`), fix a part of the filter (`base_filter`), choose columns (`column_names`).
    """
