"""XML from other people: parsed without trusting it, refused by line with what is wrong and the way out.

A document type definition is refused wherever it stands, and with it every entity that could grow or reach for another file. The
first bytes tell UTF-16 from the rest; where the declaration says otherwise, the bytes are believed, as other programs do.
"""

from __future__ import annotations

import xml.parsers.expat.errors as expat
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from pmo_tui.records.errors import Refused
from pmo_tui.records.marks import N_

DEEPEST = 200
"""Elements inside each other; plans and invoices need fewer than twenty."""
UTF_16_STARTS = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
UTF_8_BOM = b"\xef\xbb\xbf"
DECLARED_UTF_16 = b"utf-16"
CHUNK = 1 << 20

EXPORT_AGAIN = N_("Export it again from the program that made it, or ask the sender for it once more.")
MADE_BY_HAND = N_("Mend that line in a text editor, or export the file again from the program that made it.")
NO_DEFINITIONS = N_(
    "Such a definition can hide other files or grow without end. Take the DOCTYPE out, or export the file again without it."
)


def parse_xml(data: bytes, name: str) -> Element:
    """The root element of `data`; Refused where it is not whole, well-formed XML without definitions of its own.

    `name` is the file's name for messages. Any encoding that Python knows with one byte a letter, UTF-8 and UTF-16 are read.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import XMLParser

    if not data.strip(b"\0 \t\r\n"):
        raise Refused(N_("{name} is empty."), EXPORT_AGAIN, name=name)
    parser = XMLParser(target=_Tree(name), encoding=_encoding(data), forbid_dtd=True)
    try:
        for start in range(0, len(data), CHUNK):
            parser.feed(data[start : start + CHUNK])
        root: Element = parser.close()
    except DefusedXmlException as error:
        message = N_("{name} defines a document type or entities of its own (DOCTYPE), which is not read.")
        raise Refused(message, NO_DEFINITIONS, name=name) from error
    except ParseError as error:
        raise _refusal(error, name) from error
    except (LookupError, ValueError) as error:
        raise Refused(_UNKNOWN_ENCODING, EXPORT_AGAIN, name=name, line=1, column=1) from error
    return root


def _encoding(data: bytes) -> str | None:
    """The encoding that the first bytes show; None where the declaration has to tell."""
    if data.startswith(UTF_16_STARTS):
        return "utf-16"
    declaration = data[: data.find(b">") + 1][:200].lower()
    if data.startswith(UTF_8_BOM) or DECLARED_UTF_16 in declaration:
        return "utf-8"
    return None


class _Tree(TreeBuilder):
    """Builds the tree, and stops where it becomes deeper than any file that is meant well."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.depth = 0

    def start(self, tag: Any, attrs: Any, /) -> Element:
        self.depth += 1
        if self.depth > DEEPEST:
            message = N_("{name} has more than {deepest} elements inside each other.")
            raise Refused(message, EXPORT_AGAIN, name=self.name, deepest=DEEPEST)
        return super().start(tag, attrs)

    def end(self, tag: Any, /) -> Element:
        self.depth -= 1
        return super().end(tag)


_NOT_XML = N_("{name} is not XML: line {line}, column {column} is not written as it should be.")
_CUT_OFF = N_("{name} breaks off in line {line}, column {column}: the rest of the file is missing.")
_CHARACTER = N_(
    "{name} holds a character in line {line}, column {column} that XML does not allow, such as NUL or escape, or text that is not XML."
)
_UNKNOWN_ENCODING = N_("{name} is in an encoding that is not read here; UTF-8 and UTF-16 are.")
_WRONG_ENCODING = N_("{name} is not in the encoding that its first line names.")

_REASONS: Mapping[str, tuple[str, str]] = {
    expat.XML_ERROR_NO_ELEMENTS: (_CUT_OFF, EXPORT_AGAIN),
    expat.XML_ERROR_UNCLOSED_TOKEN: (_CUT_OFF, EXPORT_AGAIN),
    expat.XML_ERROR_UNCLOSED_CDATA_SECTION: (_CUT_OFF, EXPORT_AGAIN),
    expat.XML_ERROR_PARTIAL_CHAR: (_CUT_OFF, EXPORT_AGAIN),
    expat.XML_ERROR_INVALID_TOKEN: (_CHARACTER, MADE_BY_HAND),
    expat.XML_ERROR_BAD_CHAR_REF: (_CHARACTER, MADE_BY_HAND),
    expat.XML_ERROR_TAG_MISMATCH: (
        N_("{name} closes an element in line {line}, column {column} that is not open."),
        MADE_BY_HAND,
    ),
    expat.XML_ERROR_DUPLICATE_ATTRIBUTE: (
        N_("{name} gives an attribute twice in line {line}, column {column}."),
        MADE_BY_HAND,
    ),
    expat.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: (
        N_("{name} goes on after its end, in line {line}, column {column}."),
        MADE_BY_HAND,
    ),
    expat.XML_ERROR_UNDEFINED_ENTITY: (
        N_("{name} uses an entity in line {line}, column {column} that is defined nowhere."),
        MADE_BY_HAND,
    ),
    expat.XML_ERROR_UNBOUND_PREFIX: (
        N_("{name} uses a prefix in line {line}, column {column} that names no namespace."),
        MADE_BY_HAND,
    ),
    expat.XML_ERROR_MISPLACED_XML_PI: (
        N_("{name} has blanks or text before its first line, up to line {line}."),
        MADE_BY_HAND,
    ),
    expat.XML_ERROR_UNKNOWN_ENCODING: (_UNKNOWN_ENCODING, EXPORT_AGAIN),
    expat.XML_ERROR_INCORRECT_ENCODING: (_WRONG_ENCODING, EXPORT_AGAIN),
}


def _refusal(error: ParseError, name: str) -> Refused:
    from pyexpat import ErrorString

    message, hint = _REASONS.get(ErrorString(error.code) or "", (_NOT_XML, EXPORT_AGAIN))
    line, column = error.position
    return Refused(message, hint, name=name, line=line, column=column + 1)
