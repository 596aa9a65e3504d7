"""Everything that keeps a draft from being published: what the loader says, and what the linter says."""

import re
from collections.abc import Mapping
from typing import Any

from builder.edits.documents import Documents
from builder.edits.place import value_at
from builder.edits.prune import CUT, Pruned, Spot, reduced
from runtime.language.app import App
from runtime.language.lint import lint
from runtime.language.place import split_path
from runtime.language.problem import Problem
from runtime.packs.vocabulary import VOCABULARY

#: What the linter says only because something was left out.
_FROM_CUTTING = frozenset({"unknown_reference", "unknown_name", "flow.unknown_node"})


def problems_of(documents: Documents, others: Mapping[str, App]) -> tuple[Problem, ...]:
    """Return the problems of these documents beside other apps, paths as in `lint`; empty if there are none.

    What cannot be loaded is told and left out, so that the rest is judged all the same.
    """
    left = reduced(documents, _culprit)
    found = list(left.told)
    if left.app is not None:
        told = [left.pruned.led_back(one) for one in lint(left.app, others, VOCABULARY)]
        found += [one for one in told if one.code not in _FROM_CUTTING or not _cut_name(one, left.pruned)]
    return tuple(dict.fromkeys(found))


def _culprit(pruned: Pruned, problem: Problem) -> tuple[Spot, Any]:
    """Return what to leave out: the value itself, or what should have had it and is not cut yet."""
    file, place = split_path(problem.path)
    document = pruned.whole.get(file)
    missing = object()
    while place:
        there = value_at(document, place, default=missing) is not missing
        if there and (file, place) not in pruned.cut:
            break
        place = place[:-1]
    return (file, place), CUT


def _cut_name(problem: Problem, pruned: Pruned) -> bool:
    """Say whether what a problem is about names something that we left out.

    Read where the problem is, not in its message: that is said in any language, and has words of its own.
    """
    names = set()
    for file, place in pruned.cut:
        value = value_at(pruned.whole.get(file), place)
        if isinstance(value, Mapping):
            names |= {str(value[key]) for key in ("code", "value", "name") if key in value}
    said = _written_there(problem, pruned)
    return any(name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said) for name in names)


def _written_there(problem: Problem, pruned: Pruned) -> str:
    """Return what stands at the place of a problem, and the key that it stands at."""
    file, place = split_path(problem.path)
    there = value_at(pruned.whole.get(file), place)
    key = place[-1] if place else ""
    return f"{key}: {there}" if isinstance(key, str) else str(there)
