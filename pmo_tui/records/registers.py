"""The registers by name: prefix of the keys, label, two letters to choose it by, and the class, loaded when it is asked for.

A new register is one class and one line here. Its two letters begin with none that means something everywhere, such as `g`: Go to.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

from msgspec import Struct

from pmo_tui.records.base import Record
from pmo_tui.records.errors import NotFound
from pmo_tui.records.marks import N_
from pmo_tui.records.schema import FieldOf, Reference, fields_of, references_of


class Register(Struct, frozen=True):
    """One register: `name` in commands and files, `prefix` of its keys, `label` of many and `one` of one of them."""

    name: str
    prefix: str
    letters: str
    label: str
    one: str
    where: str
    group: str

    @property
    def cls(self) -> type[Record]:
        """The record class, imported now if it was not yet."""
        return _load(self.where)

    @property
    def fields(self) -> dict[str, FieldOf]:
        """Built-in fields by name, stored and computed, in order."""
        return fields_of(self.cls)


@cache
def _load(where: str) -> type[Record]:
    module, name = where.split(":")
    found: type[Record] = getattr(import_module(f"pmo_tui.records.{module}"), name)
    return found


REGISTERS: tuple[Register, ...] = (
    Register("portfolios", "PF", "pf", N_("Portfolios"), N_("Portfolio"), "projects:Portfolio", "planning"),
    Register("programmes", "PG", "pg", N_("Programmes"), N_("Programme"), "projects:Programme", "planning"),
    Register("projects", "P", "pr", N_("Projects"), N_("Project"), "projects:Project", "planning"),
    Register("tasks", "T", "ta", N_("Tasks"), N_("Task"), "planning:Task", "planning"),
    Register("baselines", "BL", "bl", N_("Baselines"), N_("Baseline"), "planning:Baseline", "planning"),
    Register("calendars", "CAL", "ca", N_("Calendars"), N_("Calendar"), "calendars:Calendar", "planning"),
    Register("suppliers", "SUP", "su", N_("Suppliers"), N_("Supplier"), "suppliers:Supplier", "money"),
    Register("contracts", "CON", "co", N_("Contracts"), N_("Contract"), "suppliers:Contract", "money"),
    Register("orders", "PO", "po", N_("Purchase orders"), N_("Purchase order"), "orders:Order", "money"),
    Register("receipts", "REC", "rc", N_("Receipts"), N_("Receipt"), "orders:Receipt", "money"),
    Register("invoices", "INV", "in", N_("Supplier invoices"), N_("Supplier invoice"), "invoices:Invoice", "money"),
    Register(
        "exchange_rates", "FX", "fx", N_("Exchange rates"), N_("Exchange rate"), "exchange_rates:ExchangeRate", "money"
    ),
    Register("people", "PER", "pe", N_("People"), N_("Person"), "people:Person", "people"),
    Register("systems", "SYS", "sy", N_("Systems"), N_("System"), "people:System", "people"),
    Register("bookings", "BKG", "bk", N_("Bookings"), N_("Booking"), "people:Booking", "people"),
    Register("absences", "ABS", "ab", N_("Absences"), N_("Absence"), "people:Absence", "people"),
    Register("requests", "REQ", "rq", N_("Resource requests"), N_("Resource request"), "requests:Request", "people"),
    Register("reports", "REP", "rp", N_("Status reports"), N_("Status report"), "reports:Report", "governance"),
    Register("messages", "MSG", "ms", N_("Messages"), N_("Message"), "messages:Message", "governance"),
    Register("risks", "R", "ri", N_("Risks"), N_("Risk"), "raid:Risk", "governance"),
    Register("issues", "I", "is", N_("Issues"), N_("Issue"), "raid:Issue", "governance"),
    Register("actions", "A", "ac", N_("Actions"), N_("Action"), "raid:Action", "governance"),
    Register("decisions", "D", "de", N_("Decisions"), N_("Decision"), "raid:Decision", "governance"),
    Register("gates", "GTE", "sg", N_("Gates"), N_("Gate"), "gates:Gate", "governance"),
    Register("fields", "FLD", "fi", N_("Own fields"), N_("Own field"), "own_fields:OwnField", "governance"),
    Register("views", "VW", "vw", N_("Shared views"), N_("Shared view"), "shared_views:SharedView", "governance"),
)

RESERVED: dict[str, str] = {
    "dependencies": "DEP", "budgets": "BUD", "costs": "CST", "transfers": "TRF", "rates": "RAT", "closes": "CLS",
    "skills": "SKL", "units": "ORG", "hours": "HRS", "forms": "FRM",
    "templates": "TPL", "assumptions": "ASM", "changes": "CH", "business_cases": "BC", "benefits": "BEN",
    "stakeholders": "STK", "meetings": "MTG", "documents": "DOC", "reviews": "QRV", "obligations": "OBL",
    "contacts": "LOG", "duties": "JOB", "asks": "ASK", "lessons": "LES", "improvements": "IMP",
    "trainings": "TRN",
}  # fmt: skip
"""Names and prefixes of registers to come; nothing else may take them."""

_BY_NAME = {register.name: register for register in REGISTERS}
_BY_PREFIX = {register.prefix: register for register in REGISTERS}


def by_name(name: str) -> Register:
    """The register called `name`; NotFound otherwise, naming the ones there are."""
    found = _BY_NAME.get(name)
    if found is None:
        raise NotFound(
            N_("There is no register “{name}”."), N_("The registers are {names}."), name=name, names=", ".join(_BY_NAME)
        )
    return found


def is_register(name: str) -> bool:
    """Whether `name` is a register."""
    return name in _BY_NAME


def register_of(key: str) -> Register:
    """The register a key belongs to, by its prefix; NotFound where the prefix is no register's."""
    prefix, dash, number = key.rpartition("-")
    found = _BY_PREFIX.get(prefix)
    if found is None or not dash or not number.isdecimal():
        raise NotFound(N_("“{key}” is not a key of any register."), N_("A key looks like R-12."), key=key)
    return found


def looks_like_key(word: str) -> bool:
    """Whether `word` has the form of a key of a known register."""
    prefix, _, number = word.rpartition("-")
    return prefix in _BY_PREFIX and number.isdecimal() and number.isascii()


def references(name: str) -> tuple[Reference, ...]:
    """Where records of the register `name` refer to others."""
    return references_of(by_name(name).cls)
