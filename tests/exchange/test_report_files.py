"""A report's page as Markdown and HTML, in both languages, with texts that would be markup elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.exchange.blocks import Facts, Heading, Table, Text
from pmo_tui.exchange.report_blocks import blocks, colour_cell, period_words
from pmo_tui.exchange.report_html import report_html
from pmo_tui.exchange.report_markdown import plain, report_markdown
from pmo_tui.records.report_page import (
    OVERALL,
    ChangeRow,
    DecisionRow,
    MilestoneRow,
    MoneyRow,
    Page,
    ProjectRow,
    RagRow,
    Reason,
    RiskRow,
)
from pmo_tui.wording import languages

DAY = date(2026, 11, 25)


def page(text: str = "Harbour bridge") -> Page:
    """A page with every part, all its texts being `text`."""
    return Page(
        node="P-1", level="project", title=text, code="HB1", period="2026-w47", as_of=DAY, head=7, head_sum="ab12", author=text,
        manager=text, declared_by=text, declared_on=DAY, declared_how="phone", recorded_by="Anna", reason=text,
        last_period="2026-w46", last_issued=date(2026, 11, 18), summary=f"{text}\nsecond", next_period=text, decisions_asked=text,
        rag=(RagRow(dimension=OVERALL, now="amber", last="green", by_rule="red"), RagRow(dimension="time", now="red", comment=text)),
        projects=(ProjectRow(key="P-2", name=text, manager=text, now="red"),),
        milestones=(MilestoneRow(key="T-1", name=text, agreed=DAY, expected=date(2026, 12, 1), was=DAY, slip=6, state="late"),),
        risks=(RiskRow(key="R-1", title=text, score=12, was=8, owner=text, response="avoid"), RiskRow(key="R-2", title=text, new=True)),
        money=(
            MoneyRow(name="budget", now=Decimal("1234567.5"), last=Decimal(1_000_000)),
            MoneyRow(name="expected_result", reason=Reason(template="there is no estimate at completion yet")),
        ),
        decisions=(DecisionRow(key="D-1", title=text, options=text, recommendation=text, due=date(2026, 11, 20)),),
        changes=(ChangeRow(key="R-1", register="risks", title=text, what="changed", fields=["probability"]),), more_changes=4,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    before = languages.current().code
    languages.use("en")
    yield
    languages.use(before)


@pytest.fixture
def dutch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A Dutch catalogue with the status letters and two words, whatever the program's own holds by now."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    catalogue = Catalog(locale="nl")
    for word, translated in (("R", "R"), ("A", "O"), ("G", "G"), ("B", "B")):
        catalogue.add(word, translated, context="status letter")
    catalogue.add("Milestones", "Mijlpalen")
    catalogue.add("Document control", "Documentbeheer")
    folder = tmp_path / "nl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "pmo_tui.mo").open("wb") as stream:
        write_mo(stream, catalogue)
    monkeypatch.setattr(languages, "LOCALE", tmp_path)
    languages.forget_catalogues()
    languages.use("nl")
    yield
    languages.use("en")
    languages.forget_catalogues()


class Seen(HTMLParser):
    """The tags and the text of an HTML file."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def said(found: Page) -> list[str]:
    """Every text of the page's blocks."""
    texts: list[str] = []
    for block in blocks(found):
        if isinstance(block, Heading):
            texts.append(block.text)
        elif isinstance(block, Facts):
            texts += [part for row in block.rows for part in row]
        elif isinstance(block, Text):
            texts += block.lines
        else:
            assert isinstance(block, Table)
            texts += [*block.head, *(cell.text for row in block.rows for cell in row.cells)]
    return [text for text in texts if text.strip()]


def test_markdown_and_html_say_what_the_blocks_say() -> None:
    found = page()
    markdown = re.sub(r"\\(?=[^\n])", "", report_markdown(found))
    html = " ".join("".join(Seen(report_html(found)).words).split())
    for text in said(found):
        assert " ".join(text.split()) in markdown, text
        assert " ".join(text.split()) in html, text


