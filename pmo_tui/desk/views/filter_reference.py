"""The filter language in examples: what `?` shows in a list, and the page of the reference."""

from __future__ import annotations

from pmo_tui.records.marks import N_

FORMS: tuple[tuple[str, str], ...] = (
    ("owner:jan", N_("has it: a key, a code, part of a name; of a text any part, of a choice the whole word")),
    ("owner=PER-3", N_("is exactly that")),
    ("status:identified,assessed", N_("is one of several")),
    ("-status:closed", N_("is not; so is status!=closed")),
    ("score>=12 next_review<+2w", N_("at least, before: numbers, amounts and days as you would type them")),
    ("owner:none", N_("is empty; owner:any is not")),
    ("status:open", N_("is not at its end, whatever its states are called")),
    ('"late delivery"', N_("stands anywhere in the record; quotes keep words together")),
    ("@me @mine @P-1", N_("names me, belongs to a project of mine, to a part of the work")),
    ("own:jan", N_("a field by its name, its label, or as much of it as is clear")),
)
"""A filter, and what it leaves. Words beside each other must all hold."""
ALL = N_("Words beside each other must all hold.")


def page() -> str:
    """The page as Markdown, in the language that is spoken."""
    from pmo_tui.wording.languages import _

    rows = [f"| `{form}` | {_(meaning)} |" for form, meaning in FORMS]
    return "\n".join(
        [
            "# Filters",
            "",
            "Made by `./pmo docs`. The same behind `/` in a list, in a view, and on the command line: `pmo list risks 'score>=12 owner:jan'`. "
            f"{_(ALL)}",
            "",
            "| filter | leaves what |",
            "|---|---|",
            *rows,
            "",
            'Days: `2026-12-01`, `1-12`, `fri`, `+2w`, `w48`, `q1`, `dec`, in quotes `next_review<"in 3 weeks"`, `"next monday"`, '
            '`"end of next month"`; amounts: `10k`, `1.250,00`, `"1,5 ton"`. A comma in a number is part of it.',
            "",
        ]
    )
