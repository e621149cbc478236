"""The calls by which a store changes its files, counted, so that any one of them can be made to fail, or be the last."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

NAMES = ("open", "write", "pwrite", "ftruncate", "fsync", "fdatasync", "replace", "unlink")
"""Functions of `os` that change files, or wait until they are durable; of `open` only those calls that may make or empty one."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call about to be made: the `number`th, of `name`, with `arguments`; `real` does it."""

    number: int
    name: str
    arguments: tuple[Any, ...]
    real: Callable[..., Any]

    def do(self) -> Any:
        """Let it happen."""
        return self.real(*self.arguments)

    def do_half(self) -> int:
        """Let a write happen by half: the bytes that were written."""
        descriptor, data, *rest = self.arguments
        written: int = self.real(descriptor, bytes(data)[: len(data) // 2], *rest)
        return written

    @property
    def writes(self) -> bool:
        """Whether it writes bytes, more than one."""
        return self.name in ("write", "pwrite") and len(self.arguments[1]) > 1


@contextmanager
def watched(then: Callable[[Call], Any]) -> Iterator[None]:
    """Ask `then` to do, fail or end every call in here."""
    real = {name: getattr(os, name) for name in NAMES}
    count = 0

    def instead(name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **keywords: Any) -> Any:
            nonlocal count
            if name == "open" and not arguments[1] & (os.O_CREAT | os.O_TRUNC):
                return real[name](*arguments, **keywords)
            count += 1
            return then(Call(count - 1, name, arguments, real[name]))

        return call

    for name in NAMES:
        setattr(os, name, instead(name))
    try:
        yield
    finally:
        for name, function in real.items():
            setattr(os, name, function)


def recorded(work: Callable[[], object]) -> list[Call]:
    """The calls that `work` makes."""
    found: list[Call] = []

    def note(call: Call) -> Any:
        found.append(call)
        return call.do()

    with watched(note):
        work()
    return found
