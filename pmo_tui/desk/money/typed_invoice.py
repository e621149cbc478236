"""An invoice while it is typed: the fields of its form, and what was made of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from pmo_tui.analysis.supplier_money import named_lines
from pmo_tui.records import fields as f
from pmo_tui.records.errors import Problem, Refused, Said
from pmo_tui.records.invoices import Invoice, InvoiceLine
from pmo_tui.records.marks import N_
from pmo_tui.records.orders import Order, OrderLine
from pmo_tui.records.schema import FieldOf

LINE = "line:"
"""The fields of lines are called after the order's: `line:1`; without an order, and for what is on none of its lines, `line:`."""
BEFORE_LINES = ("supplier", "order", "number", "issue_date")
AFTER_LINES = ("vat_rate", "net", "vat", "gross", "received_on", "due_date", "iban")
SELDOM = (
    "type", "original", "currency", "contract", "period_start", "period_end", "prepaid", "rounding", "g_amount", "buyer_reference",
    "code", "tags", "notes",
)  # fmt: skip
"""Fields that are typed only now and then."""
NEEDED = frozenset({"supplier", "number", "issue_date"})
VAT_RATE = FieldOf("vat_rate", f.text(N_("VAT rate"), 8, help=N_("21%, 9%, 0%, AE (reverse charge), E (exempt)")), False, None)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LineField:
    """A field for one line of the order, or for everything else: its name, what it is called, and what may be typed."""

    name: str
    label: str
    hint: str


@dataclass(slots=True)
class TypedInvoice:
    """What was made of what was typed: texts, what was understood, what is wrong and what is only warned of, by field (raw text).

    `invoice` is what it makes so far.
    """

    texts: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, Said] = field(default_factory=dict)
    warned: dict[str, str] = field(default_factory=dict)
    lines: list[LineField] = field(default_factory=list)
    invoice: Invoice = field(default_factory=lambda: Invoice(number=""))

    def refuse_wrong(self) -> None:
        """Refused, naming each field that is wrong."""
        if self.wrong:
            raise Refused(problems=[Problem(reason, name) for name, reason in self.wrong.items()])


def mirrored(invoice: Invoice, order: Order | None) -> dict[str, str]:
    """What is typed of a credit note that takes back the whole of an invoice; its own number and day are still to be given."""
    texts = {
        "type": "credit",
        "original": invoice.number,
        "supplier": invoice.supplier or "",
        "order": invoice.order or "",
        "currency": invoice.currency,
    }
    lines = named_lines(order) if order is not None else {}
    by_line: dict[str, list[str]] = {}
    for line in invoice.lines:
        name = line.order_line or ""
        by_line.setdefault(name, []).append(_taken_back(line, lines.get(name), order))
    return texts | {LINE + name: "; ".join(parts) for name, parts in by_line.items()}


def _taken_back(line: InvoiceLine, ordered: OrderLine | None, order: Order | None) -> str:
    """A line with its sign turned, as it is typed: what the order says too is left out."""
    quantity = "" if line.quantity is None else format(-line.quantity, "f")
    follows = ordered is not None and line.quantity is not None and line.quantity * ordered.price == line.net
    words = [quantity, "" if follows else f"={format(-line.net, 'f')}"]
    known = (ordered.project or (order.project if order else None)) if ordered is not None else None
    if line.project not in (None, known):
        words.append(f"#{line.project}")
    if ordered is None or (line.vat_category, line.vat_rate) != (ordered.vat_category, ordered.vat_rate):
        words += [line.vat_category or "", "" if line.vat_rate is None else f"{format(line.vat_rate, 'f')}%"]
    return " ".join(word for word in words if word)
