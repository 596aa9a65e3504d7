"""A draft cut down to what the loader understands, so that one broken thing does not hide all others.

Places are those of the draft throughout: what the loader or the linter says of the cut documents is led back,
and what is cut for one problem never moves what another one is about.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from builder.edits.documents import Documents
from builder.edits.place import value_at
from runtime.language.app import App
from runtime.language.load import load_documents
from runtime.language.parts import MANIFEST
from runtime.language.place import Place, in_file, split_path
from runtime.language.problem import Problem, Problems
from runtime.packs.vocabulary import VOCABULARY

#: Each round cuts what the one before has uncovered; a draft that pages made needs one or two.
MOST_ROUNDS = 12
#: So many at the end take whole files, so that they come to an end.
_LAST_ROUNDS = 2
#: What is left out and has no stand-in.
CUT: Any = object()

#: File and place of a value; the empty place is the file itself.
Spot = tuple[str, Place]


@dataclass(frozen=True, slots=True)
class Pruned:
    """Documents without some of their values, or with others in their stead."""

    whole: Documents
    #: `CUT`, or what stands in for the value; there may have been none.
    cut: Mapping[Spot, Any] = field(default_factory=dict)

    @property
    def documents(self) -> dict[str, Any]:
        """What is left."""
        return dict(_left(self.whole, {(file, *place): one for (file, place), one in self.cut.items()}))

    def having(self, changes: Iterable[tuple[Spot, Any]]) -> "Pruned":
        """Return what is left with more values cut or stood in for; what is cut once stays so."""
        made = dict(self.cut)
        before = self.cut.keys()
        for spot, value in changes:
            again = spot in made and spot not in before
            made[spot] = CUT if again and made[spot] is CUT else value
        return Pruned(self.whole, made)

    def led_back(self, problem: Problem) -> Problem:
        """Return a problem of what is left with its place in the whole draft."""
        file, place = split_path(problem.path)
        way: Place = ()
        for step in place:
            way = (*way, self._whole_index(file, way, step) if isinstance(step, int) else step)
        return Problem(problem.code, in_file(file, way) if file else problem.path, problem.message)

    def replaced(self, file: str, place: Place) -> Place | None:
        """Return the innermost place around this one (or itself) that is cut or stood in for, if any is."""
        ways = (place[:steps] for steps in range(len(place), -1, -1))
        return next((way for way in ways if (file, way) in self.cut), None)

    def _whole_index(self, file: str, way: Place, left: int) -> int:
        """Return the number in the whole list at `way` of the item that is number `left` now."""
        listed = value_at(self.whole.get(file), way)
        if not isinstance(listed, list) or self.replaced(file, way) is not None:
            return left
        kept = [at for at in range(len(listed)) if self.cut.get((file, (*way, at))) is not CUT]
        return kept[left] if left < len(kept) else left


@dataclass(frozen=True, slots=True)
class Reduced:
    """What a draft was cut down to."""

    #: None if nothing could be loaded.
    app: App | None
    pruned: Pruned
    #: What the loader said, places as in the whole draft, without what only the cutting caused.
    told: tuple[Problem, ...]


#: What to cut or to stand in for because of a problem (whose place is that of the whole draft).
Policy = Callable[[Pruned, Problem], tuple[Spot, Any]]


def reduced(documents: Documents, policy: Policy) -> Reduced:
    """Return the largest app that a policy finds in a draft, and what had to go for it."""
    pruned, told = Pruned(documents), list[Problem]()
    for number in range(MOST_ROUNDS):
        try:
            return Reduced(load_documents(pruned.documents, VOCABULARY), pruned, tuple(told))
        except Problems as error:
            found = [pruned.led_back(one) for one in error.problems]
        told += [one for one in found if not _cut_away(one, pruned)]
        last = number >= MOST_ROUNDS - _LAST_ROUNDS
        smaller = pruned.having(policy(pruned, _of_file(one) if last else one) for one in found)
        if smaller.cut == pruned.cut or smaller.cut.get((MANIFEST, ())) is CUT:
            break
        pruned = smaller
    return Reduced(None, pruned, tuple(told))


def _left(value: Any, cuts: Mapping[Place, Any]) -> Any:
    """Return a value with these places inside it cut or replaced."""
    if () in cuts:
        return cuts[()]
    inside: dict[str | int, dict[Place, Any]] = {}
    for (step, *rest), one in cuts.items():
        inside.setdefault(step, {})[tuple(rest)] = one

    def gone(step: str | int) -> bool:
        return step in inside and inside[step].get(()) is CUT

    if isinstance(value, Mapping):
        new = {key: one[()] for key, one in inside.items() if key not in value and () in one}
        every = {**{key: _left(one, inside.get(key, {})) for key, one in value.items()}, **new}
        return {key: one for key, one in every.items() if not gone(key)} if inside else value
    if isinstance(value, list) and inside:
        return [_left(one, inside.get(at, {})) for at, one in enumerate(value) if not gone(at)]
    return value


def _cut_away(problem: Problem, pruned: Pruned) -> bool:
    """Say whether a problem is only that we have left something out."""
    return problem.code == "missing" and split_path(problem.path) in pruned.cut


def _of_file(problem: Problem) -> Problem:
    """Return a problem as one of the whole file."""
    file, _ = split_path(problem.path)
    return Problem(problem.code, in_file(file, ()), problem.message)
