"""Reads an invoice as it is typed: what is not typed follows from the supplier, its order and its last invoice, and from what is.

It is asked anew with every key, and gives the text of every field, what was understood, what is wrong, and the invoice so far.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pmo_tui.analysis.amounts import NOTHING
from pmo_tui.analysis.duplicates import Suspicion, plain_iban
from pmo_tui.analysis.vat import STANDARD, rate_on
from pmo_tui.desk.doubtful_numbers import doubt_words
from pmo_tui.desk.exceptions import AT_HOME, billing
from pmo_tui.desk.money.invoice_defaults import (
    OpenOrder,
    last_invoice,
    likely_order,
    open_orders,
    payment_days,
    supplier_meant,
    usual_vat,
)
from pmo_tui.desk.money.line_words import TAXED, Vat, read_vat, vat_text
from pmo_tui.desk.money.typed_invoice import LINE, NEEDED, SELDOM, VAT_RATE, LineField, TypedInvoice
from pmo_tui.desk.money.typed_lines import LineReader
from pmo_tui.desk.money.typed_totals import totals_of
from pmo_tui.desk.said import said
from pmo_tui.records.errors import Fault, Said
from pmo_tui.records.invoices import Invoice
from pmo_tui.records.marks import N_
from pmo_tui.records.orders import Order
from pmo_tui.records.suppliers import Supplier
from pmo_tui.wording.languages import _
from pmo_tui.wording.money import format_money
from pmo_tui.wording.shown_days import format_date

if TYPE_CHECKING:
    from pmo_tui.analysis.booking_effect import Effect
    from pmo_tui.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class SupplierFile:
    """What is known of a supplier: its record, its open orders, its last invoice."""

    supplier: Supplier | None = None
    orders: tuple[OpenOrder, ...] = ()
    last: Invoice | None = None


class InvoiceTyping:
    """Reads invoices as they are typed; what it knows of suppliers it keeps until anything changes."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._files: dict[str, SupplierFile] = {}
        self._at = -1

    def file_of(self, supplier: str | None) -> SupplierFile:
        """What is known of a supplier."""
        head = self.desk.store.head()
        if head != self._at:
            self._files, self._at = {}, head
        if not supplier:
            return SupplierFile()
        if supplier not in self._files:
            record = self.desk.record(supplier)
            self._files[supplier] = SupplierFile(
                record if isinstance(record, Supplier) else None,
                tuple(open_orders(self.desk, supplier)),
                last_invoice(self.desk, supplier),
            )
        return self._files[supplier]

    def read(self, typed: Mapping[str, str]) -> TypedInvoice:
        """The invoice that `typed` (texts of those fields alone that somebody filled in) makes."""
        return _Reader(self, typed).read()

    def effect(self, invoice: Invoice) -> Effect:
        """What booking it does to what is left on orders and available in projects."""
        return self.desk.money.effect(invoice)

    def noticed(self, invoice: Invoice) -> list[Suspicion]:
        """Whether it may have come before, and accounts that are not the supplier's."""
        return list(self.desk.exceptions.ledger().suspicions(billing(invoice)))


