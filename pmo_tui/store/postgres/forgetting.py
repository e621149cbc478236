"""Rewriting the history on a server without some values, in one transaction that replaces the whole tables.

Replaced tables leave no old rows behind. What the server archived elsewhere, such as its write-ahead log and its
backups, keeps the values until that is cleared away.
"""

from __future__ import annotations

from collections.abc import Iterator

import psycopg

from pmo_tui.records.marks import N_
from pmo_tui.store.forgetting import Forgetting, first_line, without_values
from pmo_tui.store.lines import Line, Removal, body_of, line_of, seal
from pmo_tui.store.postgres.errors import NoRight
from pmo_tui.store.postgres.filling import LINES, fill_documents, row_of, set_head
from pmo_tui.store.postgres.log import PostgresLog
from pmo_tui.store.replica import Replica

MAY = "SELECT has_table_privilege('{s}.change', 'TRUNCATE')"
BESIDE = "CREATE TEMPORARY TABLE rewritten (LIKE {s}.change) ON COMMIT DROP"
REPLACE = """
CREATE TEMPORARY TABLE present ON COMMIT DROP AS SELECT * FROM {s}.session;
TRUNCATE {s}.change, {s}.doc, {s}.register, {s}.session;
INSERT INTO {s}.change SELECT * FROM pg_temp.rewritten ORDER BY seq
"""
SESSIONS = """
INSERT INTO {s}.session SELECT id, CASE WHEN author = ANY(%(texts)s) THEN %(key)s ELSE author END,
    CASE WHEN login = ANY(%(texts)s) THEN %(key)s ELSE login END, host, pid, since FROM pg_temp.present
"""


def forget(log: PostgresLog, plan: Forgetting, line: Line, replica: Replica) -> set[str]:
    """Let `line` follow on a history without the values; the keys of records that mention them."""
    turn = log.writer.turn
    assert turn is not None
    connection = turn.connection
    if connection.execute(log.place.sql(MAY)).fetchone() != (True,):
        raise NoRight(log.location, N_("only an admin takes values out of the history"))
    rewriter = Rewriter(log, plan, replica)
    try:
        connection.execute(log.place.sql(BESIDE))
        with connection.cursor().copy(log.place.sql(LINES.replace("{table}", "pg_temp.rewritten"))) as copy:
            for row in rewriter.rows(plan.line(line)):
                copy.write_row(row)
        connection.execute(log.place.sql(REPLACE))
        bare = without_values(plan, plan.line(line), replica, rewriter.sum)
        fill_documents(connection, log.place, bare)
        set_head(connection, log.place, bare, chains=1)
        connection.execute(log.place.sql(SESSIONS), {"texts": list(plan.texts), "key": plan.key})
    except psycopg.Error as error:
        raise log.server.translated(connection, error) from error
    log.writer.commit()
    return rewriter.mentioned


class Rewriter:
    """Reads the history line by line, each checked, and gives the rows of one without the values, chained anew."""

    def __init__(self, log: PostgresLog, plan: Forgetting, replica: Replica) -> None:
        self._log = log
        self._plan = plan
        self._replica = replica
        self._needles = plan.needles()
        self.sum = ""
        self.mentioned: set[str] = set()

    def rows(self, last: Line) -> Iterator[tuple[object, ...]]:
        """The line that tells what was removed, all there were, and the `last` one."""
        texts = self._log.past.texts(self._replica.head())
        first = next(texts)
        begun = line_of(first)
        removed: list[Removal] = [] if begun.seq else begun.removed
        yield self._row(first_line(self._plan, last, removed, self._replica.head_sum()))
        for text in [first] if begun.seq else []:
            yield self._row(self._without(text))
        for text in texts:
            yield self._row(self._without(text))
        yield self._row(last)

    def _without(self, text: bytes) -> Line:
        line = line_of(text)
        if not any(needle in text for needle in self._needles):
            return line
        line = self._plan.line(line)
        self.mentioned.update(self._plan.mentions(line))
        return line

    def _row(self, line: Line) -> tuple[object, ...]:
        body = body_of(line)
        self.sum = seal(self.sum, body)
        return row_of(line, "{" + body.decode(), self.sum)
