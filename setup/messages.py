"""The catalogues of translations: taken from the code, brought up to date, compiled, checked.

python setup/messages.py extract   print what is to be translated
python setup/messages.py update    bring heard/locale/*/LC_MESSAGES/django.po up to date
python setup/messages.py compile   make the .mo files that a running Heard reads
python setup/messages.py check     fail when a catalogue is out of date or incomplete
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

LOCALE = HERE / "heard" / "locale"
LANGUAGES = ("el", "sl", "hu", "cs")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "pgettext_lazy": ((1, "c"), 2),
}
# The sandbox is English only, and tests are read by nobody but us.
LEFT_OUT = ("heard/sandbox/", "/tests/", "heard/locale/")
OTHER_NAME = re.compile(r"\bn?p?gettext(?:_lazy|_noop)? as (?!_\b|N_\b)\w+")
# They would change with every run and every release of Babel.
RESTLESS = re.compile(
    r'^"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team):.*\n', re.M
)
HEADER = "# Translations of Heard.\n#"


def main() -> None:
    commands = {"extract": print_all, "update": update, "compile": compile_all, "check": check}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    commands[sys.argv[1]]()


def print_all() -> None:
    print(_text(_extracted()))


def update() -> None:
    extracted = _extracted()
    for language in LANGUAGES:
        file = _file(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        catalog = _updated(language, extracted)
        file.write_text(_text(catalog))
        print(f"{language}: {len(_untranslated(catalog))} of {len(catalog)} to translate")
    compile_all()


def compile_all() -> None:
    for language in LANGUAGES:
        if _file(language).exists():
            with _file(language).with_suffix(".mo").open("wb") as opened:
                write_mo(opened, _read(language))


def check() -> None:
    extracted = _extracted()
    problems = [problem for language in LANGUAGES for problem in _problems(language, extracted)]
    problems += _literal_texts() + _other_names()
    print("\n".join(problems))
    sys.exit(1 if problems else 0)


# ── from the code ─────────────────────────────────────────────────────────────────────────────────


def _sources() -> Iterator[Path]:
    for file in sorted((HERE / "heard").rglob("*")):
        name = file.relative_to(HERE).as_posix()
        if file.suffix in (".py", ".html", ".txt") and not any(part in name for part in LEFT_OUT):
            yield file


def _extracted() -> Catalog:
    catalog = Catalog(project="Heard", charset="utf-8", header_comment=HEADER)
    for file in _sources():
        name = file.relative_to(HERE).as_posix()
        source, method = _readable(file, name)
        options = {"silent": "false", "trimmed": "true"} if method == "jinja2" else {}
        for _line, message, comments, context in extract(
            method, io.BytesIO(source.encode()), KEYWORDS, ["Translators:"], options, strip_comment_tags=True
        ):
            catalog.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalog


def _other_names() -> list[str]:
    """What translates under a name of its own is not seen here, and its texts would stay English."""
    return [
        f"{file.relative_to(HERE).as_posix()}: {found[0]}: call it _ or by its own name."
        for file in _sources()
        for found in OTHER_NAME.finditer(file.read_text())
    ]


def _readable(file: Path, name: str) -> tuple[str, str]:
    """Return the source in a form that one of Babel's extractors understands, and which one."""
    source = file.read_text()
    if file.suffix == ".py":
        return source, "python"
    return source, "jinja2"


# ── catalogues ────────────────────────────────────────────────────────────────────────────────────


def _file(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _read(language: str) -> Catalog:
    if not _file(language).exists():
        return Catalog(locale=language, project="Heard", charset="utf-8", header_comment=HEADER)
    with _file(language).open("rb") as opened:
        return read_po(opened, locale=language, domain="django")


def _updated(language: str, extracted: Catalog) -> Catalog:
    catalog = _read(language)
    # A guess that looks like a translation is worse than none.
    catalog.update(extracted, no_fuzzy_matching=True, update_header_comment=True)
    return catalog


def _text(catalog: Catalog, *, places: bool = True) -> str:
    written = io.BytesIO()
    write_po(
        written,
        catalog,
        width=100,
        sort_output=True,
        ignore_obsolete=True,
        no_location=not places,
        include_lineno=False,
    )
    return RESTLESS.sub("", written.getvalue().decode())


def _untranslated(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id and not _complete(message)]


def _complete(message: Message) -> bool:
    texts = message.string if isinstance(message.string, tuple | list) else [message.string]
    return bool(texts) and all(texts) and not message.fuzzy


def _problems(language: str, extracted: Catalog) -> Iterator[str]:
    catalog = _updated(language, extracted)
    # A text that only moved to another file needs no translator, so it does not hold anybody up.
    if _text(_read(language), places=False) != _text(catalog, places=False):
        yield f"{language}: the catalogue is out of date."
    untranslated = _untranslated(catalog)
    if untranslated:
        yield f"{language}: {len(untranslated)} of {len(catalog)} messages are not translated:"
        yield from (f"    {_first(message)!r}" for message in untranslated[:10])
    for message in catalog:
        if message.id and _complete(message) and (wrong := _wrong_placeholders(message)):
            yield f"{language}: {_first(message)!r} {wrong}"


def _first(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple | list) else message.id


PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")


def _wrong_placeholders(message: Message) -> str:
    ids = message.id if isinstance(message.id, tuple | list) else [message.id]
    texts = message.string if isinstance(message.string, tuple | list) else [message.string]
    known = {found for text in ids for found in PLACEHOLDER.findall(text)}
    used = {found for text in texts for found in PLACEHOLDER.findall(text or "")}
    # A form for one may spell the number out, so only the sum of all forms has to match.
    return "" if known == used else f"has {', '.join(sorted(known ^ used))} on one side only."


# ── what was forgotten ────────────────────────────────────────────────────────────────────────────


def _literal_texts() -> list[str]:
    from literal_texts import literal_texts

    found = []
    for file in _sources():
        name = file.relative_to(HERE).as_posix()
        if file.suffix == ".html":
            found += [
                f"{name}:{line}: {text!r} is not translatable."
                for line, text in literal_texts(file.read_text())
            ]
    return found


if __name__ == "__main__":
    main()