class _Reader:
    """One reading, field after field, those first that others follow from."""

    def __init__(self, typing: InvoiceTyping, typed: Mapping[str, str]) -> None:
        self.desk = typing.desk
        self.typing = typing
        self.typed = typed
        self.found = TypedInvoice()
        self.values: dict[str, Any] = {}
        self.fields = {**self.desk.fields("invoices"), "vat_rate": VAT_RATE}
        self.file = SupplierFile()
        self.order: Order | None = None

    def read(self) -> TypedInvoice:
        self._supplier()
        self._order()
        for name in ("type", "original", "number", "issue_date"):
            self._value(name, "invoice" if name == "type" else "")
        issued = self.values.get("issue_date")
        if isinstance(issued, date) and issued > self.desk.today():
            self.found.warned["issue_date"] = _("{day} is still to come").format(day=format_date(issued, "long"))
        last = self.file.last
        self._value("currency", self.order.currency if self.order else last.currency if last else "EUR")
        self._value("contract", (self.order.contract if self.order else None) or "")
        lines = self._lines()
        self._totals(lines)
        self._days()
        self._iban()
        for name in SELDOM:
            if name not in self.found.texts:
                self._value(name, "")
        for name, item in self.fields.items():
            if name in self.typed and name not in self.found.texts and not item.field.computed:
                self._value(name, "")
        self._make()
        for each in self.typing.noticed(self.found.invoice):
            if each.kind == "duplicate":
                self.found.warned["number"] = said(each.said)
        return self.found

    def _value(self, name: str, default: str) -> Any:
        """The value of a field as it was typed, or as it follows."""
        text = self.found.texts[name] = self.typed.get(name, default)
        try:
            value = self.desk.parse(self.fields[name], text, self.values)
        except Fault as fault:
            self.found.wrong[name] = fault.reason
            return None
        except ValueError as error:
            self.found.wrong[name] = Said(str(error), {})
            return None
        if value is None and name in NEEDED:
            self.found.wrong[name] = Said(N_("is needed"), {})
        self.values[name] = value
        return value

    # ---- supplier and order --------------------------------------------------------------------------------------------

    def _supplier(self) -> None:
        text = self.found.texts["supplier"] = self.typed.get("supplier", "")
        key = self.values["supplier"] = supplier_meant(self.desk, text)
        if key is None:
            reason = (
                N_("is needed") if not text.strip() else N_("no supplier is called so; add one among the suppliers")
            )
            self.found.wrong["supplier"] = Said(reason, {})
            return
        self.file = self.typing.file_of(key)
        supplier = self.file.supplier
        if supplier is not None:
            self.found.words["supplier"] = f"= {key}  {supplier.name}" + (
                f" ({_(supplier.status)})" if supplier.status != "active" else ""
            )

    def _order(self) -> None:
        likely = likely_order(list(self.file.orders), self.file.last)
        text = self.typed.get("order", likely.order.key if likely else "")
        self.found.texts["order"] = text
        key = self._order_key(text.strip())
        record = self.desk.record(key) if key else None
        self.order = record if isinstance(record, Order) else None
        self.values["order"] = self.order.key if self.order else None
        self.found.words["order"] = self._order_words()

    def _order_key(self, text: str) -> str | None:
        if not text:
            return None
        for each in self.file.orders:
            if text.casefold() in (each.order.key.casefold(), (each.order.number or "").casefold()):
                return each.order.key
        try:
            found: str = self.desk.parse(self.fields["order"], text, self.values)
        except Fault as fault:
            near = next((each for each in self.file.orders if text.casefold() in each.words.casefold()), None)
            if near is not None:
                return near.order.key
            self.found.wrong["order"] = fault.reason
            return None
        return found

    def _order_words(self) -> str:
        others = len(self.file.orders) - 1
        if self.order is None:
            return _("open orders: {count}; a blank lists them").format(count=others + 1) if others >= 0 else ""
        left = sum((line.order_left for line in self.desk.money.lines(self.order)), NOTHING)
        words = f"= {self.order.key}  {self.order.title}, " + _("left {left}").format(
            left=format_money(left, self.order.currency)
        )
        return words + (" " + _("(open: {count} more)").format(count=others) if others > 0 else "")

    # ---- lines and sums ------------------------------------------------------------------------------------------------

    def _vat(self) -> Vat | None:
        """The VAT of lines that say none: as typed, as on the order or the last invoice, or the standard rate of the day at home."""
        text = self.typed.get("vat_rate")
        if text is not None:
            try:
                return read_vat(text)
            except Fault as fault:
                self.found.wrong["vat_rate"] = fault.reason
                return None
        ordered = {(line.vat_category, line.vat_rate) for line in self.order.lines} if self.order else set()
        usual = ordered.pop() if len(ordered) == 1 else usual_vat(self.file.last)
        if usual not in (None, (None, None)):
            return usual
        supplier = self.file.supplier
        at_home = supplier is not None and supplier.country in AT_HOME
        return (TAXED, rate_on(STANDARD, self.values.get("issue_date") or self.desk.today())) if at_home else None

    def _lines(self) -> LineReader:
        vat = self._vat()
        self.found.texts["vat_rate"] = self.typed.get("vat_rate", vat_text(vat))
        reader = LineReader(
            self.desk, self.order, self.file.last, vat,
            typed_vat="vat_rate" in self.typed, credit=self.values.get("type") == "credit",
        )  # fmt: skip
        net = self._typed_net()
        texts = {name.removeprefix(LINE): text for name, text in self.typed.items() if name.startswith(LINE)}
        reader.read(texts, net)
        for line in reader.fields:
            name = LINE + line.name
            self.found.lines.append(LineField(name, line.label, line.hint))
            self.found.texts[name] = line.text
            self.found.words[name] = line.words
            if line.wrong is not None:
                self.found.wrong[name] = line.wrong
        return reader

    def _typed_net(self) -> Decimal | None:
        value = self._value("net", "") if "net" in self.typed else None
        if isinstance(value, Decimal) and self.values.get("type") == "credit":
            return -abs(value)
        return value if isinstance(value, Decimal) else None

    def _totals(self, reader: LineReader) -> None:
        """Net, VAT and gross follow from the lines until they are typed; the paper's own sums are held against them."""
        typed = {name: self._value(name, "") for name in ("vat", "gross", "prepaid", "rounding") if name in self.typed}
        typed["net"] = self.values.get("net") if "net" in self.typed else None
        sums = totals_of(reader.lines, typed, credit=reader.credit)
        self.found.wrong.update({name: said for name, said in sums.wrong.items() if name not in self.found.wrong})
        self.values.update(sums.values)
        for name in ("net", "vat", "gross"):
            self.found.texts.setdefault(name, format(sums.values[name], "f") if reader.lines else "")
        for name in ("prepaid", "rounding"):
            self.found.texts.setdefault(name, "")
        self.found.words["vat"] = "; ".join(
            f"{total.category} {'' if total.rate is None else f'{total.rate}%'} {format_money(total.amount, '')}"
            for total in sums.values["vat_totals"]
        )
        self.values["lines"] = reader.lines

    # ---- days and account ------------------------------------------------------------------------------------------------

    def _days(self) -> None:
        received = self._value("received_on", self.desk.today().isoformat())
        days = payment_days(self.file.supplier, self.file.last)
        due = received + timedelta(days=days) if isinstance(received, date) else None
        self._value("due_date", due.isoformat() if due else "")
        if "due_date" not in self.typed and due is not None:
            self.found.words["due_date"] = "= " + format_date(due, "long") + ", " + _("{days} days from receipt").format(days=days)  # fmt: skip

    def _iban(self) -> None:
        supplier, last = self.file.supplier, self.file.last
        ibans = supplier.ibans if supplier is not None else []
        usual = last.iban if last is not None and last.iban in ibans else None
        value = self._value("iban", usual or (ibans[0] if ibans else ""))
        if value and plain_iban(value) in {plain_iban(each) for each in ibans}:
            self.found.words["iban"] = _("on the supplier's record")
        elif value:
            self.found.warned["iban"] = doubt_words("iban", value) or _("not on the supplier's record")

    def _make(self) -> None:
        """The invoice so far."""
        values = {
            name: value for name, value in self.values.items()
            if value is not None and name != "vat_rate" and name in Invoice.__dataclass_fields__
        }  # fmt: skip
        own = {name: value for name, value in self.values.items() if name not in values and value is not None and name != "vat_rate"}  # fmt: skip
        if self.order is not None and self.order.number:
            values["order_reference"] = self.order.number
        if own:
            from pmo_tui.desk.own_fields import as_extra

            values["extra"] = as_extra({name: self.fields[name] for name in own}, own)[0]
        self.found.invoice = Invoice(**{"number": "", **values})
