"""An account or VAT number that cannot be right: told beside the field, refused on a supplier's record, kept from an e-invoice."""

from __future__ import annotations

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.doubtful_numbers import doubt_words
from pmo_tui.records.errors import Refused
from tests.exchange.ubl_help import changed, invoice, read, record

WRONG = "NL91ABNA0417164301"


def test_a_suppliers_mistyped_account_is_refused_by_name(desk: Desk) -> None:
    with pytest.raises(Refused, match=f"{WRONG}: ibans: the check digits do not fit"):
        desk.add("suppliers", {"name": "Staal BV", "ibans": f"NL91ABNA0417164300, {WRONG}"})
    key = desk.add("suppliers", {"name": "Staal BV", "ibans": "NL91 ABNA 0417 1643 00", "vat_number": "NL004495446B01"})
    assert doubt_words("vat_number", "NL004495446B01") == (
        "NL004495446B01: the check digits do not fit: a digit is mistyped, or two changed places"
    )
    desk.set([key], {"name": "Staal"})


def test_an_account_of_another_kind_is_taken(desk: Desk) -> None:
    key = desk.add("suppliers", {"name": "Steel Inc", "ibans": "026073209 12345678"})
    assert desk.values(key)["ibans"] == ["026073209 12345678"]


def test_what_an_invoice_says_is_kept_and_noted() -> None:
    batch = read(changed(invoice(), "NL91 ABNA 0417 1643 00", WRONG))
    assert batch.problems == []
    assert any(f"IBAN {WRONG}" in note and "ask the supplier before it is paid" in note for note in batch.notes)
    assert record(batch).values["iban"] == WRONG
    assert read(invoice()).notes == []
