"""The app on a small store, driven by its keys."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pmo_tui.app import PmoApp
from pmo_tui.desk import rules
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.config import Config
from pmo_tui.desk.home.folders import folders
from pmo_tui.desk.home.kept import Kept
from pmo_tui.store import open_store
from pmo_tui.wording import languages
from tests.app.driving import Driver
from tests.desk import money_office

TODAY = date(2026, 11, 25)
COLLECTED = gc.get_threshold()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Every test speaks English unless it says otherwise."""
    before = languages.current().code
    languages.use("en")
    yield
    languages.use(before)
    gc.unfreeze()  # an app that starts takes what is there for good; here many come and go in one process
    gc.set_threshold(*COLLECTED)


@pytest.fixture(autouse=True)
def working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an app writes where it was started goes into a folder of the test's own."""
    folder = tmp_path / "started-here"
    folder.mkdir()
    monkeypatch.chdir(folder)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own, whose officer was told of the tour before."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.delenv(f"XDG_{name}_HOME", raising=False)
    Kept(folders({"HOME": str(tmp_path)}).state).put(tour="offered")
    return tmp_path


def desk_at(path: Path, home: Path, author: str = "anna", config: Config | None = None) -> Desk:
    """A desk on a store of the test's own."""
    store = open_store(path, author=author, login=author, check=rules.check)
    return Desk(store, folders({"HOME": str(home)}), config, today=lambda: TODAY)


@pytest.fixture
def desk(home: Path) -> Iterator[Desk]:
    """Two projects, some people, a supplier, risks, an order with an invoice, and a plan of four tasks."""
    found = desk_at(home / "pmo.json", home)
    fill(found)
    yield found
    found.store.close()


@pytest.fixture
def jan(desk: Desk, home: Path) -> Iterator[Desk]:
    """Jan's desk on the same store; he is a person in it."""
    found = desk_at(home / "pmo.json", home / "jan", "jan")
    yield found
    found.store.close()


def fill(desk: Desk) -> None:
    """What the tests work on."""
    desk.add("people", {"name": "Jan de Vries", "function": "Tester", "login": "jan"})
    desk.add("people", {"name": "Anna Bos", "function": "Project officer", "login": "anna"})
    desk.add(
        "projects",
        {"name": "Harbour bridge", "code": "HB1", "budget": "100k", "manager": "Jan de Vries", "officer": "Anna Bos"},
    )
    desk.add("projects", {"name": "Town archive", "budget": "250000", "rag": "red"})
    for number, (title, probability, impact) in enumerate(
        [("Steel comes late", 3, 4), ("Permit is refused", 2, 5), ("Paper is wet", 1, 2)], 1
    ):
        desk.add(
            "risks",
            {
                "title": title,
                "project": f"P-{1 + number // 3}",
                "probability": str(probability),
                "impact": str(impact),
                "owner": "Jan de Vries",
            },
        )
    desk.add("suppliers", {"name": "Staal BV", "ibans": "NL91ABNA0417164300"})
    desk.add(
        "orders",
        {"title": "Beams", "supplier": "Staal BV", "project": "P-1"},
        {"lines": [{"quantity": "10", "price": "1000"}]},
    )
    desk.add(
        "tasks", {"project": "P-1", "name": "Design", "duration": "5d", "start": "2026-11-23", "finish": "2026-11-27"}
    )
    desk.add(
        "tasks",
        {
            "project": "P-1",
            "name": "Build",
            "duration": "10d",
            "start": "2026-11-30",
            "finish": "2026-12-11",
            "predecessors": "1",
        },
    )
    desk.add(
        "tasks",
        {
            "project": "P-1",
            "name": "Opening",
            "milestone": "yes",
            "duration": "0d",
            "start": "2026-12-11",
            "finish": "2026-12-11",
            "predecessors": "2",
        },
    )


def starting_at(screen: str) -> type[PmoApp]:
    """The app, with that screen in front when it starts; no other screen is made for it."""
    return type("PmoApp", (PmoApp,), {"DEFAULT_MODE": screen}) if screen else PmoApp


@pytest.fixture
def money(home: Path) -> Iterator[Desk]:
    """Jan's beams: 10 ordered at 1,000, 6 received, 4 invoiced and due today."""
    found = desk_at(home / "money.json", home)
    money_office.fill(found)
    yield found
    found.store.close()


@pytest.fixture
def mismatch(money: Desk) -> Desk:
    """4 more beams are billed than came in; that was due five days ago."""
    money_office.bill(money, "2026-2", 4, due_date="2026-11-20")
    return money


Run = Callable[..., AbstractAsyncContextManager[Driver]]


@pytest.fixture
def run(desk: Desk) -> Run:
    """Starts the app in a terminal of a size, on a screen or a register: `async with run("risks") as app`."""

    @asynccontextmanager
    async def start(
        screen: str = "", size: tuple[int, int] = (80, 24), on: Desk | None = None, register: str = "", **more: Any
    ) -> AsyncIterator[Driver]:
        app = starting_at(screen)(on or desk, **more)
        async with app.run_test(size=size) as pilot:
            driver = Driver(app, pilot)
            await driver.settle()
            if register:
                driver.frame.open_register(register)  # type: ignore[attr-defined]
                await driver.settle()
            yield driver

    return start
