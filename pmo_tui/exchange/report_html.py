"""A report's page as one HTML file: no script, nothing from elsewhere, every text escaped; prints on A4."""

from __future__ import annotations

from pmo_tui.exchange.blocks import Facts, Heading, Table, Text
from pmo_tui.exchange.report_blocks import blocks, title
from pmo_tui.records.report_page import Page
from pmo_tui.wording.languages import current

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Whatever a text smuggled in could ask for, a browser would not load or run it."""
STYLE = """
body { font: 10pt/1.35 system-ui, sans-serif; color: #1b1b1b; background: #fff; max-width: 190mm; margin: 8mm auto; padding: 0 4mm; }
h1 { font-size: 16pt; margin: 0 0 3mm; } h2 { font-size: 11pt; margin: 4mm 0 1mm; border-bottom: 1px solid #bbb; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: 0.6mm 2mm 0.6mm 0; }
th { font-weight: 600; color: #555; } .right { text-align: right; font-variant-numeric: tabular-nums; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.4mm 4mm; margin: 0; }
dt { color: #555; } dd { margin: 0; overflow-wrap: anywhere; }
p { margin: 0 0 1.5mm; } .quiet { color: #555; font-style: italic; }
.red { color: #a40000; font-weight: 700; } .amber { color: #8a5300; font-weight: 700; } .green { color: #1c6b1c; font-weight: 700; }
.grey { color: #666; } .blue { color: #1a4f9c; } .late { color: #a40000; }
@page { size: A4; margin: 12mm; } @media print { body { margin: 0; padding: 0; max-width: none; } }
"""
TEMPLATE = """<!DOCTYPE html>
<html lang="{{ lang }}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ policy }}">
<meta name="viewport" content="width=device-width">
<title>{{ title }}</title>
<style>{{ style }}</style>
</head>
<body>
{% for kind, block in blocks %}
{%- if kind == "heading" %}<h{{ block.level }}>{{ block.text }}</h{{ block.level }}>
{% elif kind == "facts" %}<dl>
{% for label, value in block.rows %}<dt>{{ label }}</dt><dd>{{ value }}</dd>
{% endfor %}</dl>
{% elif kind == "text" %}<p{% if block.quiet %} class="quiet"{% endif %}>
{%- for line in block.lines %}{{ line }}{% if not loop.last %}<br>{% endif %}{% endfor %}</p>
{% else %}<table>
<tr>{% for head in block.head %}<th{% if block.rights[loop.index0] %} class="right"{% endif %}>{{ head }}</th>{% endfor %}</tr>
{% for row in block.rows %}<tr>
{%- for cell in row.cells %}<td class="{{ 'right' if block.rights[loop.index0] }} {{ cell.tone }}">{{ cell.text }}</td>{% endfor -%}
</tr>
{% endfor %}</table>
{% endif %}{% endfor -%}
</body>
</html>
"""
KINDS = {Heading: "heading", Facts: "facts", Text: "text", Table: "table"}


def report_html(page: Page) -> str:
    """The page in the language in use."""
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(TEMPLATE)
    found = [(KINDS[type(block)], block) for block in blocks(page)]
    return template.render(
        lang=current().code, policy=Markup(POLICY), title=title(page), style=Markup(STYLE), blocks=found
    )
