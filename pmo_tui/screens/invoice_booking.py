"""Invoices booked from the screen: by hand, on what stands under the cursor, and from the files of a folder."""

from __future__ import annotations

from collections.abc import Awaitable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmo_tui.desk.home.last_folder import invoice_files, keep_folder, last_folder
from pmo_tui.desk.money.invoice_view import badge, badge_text
from pmo_tui.desk.money.money_chain import order_keys, supplier_of
from pmo_tui.records.invoices import Invoice
from pmo_tui.screens.invoice_steps import InvoiceSteps
from pmo_tui.wording.languages import _
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.widgets.prompt import Offer


class InvoiceBooking(InvoiceSteps):
    """The list with invoices booked."""

    @property
    def of_invoices(self) -> bool:
        """Whether the register of invoices is the one that is shown."""
        return self.register == "invoices"

    def _new(self) -> Awaitable[Any]:
        return self.book({}) if self.of_invoices else super()._new()

    async def action_book_invoice(self) -> None:
        """Book an invoice on the order, or of the supplier, under the cursor."""
        await self.attempt(lambda: self.book(self._of_row()))

    def _of_row(self) -> dict[str, str]:
        key = self.table.key
        if key is None:
            return {}
        supplier = supplier_of(self.desk, key)
        orders = order_keys(self.desk, key) if self.register in ("invoices", "orders", "receipts") else []
        found = {"supplier": supplier} if supplier else {}
        return found | ({"order": orders[0]} if orders else {})

    def book(self, values: dict[str, str]) -> Awaitable[Any]:
        """Open the form."""
        from pmo_tui.screens.invoice_form import InvoiceForm

        return self.app.push_screen(InvoiceForm(values), self._booked)

    def _booked(self, key: str | None) -> None:
        if not key:
            return
        if not self.of_invoices:
            self.show_register("invoices")
        self._saved(key)
        widened = self._widened_to(key)
        invoice = self.desk.record(key)
        if isinstance(invoice, Invoice):
            words = _("{key} booked: {match}; {undo} takes it back")
            told = self.keyed(words, key=key, match=safe(badge_text(badge(self.desk, invoice))))
            self.say(f"{told} {_('(the filter that hid it is off)')}" if widened else told)

    def _widened_to(self, key: str) -> bool:
        """Whether the list had to be widened for the cursor to stand on a new record, and not on another one that the filter left."""
        if self.view is None or self.view.index(key) is not None or not self.widen():
            return False
        self.look()
        self.expect(key)
        return True

    def widen(self) -> bool:
        """Take away what the list is narrowed to; whether there was anything."""
        narrowed, self.filter_text = bool(self.filter_text), ""
        return narrowed

    def action_book_file(self) -> None:
        """Take e-invoices in, from the folder used last."""
        folder = last_folder(self.desk)
        self._ask_file(f"{folder}/" if folder else "")

    def _ask_file(self, begun: str) -> None:
        self.ask(self._book_file, _("Invoice file"), begun, offers=self._files, take_offer=True)

    async def _book_file(self, name: str) -> None:
        """Show what a file would change; on into a folder, for a file in it."""
        from pmo_tui.screens.importing import ImportScreen

        text = name.strip()
        path = Path(text).expanduser()
        if not text:
            return
        if path.is_dir():
            self._ask_file(f"{text.rstrip('/')}/")
            return
        names = [str(each) for each in invoice_files(path.parent)] if path.name == "*" else [text]
        keep_folder(self.desk, path)
        await self.app.push_screen(ImportScreen(names))

    def _files(self, text: str) -> list[Offer]:
        """Files that may hold invoices, the newest first, and all of them at once; else what any path may mean."""
        from pmo_tui.screens.file_offers import tables_like

        folder, begun = (Path(text), "") if text.endswith("/") else (Path(text).parent, Path(text).name)
        found = invoice_files(folder.expanduser(), begun)
        offers = [(str(folder / each.name), safe(each.name)) for each in found[:6]]
        if len(found) > 1 and not begun:
            offers.append((str(folder / "*"), _("all {count} files").format(count=format_number(len(found)))))
        return offers or tables_like(text)
