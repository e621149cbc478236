"""Which format a file is in, told by its content; the reader's module is loaded when it is needed."""

from __future__ import annotations

import re
from pathlib import PurePath

from pmo_tui.records.errors import Refused, WrongUse
from pmo_tui.records.marks import N_

FORMATS: dict[str, str] = {
    "mspdi": N_("plan from MS Project (XML)"),
    "invoice": N_("e-invoice or credit note (UBL 2.1)"),
    "order": N_("purchase order (UBL 2.1)"),
    "csv": N_("table as text (CSV)"),
    "xlsx": N_("spreadsheet (XLSX)"),
}
"""Formats that are read, with what they are."""
ENDINGS = (".xml", ".csv", ".tsv", ".xlsx")
"""How names of files in these formats usually end."""

HEAD = 65536
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
"""How a workbook of the years before XLSX begins (OLE 2)."""
TABLES = (".csv", ".tsv", ".txt")
"""Endings of tables as text: their reader says by row what is wrong with one that holds NUL characters."""
ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")


def recognise(data: bytes, name: str) -> str:
    """The format of `data`; Refused where it is none that is read here. `name` only tells a table from other text."""
    head = data[:HEAD]
    if head.startswith((b"PK", OLD_WORKBOOK)):
        return "xlsx"
    text = _text(head)
    if text.lstrip().startswith("<"):
        return _xml(text, name)
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")) and not name.casefold().endswith(TABLES):
        message = N_("{name} is in no format that is read here.")
        raise Refused(message, N_("These are: {formats}."), name=name, formats=", ".join(FORMATS))
    return "csv"


def _text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or head[1:2] == b"\0" or head[:1] == b"\0":
        return head.decode("utf-16", "replace").lstrip("\ufeff")
    return head.decode("utf-8", "replace").lstrip("\ufeff")


def _xml(text: str, name: str) -> str:
    root = ROOT.search(re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL))
    found = root.group(1) if root else ""
    if found == "Project" and "schemas.microsoft.com/project" in text:
        return "mspdi"
    if found in ("Invoice", "CreditNote"):
        return "invoice"
    if found == "Order":
        return "order"
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return "mspdi"
    message = N_("{name} is XML, but neither a plan from MS Project nor a UBL invoice or order (its root is “{root}”).")
    raise Refused(
        message, N_("Export the plan as XML from MS Project, or ask the supplier for UBL 2.1."), name=name, root=found
    )


def chosen(word: str) -> str:
    """The format that `--as` names; WrongUse where there is none like it."""
    if word in FORMATS:
        return word
    raise WrongUse(
        N_("There is no format “{word}”."), N_("These are read: {formats}."), word=word, formats=", ".join(FORMATS)
    )


def register_in(name: str) -> str:
    """The register that a file's name speaks of: `risks.csv`, `risks-2026.xlsx`."""
    return re.split(r"[^a-z_]", PurePath(name).name.casefold())[0]
