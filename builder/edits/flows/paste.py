"""Copies of nodes, from the same flow or from another one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from builder.edits.documents import Documents
from builder.edits.edit import Edit
from builder.edits.flows.graph import graph_of, kept, point
from runtime.language.speech import _


@dataclass(frozen=True)
class PasteNodes(Edit):
    """Put in copies of nodes, with the edges between them; codes that are taken get a number."""

    do: ClassVar[str] = "paste_nodes"
    of: ClassVar[frozenset[str]] = frozenset({"flow"})
    nodes: tuple[dict[str, Any], ...]
    edges: tuple[dict[str, Any], ...] = ()
    #: Middle of each, by the code it had.
    at: dict[str, Any] = field(default_factory=dict)

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the copies."""
        graph = graph_of(documents, self.file)
        codes: dict[str, str] = {}
        wanted = {_code(one): one for one in self.nodes}
        for old in wanted:
            codes[old] = graph.free_code(old, codes.values())
        known = {*graph.kinds, *codes}
        nodes = [_pasted(one, codes, known) for one in wanted.values()]
        edges = [
            {**one, "from": codes[str(one["from"])], "to": codes[str(one["to"])]}
            for one in self.edges
            if one.get("from") in codes and one.get("to") in codes
        ]
        places = {codes[old]: point(place, "at") for old, place in self.at.items() if old in codes}
        made = graph.having(nodes=[*graph.nodes, *nodes], edges=[*graph.edges, *edges])
        return kept(documents, self.file, made.placed(places))

    @property
    def label(self) -> str:
        """What was put in."""
        return _("粘贴 %(n)s 个节点", n=len(self.nodes))


def _code(node: Mapping[str, Any]) -> str:
    return str(node.get("code") or node.get("kind") or "node")


def _pasted(node: dict[str, Any], codes: Mapping[str, str], known: set[str]) -> dict[str, Any]:
    made = {**node, "code": codes[_code(node)]}
    target = made.get("on_reject")
    if isinstance(target, str) and target != "end":
        if target in known:
            made["on_reject"] = codes.get(target, target)
        else:
            del made["on_reject"]
    if isinstance(made.get("return_to"), list):
        wanted = [one for one in made["return_to"] if isinstance(one, str) and one in known]
        made["return_to"] = [codes.get(one, one) for one in wanted]
    return made
