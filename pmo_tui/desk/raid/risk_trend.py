"""How the scores of risks moved in the last four weeks, told by the journal."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from pmo_tui.analysis.figure import Figure, Source
from pmo_tui.analysis.risks import Trend, score, trend
from pmo_tui.records.marks import N_
from pmo_tui.records.raid import Risk

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.store import Op, Transaction

WINDOW = timedelta(days=28)
"""From one monthly report to the next."""
MOMENT = timedelta(seconds=1)
SCORED_BY = ("probability", "impact")


@dataclass(frozen=True, slots=True)
class _Step:
    """A change of probability or impact: what each of the changed ones was before, and whether the risk was made then."""

    before: dict[str, Any]
    made: bool


class Trends:
    """The trend of every risk. The journal is read once, from four weeks ago on, and then as far as it has grown.

    The transaction a store begins with (an import, a demo) is not read: there is nothing before it to compare with.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._lock = threading.Lock()
        self._since: date | None = None
        self._read_to = 0
        self._steps: dict[str, list[_Step]] = {}

    @property
    def ready(self) -> bool:
        """Whether the journal is read as far as it goes, so that asking takes no time."""
        return self._since == self._begin() and self._read_to == self.desk.store.head()

    @property
    def begun(self) -> bool:
        """Whether the journal of these four weeks was read already, so that only what came since is to be read."""
        return self._since == self._begin()

    def read(self) -> None:
        """Read what of the journal was not read yet; may take a while, and may be done in any thread."""
        if self.ready:
            return
        with self._lock:
            since, store = self._begin(), self.desk.store
            if since != self._since:
                self._steps = {}
                self._since, self._read_to = None, max(store.moment(self._beginning()), min(1, store.head()))
            beginning = self._beginning()
            for transaction in store.since(self._read_to):
                if transaction.time > beginning:
                    self._take(transaction)
                self._read_to = transaction.sequence
            self._since = since

    def _begin(self) -> date:
        return self.desk.today() - WINDOW

    def _beginning(self) -> datetime:
        return datetime.combine(self._begin(), time.max).astimezone()

    def _take(self, transaction: Transaction) -> None:
        for op in transaction.ops:
            if op.register == "risks":
                before = _changed(op)
                if before or op.old is None:
                    self._steps.setdefault(op.key, []).append(_Step(before, op.old is None))

    def of(self, risk: Risk) -> Trend:
        """How the score of a risk moved: `new` for one that was identified in these four weeks and has not moved since."""
        self.read()
        before, now = self._before(risk), score(risk)
        begin = self._beginning()
        told = [(begin, before), (begin + MOMENT, now)]
        return trend(told[1:] if before == now and self._is_new(risk) else told, begin)

    def figure(self, risk: Risk) -> Figure:
        """The trend with the scores that it compares."""
        found = self.of(risk)
        scores = (Source("", "", found.before, N_("four weeks ago")), Source("", "", found.now, N_("now")))
        formula = N_("the score now against that of four weeks ago, or the first one since, told by the journal")
        return Figure(N_("Trend"), found.direction or None, "", formula, scores)

    def _before(self, risk: Risk) -> int | None:
        """The score four weeks ago, or the first one that a younger risk got."""
        values: dict[str, Any] = {name: getattr(risk, name) for name in SCORED_BY}
        for step in reversed(self._steps.get(risk.key, ())):
            if step.made:
                break
            values |= step.before
        return score(replace(risk, **values))

    def _is_new(self, risk: Risk) -> bool:
        if risk.identified_on is not None:
            return risk.identified_on > self._begin()
        return any(step.made for step in self._steps.get(risk.key, ()))


def _changed(op: Op) -> dict[str, Any]:
    """Probability and impact as they were, where a change touched them."""
    if op.old is None or op.new is None:
        return {}
    return {name: op.old.get(name) for name in SCORED_BY if name in op.old or name in op.new}
