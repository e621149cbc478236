"""E-invoices, credit notes and purchase orders in UBL 2.1, as Peppol BIS 3 and NLCIUS (SI-UBL 2.0) use it.

What is read stays what the supplier sent: a rule of EN 16931 or NLCIUS that is broken refuses the file with the rule's name, or
registers the invoice as returned with the reasons; an odd figure is flagged. An invoice is known again by its supplier, number, day
and content, whatever the file is called, and is never changed by reading it again; with other content under its old number, as when it
was mended after it went back, it is another invoice beside the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any
from xml.etree.ElementTree import Element, canonicalize, tostring

from pmo_tui.exchange import en16931, nlcius
from pmo_tui.exchange.breaches import Breach
from pmo_tui.exchange.incoming import Batch, Find, Incoming, To
from pmo_tui.exchange.ubl_checks import foreign_amounts
from pmo_tui.exchange.ubl_invoice import TYPES, attachments, invoice_values, type_code
from pmo_tui.exchange.ubl_order import line_titles, order_values
from pmo_tui.exchange.ubl_part import Part
from pmo_tui.exchange.ubl_party import LEGAL, Supplier, supplier_of, vat_number
from pmo_tui.exchange.xml_file import parse_xml
from pmo_tui.records.check_digits import doubt_about
from pmo_tui.records.errors import Refused
from pmo_tui.records.marks import N_
from pmo_tui.wording.languages import _

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
WHAT_IT_IS = {
    "CrossIndustryInvoice": N_("an invoice in the other syntax of EN 16931 (UN/CEFACT CII)"),
    "CrossIndustryDocument": N_("an invoice as ZUGFeRD 1 has it (CII)"),
    "SCRDMCCBDACIOMessageStructure": N_("an order in UN/CEFACT's syntax (Order-X)"),
    "StandardBusinessDocument": N_("a Peppol envelope (SBDH) with a document inside"),
    "ApplicationResponse": N_("a UBL response"),
    "OrderResponse": N_("a UBL response to an order"),
}
"""Documents that are taken for the ones read here, by their root."""
DOUBTFUL = N_("{file}: {what} {number}: {why}. It is kept as it is written; ask the supplier before it is paid.")
NUMBERS = {"iban": N_("IBAN"), "vat_number": N_("VAT number")}
"""What the numbers are called whose check digits are looked at, by field."""
FIRST_TIME = ("notes", "contract", "project")
"""Of an order, what is the officer's once it is in: reading it again leaves these as they are."""
READ_AS = {"Invoice": "invoice", "CreditNote": "invoice", "Order": "order"}

NOT_READ = N_("{name} cannot be taken in as it is.")
ASK_AGAIN = N_("Ask the sender to mend what is named and to send it once more.")
RETURN = N_("{file}: send it back to the supplier with these reasons")
NOT_KEPT = N_("{file}: the attachment {name} is not stored; keep it elsewhere")
OTHER_TYPE = N_("{file}: the document is of type {code} and is taken as {type}")
ON_NO_LINE = N_("{file}: the order has charges or allowances on the whole, which are in its notes and not in its value")
OTHER_PAYEE = N_("{file}: to be paid to {payee}, not to the supplier")


def read_invoice(data: bytes, name: str, *, accept_broken: bool = False, way_back: str = RETURN) -> Batch:
    """A UBL invoice or credit note as its supplier and an invoice record.

    A broken fatal rule is a problem of the batch; with `accept_broken` the invoice has the status returned and the rules as its flags.
    Refused names every value that cannot be read. `name` is the file's, for messages.
    """
    document = _document(data, name, ("Invoice", "CreditNote"))
    values = invoice_values(document)
    supplier = _supplier(document, "AccountingSupplierParty", _own_accounts(document, values))
    _refuse_unreadable(document)
    breaches = _breaches(document, values)
    _refuse_unreadable(document)
    fatal = [breach for breach in breaches if breach.fatal]
    batch = Batch(name, "invoice", notes=_invoice_notes(document, values, breaches))
    missing = list(document.faults.missing.values())
    if document.element is None or supplier is None or missing or (fatal and not accept_broken):
        batch.problems = [*(breach.problem(name) for breach in fatal), *missing]
        if fatal and not missing:
            batch.notes.append(_(way_back).format(file=name))
        return batch
    if fatal:
        values = _returned(values, fatal)
    source_key = f"ubl:{supplier.identity}:{values['number']}:{_fingerprint(document.element)}"
    values = _of_supplier(_paid_to(document, values), To(supplier.incoming.source_key))
    invoice = Incoming("invoices", source_key, values, update=False, place=name)
    batch.records = [supplier.incoming, invoice]
    return batch


def read_order(data: bytes, name: str) -> Batch:
    """A UBL order as its supplier and an order record; Refused names every value that cannot be read or is missing."""
    document = _document(data, name, ("Order",))
    values = order_values(document)
    supplier = _supplier(document, "SellerSupplierParty", ())
    _refuse_unreadable(document)
    if supplier is None or document.faults.missing:
        raise Refused(NOT_READ, ASK_AGAIN, document.faults.all(), name=name)
    number, known = values["number"], To(supplier.incoming.source_key)
    values["supplier"] = known
    once = {field: values.pop(field) for field in FIRST_TIME if field in values}
    once["title"] = line_titles(values["lines"]) or number
    same = {"number": number, "supplier": known}
    source_key = f"ubl:order:{supplier.identity}:{number}"
    order = Incoming("orders", source_key, values, (same,), once=once, row_id="line", place=name)
    notes = [_(NOT_KEPT).format(file=name, name=attachment) for attachment in attachments(document)]
    if document.parts("AllowanceCharge"):
        notes.append(_(ON_NO_LINE).format(file=name))
    return Batch(name, "order", [supplier.incoming, order], notes)


