"""The lines of an invoice while they are typed: a field for each line of the order that can still be billed, one for everything else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pmo_tui.analysis.amounts import NOTHING, half_up, tidy
from pmo_tui.analysis.supplier_money import LineMoney, named_lines
from pmo_tui.analysis.vat import STANDARD, rate_on
from pmo_tui.desk.money.line_words import TAXED, ZERO, Part, Vat, parts_of
from pmo_tui.records.errors import Fault, Said
from pmo_tui.records.invoices import Invoice, InvoiceLine
from pmo_tui.records.marks import N_
from pmo_tui.records.orders import Order, OrderLine
from pmo_tui.wording.languages import _
from pmo_tui.wording.money import format_money
from pmo_tui.wording.numbers import format_number

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

OTHER = ""
"""The name of the field for what is on no line of the order."""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One field: the order line's name, its label, its text, what was understood, what is wrong, and what may be typed."""

    name: str
    label: str
    text: str
    words: str = ""
    wrong: Said | None = None
    hint: str = ""


class LineReader:
    """Reads the fields of lines. `lines` are those of the invoice that they make."""

    def __init__(
        self, desk: Desk, order: Order | None, last: Invoice | None, vat: Vat | None, *, typed_vat: bool, credit: bool
    ) -> None:
        self.desk = desk
        self.order = order
        self.last = last
        self.vat = vat
        self.typed_vat = typed_vat
        self.credit = credit
        self.fields: list[ReadLine] = []
        self.lines: list[InvoiceLine] = []

    def read(self, texts: Mapping[str, str], net: Decimal | None) -> None:
        """Read what was typed into the fields; `net` is the typed sum, which a line that is left alone follows where it is the only one."""
        money = {} if self.order is None else {each.line: each for each in self.desk.money.lines(self.order)}
        of_order = {} if self.order is None else named_lines(self.order)
        shown = [name for name in of_order if name in texts or not _done(money[name])] or list(of_order)
        alone = net is not None and not texts
        for name in shown:
            default = "" if self.credit else _waiting(money[name])
            if alone and net is not None and len(shown) == 1:
                default = _for_amount(net, of_order[name])
            self._field(name, of_order[name], money[name], texts.get(name, default))
        default = format(net, "f") if alone and net is not None and not of_order else ""
        self._field(OTHER, None, None, texts.get(OTHER, default))

    def _field(self, name: str, line: OrderLine | None, money: LineMoney | None, text: str) -> None:
        label = f"{name} {line.description or ''}".strip() if line is not None else _("Other") if self.order else _("Lines")  # fmt: skip
        hint = _("quantity, or =amount; #project; ; next") if line is not None else _("amount #project words; ; next")
        said = _standing(money) if money is not None else ""
        try:
            made = [self._line(part, name, line) for part in parts_of(self.desk, text)]
        except Fault as fault:
            self.fields.append(ReadLine(name, label, text, said, fault.reason, hint))
            return
        self.lines += made
        words = "; ".join(self._words(each) for each in made)
        self.fields.append(ReadLine(name, label, text, " · ".join(part for part in (words, said) if part), None, hint))

    def _line(self, part: Part, name: str, line: OrderLine | None) -> InvoiceLine:
        quantity, price, net = self._amounts(part, line)
        category, rate = self._vat(part, line)
        usual = self._usual(name)
        order = self.order
        known = line.project or (order.project if order else None) if line is not None else None
        return InvoiceLine(
            line=str(len(self.lines) + 1),
            description=part.description or (line.description if line else usual.description if usual else None),
            quantity=quantity,
            unit=line.unit if line is not None and quantity is not None else None,
            price=price,
            net=net,
            vat_category=category,
            vat_rate=rate,
            order_line=part.order_line or name or None,
            project=part.project or known or (usual.project if usual and line is None else None),
            work_package=line.work_package if line is not None and not part.project else None,
            cost_type=(line.cost_type if line else None) or (usual.cost_type if usual else None),
            ledger=usual.ledger if usual else None,
            cost_centre=(order.cost_centre if order else None) or (usual.cost_centre if usual else None),
            capex=usual.capex if usual else None,
        )

    def _amounts(self, part: Part, line: OrderLine | None) -> tuple[Decimal | None, Decimal | None, Decimal]:
        """Quantity, price and net amount; a credit note's quantity and amount are negative however they are typed."""
        number, net, price = part.number, part.net, part.price
        if net is None and number is not None and price is None and line is None:
            number, net = None, number
        if net is None:
            if number is None:
                raise Fault(N_("how much? 12, 12 x 97.50 or =1170"))
            price = price if price is not None else line.price if line is not None else NOTHING
            net = half_up(number * price)
        elif price is None and number and line is not None and half_up(number * line.price) == net:
            price = line.price
        if self.credit:
            number = None if number is None else -abs(number)
            net = -abs(net)
        return number, price, net

    def _vat(self, part: Part, line: OrderLine | None) -> Vat:
        category, rate = part.vat_category, part.vat_rate
        if category is None and rate is None:
            of_line = (line.vat_category, line.vat_rate) if line is not None and not self.typed_vat else (None, None)
            category, rate = of_line if of_line != (None, None) else self.vat or (None, None)
        if category is None and rate is not None:
            category = TAXED if rate else ZERO
        if rate is None and category is not None:
            rate = rate_on(STANDARD, self.desk.today()) if category == TAXED else NOTHING
        return category, rate

    def _usual(self, name: str) -> InvoiceLine | None:
        """The line of the supplier's last invoice whose coding is taken over."""
        lines = self.last.lines if self.last is not None else []
        same = (line for line in lines if name and line.order_line == name)
        return next(same, lines[0] if lines and not (name and self.order) else None)

    def _words(self, line: InvoiceLine) -> str:
        amount = format_money(line.net, self.order.currency if self.order else "")
        if line.quantity is not None and line.price is not None:
            amount = f"{format_number(line.quantity)} × {format_money(line.price, '')} = {amount}"
        parts = [amount, self.desk.lookup.short(line.project) if line.project else _("no project")]
        return "= " + ", ".join(parts)


def _done(money: LineMoney) -> bool:
    """Whether a line is billed in full, or closed."""
    return not money.order_left and money.received <= money.invoiced


def _waiting(money: LineMoney) -> str:
    """What came in on a line and was not billed yet is what is likely billed now."""
    waiting = money.received - money.invoiced
    return format(tidy(waiting), "f") if waiting > 0 else ""


def _for_amount(net: Decimal, line: OrderLine) -> str:
    """The quantity that an amount is at the ordered price, or the amount where that is no round quantity."""
    quantity = tidy(half_up(net / line.price)) if line.price else NOTHING
    return format(quantity, "f") if quantity and quantity * line.price == net else f"={format(net, 'f')}"


def _standing(money: LineMoney) -> str:
    values: Iterator[str] = (format_number(getattr(money, name)) for name in ("ordered", "received", "invoiced"))
    return _("{ordered} ordered, {received} received, {invoiced} invoiced").format(
        **dict(zip(("ordered", "received", "invoiced"), values, strict=True))
    )
