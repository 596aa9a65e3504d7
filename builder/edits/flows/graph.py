"""A flow's document as its edits see it: nodes and edges that may be incomplete."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from builder.edits.anywhere import document_of
from builder.edits.documents import Documents, with_file
from builder.edits.place import gone
from runtime.language.problem import Problem
from runtime.language.refusal import InvalidAnswers
from runtime.language.speech import _
from runtime.nodes.picture import kinds, points

#: Farther from the middle nobody looks.
_FARTHEST = 1_000_000

Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EdgeRef:
    """An edge by what it joins: the number `n` of those from `origin` to `to`, from 0."""

    origin: str
    to: str
    n: int = 0

    @classmethod
    def read(cls, posted: Mapping[str, Any]) -> "EdgeRef":
        """Return the reference that a page posted: `{"from": …, "to": …, "n": 0}`."""
        n = posted.get("n", 0)
        return cls(str(posted.get("from", "")), str(posted.get("to", "")), n if type(n) is int else 0)


@dataclass(frozen=True)
class Graph:
    """A flow of a draft. Nothing is changed in place: what changes it returns another one."""

    document: Item

    @property
    def nodes(self) -> list[Item]:
        """The nodes as written, what is none left out; the start is none of them."""
        return _mappings(self.document.get("nodes"))

    @property
    def edges(self) -> list[Item]:
        """The edges as written, what is none left out."""
        return _mappings(self.document.get("edges"))

    @property
    def lanes(self) -> list[Item]:
        """The lanes as written, what is none left out."""
        return _mappings(self.document.get("lanes"))

    @property
    def kinds(self) -> dict[str, str]:
        """Kind of each node by code, the start first."""
        return kinds(self.document)

    @property
    def points(self) -> dict[str, tuple[int, int]]:
        """The middle of every node."""
        return points(self.document)

    def node(self, code: str) -> Item:
        """Return a node.

        :raises Conflict: if there is none (any more).
        """
        found = next((one for one in self.nodes if one.get("code") == code), None)
        if found is None:
            raise gone(("nodes", code))
        return found

    def index(self, ref: EdgeRef) -> int:
        """Return the number of an edge.

        :raises Conflict: if there is none (any more).
        """
        found = [
            at
            for at, one in enumerate(self.edges)
            if one.get("from") == ref.origin and one.get("to") == ref.to
        ]
        if not 0 <= ref.n < len(found):
            raise gone(("edges", f"{ref.origin} → {ref.to}"))
        return found[ref.n]

    def leaving(self, code: str) -> list[Item]:
        """Return the edges that leave a node, those of a rejected visit left out."""
        return [one for one in self.edges if one.get("from") == code and one.get("outcome") != "rejected"]

    def joined(self, origin: str, to: str) -> bool:
        """Say whether an edge leads from one node to the other."""
        return any(one.get("from") == origin and one.get("to") == to for one in self.edges)

    def free_code(self, base: str, taken: Iterable[str] = ()) -> str:
        """Return `base`, or `base` with the first number that no node has."""
        known = {*self.kinds, *taken}
        stem = base[:34]
        if stem and stem not in known:
            return stem
        return next(one for number in range(1, 10_000) if (one := f"{stem}_{number}") not in known)

    def having(self, **parts: Any) -> "Graph":
        """Return the flow with other `nodes`, `edges`, `lanes` or `picture`; None takes a part out."""
        made = {**self.document, **{key: one for key, one in parts.items() if one is not None}}
        return Graph({key: one for key, one in made.items() if key not in parts or parts[key] is not None})

    def placed(self, places: Mapping[str, tuple[int, int]]) -> "Graph":
        """Return the flow with nodes at these places; the others keep theirs, written or not."""
        picture = self.document.get("picture")
        written = dict(picture) if isinstance(picture, Mapping) else {}
        written.update({code: list(place) for code, place in places.items()})
        known = self.kinds
        return self.having(picture={code: one for code, one in written.items() if code in known} or None)


def graph_of(documents: Documents, file: str) -> Graph:
    """Return the flow in a file.

    :raises Conflict: if there is none (any more).
    """
    document = document_of(documents, file)
    if not isinstance(document, Mapping) or not file.startswith("flows/"):
        raise gone((file,))
    return Graph(document)


def kept(documents: Documents, file: str, graph: Graph) -> Documents:
    """Return the documents with the flow as changed; the same object if nothing was."""
    return documents if graph.document == documents[file] else with_file(documents, file, graph.document)


def point(value: object, name: str) -> tuple[int, int]:
    """Return a posted place on the canvas, in whole units.

    :raises InvalidAnswers: if it is none.
    """
    if (
        isinstance(value, list | tuple)
        and len(value) == 2
        and not any(isinstance(one, bool) for one in value)
    ):
        try:
            x, y = (round(one) for one in value)
        except (TypeError, ValueError, OverflowError):
            pass
        else:
            if abs(x) <= _FARTHEST and abs(y) <= _FARTHEST:
                return x, y
    raise InvalidAnswers([Problem("bad_edit", f"$.{name}", _("应为画布上的位置 [横, 纵]。"))])


def _mappings(value: Any) -> list[Item]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
