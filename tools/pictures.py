"""Makes the pictures of the README: the demo in the app, screen by screen, as SVG under docs/pictures.

`./pmo pictures` runs it. The demo is made for one fixed day, so that the same program makes the same pictures.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from datetime import date
from pathlib import Path

from pmo_tui.actions import SCREENS
from pmo_tui.app import PmoApp
from pmo_tui.desk import rules
from pmo_tui.desk.demo.build import build
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.folders import folders
from pmo_tui.screens.picture import clean
from pmo_tui.store import open_store
from pmo_tui.widgets.themes import USUAL
from pmo_tui.wording import languages

DAY = date(2026, 11, 25)
SIZE = (110, 32)
TARGET = Path(__file__).resolve().parent.parent / "docs" / "pictures"


async def pictures(desk: Desk, lang: str) -> None:
    """One picture a screen, in a language; whoever looks at it loads no font from anywhere."""
    languages.use(lang)
    app = PmoApp(desk)
    app.theme = USUAL  # whatever the terminal can show from which this is run
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.5)
        for name, _digit, title in SCREENS:
            await app.switch_mode(name)
            await app.workers.wait_for_complete()
            await pilot.pause(0.4)
            path = TARGET / f"{name}{'' if lang == 'en' else '-' + lang}.svg"
            picture = app.export_screenshot(title=f"pmo · {languages._(title)}")
            path.write_text(clean(picture), encoding="utf-8")
            print(path.name, file=sys.stderr)


def main() -> None:
    """Make the demo in a folder of its own and take the pictures."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "demo.json", author="demo", login="demo", check=rules.check)
        build(store, projects=12, seed=1, today=DAY)
        desk = Desk(store, folders({"HOME": folder}), today=lambda: DAY)
        for lang in sys.argv[1:] or ["en"]:
            asyncio.run(pictures(desk, lang))
        store.close()


if __name__ == "__main__":
    main()
