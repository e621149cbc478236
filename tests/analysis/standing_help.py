"""Projects as they stand, in few words."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pmo_tui.analysis.exposure import Exposure
from pmo_tui.analysis.project_money import ProjectMoney
from pmo_tui.analysis.standing import Facts, Standing, standing
from pmo_tui.records.projects import Project
from pmo_tui.records.reports import Report

TODAY = date(2026, 3, 16)
GOOD = Report(key="REP-1", project="P-1", period="2026-w11", rag="green")


def day(count: int) -> date:
    """So many days from today."""
    return TODAY + timedelta(days=count)


def project(**more: Any) -> Project:
    """A project of 100,000 with a manager and an officer."""
    base = {"key": "P-1", "name": "Bridge", "budget": Decimal(100_000), "manager": "PER-1", "officer": "PER-2"}
    return Project(**{**base, **more})


def facts(cost: object = 0, risk: object = 0, of: Project | None = None, **more: Any) -> Facts:
    """Facts of a project that cost so much, with so much net exposure, and reported in time."""
    found = of or project()
    money = more.pop("money", ProjectMoney(found.currency, cost=Decimal(str(cost))))
    exposure = Exposure(found.currency, threats=Decimal(str(risk)), open=1 if risk else 0)
    return Facts(found, money, exposure, **{"report": GOOD, **more})


def stands(*given: Any, **more: Any) -> Standing:
    """The same, measured today."""
    return standing(facts(*given, **more), TODAY)
