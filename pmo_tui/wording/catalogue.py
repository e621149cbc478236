"""Keeps the message catalogues: `python -m pmo_tui.wording.catalogue update|compile`.

`update` reads every module of the package for messages marked with `_`, `N_`, `ngettext` and `pgettext`, adds what fields say of
themselves (the words that choice fields offer, and their help), and merges them into each `locale/<code>/LC_MESSAGES/pmo_tui.po`: translations that
are there are kept, those of messages that are gone move to the end. `compile` makes the `.mo` beside each `.po`; it
leaves out, and names, a translation whose placeholders are not those of its message, because that one would fail when
it is shown.
"""

from __future__ import annotations

import ast
import io
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pmo_tui.wording.languages import DOMAIN, FALLBACK, LANGUAGES, LOCALE

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

PACKAGE = Path(__file__).resolve().parents[1]
MARKS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"\{([a-z_]+)[^{}]*\}")
LINE_WIDTH = 110


def extract(package: Path = PACKAGE) -> Catalog:
    """The messages marked in the package's modules, with the files they stand in, and what fields say of themselves."""
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract_from_dir

    found = Catalog(project=DOMAIN, charset="utf-8")
    extracted = extract_from_dir(
        package, method_map=[("**.py", "python")], keywords=MARKS, comment_tags=("Translators:",)
    )
    for file, _line, message, comments, context in sorted(extracted, key=lambda item: (item[0], item[1])):
        if message and message != ("", ""):
            found.add(message, None, [(f"{package.name}/{file}", 0)], auto_comments=comments, context=context)
    for word in _words_of_fields():
        found.add(word, None, [(f"{package.name}/records/registers.py", 0)])
    for file, context, message in _overlooked(package):
        found.add(message, None, [(f"{package.name}/{file}", 0)], context=context)
    return found


def update(locale: Path = LOCALE, package: Path = PACKAGE) -> dict[str, int]:
    """Merge the marked messages into every language's `.po`; how many are still to be translated, by language."""
    template = extract(package)
    missing = {}
    for code in _translated_to():
        file = _folder(locale, code) / f"{DOMAIN}.po"
        catalogue = _read(file, code)
        catalogue.update(template, no_fuzzy_matching=True)
        _write(file, catalogue)
        missing[code] = sum(1 for message in catalogue if message.id and not _is_translated(message))
    return missing


def compile_all(locale: Path = LOCALE, target: Path | None = None) -> list[str]:
    """Make the `.mo` of every `.po` under `locale`, beside it or under `target`; the faults found, one each."""
    from babel.messages.mofile import write_mo

    faults = []
    for code in _translated_to():
        file = _folder(locale, code) / f"{DOMAIN}.po"
        if not file.exists():
            continue
        catalogue = _read(file, code)
        for fault, message in list(_misplaced(catalogue)):
            faults.append(f"{file.name} ({code}): {fault}")
            message.string = ""
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        folder = _folder(target or locale, code)
        folder.mkdir(parents=True, exist_ok=True)
        _replace(folder / f"{DOMAIN}.mo", compiled.getvalue())
    return faults


def main(arguments: list[str]) -> int:
    """Run `update` or `compile`; 0 when all is well, 1 when a translation is faulty, 2 for any other word."""
    if arguments == ["update"]:
        for code, count in update().items():
            print(f"{code}: {count} messages to translate")
        return 0
    if arguments == ["compile"]:
        faults = compile_all()
        for fault in faults:
            print(fault, file=sys.stderr)
        return 1 if faults else 0
    print("usage: python -m pmo_tui.wording.catalogue update|compile", file=sys.stderr)
    return 2


def _translated_to() -> list[str]:
    return [code for code in LANGUAGES if code != FALLBACK]


def _folder(locale: Path, code: str) -> Path:
    return locale / code / "LC_MESSAGES"


def _read(file: Path, code: str) -> Catalog:
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    if not file.exists():
        return Catalog(locale=code, project=DOMAIN, domain=DOMAIN, charset="utf-8", fuzzy=False)
    with file.open("rb") as stream:
        return read_po(stream, locale=code, domain=DOMAIN)


def _write(file: Path, catalogue: Catalog) -> None:
    """Without line numbers and dates, so that a change elsewhere changes nothing here."""
    from babel.messages.pofile import write_po

    written = io.BytesIO()
    write_po(written, catalogue, width=LINE_WIDTH, omit_header=True, sort_by_file=True, include_lineno=False)
    header = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {catalogue.locale}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {catalogue.plural_forms}\\n"\n\n'
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    _replace(file, header.encode() + written.getvalue().rstrip() + b"\n")


def _replace(file: Path, content: bytes) -> None:
    """Whole or not at all: another program may be reading the file."""
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(file)


def _words_of_fields() -> Iterator[str]:
    """The choices of fields and their help: English where they stand, translated when shown."""
    from pmo_tui.records.registers import REGISTERS
    from pmo_tui.records.schema import fields_of

    for register in REGISTERS:
        for item in register.fields.values():
            inner = fields_of(item.row).values() if item.row is not None else ()
            for field in (item.field, *(part.field for part in inner)):
                yield from field.choices
                if field.help:
                    yield field.help


def _overlooked(package: Path) -> Iterator[tuple[str, str | None, str | tuple[str, str]]]:
    """What the extractor passes by, as (file, context, message): texts given as `help=`, which fields of computed lists have, and
    marks inside f-strings."""
    for file in sorted(package.rglob("*.py")):
        place = file.relative_to(package).as_posix()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "help":
                yield from ((place, None, text) for text in _constants([node.value]))
            elif isinstance(node, ast.JoinedStr):
                yield from ((place, *found) for inner in ast.walk(node) for found in _marked(inner))


def _marked(node: ast.AST) -> Iterator[tuple[str | None, str | tuple[str, str]]]:
    """The context and message of a call of one of the marks."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in MARKS:
        return
    match node.func.id, _constants(node.args):
        case "pgettext", [context, text]:
            yield context, text
        case "ngettext", [one, several]:
            yield None, (one, several)
        case _, [text]:
            yield None, text


def _constants(nodes: Iterable[ast.expr]) -> list[str]:
    return [
        node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value
    ]


def _misplaced(catalogue: Catalog) -> Iterator[tuple[str, Message]]:
    """Each translation that names a placeholder its message has not, or leaves one out (a singular form may)."""
    for message in catalogue:
        if not message.id or not _is_translated(message):
            continue
        forms = _forms(message.string)
        wanted = _placeholders(_forms(message.id))
        named = [_placeholders([form]) for form in forms]
        if any(names - wanted for names in named) or named[-1] != wanted:
            yield f"“{forms[-1]}” does not name what its message names: {', '.join(sorted(wanted)) or '-'}", message


def _placeholders(forms: Iterable[str]) -> set[str]:
    return {name for form in forms for name in PLACEHOLDER.findall(form)}


def _forms(text: str | Iterable[str] | None) -> list[str]:
    """The singular and plural forms of a message or a translation."""
    return [text] if isinstance(text, str) else list(text or ())


def _is_translated(message: Message) -> bool:
    forms = _forms(message.string)
    return bool(forms) and all(forms)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
