"""The modules of a start from one file.

A start of the app loads some five hundred modules. To look for each in every folder of the search path, to open its byte code and to check it
takes a tenth of that time; here all of it lies in one file of the environment that the program is installed in. A module is taken from it as
Python takes byte code from beside a source: while that has the size and the time it had. For anything else Python's own way stands behind it.

Nothing but what the interpreter itself has loaded is imported here: this comes before everything.
"""

from __future__ import annotations

import marshal
import os
import sys
from importlib.machinery import ModuleSpec, SourceFileLoader
from types import CodeType
from typing import Any

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FEW = 8
"""So many modules may be missing before the file is written anew."""
LENGTH = 8
"""Bytes at the beginning of the file that say how long its table is."""
HEAD = 16
"""Bytes before the byte code in Python's own files: magic number, flags, time and size of the source (PEP 552)."""
WRONG = (OSError, ValueError, EOFError, TypeError, KeyError, MemoryError)
"""What reading a file raises that is damaged or is something else."""
Place = tuple[str, bool, int, int, int, int]
"""Of a module: its source, whether it is a package, time and size of that source, where its byte code stands, and how long it is."""


def path_of_it() -> str:
    """Where the file lies."""
    return os.path.join(sys.prefix, f"pmo-modules-{sys.implementation.cache_tag}")


def begin() -> None:
    """Take modules from the file from now on, where there is one for this Python and this checkout."""
    if os.environ.get("PYTHONPATH") or sys.flags.optimize or any(isinstance(each, Modules) for each in sys.meta_path):
        return  # with other folders to look in, other modules may be meant
    try:
        sys.meta_path.insert(0, Modules(path_of_it()))
    except WRONG:
        return


class Modules:
    """Finds modules in the file; for `sys.meta_path`. Raises one of WRONG where it is of no use."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._file = os.open(path, os.O_RDONLY)
        try:
            size = os.fstat(self._file).st_size
            length = int.from_bytes(os.pread(self._file, LENGTH, 0), "little")
            if LENGTH + length > size:
                raise ValueError("something else")
            table: dict[str, Any] = marshal.loads(os.pread(self._file, length, LENGTH))
            self.places: dict[str, Place] = table["modules"]
            whole = LENGTH + length + table["length"] == size
            if (table["python"], table["root"], whole) != (sys.hexversion, ROOT, True):
                raise ValueError("made by another Python, for another checkout, or cut off")
        except BaseException:
            os.close(self._file)
            raise
        self._begins = LENGTH + length

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """As `sys.meta_path` wants it."""
        place = self.places.get(name)
        if place is None or not is_as_it_was(place):
            return None
        source, package = place[:2]
        spec = ModuleSpec(name, Kept(name, source, self, place), origin=source, is_package=package)
        spec.has_location = True
        if package:
            spec.submodule_search_locations = [os.path.dirname(source)]
        return spec

    def discard(self) -> None:
        """It is damaged: let the next one be made whole."""
        try:
            os.unlink(self._path)
        except OSError:
            return

    def code(self, place: Place) -> bytes:
        """The byte code of a module."""
        return os.pread(self._file, place[5], self._begins + place[4])


class Kept(SourceFileLoader):
    """Python's loader of a source, whose byte code is in the file."""

    def __init__(self, name: str, source: str, modules: Modules, place: Place) -> None:
        super().__init__(name, source)
        self._modules = modules
        self._place = place

    def get_code(self, fullname: str) -> CodeType | None:
        """The module's code."""
        try:
            found = marshal.loads(self._modules.code(self._place))
        except WRONG:
            found = None
        if isinstance(found, CodeType):
            return found
        self._modules.discard()
        return super().get_code(fullname)


def is_as_it_was(place: Place) -> bool:
    """Whether the source has the time and the size it had."""
    try:
        now = os.stat(place[0])
    except OSError:
        return False
    return (int(now.st_mtime), now.st_size) == place[2:4]


# ---- writing it ------------------------------------------------------------------------------------------------------------


def keep() -> None:
    """Write the file anew when modules are loaded by now that it has not or has as they were; what it has besides stays.

    Nothing where it may not be written, or where other programs share the environment: a start then takes its time.
    """
    if os.environ.get("PYTHONPATH") or sys.flags.optimize or sys.dont_write_bytecode:
        return
    if sys.prefix == sys.base_prefix or not os.access(sys.prefix, os.W_OK):
        return
    path = path_of_it()
    try:
        before: Modules | None = Modules(path)
    except WRONG:
        before = None
    kept = {} if before is None else {name: each for name, each in before.places.items() if is_as_it_was(each)}
    found = {
        name: each for name, module in [*sys.modules.items()] if name not in kept and (each := compiled(module, name))
    }
    if len(found) < FEW:
        return
    if before is not None:
        found = {name: (place, before.code(place)) for name, place in kept.items()} | found
    try:
        write(path, found)
    except OSError:
        return


def compiled(module: object, name: str) -> tuple[Place, bytes] | None:
    """What Python itself has kept of a module, where that is what its source says."""
    from importlib.util import cache_from_source

    spec = getattr(module, "__spec__", None)
    if spec is None or spec.name != name or not isinstance(spec.loader, SourceFileLoader) or not spec.origin:
        return None
    try:
        now = os.stat(spec.origin)
        with open(cache_from_source(spec.origin), "rb") as file:
            data = file.read()
    except (OSError, NotImplementedError):
        return None
    flags, time, size = (int.from_bytes(data[start : start + 4], "little") for start in (4, 8, 12))
    if flags or (time, size) != (int(now.st_mtime) & 0xFFFFFFFF, now.st_size & 0xFFFFFFFF):
        return None
    package = spec.submodule_search_locations is not None
    return (spec.origin, package, int(now.st_mtime), now.st_size, 0, len(data) - HEAD), data[HEAD:]


def write(path: str, modules: dict[str, tuple[Place, bytes]]) -> None:
    """The file, whole or not at all."""
    places: dict[str, Place] = {}
    length = 0
    for name, (place, code) in modules.items():
        places[name] = (*place[:4], length, len(code))
        length += len(code)
    table = marshal.dumps({"python": sys.hexversion, "root": ROOT, "length": length, "modules": places})
    half = f"{path}.{os.getpid()}"
    try:
        with open(half, "wb") as file:
            file.write(len(table).to_bytes(LENGTH, "little") + table)
            file.writelines(code for _place, code in modules.values())
        os.replace(half, path)
    except BaseException:
        if os.path.exists(half):
            os.unlink(half)
        raise


def load_all() -> None:
    """Load everything of the program that loads with what is installed: what its starts load is among it."""
    from contextlib import suppress
    from importlib import import_module
    from pkgutil import walk_packages

    import pmo_tui

    for each in walk_packages(pmo_tui.__path__, "pmo_tui."):
        if not each.name.endswith("__main__"):
            with suppress(ImportError):
                import_module(each.name)
    from pmo_tui.records.documents import check
    from pmo_tui.records.registers import REGISTERS

    check(REGISTERS[0].cls, {})  # what is loaded with the first write


if __name__ == "__main__":
    load_all()
    keep()
