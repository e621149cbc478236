"""A form while colleagues work on its record too: what they wrote, and whose word stands, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pmo_tui.actions import action
from pmo_tui.desk.together.who import called
from pmo_tui.screens.field_words import when_typed
from pmo_tui.screens.form_fields import FormFields
from pmo_tui.screens.together import Colleagues, came_words, differing_words, who_is_here, whose_changes
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

DECIDING = ("take_theirs", "keep_mine", "take_all_theirs", "keep_all_mine")


class FormNews(FormFields):
    """Takes in what others write while one types."""

    def on_mount(self) -> None:
        """The keys go to the first field, or the one that was asked for."""
        super().on_mount()
        self.form.begin(self.at)
        self.explain()
        self.tell_theirs()
        if self.model is not None and self.model.differing:
            self._say_news([])
        elif self._draft is not None:
            when = when_typed(self._draft.time)
            self.say(self.keyed(_("your text of {when} is back; {drop_draft} starts over"), when=when))
        elif self._held is not None and self._held.elsewhere:
            self.say(_("this is being typed in another window; what you type here is kept apart"))

    def reload(self) -> None:
        """Take in what others wrote."""
        self.take_in_news()

    def others_changed(self) -> None:
        """Who else is at the record."""
        words = [self._gone_words(), who_is_here(self.desk, self.key) if self.key else ""]
        for line in self.query(Colleagues):
            line.show("\n".join(each for each in words if each))

    def place(self) -> tuple[str, bool]:
        """The record that is edited."""
        return self.key, bool(self.key)

    def told_of(self, by: str) -> None:
        """What others wrote is told where it touches this record."""

    def take_in_news(self) -> None:
        """Let the fields that only others changed follow, and ask about those that both changed."""
        model = self.model
        if model is None or not self.form.rows:
            self.others_changed()
            return
        asked, told, was_gone = set(model.differing), dict(model.came), model.gone
        put = model.take_in(self.form.texts())
        self.put_texts(put)
        self.tell_theirs()
        self.others_changed()
        if model.gone is not None and model.gone != was_gone:
            self.say(self._gone_words(), error=True)
        elif set(model.differing) != asked or model.came != told:
            self._say_news([name for name in put if model.came.get(name) != told.get(name)])

    def put_texts(self, texts: Mapping[str, str]) -> None:
        """Put texts into fields that nobody types into."""
        for name, row in self.form.rows.items():
            if name in texts:
                with row.field.prevent(type(row.field).Changed):
                    row.put(texts[name])

    def tell_theirs(self) -> None:
        """Beside each field what others made of it."""
        model = self.model
        if model is None:
            return
        for name, row in self.form.rows.items():
            differing, came = model.differing.get(name), model.came.get(name)
            if differing is not None:
                row.tell(differing_words(self, differing), differs=True)
            else:
                row.tell(came_words(self.desk, came) if came is not None else "")
        self.dress()

    def _say_news(self, came: Sequence[str]) -> None:
        model = self.model
        assert model is not None
        parts = []
        if model.differing:
            words = _("{names} changed {fields} too: {take_theirs} takes theirs, {keep_mine} keeps yours")
            names = whose_changes(self.desk, model.differing.values())
            parts.append(self.keyed(words, names=names, fields=self._labels(model.differing)))
        if came:
            words = _("came in: {fields}") if parts else _("{names} changed {fields}")
            names = whose_changes(self.desk, (model.came[name] for name in came))
            parts.append(words.format(names=names, fields=self._labels(came)))
        self.say("; ".join(parts), error=bool(model.differing))

    def _labels(self, names: Iterable[str]) -> str:
        return ", ".join(safe(_(self.fields[name].field.label)) for name in names)

    def _gone_words(self) -> str:
        """Who deleted the record, and what can be done; nothing while it is there."""
        gone = self.model.gone if self.model is not None else None
        if gone is None:
            return ""
        words = _("{name} deleted {key}: {save} brings it back, {leave} leaves and keeps what you typed")
        return self.keyed(words, name=safe(called(self.desk, gone.author)), key=self.key)

    def _ask_to_decide(self) -> None:
        self._say_news([])
        self._to_next_question()

    def _to_next_question(self) -> None:
        """The keys go to the next field that is still to be decided on."""
        model = self.model
        if model is not None and model.differing:
            name = next(iter(model.differing))
            if name in self.form.rows:
                self.form.begin(name)
            else:
                self.every = True
                self.start(self._show({**self.before, **self.form.texts()}, name))

    def _decide(self, names: Iterable[str], theirs: bool) -> None:
        model = self.model
        if model is None:
            return
        texts = self.form.texts()
        decide = model.take_theirs if theirs else model.keep_mine
        self.put_texts({name: decide(name, texts.get(name, model.before[name])) for name in names})
        self.tell_theirs()
        self.say("")
        if model.differing:
            self._to_next_question()
        else:
            self.say(self.keyed(_("all is decided; {save} writes it")))

    def _decide_here(self, theirs: bool) -> None:
        row, model = self.form.current, self.model
        if model is None or row is None or not (model.differing or model.open_question(row.entry.name)):
            self.say(_("nobody else changed this field"))
        elif model.open_question(row.entry.name):
            self._decide([row.entry.name], theirs)
        else:
            self._to_next_question()

    def action_take_theirs(self) -> None:
        """What the colleague wrote into this field."""
        self._decide_here(True)

    def action_keep_mine(self) -> None:
        """What the officer wrote into this field."""
        self._decide_here(False)

    def action_take_all_theirs(self) -> None:
        """What colleagues wrote into every field that differs."""
        self._decide(list(self.model.differing) if self.model is not None else (), True)

    def action_keep_all_mine(self) -> None:
        """What the officer wrote into every field that differs."""
        self._decide(list(self.model.differing) if self.model is not None else (), False)

    def footer_keys(self) -> list[tuple[str, str]]:
        """While something is to be decided, the keys for that come first."""
        keys = super().footer_keys()
        if self.model is None or not self.model.differing:
            return keys
        named = [(name, _(action(id).label)) for id, name in self.named(*DECIDING).items()]
        return named + [each for each in keys if each not in named]
