"""XML that is broken, hostile, huge or in another encoding: read, or refused with the file, the place and the way out."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.exchange.xml_file import DEEPEST, parse_xml
from pmo_tui.records.errors import Refused

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha">'
    + "".join(f'<!ENTITY b{n} "{f"&b{n - 1 or str()};" * 10}">' for n in range(1, 10))
    + "]><a>&b9;</a>"
)


def refused(data: bytes | str) -> Refused:
    with pytest.raises(Refused) as caught:
        parse_xml(data.encode() if isinstance(data, str) else data, "plan.xml")
    assert str(caught.value).startswith("plan.xml ")
    assert caught.value.hint.words()
    return caught.value


def test_what_is_well_formed_is_read_with_its_names_and_texts() -> None:
    root = parse_xml(b'<?xml version="1.0"?>\n<a xmlns="urn:x"><b c="1">d\xc3\xa9</b><!-- e --></a>', "plan.xml")
    assert root.tag == "{urn:x}a"
    assert [(child.tag, child.text, child.attrib) for child in root] == [("{urn:x}b", "dé", {"c": "1"})]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Name,Start\nHarbour,2026-01-01\n", "is not XML: line 1, column 1"),
        ("<a>\n<b>1</b>\n", "breaks off in line 3, column 1"),
        ("<a>\n<b>1</", "breaks off in line 2, column 5"),
        ("<a><![CDATA[x", "breaks off in line 1"),
        ("<a>\n\n<b>1</c></a>", "closes an element in line 3, column 7"),
        ("<a>\n<b>x\x00y</b></a>", "in line 2, column 5 that XML does not allow"),
        ("<a>\n<b>x\x1by</b></a>", "in line 2, column 5 that XML does not allow"),
        ("<a>\n<b>x&#27;y</b></a>", "in line 2, column 5 that XML does not allow"),
        ("<a>&eacute;</a>", "uses an entity in line 1"),
        ("<a/><b/>", "goes on after its end"),
        ("<a b='1' b='2'/>", "gives an attribute twice"),
        ("<c:a/>", "uses a prefix in line 1"),
        ("\n\n<?xml version='1.0'?><a/>", "before its first line"),
        ("<?xml version='1.0' encoding='klingon'?><a/>", "an encoding that is not read here"),
        ("<?xml version='1.0' encoding='shift_jis'?><a/>", "an encoding that is not read here"),
        ("", "is empty"),
        (" \n\0", "is empty"),
    ],
)
def test_what_is_broken_is_refused_with_its_place(text: str, said: str) -> None:
    assert said in str(refused(text))


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>',
        '<!DOCTYPE a [<!ENTITY % b SYSTEM "file:///etc/passwd">%b;]><a/>',
        "<!DOCTYPE a><a/>",
    ],
)
def test_definitions_are_refused_at_once(text: str) -> None:
    begun = time.monotonic()
    error = refused(text)
    assert "DOCTYPE" in str(error)
    assert "DOCTYPE" in error.hint.words()
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", ["", "utf-8", "UTF-16"])
def test_the_bytes_are_believed_whatever_the_declaration_says(encoding: str, declared: str) -> None:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    assert parse_xml(f"{declaration}<a>Haven – één €</a>".encode(encoding), "plan.xml").text == "Haven – één €"


def test_an_encoding_of_one_byte_is_read_as_declared() -> None:
    text = '<?xml version="1.0" encoding="windows-1252"?><a>één €</a>'
    assert parse_xml(text.encode("cp1252"), "plan.xml").text == "één €"


def test_utf_16_that_breaks_off_inside_a_letter() -> None:
    assert "breaks off" in str(refused("<a>één</a>".encode("utf-16")[:-3]))


def test_elements_inside_each_other_without_end_are_refused() -> None:
    parse_xml(b"<a>" * DEEPEST + b"</a>" * DEEPEST, "plan.xml")
    assert "inside each other" in str(refused(b"<a>" * 3_000_000))


def test_fifty_megabytes_on_one_line_are_read_in_seconds() -> None:
    row = b"<Task>" + b"<Notes>" + b"x" * 2_000 + b"</Notes></Task>"
    data = b"<Project>" + row * (50_000_000 // len(row)) + b"</Project>"
    begun = time.monotonic()
    assert len(parse_xml(data, "plan.xml")) == 50_000_000 // len(row)
    assert "line 1, column 500" in str(refused(data[:499_999] + b"<<"))
    assert time.monotonic() - begun < 20


@given(
    st.binary(max_size=60) | st.text(max_size=60).map(lambda text: f"<a>{text}</a>".encode("utf-8", "surrogatepass"))
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        said = parse_xml(data, "plan.xml").tag
    except Refused as error:
        said = str(error)
    assert said
