"""What needs attention in the whole store, by rule; each project and invoice is looked at again only when it was touched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pmo_tui.analysis.ageing import Aged, aged
from pmo_tui.analysis.duplicates import CREDITED, Billing, Ledger, Suspicion
from pmo_tui.analysis.exceptions import (
    SETTLED,
    Finding,
    of_contract,
    of_invoice,
    of_project,
    of_risks,
    of_suspicions,
)
from pmo_tui.analysis.invoice_match import MATCHED, number_used
from pmo_tui.analysis.invoice_steps import accepted
from pmo_tui.analysis.supplier_money import orders_of
from pmo_tui.desk.house_rules import limits
from pmo_tui.desk.said import said
from pmo_tui.desk.touched import Kept
from pmo_tui.records.errors import Refused, Said
from pmo_tui.records.invoices import Invoice
from pmo_tui.records.marks import N_
from pmo_tui.records.suppliers import Supplier
from pmo_tui.wording.languages import current

if TYPE_CHECKING:
    from pmo_tui.analysis.allocation import Cell
    from pmo_tui.analysis.periods import Period
    from pmo_tui.desk.desk import Desk

WEEKS_AHEAD = 8
"""So many weeks from this one over-booking is looked for."""
PEOPLE = ("people", "systems", "bookings", "absences", "calendars")
"""What over-booking follows from."""
AT_HOME = (None, "NL")
"""Suppliers in these countries bill Dutch VAT."""


class Exceptions:
    """Every finding, with the records as they are now."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.limits = limits(desk.config.rules)
        self._projects = Kept(desk.touched, self._of_project)
        self._invoices = Kept(desk.touched, self._invoice)
        self._of_invoices = Kept(desk.touched, self._of_invoice)
        self._ledger: tuple[int, Ledger] | None = None
        self._people: tuple[tuple[int, ...], list[Finding]] | None = None
        self._noticed: tuple[int, list[Finding]] | None = None
        self._found: tuple[int, list[Finding]] | None = None
        self._sentences: tuple[str, dict[int, tuple[Finding, str]]] = ("", {})

    def findings(self) -> list[Finding]:
        """All of them: of projects, then of invoices, contracts, risks of nodes above projects, and people."""
        at = self.desk.touched.position()
        if self._found is None or self._found[0] != at:
            self._found = (at, [*self._all()])
        return self._found[1]

    def sentence(self, finding: Finding) -> str:
        """What is wrong, in the language in use; kept as long as the finding is one of `findings()`."""
        code, kept = self._sentences
        if code != current().code or len(kept) > 2 * len(self.findings()):
            code, kept = self._sentences = (current().code, {})
        if id(finding) not in kept:
            kept[id(finding)] = (finding, said(finding.said))
        return kept[id(finding)][1]

    def _all(self) -> Iterator[Finding]:
        from pmo_tui.records.raid import Risk
        from pmo_tui.records.suppliers import Contract

        for found in self._projects.many(self.desk.portfolio.projects()):
            yield from found
        open_ = self._unsettled()
        for found in self._of_invoices.many(open_):
            yield from found
        yield from self._suspicions(open_)
        money, today = self.desk.money, self.desk.today()
        for contract in money.some("contracts", self.desk.store.shelf("contracts").numbers(), Contract):
            notice = of_contract(contract, today, self.limits)
            if notice is not None:
                yield notice
        for node in self.desk.portfolio.tree().parents:
            if not node.startswith("P-"):
                yield from of_risks(self.desk.portfolio.risks(node), today)
        loose = self.desk.store.shelf("risks").where("project", None)
        yield from of_risks(money.some("risks", loose, Risk), today)
        yield from self._over_booked()

    def _of_project(self, key: str) -> list[Finding]:
        found = self.desk.portfolio.standing(key)
        return [] if found is None else of_project(found, self.desk.today(), self.limits)

    # ---- invoices ------------------------------------------------------------------------------------------------------

    def unsettled(self) -> list[Invoice]:
        """Invoices that somebody still has to do something about."""
        return [found for found in self._invoices.many(self._unsettled()) if found is not None]

    def _unsettled(self) -> list[str]:
        shelf = self.desk.store.shelf("invoices")
        with self.desk.store.steady():
            found = zip(shelf.numbers(), shelf.column("status"), strict=True)
            return [f"INV-{number}" for number, status in found if status not in SETTLED]

    def _invoice(self, key: str) -> Invoice | None:
        record = self.desk.record(key)
        return record if isinstance(record, Invoice) else None

    def aged(self, invoice: Invoice) -> Aged | None:
        """How an invoice stands today, by the supplier's term where it names no due day."""
        return aged(invoice, self.desk.today(), getattr(self._supplier(invoice), "payment_days", None))

    def _supplier(self, invoice: Invoice) -> Supplier | None:
        if invoice.supplier is None or invoice.due_date is not None:
            return None
        record = self.desk.record(invoice.supplier)
        return record if isinstance(record, Supplier) else None

    def _of_invoice(self, key: str) -> list[Finding]:
        invoice = self._invoices.get(key)
        if invoice is None:
            return []
        matched = self.desk.money.order_match(key)
        at_home = self._at_home(invoice)
        return [*of_invoice(invoice, self.project_of(invoice), matched, self.aged(invoice), dutch=at_home)]

    def _suspicions(self, open_: list[str]) -> list[Finding]:
        position = self.desk.touched.position()
        kept = self._noticed
        again = kept is None or self._touched_since(kept[0], "INV-")
        self._noticed = (position, [*self._seen(open_)] if kept is None or again else kept[1])
        return self._noticed[1]

    def _touched_since(self, position: int, prefix: str) -> bool:
        """Whether a key with that prefix, or everything, was touched after a position."""
        after = self.desk.touched.after(position)
        return any(keys is None or any(key.startswith(prefix) for key in keys) for keys in after)

    def _seen(self, open_: list[str]) -> Iterator[Finding]:
        ledger = self.ledger()
        for key in open_:
            noticed = ledger.noticed(key)
            invoice = self._invoices.get(key) if noticed else None
            if invoice is not None:
                noticed = [
                    each for each in noticed if each.kind != "duplicate" or not self._taken(invoice, each.others)
                ]
                yield from of_suspicions(invoice, self.project_of(invoice), self.desk.money.order_match(key), noticed)

    def _taken(self, invoice: Invoice, others: Iterable[str]) -> bool:
        """Whether it was accepted, of this invoice or of each of the others, that they have one number."""
        return all(
            accepted(invoice, [number_used(key)])
            or ((other := self._invoices.get(key)) is not None and accepted(other, [number_used(invoice.key)]))
            for key in others
        )

    def noticed(self, invoice: Invoice) -> list[Suspicion]:
        """What is noticed about one invoice. The same amount twice is no wonder where both were received."""
        found = self.ledger().noticed(invoice.key)
        if (
            any(each.kind == "suspected" for each in found)
            and self.desk.money.order_match(invoice.key).badge == MATCHED
        ):
            found = [each for each in found if each.kind != "suspected"]
        return found

    def _at_home(self, invoice: Invoice) -> bool:
        supplier = (self.desk.store.get(invoice.supplier) if invoice.supplier else None) or {}
        return supplier.get("country") in AT_HOME

    def projects_of(self, invoice: Invoice) -> list[str]:
        """The projects that an invoice serves: those of its lines, or else of its orders."""
        named = [line.project for line in invoice.lines]
        if None in named or not named:
            for key in orders_of(invoice):
                ordered = self.desk.money.ordered(key)
                if ordered is not None:
                    named += [line.project or ordered.order.project for line in ordered.order.lines]
        return list(dict.fromkeys(each for each in named if each))

    def project_of(self, invoice: Invoice) -> str | None:
        """The project of an invoice; None where it serves several, or none."""
        projects = self.projects_of(invoice)
        return projects[0] if len(projects) == 1 else None

    def ledger(self) -> Ledger:
        """All invoices by number, amount and account."""
        position = self.desk.touched.position()
        if self._ledger is None or None in self.desk.touched.after(self._ledger[0]):
            with self.desk.store.steady():
                suppliers = self.desk.store.shelf("suppliers")
                accounts = zip(suppliers.numbers(), suppliers.column("ibans"), strict=True)
                known = {f"SUP-{number}": ibans or () for number, ibans in accounts}
                self._ledger = (position, Ledger(self._billings(), known))
        elif self._ledger[0] != position:
            for keys in self.desk.touched.after(self._ledger[0]):
                for key in (each for each in keys or () if each.startswith("INV-")):
                    record = self.desk.record(key)
                    self._ledger[1].put(key, billing(record) if isinstance(record, Invoice) else None)
            self._ledger = (position, self._ledger[1])
        return self._ledger[1]

    def _billings(self) -> Iterable[Billing]:
        shelf = self.desk.store.shelf("invoices")
        names = (
            "number", "supplier", "gross", "issue_date", "status", "iban", "payment_means", "type", "original", "steps",
        )  # fmt: skip
        columns = [shelf.column(name) for name in names]
        for number, *values in zip(shelf.numbers(), *columns, strict=True):
            yield _billing(f"INV-{number}", dict(zip(names, values, strict=True)))

    # ---- people --------------------------------------------------------------------------------------------------------

    def _over_booked(self) -> list[Finding]:
        store = self.desk.store
        version = (self.desk.today().toordinal(), *(store.version(name) for name in PEOPLE))
        if self._people is None or self._people[0] != version:
            self._people = (version, [*self._too_full()])
        return self._people[1]

    def _too_full(self) -> Iterator[Finding]:
        try:
            sheet = self.desk.allocation.sheet(count=WEEKS_AHEAD)
        except Refused as refused:
            for problem in refused.problems:
                yield Finding(problem.place, "over_booked", problem.reason)
            return
        for row in sheet.rows:
            over = [(period, cell) for period, cell in zip(sheet.periods, row.cells, strict=True) if cell.alarm]
            if over:
                yield Finding(row.key, "over_booked", _too_much(over))


