"""How a list is looked at: narrowed, sorted, grouped, in chosen columns; kept as views, and as it was left."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from msgspec.structs import replace

from pmo_tui.desk.views.fitting import check_filter, fitted
from pmo_tui.desk.views.saved_views import SavedView
from pmo_tui.records.errors import PmoError, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.schema import FieldOf
from pmo_tui.screens.everywhere import Command, Everywhere
from pmo_tui.screens.list_shown import ListShown
from pmo_tui.screens.places import Spot
from pmo_tui.widgets.prompt import Asked, Offer
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe
from pmo_tui.wording.suggest import fuzzy

NO_GROUP = "-"
NOT_GROUPED_BY = frozenset({"long", "rows", "extra"})


class ListLooks(ListShown):
    """A list with what changes how it is looked at. Each change is remembered: the list comes back as it was left."""

    def on_mount(self) -> None:
        """As it was left, the first time."""
        if self.shown_at < 0:
            self._restore()
            self._wanted_row = self.desk.last_looks.places.get(self.look_name, "") if self.remembered else ""
        super().on_mount()

    # ---- how it was left -----------------------------------------------------------------------------------------------

    def _restore(self) -> None:
        kept = self.desk.last_looks.get(self.look_name) if self.remembered else None
        if kept is not None:
            self._wear(replace(kept, filter=self.filter_text) if self.filter_text != self.own_look().filter else kept)

    def _wear(self, view: SavedView, name: str = "") -> None:
        """Look at the list so, as far as that still holds; what does not is said."""
        own = view.sort if view.sort in self.own_sorts else ""
        found, lost = fitted(self.desk, self.fields(), replace(view, sort="") if own else view)
        found = replace(found, sort=own) if own else found
        self.filter_text, self.sort, self.chosen, self.group = found.filter, found.sort, found.columns, found.group
        if lost:
            words = ", ".join(lost)
            self.call_later(
                self.say,
                safe(
                    _("{name}: left out, as it is no longer there: {words}").format(
                        name=name or _("as it was left"), words=words
                    )
                ),
                error=True,
            )

    def left(self, register: str, usual: str) -> tuple[str, str]:
        """Filter and order in which another register of this screen was left; nothing and its usual order where it was not."""
        kept = self.desk.last_looks.get(f"{self.look_place}.{register}") if self.remembered else None
        if kept is None:
            return "", usual
        found, _lost = fitted(self.desk, self.desk.fields(register), kept)
        return found.filter, found.sort

    def recall_columns(self) -> None:
        """The columns and the grouping in which the register that is shown now was left."""
        kept = (self.desk.last_looks.get(self.look_name) if self.remembered else None) or SavedView()
        found, _lost = fitted(self.desk, self.fields(), replace(kept, filter="", sort=""))
        self.chosen, self.group = found.columns, found.group

    def remember(self) -> None:
        """Keep how the list is looked at now."""
        if not self.remembered:
            return
        look = self.look_now()
        try:
            self.desk.last_looks.keep(self.look_name, None if look == self.own_look() else look)
        except OSError as error:
            self.say(safe(_("How the list was left could not be kept: {why}").format(why=error)), error=True)

    def action_own_look(self) -> None:
        """As the list comes by itself."""
        self._wear(self.own_look())
        self.table.column = 0
        self.remember()
        self.look()
        self.say(_("the list as it comes by itself"))

    # ---- the way back to it --------------------------------------------------------------------------------------------

    def spot(self) -> Spot | None:
        """The register, how it is looked at, the cursor."""
        row, column = self.stood
        return Spot(register=self.register, look=self.look_now(), row=row, column=column, again=self.again())

    def again(self) -> Callable[[], Everywhere] | None:
        """What makes this list anew when one comes back to it; None where it is not made anew."""
        return None

    def stand_at(self, spot: Spot) -> None:
        """The same register, looked at so, the cursor on the same row."""
        if spot.register != self.register:
            self.show_register(spot.register)
        if spot.look is not None and spot.look != self.look_now():
            self._wear(spot.look)
            self.look()
        self.stand_on(spot.row, spot.column)

    def show_register(self, name: str) -> None:
        """Show another register, on a screen that has several."""

    # ---- filter and order ----------------------------------------------------------------------------------------------

    def action_filter(self) -> None:
        """Narrow the list as one types."""
        asked = Asked("/", self.filter_text, self._filter_offers, self._narrow_to, self._wrong_filter)
        self.start(self._filter(self.prompt.ask(asked), self.filter_text))

    async def _filter(self, answer: Awaitable[str | None], before: str) -> None:
        text = await answer
        self.say("")
        self._narrow_to(before if text is None else text.strip())
        self.remember()

    def _narrow_to(self, text: str) -> None:
        self.filter_text = text
        self.look()

    def _wrong_filter(self, text: str) -> str:
        try:
            check_filter(self.desk, self.fields(), text)
        except PmoError as error:
            return safe(f"{error.message.words(_)} {error.hint.words(_)}")
        return ""

    def _filter_offers(self, text: str) -> list[tuple[str, str]]:
        """The fields that the last word may begin, or the choices of its field."""
        head, blank, word = text.rpartition(" ")
        name, colon, value = word.partition(":")
        if not word:
            return []
        before = head + blank
        item = self.fields().get(name)
        if colon and item is not None:
            words = [each for each in item.field.choices if each.startswith(value) and each != value]
            return [(f"{before}{name}:{each} ", f"{name}:{each}  {_(each)}") for each in words]
        found = [(each, item) for each, item in self.fields().items() if each.startswith(word)][:8]
        return [(f"{before}{each}:", f"{each}:  {_(item.field.label)}") for each, item in found]

    def say_error(self, error: PmoError) -> None:
        """While a filter is typed its half-written words are no error yet."""
        if self.prompt.asking and isinstance(error, WrongUse):
            return
        super().say_error(error)

    def action_sort(self) -> None:
        """Sort by the cursor's column."""
        column = self.table.current_column
        if column is not None:
            self.sort = f"-{column.name}" if self.sort == column.name else column.name
            self.remember()
            self.look()

    # ---- groups --------------------------------------------------------------------------------------------------------

    def action_group(self) -> None:
        """Put rows with the same value together, with what they add up to; first offered is the cursor's column."""
        if not self.groupable:
            self.say(_("this list has an order of its own and is not grouped"), error=True)
            return
        column = self.table.current_column
        names = self.group_fields()
        here = column.name if column is not None and column.name in names and column.name != "key" else names[0]
        start = NO_GROUP if self.group else here
        self.ask(
            self._group_by,
            self.keyed(_("Group by (- for none; {frequency} counts the values)")),
            start,
            offers=self._group_offers,
            wrong=self._no_group,
            offered=True,
        )

    def group_fields(self) -> Sequence[str]:
        """The fields by which the list may be grouped, those that it is usually grouped by first."""
        kinds = ("choice", "reference", "flag", "date")
        fields = {name: item for name, item in self.fields().items() if item.field.kind not in NOT_GROUPED_BY}
        return sorted(fields, key=lambda name: fields[name].field.kind not in kinds)

    def _group_offers(self, text: str) -> list[Offer]:
        fields, names = self.fields(), self.group_fields()
        first = [(NO_GROUP, f"{NO_GROUP}  {_('no groups')}")] if self.group else []
        offers = [*first, *((name, f"{name}  {safe(_(fields[name].field.label))}") for name in names)]
        return fuzzy("" if text in (NO_GROUP, *names) else text, offers)

    def _grouped(self, text: str) -> str:
        from pmo_tui.desk.views.filter import field_named

        word = text.strip()
        if word in ("", NO_GROUP):
            return ""
        minus = "-" if word.startswith("-") else ""
        return minus + field_named(word.removeprefix("-"), self.fields())

    def _no_group(self, text: str) -> str:
        try:
            self._grouped(text)
        except PmoError as error:
            return safe(f"{error.message.words(_)} {error.hint.words(_)}")
        return ""

    async def _group_by(self, text: str) -> None:
        self.group = self._grouped(text)
        self.remember()
        self.look()

    async def action_frequency(self) -> None:
        """How often each value of the column stands in the list."""
        column = self.table.current_column
        if column is not None and column.name in self.fields():
            await self.attempt(lambda: self.count_by(self.fields()[column.name]))

    def count_by(self, item: FieldOf) -> Awaitable[Any] | None:
        """Show how often each value of a field stands in the list, with sums; one that is chosen narrows it."""
        from pmo_tui.screens.grouping import GroupScreen

        view = self.view
        return None if view is None else self.app.push_screen(GroupScreen(view, item), self._narrow)

    def _narrow(self, word: str | None) -> None:
        if word:
            self.filter_text = f"{self.filter_text} {word}".strip()
            self.remember()
            self.look()

    # ---- columns -------------------------------------------------------------------------------------------------------

    async def action_columns(self) -> None:
        """Choose columns, their order and their widths."""
        await self.attempt(self._columns)

    def _columns(self) -> Awaitable[Any]:
        from pmo_tui.screens.columns import ColumnsScreen

        if not self.choosable:
            raise WrongUse(
                N_("The columns of this list are its picture."), N_("Other lists have columns to be chosen.")
            )
        sticky = self.table.sticky
        return self.app.push_screen(
            ColumnsScreen(self.fields(), self.columns(), self.chosen, sticky, self.content_width), self._columns_chosen
        )

    def _columns_chosen(self, chosen: tuple[str, ...] | None) -> None:
        if chosen is not None and chosen != self.chosen:
            self.chosen = chosen
            self.remember()
            self.look()

    # ---- views ---------------------------------------------------------------------------------------------------------

    async def action_view(self) -> None:
        """Recall a view, or keep this one."""
        from pmo_tui.screens.views import ViewsScreen

        labels = {name: safe(_(item.field.label)) for name, item in self.fields().items()}
        screen = ViewsScreen(self.register, super().heading(), self.look_now(), self.own_look(), labels)
        await self.attempt(lambda: self.app.push_screen(screen, self._view_taken))

    def _view_taken(self, taken: tuple[str, SavedView] | None) -> None:
        if taken is None:
            return
        name, view = taken
        self._wear(view, name)
        self.remember()
        self.look()

    def commands(self) -> list[Command]:
        """The views of the list too."""
        from pmo_tui.desk.views.kept_views import kept_views

        def taker(name: str, view: SavedView) -> Callable[[], Awaitable[Any]]:
            async def take() -> None:
                self._view_taken((name, view))

            return take

        views = kept_views(self.desk, self.register)
        shown = [
            Command(safe(each.name), f"{safe(each.name)}  {_('view')}", taker(each.name, each.view)) for each in views
        ]
        return [*super().commands(), *shown]
