"""Leaving a test out, so that nobody overlooks it."""

from __future__ import annotations

import warnings
from typing import NoReturn

import pytest


def skip_loudly(reason: str) -> NoReturn:
    """Skip a test for want of something on this machine; the summary of the run says so even when it is quiet."""
    warnings.warn(f"skipped: {reason}", stacklevel=2)
    pytest.skip(reason)
