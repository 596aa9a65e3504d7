"""The code of a node changed everywhere in the app: in the flow, its form, its rules, the walk-throughs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from builder.edits.documents import Documents, standing, with_file
from builder.edits.edit import Edit
from builder.edits.flows.graph import Graph, graph_of
from builder.edits.objects import check_code
from builder.edits.renaming.retold import Names, retold, swap
from runtime.language.graph import START
from runtime.language.refusal import Refused
from runtime.language.speech import _

Change = Callable[[Any], Any]


@dataclass(frozen=True)
class RenameNode(Edit):
    """Give a node another code, and everything that names it as well."""

    do: ClassVar[str] = "rename_node"
    of: ClassVar[frozenset[str]] = frozenset({"flow"})
    node: str
    to: str

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the new code.

        :raises Refused: if it is no code, or taken.
        :raises Conflict: if the node has gone.
        """
        graph = graph_of(documents, self.file)
        graph.node(self.node)
        if self.to == self.node:
            return documents
        check_code({}, "flow", self.to)
        if self.to in graph.kinds or self.to == START:
            raise Refused("code_taken", _("编码 %(code)s 已经有了，请换一个。", code=self.to))
        made = dict(with_file(documents, self.file, self._flow(graph)))
        flow, form = str(graph.document.get("code")), str(graph.document.get("form"))
        others = [one for one in standing(documents, "flow") if one.file != self.file]
        named = [one for one in others if self.node in Graph(one.document).kinds]
        if not any(one.document.get("form") == form for one in named):
            self._everywhere(
                made,
                documents,
                "form",
                lambda one: _form(one, self._other) if one.get("code") == form else one,
            )
        self._everywhere(
            made,
            documents,
            "rule",
            lambda one: _rule(one, self.node, self.to) if one.get("flow") == flow else one,
        )
        if not named:  # a step of a walk-through does not say whose node it is at
            names = Names(node=swap(self.node, self.to))
            self._everywhere(made, documents, "walkthrough", lambda one: retold(one, names))
        return made

    @property
    def label(self) -> str:
        """What was renamed."""
        return _("节点 %(node)s 改名为 %(to)s", node=self.node, to=self.to)

    def _other(self, code: Any) -> Any:
        return self.to if code == self.node else code

    def _flow(self, graph: Graph) -> Mapping[str, Any]:
        nodes = []
        for one in graph.nodes:
            made = dict(one)
            for key in ("code", "on_reject"):
                if key in made:
                    made[key] = self._other(made[key])
            if isinstance(made.get("return_to"), list):
                made["return_to"] = [self._other(code) for code in made["return_to"]]
            nodes.append(made if made != one else one)
        edges = [
            {key: self._other(x) if key in ("from", "to") else x for key, x in one.items()}
            for one in graph.edges
        ]
        picture = graph.document.get("picture")
        if isinstance(picture, Mapping):
            graph = graph.having(picture={self._other(code): place for code, place in picture.items()})
        return graph.having(nodes=nodes, edges=edges).document

    def _everywhere(self, made: dict[str, Any], documents: Documents, kind: str, change: Change) -> None:
        for file in {one.file for one in standing(documents, kind)}:
            document = made[file]
            changed = _each(document, change) if isinstance(document, list) else change(document)
            if changed != document:
                made[file] = changed


def _each(items: list[Any], change: Change) -> list[Any]:
    return [change(one) if isinstance(one, Mapping) else one for one in items]


def _form(form: Mapping[str, Any], other: Change) -> Mapping[str, Any]:
    def field(one: Mapping[str, Any]) -> Mapping[str, Any]:
        made = dict(one)
        if made.get("type") == "opinion" and "node" in made:
            made["node"] = other(made["node"])
        if isinstance(made.get("fields"), list):
            made["fields"] = _each(made["fields"], field)
        if isinstance(made.get("validate"), list):
            made["validate"] = _each(made["validate"], check)
        return made

    def check(one: Mapping[str, Any]) -> Mapping[str, Any]:
        at = one.get("at")
        return {**one, "at": [other(code) for code in at]} if isinstance(at, list) else one

    made = dict(form)
    if isinstance(made.get("fields"), list):
        made["fields"] = _each(made["fields"], field)
    if isinstance(made.get("validations"), list):
        made["validations"] = _each(made["validations"], check)
    return made


def _rule(rule: Mapping[str, Any], old: str, new: str) -> Mapping[str, Any]:
    on = rule.get("on")
    if not isinstance(on, str) or not on.startswith(f"node.{old}."):
        return rule
    return {**rule, "on": f"node.{new}.{on.removeprefix(f'node.{old}.')}"}
