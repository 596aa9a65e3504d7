"""Everything that keeps a draft from being published: what the loader says, and what the linter says."""

from collections.abc import Mapping

from builder.edits.documents import Documents
from builder.edits.place import value_at
from builder.edits.prune import Pruned
from runtime.language.app import App
from runtime.language.lint import lint
from runtime.language.load import load_documents
from runtime.language.parts import MANIFEST
from runtime.language.place import split_path
from runtime.language.problem import Problem, Problems
from runtime.packs.vocabulary import VOCABULARY

#: Cuts before giving up: each makes the draft smaller.
_MOST_CUTS = 12
#: What the linter says only because something was left out.
_FROM_CUTTING = frozenset({"unknown_reference", "unknown_name", "flow.unknown_node"})


def problems_of(documents: Documents, others: Mapping[str, App]) -> tuple[Problem, ...]:
    """Return the problems of these documents beside other apps, paths as in `lint`; empty if there are none.

    What cannot be loaded is told and left out, so that the rest is judged all the same.
    """
    pruned, found = Pruned(documents), list[Problem]()
    for _cut in range(_MOST_CUTS):
        try:
            app = load_documents(pruned.documents, VOCABULARY)
        except Problems as error:
            told = [pruned.led_back(one) for one in error.problems]
            found += [one for one in told if not _cut_away(one, pruned)]
            smaller = pruned.without(told)
            if smaller.cut == pruned.cut or (MANIFEST, ()) in smaller.cut:
                break
            pruned = smaller
        else:
            told = [pruned.led_back(one) for one in lint(app, others, VOCABULARY)]
            found += [
                one
                for one in told
                if not (pruned.cut and one.code in _FROM_CUTTING and _cut_name(one, pruned))
            ]
            break
    return tuple(dict.fromkeys(found))


def _cut_away(problem: Problem, pruned: Pruned) -> bool:
    """Say whether a problem is only that we have left something out."""
    return problem.code == "missing" and split_path(problem.path) in pruned.cut


def _cut_name(problem: Problem, pruned: Pruned) -> bool:
    """Say whether a problem names something that we left out."""
    names = set()
    for file, place in pruned.cut:
        value = value_at(pruned.whole.get(file), place)
        if isinstance(value, Mapping):
            names |= {str(value[key]) for key in ("code", "value", "name") if key in value}
    return any(name and name in problem.message for name in names)
