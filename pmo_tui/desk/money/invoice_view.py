"""Invoices as their screen lists them: the match as a badge that reads without colour, due days told, what was noticed in a sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from pmo_tui.analysis.exceptions import SETTLED
from pmo_tui.analysis.invoice_match import EXCEPTION, MATCHED
from pmo_tui.analysis.invoice_steps import accepted
from pmo_tui.desk.views.view import RegisterView
from pmo_tui.records.invoices import Invoice
from pmo_tui.records.marks import N_
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe
from pmo_tui.wording.shown_days import format_date

if TYPE_CHECKING:
    from pmo_tui.analysis.duplicates import Suspicion
    from pmo_tui.desk.desk import Desk
    from pmo_tui.records.schema import FieldOf

OWN = frozenset({"match", "due_date", "noticed", "project"})
"""Fields that this list shows in its own way."""
ACCEPTED = N_("accepted")
SIGNS = {EXCEPTION: "≠", ACCEPTED: "≈", MATCHED: "="}
NO_SIGN = "–"
TONES = {EXCEPTION: "red", ACCEPTED: "amber", MATCHED: "green"}
NOTICED = {"duplicate": "2×", "strange_iban": "B!", "suspected": "2?", "shared_iban": "B?"}
"""How what was noticed is told in two letters, the gravest first."""
HALF_A_YEAR = 183
GRAVE = frozenset({"duplicate", "strange_iban"})


def badge(desk: Desk, invoice: Invoice) -> str:
    """How an invoice stands against its order: matched, exception, accepted, no order."""
    found = desk.money.match(invoice.key)
    return ACCEPTED if found.badge == EXCEPTION and accepted(invoice, found.reasons) else found.badge


def badge_text(name: str) -> str:
    """A badge with its sign, in the language in use."""
    return f"{SIGNS.get(name, NO_SIGN)} {_(name)}"


def badge_tone(name: str) -> str:
    """What stresses a badge."""
    return TONES.get(name, "yellow")


def sign(noticed: Sequence[Suspicion]) -> str:
    """The gravest of what was noticed, in two letters."""
    kinds = {each.kind for each in noticed}
    return next((text for kind, text in NOTICED.items() if kind in kinds), "")


def noticed_tone(noticed: Sequence[Suspicion]) -> str:
    """Red for what came twice and for accounts that are not the supplier's, amber for what may be."""
    return "" if not noticed else "red" if any(each.kind in GRAVE for each in noticed) else "amber"


def legend() -> list[tuple[str, str]]:
    """The signs of the list with their meaning."""
    return [
        (SIGNS[MATCHED], _("order, receipt and invoice agree")),
        (SIGNS[EXCEPTION], _("they differ; the line below the list says how")),
        (SIGNS[ACCEPTED], _("they differ, and somebody accepted that")),
        (NO_SIGN, _("there is no order to compare with")),
        ("!5d", _("due five days ago")),
        ("~", _("the due day follows from the supplier's terms; the invoice says none")),
        (NOTICED["duplicate"], _("the supplier sent this number before")),
        (NOTICED["suspected"], _("perhaps the same as another: amount and supplier are")),
        (NOTICED["strange_iban"], _("to be paid to an account that is not the supplier's")),
        (NOTICED["shared_iban"], _("to be paid to an account that another supplier has too")),
    ]


def due_text(desk: Desk, invoice: Invoice) -> str:
    """The due day; `today !` on that day, and behind a day that has gone by `!5d`. `~` before one that no invoice says."""
    found = None if invoice.status in SETTLED else desk.exceptions.aged(invoice)
    if found is None or found.due is None:
        return short_day(desk, invoice.due_date) if invoice.due_date else ""
    day = found.due
    if day == desk.today():
        return _("today") + " !"
    text = ("" if invoice.due_date else "~") + short_day(desk, day)
    if found.days_late <= 0:
        return text
    return f"{text} !{found.days_late}d" if found.days_late < HALF_A_YEAR else f"{text} !"


def short_day(desk: Desk, day: date) -> str:
    """A day without its year, where that is plain."""
    return format_date(day, "short" if abs((day - desk.today()).days) < HALF_A_YEAR else "iso")


def due_tone(desk: Desk, invoice: Invoice) -> str:
    """Due days that have gone by, and today."""
    found = None if invoice.status in SETTLED else desk.exceptions.aged(invoice)
    day: date | None = None if found is None else found.due
    if day is None or day > desk.today():
        return ""
    return "amber" if day == desk.today() else "late"


class InvoiceView(RegisterView):
    """The invoices that a filter leaves. Sorted by due day, one that says none stands where its supplier's term puts it."""

    _sorting = False
    at_hand = False
    """Leaves the cells empty that take the other invoices and the orders: for a first look."""

    def _sorted(self, rows: list[str]) -> list[str]:
        self._sorting = True
        return super()._sorted(rows)

    def _column(self, item: FieldOf, rows: Sequence[str] | None = None) -> Mapping[str, Any]:
        if item.name == "bucket":
            return self._buckets()
        found = super()._column(item, rows)
        if not self._sorting or item.name != "due_date":
            return found
        return {row: self._due(row) if day is None else day for row, day in found.items()}

    def _buckets(self) -> Mapping[str, Any]:
        """The ages of what is not settled, without looking at the many that are."""
        found: dict[str, str | None] = dict.fromkeys(self._all())
        for invoice in self.desk.exceptions.unsettled():
            aged = self.desk.exceptions.aged(invoice)
            found[invoice.key.rpartition("-")[2]] = aged.bucket if aged is not None else None
        return found

    def _due(self, row: str) -> date | None:
        invoice = self.desk.record(self._key(row))
        aged = self.desk.exceptions.aged(invoice) if isinstance(invoice, Invoice) else None
        return None if aged is None else aged.due

    def cells(self, i: int, names: Sequence[str]) -> list[str]:
        """Row `i` as the screen of invoices shows it."""
        plain = [name for name in names if name not in OWN]
        texts = dict(zip(plain, super().cells(i, plain), strict=True))
        invoice = self.desk.record(self.keys[i])
        if not isinstance(invoice, Invoice):
            return [texts.get(name, "") for name in names]
        return [texts[name] if name in texts else self._own(invoice, name) for name in names]

    def _own(self, invoice: Invoice, name: str) -> str:
        if self.at_hand and name != "due_date":
            return ""
        if name == "match":
            return badge_text(badge(self.desk, invoice))
        if name == "due_date":
            return due_text(self.desk, invoice)
        if name == "project":
            return self._project(self.desk.exceptions.projects_of(invoice))
        return sign(self.desk.exceptions.noticed(invoice))

    def _project(self, keys: Sequence[str]) -> str:
        if len(keys) > 1:
            return _("several")
        return safe(self.desk.lookup.short(keys[0])) if keys else ""

    def tones(self, i: int, names: Sequence[str]) -> list[str]:
        """What stresses each cell of row `i`."""
        plain = [name for name in names if name not in OWN]
        found = dict(zip(plain, super().tones(i, plain), strict=True))
        invoice = self.desk.record(self.keys[i])
        if not isinstance(invoice, Invoice):
            return [""] * len(names)
        return [found[name] if name in found else self._own_tone(invoice, name) for name in names]

    def _own_tone(self, invoice: Invoice, name: str) -> str:
        if self.at_hand and name != "due_date":
            return ""
        if name == "match":
            return badge_tone(badge(self.desk, invoice))
        if name == "due_date":
            return due_tone(self.desk, invoice)
        if name == "project":
            return ""
        return noticed_tone(self.desk.exceptions.noticed(invoice))
