"""What of a half-finished draft can be read as an app, so that the finished parts have names already.

A draft may lack things: a look-up its table, a node its people, a field its label. The language refuses the
whole app for any of them. Here what is broken is left out (or stands in for itself), and the rest is read.
"""

from collections.abc import Mapping
from typing import Any

from builder.edits.documents import Documents
from builder.edits.place import value_at
from builder.edits.prune import CUT, Pruned, Spot, reduced
from runtime.language.app import App
from runtime.language.parts import MANIFEST, part_of
from runtime.language.place import Place, split_path
from runtime.language.problem import Problem

#: Texts that only people read: something stands in for them.
_WORDS = frozenset({"label", "name", "message", "section", "title"})
#: Keys without which an item is nothing.
_ESSENTIAL = frozenset({"code", "type", "kind", "value"})


def loadable(documents: Documents) -> tuple[App | None, tuple[Problem, ...]]:
    """Return the app that can be read of a draft, and everything that the loader has against the whole of it.

    None only if nothing can be read at all; without problems the app is the draft.
    """
    left = reduced(documents, _mended)
    return left.app, left.told


def entities_of(documents: Documents) -> dict[str, Any]:
    """Return the documents that names come from: without flows, rules and tests, which take as long again."""
    kinds = ("manifest", "dictionary", "form", "table")
    return {file: one for file, one in documents.items() if (part := part_of(file)) and part.kind in kinds}


def _mended(pruned: Pruned, problem: Problem) -> tuple[Spot, Any]:
    """Return what stands in for the value that has a problem, or what is left out."""
    file, place = split_path(problem.path)
    *around, step = place or ("",)
    parent = value_at(pruned.whole.get(file), tuple(around))
    if not isinstance(parent, Mapping) or pruned.replaced(file, place) is not None:
        return _without_item(pruned, file, place, problem)
    if step in _WORDS:
        name = parent.get("code")
        return (file, place), name if isinstance(name, str) and name else "？"
    if step == "key" and len(place) <= 2 and (first := _first_field(pruned, file, tuple(around))):
        return (file, place), [first]
    if step in parent and step not in _ESSENTIAL:
        return (file, place), CUT
    return _without_item(pruned, file, place, problem)


def _without_item(pruned: Pruned, file: str, place: Place, problem: Problem) -> tuple[Spot, Any]:
    """Leave out the smallest item around a place; a field that only lacks something is a text meanwhile."""
    for steps in range(len(place), 0, -1):
        item = place[:steps]
        if not isinstance(item[-1], int) or pruned.cut.get((file, item)) is CUT:
            continue
        own = place[-1] == "code" or problem.code == "duplicate" or (file, item) in pruned.cut
        plain = (
            None if own or "fields" not in item[-2:-1] else _plain_field(value_at(pruned.whole[file], item))
        )
        return (file, item), CUT if plain is None else plain
    if file != MANIFEST:
        return (file, ()), CUT
    again = (MANIFEST, ()) in pruned.cut
    return (MANIFEST, ()), _manifest(None if again else pruned.whole.get(MANIFEST))


def _plain_field(found: Any) -> dict[str, Any] | None:
    """Return a text field of the same name, None if it has none or holds rows."""
    if not isinstance(found, Mapping) or not isinstance(found.get("code"), str) or "fields" in found:
        return None
    label = found.get("label")
    return {"code": found["code"], "type": "text", "label": label if isinstance(label, str) else "？"}


def _first_field(pruned: Pruned, file: str, entity: Place) -> str | None:
    """Return the code of an entity's first field that is left, sub-tables aside."""
    fields = value_at(pruned.whole.get(file), (*entity, "fields"))
    for at, one in enumerate(fields if isinstance(fields, list) else ()):
        left = pruned.cut.get((file, (*entity, "fields", at))) is not CUT
        if left and isinstance(one, Mapping) and "fields" not in one and isinstance(one.get("code"), str):
            return str(one["code"])
    return None


def _manifest(found: Any) -> dict[str, Any]:
    """Return a manifest that can be read: what is usable of the one found."""
    given = found if isinstance(found, Mapping) else {}
    code, requires = given.get("code"), given.get("requires")
    named = code if isinstance(code, str) and code.isidentifier() and code.isascii() else "app"
    packs = [one for one in requires if isinstance(one, str)] if isinstance(requires, list) else []
    return {"schema": 1, "code": named.lower(), "name": named, "version": "0.1.0", "requires": packs}
