"""What of a half-finished draft can be read as an app, so that the finished parts have names already.

A draft may lack things: a look-up its table, a node its people, a field its label. The language refuses the
whole app for any of them. Here what is broken is left out (or stands in for itself), and the rest is read.
"""

from collections.abc import Mapping
from typing import Any

from builder.edits.documents import Documents
from builder.edits.place import value_at, with_value, without
from runtime.language.app import App
from runtime.language.load import load_documents
from runtime.language.parts import MANIFEST, part_of
from runtime.language.place import Place, split_path
from runtime.language.problem import Problem, Problems
from runtime.packs.vocabulary import VOCABULARY

#: Each round mends what the one before has uncovered; a draft that pages made needs one or two.
MOST_ROUNDS = 8
#: Texts that only people read: something stands in for them.
_WORDS = frozenset({"label", "name", "message", "section", "title"})
#: Keys without which an item is nothing.
_ESSENTIAL = frozenset({"code", "type", "kind", "value"})


def loadable(documents: Documents) -> tuple[App | None, tuple[Problem, ...]]:
    """Return the app that can be read of a draft, and everything that was wrong with the whole of it.

    None only if nothing can be read at all; without problems the app is the draft.
    """
    told: tuple[Problem, ...] = ()
    for number in range(MOST_ROUNDS):
        try:
            return load_documents(documents, VOCABULARY), told
        except Problems as found:
            told = told or found.problems
            documents = _mended(documents, found.problems, last=number >= MOST_ROUNDS - 2)
    return None, told


def entities_of(documents: Documents) -> dict[str, Any]:
    """Return the documents that names come from: without flows, rules and tests, which take as long again."""
    kinds = ("manifest", "dictionary", "form", "table")
    return {file: one for file, one in documents.items() if (part := part_of(file)) and part.kind in kinds}


def _mended(documents: Documents, problems: tuple[Problem, ...], *, last: bool) -> Documents:
    by_file: dict[str, list[tuple[Place, Problem]]] = {}
    for one in problems:
        file, place = split_path(one.path)
        by_file.setdefault(file, []).append((place, one))
    mended: dict[str, Any] = dict(documents)
    for file, found in by_file.items():
        if file != MANIFEST and (last or part_of(file) is None):
            mended.pop(file, None)
            continue
        # From the end, so that what is left out does not move what comes next.
        for place, problem in sorted(found, key=lambda one: _order(one[0]), reverse=True):
            if file in mended:
                _mend(mended, file, place, problem)
    mended[MANIFEST] = _manifest(documents.get(MANIFEST), strict=last) if last else mended.get(MANIFEST)
    if not isinstance(mended[MANIFEST], Mapping):
        mended[MANIFEST] = _manifest(None, strict=True)
    return mended


def _mend(documents: dict[str, Any], file: str, place: Place, problem: Problem) -> None:
    """Mend one problem of a file, or take out what has it."""
    document = documents[file]
    *around, step = place or ("",)
    parent = value_at(document, tuple(around))
    if step in _WORDS and isinstance(parent, Mapping):
        name = parent.get("code")
        documents[file] = with_value(document, place, name if isinstance(name, str) and name else "？")
    elif step == "key" and len(place) <= 2 and (first := _first_field(parent)):
        documents[file] = with_value(document, place, [first])
    elif isinstance(parent, Mapping) and step in parent and step not in _ESSENTIAL:
        documents[file] = without(document, place)
    else:
        _leave_out(documents, file, place, problem)


def _leave_out(documents: dict[str, Any], file: str, place: Place, problem: Problem) -> None:
    """Take out the smallest item around a place; a field that only lacks something is a text meanwhile."""
    document = documents[file]
    numbers = [index for index, step in enumerate(place) if isinstance(step, int)]
    if not numbers:
        if file == MANIFEST:
            documents[file] = _manifest(document, strict=True)
        else:
            del documents[file]
        return
    item = place[: numbers[-1] + 1]
    found = value_at(document, item)
    plain = _plain_field(found) if "fields" in item[-2:-1] and problem.code != "duplicate" else None
    if plain is not None and place[-1] != "code":
        documents[file] = with_value(document, item, plain)
    elif found is not None:
        documents[file] = without(document, item)


def _plain_field(found: Any) -> dict[str, Any] | None:
    """Return a text field of the same name, None if it has none or holds rows."""
    if not isinstance(found, Mapping) or not isinstance(found.get("code"), str) or "fields" in found:
        return None
    label = found.get("label")
    return {"code": found["code"], "type": "text", "label": label if isinstance(label, str) else "？"}


def _first_field(document: Any) -> str | None:
    fields = document.get("fields") if isinstance(document, Mapping) else None
    codes = (one.get("code") for one in fields or () if isinstance(one, Mapping) and "fields" not in one)
    return next((code for code in codes if isinstance(code, str)), None)


def _manifest(found: Any, *, strict: bool) -> dict[str, Any]:
    """Return a manifest that can be read: what is usable of the one found."""
    kept = dict(found) if isinstance(found, Mapping) and not strict else {}
    given = found if isinstance(found, Mapping) else {}
    code, requires = given.get("code"), given.get("requires")
    named = code if isinstance(code, str) and code.isidentifier() and code.isascii() else "app"
    packs = [one for one in requires if isinstance(one, str)] if isinstance(requires, list) else []
    return {**kept, "schema": 1, "code": named.lower(), "name": named, "version": "0.1.0", "requires": packs}


def _order(place: Place) -> tuple[tuple[int, str], ...]:
    return tuple((step, "") if isinstance(step, int) else (-1, str(step)) for step in place)
