"""What may be seen, filled in, and must be filled in at a node: one cell of the table of nodes and fields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from builder.edits.documents import Documents, find
from builder.edits.edit import Edit
from builder.edits.flows.graph import Graph, graph_of, kept
from runtime.fields import FIELDS
from runtime.language.graph import START
from runtime.language.refusal import Refused
from runtime.language.speech import _
from runtime.nodes import NODES

#: What a cell says, and the list of the document that says so.
WHATS = ("visible", "edit", "require")


@dataclass(frozen=True)
class Allow(Edit):
    """Let fields be seen, be filled in or have to be filled in at a node, or not (any more).

    What must be filled in can be; what can be filled in is seen.
    """

    do: ClassVar[str] = "allow"
    of: ClassVar[frozenset[str]] = frozenset({"flow"})
    #: Code of a node, or `start`.
    node: str
    #: Fields, sub-tables (`items`), columns (`items.price`).
    fields: tuple[str, ...]
    what: str
    on: bool

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with it.

        :raises Refused: if the kind of node has nothing of that sort.
        :raises Conflict: if the node has gone.
        """
        graph = graph_of(documents, self.file)
        before = _place(graph, self.node)
        kind = START if self.node == START else str(before.get("kind"))
        if self.what not in WHATS or not can(kind, self.what):
            raise Refused("not_here", _("这种节点没有这一项设置。"))
        form = find(documents, "form", str(graph.document.get("form")))
        document = form.document if form else {}
        held = {
            "hide": _listed(before.get("hide")),
            "edit": _edits(before, self.node, document),
            "require": _listed(before.get("require")),
        }
        lists = dict(held)
        for path in self.fields:
            self._set(lists, path, document)
        made = dict(before)
        for key, found in lists.items():
            if found == held[key]:
                continue
            if found or (key == "edit" and self.node == START):
                made[key] = found  # no list would be everything there
            else:
                made.pop(key, None)
        return kept(documents, self.file, _placed(graph, self.node, made))

    @property
    def label(self) -> str:
        """What was said."""
        words = {
            ("visible", True): _("%(node)s：%(which)s 可见"),
            ("visible", False): _("%(node)s：%(which)s 不可见"),
            ("edit", True): _("%(node)s：%(which)s 可编辑"),
            ("edit", False): _("%(node)s：%(which)s 不可编辑"),
            ("require", True): _("%(node)s：%(which)s 必填"),
            ("require", False): _("%(node)s：%(which)s 不必填"),
        }
        many = len(self.fields) != 1
        which = _("%(n)s 个字段", n=len(self.fields)) if many else self.fields[0]
        return words[self.what, self.on] % {"node": self.node, "which": which}

    def _set(self, lists: dict[str, list[str]], path: str, form: Mapping[str, Any]) -> None:
        if self.what == "visible" and not self.on:
            # What is hidden cannot be filled in, though "everything" or its sub-table may be: those stay.
            lists["hide"] = with_path(lists["hide"], path)
            if self.node != START or lists["edit"] != fillable(form):
                lists["edit"] = without_path(lists["edit"], path, {})
            lists["require"] = without_path(lists["require"], path, {})
        elif self.what == "visible":
            lists["hide"] = without_path(lists["hide"], path, columns_of(form))
        elif not self.on:
            if self.what == "edit":
                lists["edit"] = without_path(lists["edit"], path, fillable_columns(form))
            lists["require"] = without_path(lists["require"], path, fillable_columns(form))
        else:
            lists["hide"] = without_path(lists["hide"], path, columns_of(form))
            if not covers(lists["edit"], path):
                lists["edit"] = with_path(lists["edit"], path)
            if self.what == "require":
                lists["require"] = with_path(lists["require"], path)


def can(kind: str, what: str) -> bool:
    """Say whether a kind of node (or `start`) knows of something: `visible`, `edit`, `require`."""
    if kind == START:
        return True
    word = NODES.get(kind)
    return word is not None and {"visible": "hide"}.get(what, what) in word.keys


def columns_of(form: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the columns of each sub-table of a form's document."""
    return {
        str(one.get("code")): [str(column.get("code")) for column in _mappings(one.get("fields"))]
        for one in _mappings(form.get("fields"))
        if one.get("type") == "subtable"
    }


def fillable_columns(form: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the columns of each sub-table that can be filled in at all."""
    subtables = [one for one in _mappings(form.get("fields")) if one.get("type") == "subtable"]
    return {str(one.get("code")): fillable(one) for one in subtables}


def fillable(form: Mapping[str, Any]) -> list[str]:
    """Return the fields of a form that can be filled in at all."""
    return [str(one.get("code")) for one in _mappings(form.get("fields")) if is_fillable(one)]


def is_fillable(one: Mapping[str, Any]) -> bool:
    """Say whether a field, sub-table or column is neither read-only nor computed nor made by the system."""
    if one.get("readonly") is True or one.get("formula") is not None:
        return False
    if one.get("type") == "subtable":
        return True
    kind = FIELDS.get(str(one.get("type")))
    return kind is not None and kind.typed


def covers(listed: Iterable[str], path: str) -> bool:
    """Say whether a list names a field, or the sub-table of a column."""
    found = set(listed)
    return path in found or path.partition(".")[0] in found


def with_path(listed: list[str], path: str) -> list[str]:
    """Return the list with a path; a sub-table stands for its columns."""
    if path in listed:
        return listed
    return [*(one for one in listed if not one.startswith(f"{path}.")), path]


def without_path(listed: list[str], path: str, columns: Mapping[str, list[str]]) -> list[str]:
    """Return the list without a path; of a sub-table that it names the other columns stay."""
    table, _dot, column = path.partition(".")
    made = []
    for one in listed:
        if one == path or one.startswith(f"{path}."):
            continue
        if column and one == table and table in columns:
            made += [f"{table}.{other}" for other in columns.get(table, []) if other != column]
        else:
            made.append(one)
    return made


def _edits(place: Mapping[str, Any], node: str, form: Mapping[str, Any]) -> list[str]:
    if node == START and not isinstance(place.get("edit"), list):
        return fillable(form)
    return _listed(place.get("edit"))


def _place(graph: Graph, node: str) -> Mapping[str, Any]:
    if node != START:
        return graph.node(node)
    start = graph.document.get("start")
    return start if isinstance(start, Mapping) else {}


def _placed(graph: Graph, node: str, made: Mapping[str, Any]) -> Graph:
    if node == START:
        return Graph({**graph.document, "start": made})
    return graph.having(nodes=[made if one.get("code") == node else one for one in graph.nodes])


def _listed(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
