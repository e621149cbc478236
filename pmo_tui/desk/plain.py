"""Values as scripts get them, in JSON."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec


def as_json(value: Any) -> Any:
    """A value as scripts get it: amounts as decimal text, dates as ISO text."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    return msgspec.to_builtins(value)
