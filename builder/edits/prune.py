"""A draft cut down to what the loader understands, so that one broken thing does not hide all others.

Places are those of the draft throughout: what the loader or the linter says of the cut documents is led back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from builder.edits.documents import Documents
from builder.edits.place import value_at
from runtime.language.place import Place, in_file, split_path
from runtime.language.problem import Problem


@dataclass(frozen=True, slots=True)
class Pruned:
    """Documents without some of their values."""

    whole: Documents
    #: File and place of each value left out; the empty place is the file itself.
    cut: frozenset[tuple[str, Place]] = field(default_factory=frozenset)

    @property
    def documents(self) -> dict[str, Any]:
        """What is left."""
        return {
            file: self._left(file, document, ())
            for file, document in self.whole.items()
            if (file, ()) not in self.cut
        }

    def without(self, problems: Iterable[Problem]) -> "Pruned":
        """Return what is left without the values that problems (of the whole draft) are about."""
        return Pruned(self.whole, self.cut | {self._culprit(one) for one in problems})

    def led_back(self, problem: Problem) -> Problem:
        """Return a problem of what is left with its place in the whole draft."""
        file, place = split_path(problem.path)
        way: Place = ()
        for step in place:
            way = (*way, self._whole_index(file, way, step) if isinstance(step, int) else step)
        return Problem(problem.code, in_file(file, way) if file else problem.path, problem.message)

    def _left(self, file: str, value: Any, way: Place) -> Any:
        if isinstance(value, Mapping):
            kept = {key: one for key, one in value.items() if (file, (*way, key)) not in self.cut}
            return {key: self._left(file, one, (*way, key)) for key, one in kept.items()}
        if isinstance(value, list):
            listed = [(at, one) for at, one in enumerate(value) if (file, (*way, at)) not in self.cut]
            return [self._left(file, one, (*way, at)) for at, one in listed]
        return value

    def _whole_index(self, file: str, way: Place, left: int) -> int:
        """Return the number in the whole list at `way` of the item that is number `left` now."""
        listed = value_at(self.whole.get(file), way)
        count = len(listed) if isinstance(listed, list) else 0
        kept = [at for at in range(count) if (file, (*way, at)) not in self.cut]
        return kept[left] if left < len(kept) else left

    def _culprit(self, problem: Problem) -> tuple[str, Place]:
        """Return what to leave out: the value itself, or what should have had it and is not cut yet."""
        file, place = split_path(problem.path)
        document = self.whole.get(file)
        missing = object()
        while place:
            there = value_at(document, place, default=missing) is not missing
            if there and (file, place) not in self.cut:
                return file, place
            place = place[:-1]
        return file, ()
