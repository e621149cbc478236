"""What a file would change, shown before anything is written: new, changed (old → new), unchanged; enter takes it in."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from textual.binding import Binding

from pmo_tui.actions import EVERYWHERE, MOVE
from pmo_tui.desk.files.formats import Choices, Prepared, prepare
from pmo_tui.desk.files.importing import Planned, carry_out
from pmo_tui.exchange.formats import ENDINGS
from pmo_tui.records.errors import PmoError
from pmo_tui.records.registers import REGISTERS
from pmo_tui.screens.everywhere import Everywhere
from pmo_tui.screens.list_shown import ListShown
from pmo_tui.screens.text_screen import TextScreen
from pmo_tui.widgets.cutting import fit
from pmo_tui.widgets.text_page import TextLine, line
from pmo_tui.wording.languages import _
from pmo_tui.wording.money import format_money
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe

MOST = 400
"""How many records are shown, the rest is counted; and how many files are offered."""


def files_like(text: str, endings: Collection[str] = ()) -> list[tuple[str, str]]:
    """Files and folders that a path may mean. Of files only those with one of `endings` (all where none is given), unless what is typed
    begins no such name."""
    path = Path(os.path.expanduser(text))  # as a shell has it: “~nobody” stays what it is
    folder, begun = (path, "") if not text or text.endswith("/") else (path.parent, path.name)
    try:
        found = sorted(
            each for each in folder.iterdir() if each.name.startswith(begun) and not each.name.startswith(".")
        )
    except (OSError, ValueError):  # no such folder, or not a name at all
        return []
    usual = [each for each in found if not endings or each.suffix.casefold() in endings or each.is_dir()]
    head = text[: len(text) - len(begun)]
    shown = [(each.name, "/" if each.is_dir() else "") for each in (usual or (found if begun else []))[:MOST]]
    return [(f"{head}{name}{end}", f"{safe(name)}{end}") for name, end in shown]


def tables_like(text: str) -> list[tuple[str, str]]:
    """Folders, and files that can be taken in by the ending of their names."""
    return files_like(text, ENDINGS)


def maps_like(text: str) -> list[tuple[str, str]]:
    """Folders, and files that may be a map of columns."""
    return files_like(text, (".toml",))


def _registers(text: str) -> list[tuple[str, str]]:
    """Registers that `text` may mean."""
    begun = text.strip().casefold()
    found = [(each.name, _(each.label)) for each in REGISTERS]
    return [(name, f"{name}  {label}") for name, label in found if begun in name or begun in label.casefold()][:8]


class ImportScreen(TextScreen):
    """The plan of an import. Dismissed when it was carried out or given up."""

    BINDINGS = [
        Binding("enter", "take_in", show=False),
        Binding("m", "map_columns", show=False),
        Binding("r", "register", show=False),
        Binding("p", "project", show=False),
        Binding("T", "send_back", show=False),
    ]
    parts = (EVERYWHERE, MOVE)

    def __init__(self, names: Sequence[str], choices: Choices | None = None) -> None:
        super().__init__()
        self.names = list(names)
        self.choices = choices or Choices()
        self.prepared: Prepared | None = None
        self.busy = False

    def heading(self) -> str:
        """Which file."""
        return _("Import {file}").format(file=safe(", ".join(Path(name).name for name in self.names)))

    def footer_keys(self) -> list[tuple[str, str]]:
        """Take it in, or not; say what the file does not say by itself; take an invoice in that breaks rules, as sent back."""
        back = [("T", _("Sent back"))] if self._broken else []
        return [
            ("⏎", _("Take in")), ("esc", _("Leave it")), *back, ("m", _("Map of columns")), ("r", _("Register")), ("p", _("Project")),
        ]  # fmt: skip

    @property
    def _broken(self) -> bool:
        """Whether an e-invoice is refused for the rules that it breaks."""
        plan = self.prepared.plan if self.prepared is not None else None
        return bool(plan and plan.problems) and all(name.casefold().endswith(".xml") for name in self.names)

    def on_mount(self) -> None:
        """Read the file beside the keys."""
        super().on_mount()
        self.start(self._read())

    def action_map_columns(self) -> None:
        """Read the file with a map of somebody else's columns."""
        self.ask(self._mapped, _("Map of columns (TOML)"), self.choices.map_file, offers=maps_like)

    async def _mapped(self, name: str) -> None:
        self.choices = replace(self.choices, map_file=name.strip())
        await self._read()

    def action_register(self) -> None:
        """Read the file as a register."""
        self.ask(self._as_register, _("Register"), offers=_registers, take_offer=True)

    async def _as_register(self, name: str) -> None:
        self.choices = replace(self.choices, as_format=name.strip())
        await self._read()

    def action_project(self) -> None:
        """Say which project a plan, or rows that name none, belong to; nothing for what the file says."""
        self.ask(self._into, _("Project"), self.choices.project, offers=self._projects)

    async def _into(self, word: str) -> None:
        self.choices = replace(self.choices, project=self.desk.find(word, ("projects",)) if word.strip() else "")
        await self._read()

    def _projects(self, text: str) -> list[tuple[str, str]]:
        """Projects that `text` may mean."""
        return [(key, f"{key}  {safe(title)}") for key, title in self.desk.complete(("projects",), text)]

    def action_send_back(self) -> None:
        """Read an e-invoice that breaks rules as one that goes back to the supplier, with those as reasons."""
        if self._broken:
            self.choices = replace(self.choices, accept_broken=True)
            self.start(self._read())

    async def _read(self) -> None:
        self.prepared = None
        self.say(_("reading …"))
        page = self.page
        try:
            self.prepared = await asyncio.to_thread(prepare, self.desk, self.names, self.choices)
        except PmoError as error:
            page.show(
                [
                    line(safe(error.message.words(_)), "late"),
                    *(line(safe(problem.words(_)), "late", "", 4) for problem in getattr(error, "problems", ())),
                    line(safe(error.hint.words(_))),
                    line(_("Here r says the register, and m names a map of columns."), "faint"),
                ]
            )
            self.say(_("nothing was taken in"), error=True)
            return
        page.show(self._lines(self.prepared))
        self.dress()
        self.say(self._counts())

    def _counts(self) -> str:
        assert self.prepared is not None
        plan = self.prepared.plan
        counts = {what: format_number(plan.count(what)) for what in ("new", "changed", "unchanged")}
        text = _("{new} new, {changed} changed, {unchanged} unchanged").format(**counts)
        return text + ("; " + _("problems: nothing can be taken in") if plan.problems else "")

    def _lines(self, prepared: Prepared) -> list[TextLine]:
        plan = prepared.plan
        lines = [line(safe(problem.words(_)), "late", "", 4) for problem in plan.problems[:MOST]]
        lines += [line(safe(note), "amber", "", 4) for note in plan.notes]
        if any(
            item.what == "new" and item.incoming.register == "projects" and not item.incoming.match
            for item in plan.planned
        ):
            lines.append(line(_("A new project comes of it; here p puts it into one that is there."), "faint", "", 4))
        if plan.gone:
            lines.append(
                line(
                    _("no longer in the file, left as they are: {keys}").format(keys=", ".join(plan.gone)),
                    "amber",
                    "",
                    4,
                )
            )
        work = [item for item in plan.planned if item.what != "unchanged"]
        for item in work[:MOST]:
            lines += self._item(item)
        if len(work) > MOST:
            lines.append(line(_("… and {count} more").format(count=format_number(len(work) - MOST)), "faint"))
        if self._broken:
            lines += [line(), line(_("Here T takes an invoice in as sent back, with these reasons."), "faint")]
        return lines or [line(_("The file changes nothing."), "green")]

    def _item(self, item: Planned) -> list[TextLine]:
        register = _(self.desk.list_label(item.incoming.register))
        if item.what == "new":
            title = next(
                (str(item.fields[name]) for name in ("name", "title", "number", "code") if item.fields.get(name)), ""
            )
            owed = _owed(item.fields)
            return [
                TextLine((("+ ", "green"), (fit(register, 18), "faint"), (f" {safe(title)}", ""), (owed, "key")), "", 4)
            ]
        head = TextLine(
            (
                ("~ ", "amber"),
                (fit(item.key, 8), "key"),
                (f" {safe(self.desk.title(item.key))}", ""),
                (f"  {safe(item.incoming.place)}", "faint"),
            ),
            "",
            4,
        )
        changes = [
            TextLine(
                ((f"    {name}: ", "faint"), (_short(old), "grey"), (" → ", ""), (_short(new), "")),
                "",
                6,
            )
            for name, old, new in item.told()
        ]
        return [head, *changes]

    def action_take_in(self) -> None:
        """Write it, in one transaction."""
        if not self.busy and self.prepared is not None:
            self.start(self._take_in(self.prepared))

    async def _take_in(self, prepared: Prepared) -> None:
        if prepared.plan.problems:
            self.say(self._counts(), error=True)
            return
        self.busy = True
        try:
            self.say(_("writing …"))
            await self.write(lambda: carry_out(self.desk, prepared.plan))
        finally:
            self.busy = False
        text = self._counts() + "; " + self.keyed(_("{undo} takes it back"))
        self.dismiss()
        self.office.call_later(self._say_after, text, prepared.plan.changes())

    def _say_after(self, text: str, came: Sequence[Planned]) -> None:
        """On the screen that this one was opened from: what happened, and in a list of such records the first that came."""
        screen = self.office.screen
        if isinstance(screen, Everywhere):
            screen.say(text)
        if isinstance(screen, ListShown):
            ours = [each for each in came if each.incoming.register == screen.register]
            new = [each for each in ours if each.what == "new"]
            for each in (new or ours)[:1]:
                screen.expect(each.key)


def _owed(fields: Mapping[str, Any]) -> str:
    """What a new invoice asks for, and its day; behind its number."""
    try:
        amount = format_money(Decimal(str(fields["payable"])), str(fields.get("currency", "")))
    except (KeyError, InvalidOperation):  # no invoice, or one whose amount is refused anyway
        return ""
    return safe(f"  {amount}  {fields.get('issue_date') or ''}")


def _short(value: object) -> str:
    text = "–" if value is None else safe(value)
    return text if len(text) <= 60 else text[:59] + "…"