def _too_much(over: list[tuple[Period, Cell]]) -> Said:
    """The worst of the weeks in which somebody has too much, and how many there are."""
    period, cell = max(over, key=lambda pair: pair[1].booked / pair[1].available if pair[1].available else float("inf"))
    values = {"weeks": len(over), "of": WEEKS_AHEAD, "week": period.name, "percent": cell.percent, "hours": cell.hours}
    if cell.percent is None:
        return Said(N_("booked in {weeks} of the next {of} weeks, {hours} h in {week}, when away"), values)
    return Said(N_("too full in {weeks} of the next {of} weeks, {percent} % in {week}"), values)


def billing(invoice: Invoice) -> Billing:
    """What is compared of an invoice with the others."""
    ibans = [invoice.iban, *(means.iban for means in invoice.payment_means)]
    return Billing(
        invoice.key, invoice.number, invoice.supplier, invoice.gross, invoice.issue_date,
        tuple(dict.fromkeys(iban for iban in ibans if iban)), _standing(invoice.status, (each.what for each in invoice.steps)),
        invoice.type, invoice.original,
    )  # fmt: skip


def _billing(key: str, values: dict[str, Any]) -> Billing:
    ibans = [values["iban"], *(means.get("iban") for means in values["payment_means"] or ())]
    return Billing(
        key, values["number"] or "", values["supplier"], Decimal(values["gross"] or 0),
        date.fromisoformat(values["issue_date"]) if values["issue_date"] else None,
        tuple(dict.fromkeys(iban for iban in ibans if iban)),
        _standing(values["status"] or "registered", (each["what"] for each in values["steps"] or ())),
        values["type"] or "invoice", values["original"],
    )  # fmt: skip


def _standing(status: str, steps: Iterable[str]) -> str:
    """The state of an invoice: one that is paid stays so when it is credited, and its number is free all the same."""
    return CREDITED if CREDITED in steps else status