def _document(data: bytes, name: str, wanted: tuple[str, ...]) -> Part:
    """The document, if it is one of those wanted; Refused says what it is instead."""
    root = parse_xml(data, name)
    namespace, _brace, kind = root.tag.removeprefix("{").rpartition("}")
    if kind in wanted and namespace == f"{UBL}{kind}-2":
        return Part(root, kind, name, sign=-1 if kind == "CreditNote" else 1)
    if kind in READ_AS and namespace == f"{UBL}{kind}-2":
        hint = N_("Take it in as what it is: --as {format}.")
        raise Refused(N_("{name} is a UBL {kind}."), hint, name=name, kind=kind, format=READ_AS[kind])
    what = _(WHAT_IT_IS[kind]) if kind in WHAT_IT_IS else f"{kind} ({namespace or '–'})"
    hint = N_("Ask the sender for UBL 2.1: Peppol BIS 3 or NLCIUS.")
    raise Refused(N_("{name} is no UBL {wanted}: it is {what}."), hint, name=name, wanted=wanted[0], what=what)


def _supplier(document: Part, role: str, accounts: Sequence[str]) -> Supplier | None:
    """The party that sells; missing where it has no name."""
    party = document.part(f"{role}/Party")
    found = supplier_of(party, accounts, document.file)
    if found is None:
        party.missing(f"{LEGAL}/RegistrationName")
    return found


def _own_accounts(document: Part, values: Mapping[str, Any]) -> list[str]:
    """The accounts of the supplier itself; what is paid to another payee, such as a factor, tells nothing about it."""
    if document.part("PayeeParty"):
        return []
    return [means["iban"] for means in values.get("payment_means", ()) if "iban" in means]


def _refuse_unreadable(document: Part) -> None:
    if document.faults.unreadable:
        raise Refused(NOT_READ, ASK_AGAIN, document.faults.all(), name=document.file)


def _breaches(document: Part, values: Mapping[str, Any]) -> list[Breach]:
    """Every rule that the invoice breaks, each place once."""
    if document.element is None:
        return []
    answered = nlcius.ASKED_BY_G_ACCOUNT if nlcius.uses_g_account(document) else ()
    found = [each for each in en16931.check(document.element) if each.rule not in answered] + nlcius.check(document)
    return found + foreign_amounts(document, values["currency"]) if "currency" in values else found


def _of_supplier(values: Mapping[str, Any], supplier: To) -> dict[str, Any]:
    """The invoice as one of its supplier: an order that only has the same number is another supplier's."""
    order = values.get("order")
    own = {"order": replace(order, having=(("supplier", supplier),))} if isinstance(order, Find) else {}
    return {"supplier": supplier, **values, **own}


def _paid_to(document: Part, values: Mapping[str, Any]) -> dict[str, Any]:
    """The invoice with a flag where another than the supplier is to be paid, so that who approves it sees that."""
    payee = _payee(document)
    return {**values, "flags": [*values.get("flags", ()), f"to be paid to {payee}, not to the supplier"]} if payee else {**values}  # fmt: skip


def _payee(document: Part) -> str | None:
    """Who is to be paid in place of the supplier, such as a factor."""
    return document.text("PayeeParty/PartyName/Name")


def _returned(values: Mapping[str, Any], fatal: Sequence[Breach]) -> dict[str, Any]:
    """The invoice as one that went back: the rules are its flags, what they ask is in its notes."""
    rules = list(dict.fromkeys(breach.rule for breach in fatal))
    reasons = [f"Returned: {breach.problem('')}" for breach in fatal]
    notes = "\n".join([*reasons, *([values["notes"]] if "notes" in values else [])])
    return {**values, "status": "returned", "flags": [*rules, *values.get("flags", [])], "notes": notes}


def _fingerprint(document: Element) -> str:
    """The same for the same content, however the file is laid out, encoded and prefixed (Canonical XML 2.0)."""
    plain = canonicalize(tostring(document, encoding="unicode"), strip_text=True)
    return sha256(plain.encode()).hexdigest()[:12]


def _doubtful_numbers(document: Part, values: Mapping[str, Any]) -> list[str]:
    """Accounts and VAT number whose check digits do not fit: kept as the paper says, and told."""
    numbers = [("iban", means["iban"]) for means in values.get("payment_means", ()) if "iban" in means]
    vat = vat_number(document.part("AccountingSupplierParty/Party"))
    found = []
    for field, number in [*numbers, *([("vat_number", vat)] if vat else [])]:
        doubt = doubt_about(field, number)
        if doubt:
            why = _(doubt).format(country=number[:2])
            found.append(_(DOUBTFUL).format(file=document.file, what=_(NUMBERS[field]), number=number, why=why))
    return found


def _invoice_notes(document: Part, values: Mapping[str, Any], breaches: Sequence[Breach]) -> list[str]:
    """What the officer should hear and need not do anything about."""
    file = document.file
    notes = [str(breach.problem(file).words(_)) for breach in breaches if not breach.fatal]
    notes += [f"{file}: {flag}" for flag in values.get("flags", ())]
    code = type_code(document)
    if code and code not in TYPES:
        notes.append(_(OTHER_TYPE).format(file=file, code=code, type=values["type"]))
    payee = _payee(document)
    if payee:
        notes.append(_(OTHER_PAYEE).format(file=file, payee=payee))
    notes += _doubtful_numbers(document, values)
    return notes + [_(NOT_KEPT).format(file=file, name=attachment) for attachment in attachments(document)]
