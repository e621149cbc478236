"""Which columns a list shows, in which order, how wide: chosen with the keys, looked at before they are taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual.binding import BindingType

from pmo_tui.actions import EVERYWHERE, MOVE
from pmo_tui.desk.views.fitting import BY_CONTENT, NARROWEST, WIDEST, column_of, column_word
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.schema import FieldOf
from pmo_tui.screens.text_screen import TextScreen
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.cutting import fit
from pmo_tui.widgets.table import Column
from pmo_tui.widgets.text_page import TextLine, line
from pmo_tui.wording.languages import _
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe

LABEL, NAME, WIDTH = 24, 22, 16


class ColumnsScreen(TextScreen):
    """The fields of a list, those that are shown first and in their order. Dismissed with the columns as a view holds them.

    `own` are the columns as the list has them, of which the first `sticky` always stay; `chosen` what was chosen before, empty for
    those of the list. `content` tells how wide a column is that is as wide as what it holds.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("columns")
    parts = ("columns", EVERYWHERE, MOVE)

    def __init__(
        self,
        fields: Mapping[str, FieldOf],
        own: Sequence[Column],
        chosen: Sequence[str],
        sticky: int,
        content: Callable[[str, str], int],
    ) -> None:
        super().__init__()
        self.fields = fields
        self.own = {column.name: column for column in own}
        self.content = content
        self.stay = [column.name for column in own[:sticky]]
        self.before = tuple(chosen)
        self.words = self._as_chosen(chosen)

    def _as_chosen(self, chosen: Sequence[str]) -> dict[str, str]:
        """The word of each column that is shown, by field."""
        found = {column_of(word)[0]: word for word in chosen} or {
            name: name for name in self.own if name in self.fields and self.fields[name].field.shown
        }
        return {
            name: found.get(name, name) for name in [*self.stay, *(each for each in found if each not in self.stay)]
        }

    def heading(self) -> str:
        """Columns."""
        return _("Columns")

    # ---- what is shown -------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """The columns that are shown, then the other fields."""
        lines = [self._line(name, "✓") for name in self.words]
        others = [name for name, item in self.fields.items() if name not in self.words and item.field.kind != "extra"]
        lines.append(line())
        lines += [self._line(name, " ") for name in others]
        self.page.show(lines)
        used = 1 + sum(self._width(name) + 1 for name in self.words)
        told = _("{count} columns take {used} of {room}").format(
            count=format_number(len(self.words)), used=format_number(used), room=format_number(self.app.size.width)
        )
        self.status.stand(told, "")

    def _line(self, name: str, mark: str) -> TextLine:
        label = safe(_(self.fields[name].field.label)) if name in self.fields else name
        pieces = (
            (f"{'·' if name in self.stay else mark} {fit(label, LABEL)} ", "strong" if mark.strip() else ""),
            (fit(name, NAME), "key"),
            (" " + fit(self._width_words(name), WIDTH), "" if name in self.words else "faint"),
            (self._kind(name), "faint"),
        )
        return TextLine(pieces, name)

    def _width(self, name: str) -> int:
        _name, width, by_content = column_of(self.words.get(name, name))
        if by_content:
            return self.content(name, safe(_(self.fields[name].field.label)))
        return width or self._own_width(name)

    def _own_width(self, name: str) -> int:
        return self.own[name].width if name in self.own else self.fields[name].field.columns

    def _width_words(self, name: str) -> str:
        _name, width, by_content = column_of(self.words.get(name, name))
        if by_content:
            return _("{width} by content").format(width=format_number(self._width(name)))
        return _("{width} set").format(width=format_number(width)) if width else format_number(self._own_width(name))

    def _kind(self, name: str) -> str:
        if name in self.stay:
            return _("always there")
        item = self.fields.get(name)
        return _("computed") if item is not None and item.field.computed else ""

    # ---- gestures ------------------------------------------------------------------------------------------------------

    def _here(self, *, shown: bool = True) -> str:
        name = self.page.target
        if not name:
            raise WrongUse(N_("There is no column here."), N_("The arrows go to one."))
        if shown and name not in self.words:
            raise WrongUse(
                N_("This column is not shown."), N_("{choose_column} shows it."), **self.named("choose_column")
            )
        return name

    async def action_choose_column(self) -> None:
        """Show the column, or no longer."""
        await self.attempt(self._choose)

    def _choose(self) -> None:
        name = self._here(shown=False)
        if name in self.stay:
            raise WrongUse(N_("This column always stays."), N_("It says which record a row is."))
        following = self._following(name)
        if name in self.words:
            del self.words[name]
        else:
            self.words[name] = name
        self._look_at(following or name)

    def _following(self, name: str) -> str:
        """The line below, on which the cursor goes on."""
        targets = self.page.targets()
        place = targets.index(name) + 1
        return targets[place] if place < len(targets) else ""

    def _look_at(self, name: str) -> None:
        self.look()
        place = self.page.place_of(name)
        if place is not None:
            self.page.move_to(place)

    async def action_column_earlier(self) -> None:
        """To the left."""
        await self.attempt(lambda: self._move(-1))

    async def action_column_later(self) -> None:
        """To the right."""
        await self.attempt(lambda: self._move(1))

    def _move(self, by: int) -> None:
        name = self._here()
        names = list(self.words)
        place = names.index(name)
        to = place + by
        if name in self.stay or not len(self.stay) <= to < len(names):
            raise WrongUse(N_("It goes no further that way."), N_("The columns that always stay are the first."))
        names[place], names[to] = names[to], names[place]
        self.words = {each: self.words[each] for each in names}
        self._look_at(name)

    async def action_wider(self) -> None:
        """A little wider."""
        await self.attempt(lambda: self._set_width(self._width(self._here()) + 1))

    async def action_narrower(self) -> None:
        """A little narrower."""
        await self.attempt(lambda: self._set_width(self._width(self._here()) - 1))

    def _set_width(self, width: int) -> None:
        name = self._here()
        self.words[name] = column_word(name, max(NARROWEST, min(WIDEST, width)))
        self._look_at(name)

    async def action_by_content(self) -> None:
        """As wide as what it holds, or as the list has it."""
        await self.attempt(self._by_content)

    def _by_content(self) -> None:
        name = self._here()
        self.words[name] = name if column_of(self.words[name])[2] else column_word(name, by_content=True)
        self._look_at(name)

    async def action_width(self) -> None:
        """Type the width."""
        await self.attempt(self._ask_width)

    def _ask_width(self) -> None:
        name = self._here()

        async def typed(text: str) -> None:
            self.words[name] = column_word(name, by_content=True) if text.strip() == BY_CONTENT else name
            if text.strip().isdecimal():
                self._set_width(int(text))
            self._look_at(name)

        label = _("Width ({low} to {high}; * by content; empty as the list has it)").format(low=NARROWEST, high=WIDEST)
        self.ask(typed, label, str(self._width(name)), wrong=_no_width, offered=True)

    def action_own_columns(self) -> None:
        """As the list has them by itself."""
        self.words = self._as_chosen(())
        self.before = ()
        self.look()
        self.say(_("the columns as the list has them by itself"))

    def action_take_columns(self) -> None:
        """Show the list so."""
        chosen = tuple(self.words.values())
        self.dismiss(() if chosen == tuple(self._as_chosen(()).values()) and not self.before else chosen)


def _no_width(text: str) -> str:
    word = text.strip()
    fits = word in ("", BY_CONTENT) or (word.isascii() and word.isdecimal() and len(word) < 4)
    return "" if fits else _("A width is a number of columns, such as 20.")
