"""A status update while colleagues write on the same report: what they wrote, and whose word stands, colour by colour, text by text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from pmo_tui.actions import action
from pmo_tui.desk.reports import status
from pmo_tui.desk.together.changes_since import Since, changes_since
from pmo_tui.desk.together.record_form import Theirs
from pmo_tui.records.report_page import OVERALL
from pmo_tui.records.reports import DIMENSIONS
from pmo_tui.screens.form import FormScreen
from pmo_tui.screens.form_news import DECIDING
from pmo_tui.screens.together import came_words, differing_words, whose_changes
from pmo_tui.widgets.rag_grid import RagGrid
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

COMMENT = "comment_"
"""Before the name of a dimension: its comment, as a text of the form."""
COMMENTS = "comments"


class StatusNews(FormScreen):
    """Takes in what others write on the report while one takes it down. `theirs` holds what both changed and nobody decided on.

    Unlike a record's form it may begin without a report, from the texts of the last one, and a colleague makes the report meanwhile.
    """

    def __init__(self, nodes: Sequence[str], day: date | None) -> None:
        super().__init__("reports")
        self.nodes = list(nodes)
        self.nth = 0
        self.day = day
        self.begun: status.Start | None = None
        self.comments: dict[str, str] = {}
        self.reason: str | None = None
        self.theirs: dict[str, Theirs] = {}
        self.came: dict[str, Theirs] = {}
        self._seen = ("", 0)
        self._read_at = 0
        """The journal's end when the report was read."""

    @property
    def node(self) -> str:
        """Whose status is taken down."""
        return self.nodes[self.nth]

    @property
    def grid(self) -> RagGrid:
        """The colours."""
        return self.query_one(RagGrid)

    # ---- what there is -------------------------------------------------------------------------------------------------

    def known_texts(self) -> dict[str, str]:
        """What the report has now, colours and comments among it, each as a text."""
        begun = self.begun
        found = dict(self.before)
        if begun is None:
            return found
        for name in (OVERALL, *DIMENSIONS):
            found[status.rag_field(name)] = begun.colours.get(name) or ""
            found[COMMENT + name] = begun.comments.get(name, "")
        return found

    def shown_texts(self) -> dict[str, str]:
        """What stands in the form now, likewise."""
        found = {**self.before, **self.form.texts()}
        for name in (OVERALL, *DIMENSIONS):
            found[status.rag_field(name)] = self.grid.colours.get(name) or ""
            found[COMMENT + name] = self.comments.get(name, "")
        return found

    def put_all(self, texts: Mapping[str, str]) -> None:
        """Put texts, colours and comments where they stand."""
        self.put_texts(texts)
        for name in (OVERALL, *DIMENSIONS):
            colour, comment = texts.get(status.rag_field(name)), texts.get(COMMENT + name)
            if colour is not None:
                self.grid.colours[name] = colour or None
            if comment is not None:
                self.comments[name] = comment
                self.grid.comment(name, safe(comment))
        self.grid.repaint()

    # ---- what others do ------------------------------------------------------------------------------------------------

    def seen(self) -> tuple[str, int]:
        """The report of the period with its revision, as it is now; issued ones too."""
        report = self.desk.statuses.of(self.node, self.desk.statuses.period(self.node, self.day))
        return (report.key, report.revision) if report is not None else ("", 0)

    def read_report(self) -> None:
        """Remember which report is looked at, and when."""
        self._read_at, self._seen = self.desk.store.head(), self.seen()

    def take_in_news(self) -> None:
        """What only others changed comes in, and what both changed is asked about."""
        self.others_changed()
        self.has_news()

    def has_news(self) -> bool:
        """Take in what others wrote since one looked last; whether that is anything to be looked at."""
        if self.begun is None or self._writing or not self.form.rows or self.seen() == self._seen:
            return False
        earlier, mine, reason = self.known_texts(), self.shown_texts(), self.reason
        since = changes_since(self.desk, self.seen()[0] or self._seen[0], self._read_at)
        self._read()
        self.reason = reason
        before, now = _said(since.before), _said(since.now)
        self._keep_offered({name: text for name, text in earlier.items() if before.get(name) == now.get(name)})
        put = {
            name: text
            for name, text in self.known_texts().items()
            if text != earlier[name] and self._comes_in(name, text, earlier[name], mine[name], since)
        }
        self.put_all(put)
        self.tell_theirs()
        told = bool(self.theirs) or any(name in self.came for name in put)
        if told:
            self._say_whose(put)
        return told

    def _keep_offered(self, texts: Mapping[str, str]) -> None:
        """What nobody wrote into the report stays what one began with: words and colours of last time are only offered."""
        begun = self.begun
        assert begun is not None
        for name, text in texts.items():
            if name in self.before:
                self.before[name] = text
            elif name.startswith(COMMENT):
                begun.comments[name.removeprefix(COMMENT)] = text
        for name in (OVERALL, *DIMENSIONS):
            if status.rag_field(name) in texts:
                begun.colours[name] = texts[status.rag_field(name)] or None

    def _comes_in(self, name: str, text: str, earlier: str, mine: str, since: Since) -> bool:
        """Whether a text that others changed goes into the form by itself; of one that the officer changed too it is kept what theirs is."""
        by = since.fields.get(COMMENTS if name.startswith(COMMENT) else name) or since.last
        first = self.theirs.pop(name, None)
        self.came.pop(name, None)
        if first is None and mine == earlier:
            if by is not None:
                self.came[name] = Theirs(text, earlier, by)
            return True
        base = first.earlier if first is not None else earlier
        if by is not None and text not in (mine, base):
            self.theirs[name] = Theirs(text, base, by)
        return False

    def tell_theirs(self) -> None:
        """Beside each field what others made of it."""
        for name, row in self.form.rows.items():
            if name in self.theirs:
                row.tell(differing_words(self, self.theirs[name]), differs=True)
            else:
                row.tell(came_words(self.desk, self.came[name]) if name in self.came else "")
        self.dress()

    def _say_whose(self, came: Iterable[str]) -> None:
        parts = []
        if self.theirs:
            words = _("{names} changed {fields} too: {take_theirs} takes theirs, {keep_mine} keeps yours")
            names = whose_changes(self.desk, self.theirs.values())
            parts.append(self.keyed(words, names=names, fields=self._labels(self.theirs)))
        found = [name for name in came if name in self.came]
        if found:
            words = _("came in: {fields}") if parts else _("{names} changed {fields}")
            names = whose_changes(self.desk, (self.came[name] for name in found))
            parts.append(words.format(names=names, fields=self._labels(found)))
        self.say("; ".join(parts), error=bool(self.theirs))

    def _labels(self, names: Iterable[str]) -> str:
        every = self.desk.fields("reports")
        fields = (COMMENTS if name.startswith(COMMENT) else name for name in names)
        return ", ".join(dict.fromkeys(safe(_(every[name].field.label)) for name in fields))

    # ---- deciding ------------------------------------------------------------------------------------------------------

    def ask_to_decide(self) -> None:
        """Say again what is to be decided, and give the keys to the first of it; what only came in was said."""
        if self.theirs:
            self._say_whose(())
            self._to_next_question()

    def _to_next_question(self) -> None:
        name = next(iter(self.theirs), "")
        if name in self.form.rows:
            self.form.begin(name)
        elif name:
            dimension = name.removeprefix(COMMENT).removeprefix("rag_")
            self.focus_on(self.grid)
            self.grid.move_to([each.name for each in self.grid.lines].index(OVERALL if name == "rag" else dimension))

    def _decide(self, names: Iterable[str], theirs: bool) -> None:
        decided = {name: self.theirs.pop(name) for name in list(names)}
        if theirs:
            self.came |= decided
            self.put_all({name: each.text for name, each in decided.items()})
        self.tell_theirs()
        self.say("")
        if self.theirs:
            self._to_next_question()
        else:
            self.say(self.keyed(_("all is decided; {accept_status} writes it")))

    def _decide_here(self, theirs: bool) -> None:
        row = self.form.current
        if self.grid.has_focus:
            here = {status.rag_field(self.grid.current), COMMENT + self.grid.current}
        else:
            here = {row.entry.name} if row is not None else set()
        names = [name for name in self.theirs if name in here]
        if names:
            self._decide(names, theirs)
        elif self.theirs:
            self._to_next_question()
        else:
            self.say(_("nobody else changed this field"))

    def action_take_all_theirs(self) -> None:
        """What colleagues wrote, wherever that differs."""
        self._decide(list(self.theirs), True)

    def action_keep_all_mine(self) -> None:
        """What the officer wrote, wherever that differs."""
        self._decide(list(self.theirs), False)

    def footer_keys(self) -> list[tuple[str, str]]:
        """While something is to be decided, the keys for that come first."""
        keys = super().footer_keys()
        if not self.theirs:
            return keys
        named = [(name, _(action(id).label)) for id, name in self.named(*DECIDING).items()]
        return named + [each for each in keys if each not in named]


def _said(report: Mapping[str, Any] | None) -> dict[str, Any]:
    """What a stored report says, each comment by itself."""
    found = dict(report or {})
    return found | {COMMENT + each["dimension"]: each.get("text") for each in found.get(COMMENTS) or ()}
