"""What a file would change, shown before anything is written: new, changed (old → new), unchanged; enter takes it in."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType

from pmo_tui.actions import EVERYWHERE, IMPORT, MOVE, action
from pmo_tui.desk.files.doors import IN_APP
from pmo_tui.desk.files.formats import Choices, Prepared, prepare
from pmo_tui.desk.files.importing import Planned, carry_out
from pmo_tui.desk.files.rejecting import put_beside
from pmo_tui.desk.files.sources import check_names
from pmo_tui.desk.files.telling import Telling
from pmo_tui.keymaps import name_of
from pmo_tui.records.errors import PmoError
from pmo_tui.records.registers import REGISTERS
from pmo_tui.screens.everywhere import Everywhere
from pmo_tui.screens.file_offers import MOST, maps_like
from pmo_tui.screens.list_shown import ListShown
from pmo_tui.screens.text_screen import TextScreen
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.cutting import fit
from pmo_tui.widgets.text_page import TextLine, line
from pmo_tui.wording.languages import _, ngettext
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe


def _registers(text: str) -> list[tuple[str, str]]:
    """Registers that `text` may mean."""
    begun = text.strip().casefold()
    found = [(each.name, _(each.label)) for each in REGISTERS]
    return [(name, f"{name}  {label}") for name, label in found if begun in name or begun in label.casefold()][:8]


class ImportScreen(TextScreen):
    """The plan of an import. Dismissed when it was carried out or given up."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(IMPORT)
    parts = (IMPORT, EVERYWHERE, MOVE)

    def __init__(self, names: Sequence[str], choices: Choices | None = None) -> None:
        super().__init__()
        self.names = list(names)
        self.choices = replace(choices or Choices(), door=IN_APP)
        self.prepared: Prepared | None = None
        self.busy = False

    def heading(self) -> str:
        """Which file."""
        return _("Import {file}").format(file=safe(", ".join(Path(name).name for name in self.names)))

    def footer_keys(self) -> list[tuple[str, str]]:
        """Take it in, or not; say what the file does not say by itself; leave wrong rows behind; take an invoice in as sent back."""
        ids = ["take_in", "leave_file", *(["as_sent_back"] if self._broken else [])]
        ids += ["good_rows"] if self._wrong_rows else []
        ids += ["map_columns", "as_register", "for_project", "help"]
        return [(name_of(id, self.office.keymap), _(action(id).label)) for id in ids]

    @property
    def _broken(self) -> bool:
        """Whether an e-invoice is refused for the rules that it breaks."""
        plan = self.prepared.plan if self.prepared is not None else None
        return bool(plan and plan.problems) and all(name.casefold().endswith(".xml") for name in self.names)

    @property
    def _wrong_rows(self) -> bool:
        """Whether rows of a table are wrong, and others are not."""
        return self.prepared is not None and self.prepared.tables and bool(self.prepared.plan.problems)

    def on_mount(self) -> None:
        """Read the file beside the keys."""
        super().on_mount()
        self.start(self._read())

    def action_leave_file(self) -> None:
        """Back, with nothing written."""
        self.action_back()

    def action_map_columns(self) -> None:
        """Read the file with a map of somebody else's columns."""
        self.ask(self._mapped, _("Map of columns (TOML)"), self.choices.map_file, offers=maps_like)

    async def _mapped(self, name: str) -> None:
        if name.strip():
            check_names([name.strip()], IN_APP)
        self.choices = replace(self.choices, map_file=name.strip())
        await self._read()

    def action_as_register(self) -> None:
        """Read the file as a register."""
        self.ask(self._as_register, _("Register"), offers=_registers, take_offer=True)

    async def _as_register(self, name: str) -> None:
        self.choices = replace(self.choices, as_format=name.strip())
        await self._read()

    def action_for_project(self) -> None:
        """Say which project a plan, or rows that name none, belong to; nothing for what the file says."""
        self.ask(self._into, _("Project"), self.choices.project, offers=self._projects)

    async def _into(self, word: str) -> None:
        self.choices = replace(self.choices, project=self.desk.find(word, ("projects",)) if word.strip() else "")
        await self._read()

    def _projects(self, text: str) -> list[tuple[str, str]]:
        """Projects that `text` may mean."""
        return [(key, f"{key}  {safe(title)}") for key, title in self.desk.complete(("projects",), text)]

    def action_as_sent_back(self) -> None:
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
                    line(
                        self.keyed(
                            _("Here {as_register} says the register, and {map_columns} names a map of columns.")
                        ),
                        "faint",
                    ),
                ]
            )
            self.say(_("nothing was taken in"), error=True)
            return
        page.show(self._lines(self.prepared))
        self.dress()
        self.say(self._counts(self.prepared))

    def _counts(self, prepared: Prepared) -> str:
        """How much of it is new, changed and unchanged, and how much wrong."""
        plan = prepared.plan
        counts = {what: format_number(plan.count(what)) for what in ("new", "changed", "unchanged")}
        text = _("{new} new, {changed} changed, {unchanged} unchanged").format(**counts)
        if not plan.problems:
            return text
        count = len(plan.wrong)
        text += "; " + ngettext("{count} wrong", "{count} wrong", count).format(count=format_number(count))
        words = _("{good_rows} takes the good rows") if self._wrong_rows else _("nothing can be taken in")
        return f"{text}; {self.keyed(words)}"

    def _lines(self, prepared: Prepared) -> list[TextLine]:
        plan = prepared.plan
        lines = [line(safe(problem.words(_)), "late", "", 4) for problem in plan.problems[:MOST]]
        lines += [line(safe(note), "amber", "", 4) for note in plan.notes]
        lines += [line(text, "faint", "", 4) for text in self._ways_on(prepared)]
        if plan.gone:
            said = _("no longer in the file, left as they are: {keys}").format(keys=", ".join(plan.gone))
            lines.append(line(said, "amber", "", 4))
        work, telling = plan.changes(), Telling(self.desk, plan)
        for item in work[:MOST]:
            lines += self._item(item, telling)
        if len(work) > MOST:
            lines.append(line(_("… and {count} more").format(count=format_number(len(work) - MOST)), "faint"))
        if self._broken:
            words = _("Here {as_sent_back} takes an invoice in as sent back, with these reasons.")
            lines += [line(), line(self.keyed(words), "faint")]
        return lines or [line(_("The file changes nothing."), "green")]

    def _ways_on(self, prepared: Prepared) -> list[str]:
        """The keys that say what the file does not."""
        found = []
        if prepared.plan.problems and prepared.strange:
            found.append(_("Columns that are not understood are named in a map; here {map_columns} takes one."))
        makes = (each for each in prepared.plan.planned if each.what == "new" and each.incoming.register == "projects")
        if any(not each.incoming.match for each in makes):
            found.append(_("A new project comes of it; here {for_project} puts it into one that is there."))
        return [self.keyed(text) for text in found]

    def _item(self, item: Planned, telling: Telling) -> list[TextLine]:
        title = telling.title(item)
        if item.what == "new":
            register = fit(_(self.desk.list_label(item.incoming.register)), 18)
            facts = "".join(f" · {fact}" for fact in telling.facts(item))
            return [TextLine((("+ ", "green"), (register, "faint"), (f" {title}", ""), (facts, "grey")), "", 4)]
        place = f"  {safe(item.incoming.place)}"
        head = TextLine((("~ ", "amber"), (fit(item.key, 8), "key"), (f" {title}", ""), (place, "faint")), "", 4)
        changes = [
            TextLine(((f"    {name}: ", "faint"), (old, "grey"), (" → ", ""), (new, "")), "", 6)
            for name, old, new in telling.changes(item)
        ]
        return [head, *changes]

    def action_take_in(self) -> None:
        """Write it, in one transaction."""
        if not self.busy and self.prepared is not None:
            self.start(self._take_in(self.prepared))

    def action_good_rows(self) -> None:
        """Write the good rows, the wrong ones into a file beside theirs."""
        if not self.busy and self._wrong_rows:
            self.start(self._take_good_rows())

    async def _take_good_rows(self) -> None:
        """The wrong rows are put down first, so that none is lost when the disk is full."""
        refusal = self.desk.why_not_write()
        if refusal is not None:
            raise refusal
        choices = replace(self.choices, keep_rejects=True)
        self.busy = True
        try:
            found = await asyncio.to_thread(prepare, self.desk, self.names, choices)
            if found.plan.problems:
                self.say(self._counts(found), error=True)
                return
            files = [put_beside(self.names, table) for table in found.rejects]
        finally:
            self.busy = False
        words = _("the wrong rows are in {files}: mend them and take that in")
        await self._take_in(found, words.format(files=safe(", ".join(map(str, files)))))

    async def _take_in(self, prepared: Prepared, also: str = "") -> None:
        if prepared.plan.problems:
            self.say(self._counts(prepared), error=True)
            return
        self.busy = True
        try:
            self.say(_("writing …"))
            await self.write(lambda: carry_out(self.desk, prepared.plan))
        finally:
            self.busy = False
        came = prepared.plan.changes()
        written = self.keyed(_("{undo} takes it back")) if came else _("nothing was written")
        text = "; ".join(part for part in (self._counts(prepared), also, written) if part)
        self.dismiss()
        self.office.call_later(self._say_after, text, came)

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
