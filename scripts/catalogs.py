"""Bring the translations up to date with the words that the pages say.

Run it with `make catalogs`: new words enter the catalogs without a translation, words that no page says any
more leave them, and what lacks a translation is printed. `--check` writes nothing; it fails where a catalog
is not up to date or not complete.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import PYTHON_FORMAT
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import escape, read_po

from builder.web import registers as builder_registers
from runtime.web import registers as runtime_registers
from runtime.web.languages import LANGUAGES, SOURCE

ROOT = Path(__file__).parent.parent
_METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
_OPTIONS = {"**/templates/**.html": {"newstyle_gettext": "true", "encoding": "utf-8"}}
_KEYWORDS = {"_": None, "_l": None, "gettext": None}
_HOLES = re.compile(r"%\(\w+\)[sd]|\{\w+\}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wing:
    """A part of the product with a catalog per language of its own."""

    name: str
    #: The folder whose modules and templates mark the words.
    sources: Path
    catalogs: Path
    #: Yields what no page marks, since it is kept by code in a registry.
    labels: Callable[[], Iterable[str]]

    def catalog(self, language: str) -> Path:
        """Return the file of a language."""
        return self.catalogs / language / "LC_MESSAGES" / "messages.po"

    def said(self) -> set[str]:
        """Return every text that modules and templates mark as words of the pages, and the labels."""
        found = extract_from_dir(self.sources, method_map=_METHODS, options_map=_OPTIONS, keywords=_KEYWORDS)
        marked = {str(message) for _file, _line, message, _comments, _context in found}
        return marked | {label for label in self.labels() if label}


#: The first one's translation holds where several say the same word: pages read all catalogs as one.
WINGS = (
    Wing(
        "runtime",
        ROOT / "runtime",
        ROOT / "runtime" / "web" / "translations",
        runtime_registers.labels,
    ),
    Wing("builder", ROOT / "builder", ROOT / "builder" / "web" / "translations", builder_registers.labels),
)
#: Languages that are translated into.
TRANSLATED = tuple(one for one in LANGUAGES if one != SOURCE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Update or check all catalogs; return the exit status."""
    parser = argparse.ArgumentParser(prog="catalogs", description="Keep the translations up to date.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where something is to do")
    check = parser.parse_args(arguments).check
    todo = [_bring(language, write=not check) for language in TRANSLATED]
    return int(check and any(todo))


def _bring(language: str, *, write: bool) -> bool:
    """Bring the catalogs of a language up to date and tell about it; whether anything is left to do."""
    todo = False
    shared: dict[str, str] = {}
    known = {text: words for wing in reversed(WINGS) for text, words in translations(wing, language).items()}
    for wing in WINGS:
        path, said = wing.catalog(language), wing.said()
        before = path.read_text(encoding="utf-8")
        old = translations(wing, language)
        new = {text: shared.get(text) or old.get(text) or known.get(text, "") for text in said}
        shared |= new
        after = catalog_text(_head(before), new)
        if write and after != before:
            path.write_text(after, encoding="utf-8")
        _tell(wing, language, old, new)
        todo |= after != before or any(wrong(text, words) for text, words in new.items())
    return todo


def translations(wing: Wing, language: str) -> dict[str, str]:
    """Return the translation by text of a catalog; an empty one is not there yet."""
    with wing.catalog(language).open("rb") as file:
        return {str(one.id): str(one.string) for one in read_po(file, locale=language) if one.id}


def wrong(text: str, words: str) -> str:
    """Return what is wrong with a translation, empty if nothing is."""
    if not words:
        return "lacks a translation"
    if sorted(_HOLES.findall(text)) != sorted(_HOLES.findall(words)):
        return f"has other holes: {words}"
    return ""


def catalog_text(head: str, entries: Mapping[str, str]) -> str:
    """Return a catalog: its head, then the words in order of their text."""
    return "\n\n".join([head, *(_entry(text, entries[text]) for text in sorted(entries))]) + "\n"


def _entry(text: str, words: str) -> str:
    flag = "#, python-format\n" if PYTHON_FORMAT.search(text) else ""
    return f"{flag}msgid {escape(text)}\nmsgstr {escape(words)}"


def _head(before: str) -> str:
    return before.split("\n\n", 1)[0].rstrip()


def _tell(wing: Wing, language: str, old: Iterable[str], new: Mapping[str, str]) -> None:
    for line in (*_moves(set(old), set(new)), *_wrongs(new)):
        print(f"{wing.name} {language}: {line}")
    print(f"{wing.name} {language}: {len(new)} words")


def _moves(old: set[str], new: set[str]) -> Iterator[str]:
    yield from (f"new: {text}" for text in sorted(new - old))
    yield from (f"no longer said: {text}" for text in sorted(old - new))


def _wrongs(new: Mapping[str, str]) -> Iterator[str]:
    for text in sorted(new):
        if reason := wrong(text, new[text]):
            yield f"{text} – {reason}"


if __name__ == "__main__":
    sys.exit(main())
