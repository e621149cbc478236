"""The supplier of a UBL document: who that is, and by what it may be known already."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pmo_tui.exchange.incoming import Incoming
from pmo_tui.exchange.ubl_part import Part

COUNTRY = "PostalAddress/Country/IdentificationCode"
LEGAL = "PartyLegalEntity"


@dataclass(frozen=True, slots=True)
class Supplier:
    """A selling party: `identity` names it within source keys, `incoming` is its record, `name` what it is called."""

    identity: str
    name: str
    incoming: Incoming


def supplier_of(party: Part, ibans: Sequence[str], place: str) -> Supplier | None:
    """The party as a supplier; None where it has neither a number nor a name. `ibans` are the accounts that are its own."""
    legal, trade = party.text(f"{LEGAL}/RegistrationName"), party.text("PartyName/Name")
    name = legal or trade
    numbers = _numbers(party)
    kind = next((kind for kind in ("registration", "endpoint", "vat") if kind in numbers), "")
    identity = numbers.get(kind) or (f"name:{name}" if name else "")
    if not name or not identity:
        return None
    values: dict[str, Any] = {
        "name": name,
        "registration": party.text(f"{LEGAL}/CompanyID"),
        "vat_number": numbers.get("vat", "").removeprefix("vat:") or None,
        "endpoint": numbers.get("endpoint"),
        "ibans": list(ibans),
        "address": address_of(party),
        "country": country_of(party),
        "contact": party.text("Contact/Name"),
        "email": party.text("Contact/ElectronicMail"),
    }
    given = {field: value for field, value in values.items() if value}
    incoming = Incoming(
        "suppliers", f"ubl:supplier:{identity}", given, tuple(_ways(party, given, trade)), update=False, place=place
    )
    return Supplier(identity, name, incoming)


def _numbers(party: Part) -> dict[str, str]:
    """The party's numbers with the scheme that each is of: `0106:12345678`, `vat:NL123456789B01`."""
    found = {
        "registration": with_scheme(party, f"{LEGAL}/CompanyID"),
        "endpoint": with_scheme(party, "EndpointID"),
        "vat": vat_number(party),
    }
    return {kind: f"vat:{number}" if kind == "vat" else number for kind, number in found.items() if number}


def _ways(party: Part, given: dict[str, Any], trade: str | None) -> list[dict[str, Any]]:
    """By what a supplier in the store is recognised, the surest first; a number also in the other spellings it is kept in."""
    registration = [given.get("registration"), with_scheme(party, f"{LEGAL}/CompanyID")]
    ways: list[dict[str, Any]] = [{"registration": number} for number in registration if number]
    ways += [{"vat_number": number} for number in (given.get("vat_number"), _vat_as_written(party)) if number]
    ways += [{"ibans": spelled} for iban in given.get("ibans", ()) for spelled in (iban, in_fours(iban))]
    ways += [{"endpoint": given["endpoint"]}] if "endpoint" in given else []
    ways += [{"name": name} for name in (given["name"], trade) if name]
    return [way for place, way in enumerate(ways) if way not in ways[:place]]


def with_scheme(party: Part, path: str) -> str | None:
    """An identifier with its scheme (ISO 6523) before it, as `0106:12345678`; without, where none is given."""
    number = party.text(path)
    scheme = party.attribute(path, "schemeID")
    return f"{scheme}:{number}" if number and scheme else number


def _vat_as_written(party: Part) -> str | None:
    """The VAT number; a registration with a tax office that is not for VAT is none."""
    for scheme in party.parts("PartyTaxScheme"):
        if (scheme.text("TaxScheme/ID") or "VAT").upper() == "VAT":
            return scheme.text("CompanyID")
    return None


def vat_number(party: Part) -> str | None:
    """The VAT number without blanks, points and dashes."""
    return re.sub(r"[\s.\-]", "", _vat_as_written(party) or "").upper() or None


def address_of(party: Part) -> str | None:
    """Street, postal code and city on one line."""
    where = party.part("PostalAddress")
    street = [where.text("StreetName"), where.text("AdditionalStreetName"), where.text("AddressLine/Line")]
    town = " ".join(part for part in (where.text("PostalZone"), where.text("CityName")) if part)
    return ", ".join(part for part in (*street, town) if part) or None


def country_of(party: Part) -> str | None:
    """The country's two letters; None where something else stands there."""
    code = (party.text(COUNTRY) or "").upper()
    return code if re.fullmatch("[A-Z]{2}", code) else None


def compact(account: str | None) -> str | None:
    """An account number without blanks, in capitals."""
    return "".join((account or "").split()).upper() or None


def in_fours(iban: str) -> str:
    """An IBAN in groups of four, as people write it."""
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))
