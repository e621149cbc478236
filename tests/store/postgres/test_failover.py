"""The leader of three nodes dies under load: another takes its place, and nothing acknowledged is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from tests.skipping import skip_loudly
from tests.store.postgres.conftest import Open
from tests.store.postgres.ledger import KEPT, REFUSED, UNSURE, Writer, all_wrote, compare
from tests.store.postgres.patroni import Cluster, missing

WRITERS = 3


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    lacking = missing()
    if lacking:
        skip_loudly(
            f"needs {', '.join(lacking)}: apt-get install patroni etcd-server etcd-client postgresql python3-etcd"
        )
    found = Cluster()
    try:
        found.start()
        yield found
    finally:
        found.stop()


@pytest.mark.slow
@pytest.mark.failover
def test_the_leader_killed_under_load_loses_nothing(
    cluster: Cluster, opened: Open, capsys: pytest.CaptureFixture[str]
) -> None:
    stop = threading.Event()
    writers = [Writer(opened(cluster.url(), f"w{number}"), number, stop) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    for _ in range(2):
        assert all_wrote(writers, 100, seconds=60)
        killed = cluster.leader()
        cluster.kill(killed)
        assert all_wrote(writers, 100, seconds=120)
        cluster.start_node(killed)
        cluster.wait(lambda roles: len(roles) == 3 and "sync_standby" in roles.values())
    stop.set()
    for writer in writers:
        writer.join()
    found = opened(cluster.url(), "last", cache="none")
    there = compare(writers, found)
    assert found.verify().sequence == there
    told = {outcome: sum(writer.count(outcome) for writer in writers) for outcome in (KEPT, REFUSED, UNSURE)}
    pause = max(writer.longest_pause for writer in writers)
    with capsys.disabled():
        print(f"\nthe leader killed twice: {told}; {there} found, 0 lost, 0 doubled; the longest gap {pause:.1f} s")