def test_numbers_and_dates_of_a_page() -> None:
    text = report_markdown(page())
    assert "| Budget | EUR 1,234,567.50 | EUR 1,000,000.00 | +234,567.50 |" in text
    assert "| Expected result | – | – |  | there is no estimate at completion yet |" in text
    assert "| Overall | ▲ A | ● G | ■ R |" in text
    assert "| 25 Nov 2026 | 1 Dec 2026 | 25 Nov 2026 | +6d | late |" in text
    assert "… and 4 more" in text
    assert "as of transaction 7, head sum ab12" in text
    assert "week 47 of 2026" in text


@pytest.mark.usefixtures("dutch")
def test_dutch_has_its_letters_dates_and_numbers() -> None:
    text = report_markdown(page())
    assert "| Overall | ▲ O | ● G | ■ R |" in text
    assert "EUR 1.234.567,50" in text
    assert "25 nov 2026" in text
    assert "## Mijlpalen" in text
    assert '<html lang="nl">' in report_html(page())
    assert period_words("2026-10") == "oktober 2026"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</style><b>", "{{ 7 * 7 }}", "{% raw %}",
        "javascript:alert(1)", "&lt;b&gt;", "a\u202eb\x1b[31m", "<!-- -->", "]]>",
    ],
)  # fmt: skip
def test_no_text_becomes_a_tag_or_runs(text: str) -> None:
    usual, hostile = Seen(report_html(page())), Seen(report_html(page(text)))
    assert hostile.tags == usual.tags
    assert hostile.attributes == usual.attributes
    assert "script" not in hostile.tags
    whole = report_html(page(text))
    assert "\x1b" not in whole
    assert "\u202e" not in whole
    assert "default-src 'none'" in whole
    assert not re.search(r"(src|href)=", whole.replace("src=x", "")) or "src=x" in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a | b", r"a \| b"), ("*bold* _x_", r"\*bold\* \_x\_"), ("<b>", r"\<b\>"), ("[x](http://y)", r"\[x\](http\://y)"),
        ("www.evil.example", r"www\.evil.example"), ("a@b.nl", r"a\@b.nl"), ("`code`", r"\`code\`"), ("a\\b", r"a\\b"),
        ("![x]", r"\!\[x\]"), ("&amp;", r"\&amp;"), ("~~x~~", r"\~\~x\~\~"), ("2026-11-25, 1.5", "2026-11-25, 1.5"),
    ],
)  # fmt: skip
def test_marks_are_text_in_markdown(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("# head", r"\# head"),
        ("- item", r"\- item"),
        ("1. first", r"1\. first"),
        ("> said", r"\> said"),
        ("=====", r"\====="),
        ("+ x", r"\+ x"),
    ],
)
def test_a_line_of_text_begins_no_list_and_no_head(line: str, expected: str) -> None:
    found = plain(line, begins=True)
    assert found == expected


@given(st.text(min_size=1, max_size=60).filter(lambda text: bool(text.strip())))
def test_any_text_keeps_the_shape_of_the_markdown(text: str) -> None:
    usual, hostile = report_markdown(page("x")), report_markdown(page(text))
    rows = [line for line in hostile.split("\n") if line.startswith("|")]
    expected = [line for line in usual.split("\n") if line.startswith("|")]
    assert len(rows) == len(expected)
    assert [len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) for row in rows] == [row.count("|") for row in expected]
    heads = [line for line in hostile.split("\n") if re.match(r"#+ ", line)]
    assert len(heads) == len([line for line in usual.split("\n") if re.match(r"#+ ", line)])


def test_an_empty_page_says_so() -> None:
    bare = Page(node="PF-1", level="portfolio", title="Town", period="2026-11", as_of=DAY, head=0, head_sum="", author="",
                rag=(RagRow(dimension=OVERALL),), money=(MoneyRow(name="budget"),))  # fmt: skip
    text = report_markdown(bare)
    for words in ("November 2026", "no open risks", "this is the first report", "none to be seen to", "○ –"):
        assert words in text
    assert "version 2" in report_markdown(replace(bare, version=2))


def test_an_unknown_colour_is_grey() -> None:
    assert colour_cell("mauve").tone == "grey"
    assert colour_cell(None).text == "○ –"
