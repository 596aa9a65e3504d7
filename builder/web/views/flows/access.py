"""The table of nodes and fields: what may be seen, filled in, and must be filled in where."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from builder.edits.flows.access import can, covers, fillable, is_fillable
from builder.web.views.flows.subject import Subject
from runtime.language.graph import START

#: Whether a field is seen, can be filled in, must be filled in; None: it cannot be said there.
States = tuple[bool | None, bool | None, bool | None]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field at every node shown."""

    path: str
    label: str
    #: A column of a sub-table.
    inner: bool
    #: Code of each node, and what holds there.
    cells: tuple[tuple[str, States], ...]

    @property
    def key(self) -> str:
        """The path as part of an id."""
        return self.path.replace(".", "--")


@dataclass(frozen=True, slots=True)
class AccessTable:
    """Rows of fields under columns of nodes."""

    #: Code and name.
    nodes: tuple[tuple[str, str], ...]
    rows: tuple[FieldRow, ...]


def access_table(subject: Subject, node: str = "") -> AccessTable:
    """Return the table of one node, or of all that say something of fields."""
    shown = [
        one
        for one in subject.nodes
        if (not node or one["code"] == node) and can(str(one.get("kind")), "visible")
    ]
    columns = [_Column.of(subject, one) for one in shown]
    rows = tuple(
        FieldRow(
            path, label, "." in path, tuple((column.node, column.states(path, field)) for column in columns)
        )
        for path, label, field in subject.fields
    )
    return AccessTable(tuple((str(one["code"]), subject.names[str(one["code"])]) for one in shown), rows)


@dataclass(frozen=True, slots=True)
class _Column:
    node: str
    hide: frozenset[str]
    edit: frozenset[str]
    require: frozenset[str]
    edits: bool
    requires: bool

    @classmethod
    def of(cls, subject: Subject, node: Mapping[str, Any]) -> "_Column":
        kind = str(node.get("kind"))
        edit = node.get("edit")
        open_ = fillable(subject.form) if kind == START and not isinstance(edit, list) else _texts(edit)
        return cls(
            str(node["code"]),
            frozenset(_texts(node.get("hide"))),
            frozenset(open_),
            frozenset(_texts(node.get("require"))),
            can(kind, "edit"),
            can(kind, "require"),
        )

    def states(self, path: str, field: Mapping[str, Any]) -> States:
        fillable_ = is_fillable(field)
        visible = not covers(self.hide, path)
        edit = visible and covers(self.edit, path) if self.edits and fillable_ else None
        require = edit is not None and path in self.require if self.requires and fillable_ else None
        return visible, edit, require


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
