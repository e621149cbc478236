"""Booking an invoice by hand: what is not typed follows from supplier, order and last invoice; what it does to them moves as one types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget

from pmo_tui.actions import FORM
from pmo_tui.desk.money.booking_invoices import book
from pmo_tui.desk.money.invoice_typing import InvoiceTyping
from pmo_tui.desk.money.typed_invoice import (
    AFTER_LINES,
    BEFORE_LINES,
    LINE,
    NEEDED,
    SELDOM,
    VAT_RATE,
    TypedInvoice,
)
from pmo_tui.records import fields as f
from pmo_tui.records.registers import looks_like_key
from pmo_tui.records.schema import FieldOf
from pmo_tui.screens.booking_card import booking_lines
from pmo_tui.screens.form import FormScreen
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.cutting import fit
from pmo_tui.widgets.form import Entry, FieldRow, Form, Heard
from pmo_tui.widgets.prompt import Offer
from pmo_tui.widgets.text_page import TextPage
from pmo_tui.wording.languages import _
from pmo_tui.wording.money import format_money
from pmo_tui.wording.safe import safe

WIDE = 110
"""From so many columns on the effect stands beside the form."""
HIGHEST = 9
"""Lines that the effect may take below the form."""
LABEL = 18


def _cut(label: str) -> str:
    """A label as long as there is room for, … where it is longer."""
    return fit(label, LABEL).rstrip()


class Effect(TextPage, can_focus=False):
    """What booking does to order and projects."""


class InvoiceForm(FormScreen):
    """A new invoice, or with `type` credit a credit note. `values` are texts of fields that are given with it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(FORM)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
    DEFAULT_CSS = """
    InvoiceForm #booking { height: 1fr; layout: vertical; }
    InvoiceForm #effect { height: 5; background: $surface; border-top: solid $panel; }
    InvoiceForm.-wide #booking { layout: horizontal; }
    InvoiceForm.-wide #effect { width: 52; height: 1fr; border-top: none; border-left: solid $panel; }
    """

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        super().__init__("invoices", values=values)
        self.typed: dict[str, str] = {}
        self.made = TypedInvoice()
        self._height: int | None = 0

    def heading(self) -> str:
        """A new invoice, or the credit note on which one."""
        if self.given.get("type") == "credit":
            return _("Credit note on {number}").format(number=safe(self.given.get("original")))
        return super().heading()

    @property
    def draft_name(self) -> str:
        """A draft of its own for each order, and for each invoice that is credited."""
        about = self.given.get("original") or self.given.get("order") or self.given.get("supplier") or ""
        return f"new-invoice-{about}".rstrip("-")

    # ---- the fields ------------------------------------------------------------------------------------------------------

    def body(self) -> Iterable[Widget]:
        """The form, and what booking would do."""
        self.take_draft()
        self._read()
        with Container(id="booking"):
            yield Form(self.understand, self.offers, self._entries({}, ""), id="form")
            yield Effect(id="effect")

    def _read(self) -> None:
        self.typing = InvoiceTyping(self.desk)
        supplier = self.given.get("supplier", "")
        if looks_like_key(supplier):
            self.given["supplier"] = self.typed_text(self.desk.fields("invoices")["supplier"], supplier)
        self.typed = {**self.given, **(self._draft.texts if self._draft else {})}
        self.before = {}
        self.made = self.typing.read(self.typed)

    def on_mount(self) -> None:
        """The keys go to the first field that is still to be filled in."""
        self.at = next((name for name in ("supplier", "order", "number") if name not in self.typed), "number")
        super().on_mount()
        self._fill("")

    def reload(self) -> None:
        """What booking would do, as the records are now."""
        self.made = self.typing.read(self.typed)
        self._show_effect()

    @property
    def fields(self) -> dict[str, FieldOf]:
        """The fields that can be typed, in the order of the form; rows are typed line by line."""
        every = {name: item for name, item in super().fields.items() if item.row is None} | {"vat_rate": VAT_RATE}
        lines = {
            each.name: FieldOf(each.name, f.text(each.label, help=each.hint), False, None) for each in self.made.lines
        }
        shown = [*BEFORE_LINES, *lines, *AFTER_LINES, *SELDOM]
        known = {**every, **lines}
        own = self.own_fields()
        return {name: known[name] for name in [*shown, *(name for name in every if name in own)]}

    def own_fields(self) -> set[str]:
        """The organisation's own fields of invoices."""
        return set(self.desk.fields("invoices")) - set(self.register.fields)

    def _entries(self, texts: Mapping[str, str], at: str) -> list[Entry]:
        own = self.own_fields()
        lines = {each.name for each in self.made.lines}
        usual = {*BEFORE_LINES, *AFTER_LINES, *lines, *(name for name in self.typed if name not in ("type",)), *own}
        return [self._entry(name, "") for name in self.fields if self.every or name in usual]

    def _entry(self, name: str, text: str) -> Entry:
        item = self.fields[name]
        label = item.field.label if name.startswith(LINE) else _(item.field.label)
        return Entry(
            name, _cut(safe(label)), self.made.texts.get(name, ""), long=item.field.kind == "long", needed=name in NEEDED,
            hint=_(item.field.help) if name.startswith(LINE) or name == "vat_rate" else self._hint(item),
            offered=name not in self.typed,
        )  # fmt: skip

    # ---- while one types -------------------------------------------------------------------------------------------------

    def explain(self) -> None:
        """What was understood stands beside each field already."""

    def understand(self, name: str, texts: Mapping[str, str]) -> Heard:
        """Take in what was typed into a field."""
        self.typed[name] = texts[name]
        self.made = self.typing.read(self.typed)
        return self._heard(name)

    def _heard(self, name: str) -> Heard:
        wrong = self.made.wrong.get(name)
        if wrong is not None:
            return Heard("", safe(wrong.words(_)))
        if name in self.made.warned:
            return Heard(f"⚠ {safe(self.made.warned[name])}", "", self._taken(name))
        return Heard(safe(self.made.words.get(name, "")) or self._plain(name), "", self._taken(name))

    def _plain(self, name: str) -> str:
        """What a text was understood as, of a field that follows from nothing."""
        item = self.fields.get(name)
        if item is None or item.field.kind != "date" or not self.made.texts.get(name):
            return ""
        return super().understand(name, self.made.texts).understood

    def _taken(self, name: str) -> str:
        """What stands for a supplier or an order that is half written."""
        if name == "supplier" and self.made.invoice.supplier:
            return self.typed_text(self.fields[name], self.made.invoice.supplier)
        return self.made.invoice.order or "" if name == "order" and self.typed.get(name, "").strip() else ""

    def offers(self, name: str, text: str) -> list[Offer]:
        """Suppliers by name, number or account; the supplier's open orders; else as in any form."""
        if name == "order":
            found = self.typing.file_of(self.made.invoice.supplier).orders
            orders = [each for each in found if text.strip().casefold() in each.words.casefold()][:6]
            return [
                (each.order.key, safe(f"{each.words}  ") + _("left {left}").format(left=format_money(each.left, each.order.currency)))
                for each in orders
            ]  # fmt: skip
        return [] if name not in self.register.fields else super().offers(name, text)

    @on(Form.Changed)
    async def _follow(self, event: Form.Changed) -> None:
        """Let the fields that nobody typed into follow."""
        if event.name:
            await self._match_lines()
            self._fill(event.name)
            self._show_effect()

    async def _match_lines(self) -> None:
        """The fields of lines are those of the order."""
        rows = self.form.rows
        wanted = {each.name: _cut(safe(each.label)) for each in self.made.lines}
        here = {name: row.entry.label for name, row in rows.items() if name.startswith(LINE)}
        if wanted == here:
            return
        new = [FieldRow(self._entry(name, "")) for name in wanted]
        with self.app.batch_update():
            for name in here:
                await rows[name].remove()
            await self.form.mount_all(new, before=rows["vat_rate"])

    def _fill(self, typed_now: str) -> None:
        """Texts that follow, and what was understood, in every field but the one that is typed into."""
        for name, row in self.form.rows.items():
            if name == typed_now:
                continue
            text = self.made.texts.get(name, "")
            if name not in self.typed and row.text != text:
                with row.field.prevent(type(row.field).Changed):
                    row.put(text, offered=True)
            heard = self._heard(name) if name in self.typed or name not in self.made.wrong else Heard()
            row.say(heard.wrong or heard.understood, wrong=bool(heard.wrong))

    def _show_effect(self) -> None:
        effect = self.query_one(Effect)
        lines = booking_lines(self.desk, self.typing, self.made)
        effect.show(lines)
        most = min(HIGHEST, max(2, self.size.height // 3))
        height = None if self.has_class("-wide") else min(most, effect.line_count() + 1)
        if height != self._height:
            self._height = height
            effect.styles.height = "1fr" if height is None else height

    def on_resize(self) -> None:
        """Below the form, or beside it."""
        if self.is_mounted:
            self.call_after_refresh(self._show_effect)

    # ---- writing -----------------------------------------------------------------------------------------------------------

    def changed_texts(self) -> dict[str, str]:
        """What somebody typed."""
        return {name: text for name, text in self.typed.items() if name in self.fields}

    def writer(self, texts: Mapping[str, str]) -> Callable[[], str]:
        """What books the invoice as it is typed now."""
        typed = dict(self.typed)

        def write() -> str:
            made = self.typing.read(typed)
            made.refuse_wrong()
            return book(self.desk, made.invoice)

        return write

    def action_drop_draft(self) -> None:
        """Forget what was typed."""
        self.forget_draft()
        self.typed = dict(self.given)
        self.made = self.typing.read(self.typed)
        self.start(self._show({}))
        self._show_effect()
        self.say(_("started over"))
