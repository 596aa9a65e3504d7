"""The flow that is being designed, with what around it a page names: form, rules, slots."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from builder.edits.documents import Documents, find, standing
from runtime.fields import FIELDS
from runtime.language.graph import START
from runtime.language.parts import MANIFEST
from runtime.language.speech import _
from runtime.nodes import NODES
from runtime.nodes.picture import items, kinds
from runtime.web.flow_picture import name_of

#: Field types that say who or where somebody is.
_PEOPLE = frozenset({"user", "department"})
_DATES = frozenset({"date", "datetime"})


@dataclass(frozen=True)
class Subject:
    """One flow of a draft."""

    documents: Documents
    file: str

    @cached_property
    def flow(self) -> Mapping[str, Any]:
        """The flow's document."""
        found = self.documents.get(self.file)
        return found if isinstance(found, Mapping) else {}

    @cached_property
    def form(self) -> Mapping[str, Any]:
        """The document of its form; empty if there is none."""
        found = find(self.documents, "form", str(self.flow.get("form")))
        return found.document if found else {}

    @cached_property
    def nodes(self) -> list[Mapping[str, Any]]:
        """The start as a node, and the nodes, each code once."""
        start = self.flow.get("start")
        first = {**(start if isinstance(start, Mapping) else {}), "code": START, "kind": START}
        known: dict[str, Mapping[str, Any]] = {START: first}
        for one in items(self.flow, "nodes"):
            if isinstance(one.get("code"), str):
                known.setdefault(one["code"], one)
        return list(known.values())

    @cached_property
    def names(self) -> dict[str, str]:
        """How people read each node."""
        return {str(one["code"]): name_of(one) for one in self.nodes}

    @cached_property
    def slots(self) -> dict[tuple[str, str], str]:
        """Names of the app's slots by kind and code."""
        manifest = self.documents.get(MANIFEST)
        found = items(manifest, "slots") if isinstance(manifest, Mapping) else []
        return {
            (str(one.get("kind")), str(one.get("code"))): str(one.get("name") or one.get("code"))
            for one in found
        }

    @cached_property
    def fields(self) -> list[tuple[str, str, Mapping[str, Any]]]:
        """Path, label and document of each field, sub-table and column, in their order."""
        return list(self._fields())

    def people_fields(self) -> list[tuple[str, str]]:
        """Return the fields that name people or departments: path and label."""
        return [(path, label) for path, label, one in self.fields if one.get("type") in _PEOPLE]

    def date_fields(self) -> list[tuple[str, str]]:
        """Return the fields that hold dates: path and label."""
        return [
            (path, label) for path, label, one in self.fields if one.get("type") in _DATES and "." not in path
        ]

    def rules(self) -> list[tuple[str, str]]:
        """Return the rules of this flow: code and name."""
        found = (
            one
            for one in standing(self.documents, "rule")
            if one.document.get("flow") == self.flow.get("code")
        )
        return [(one.name, str(one.document.get("name") or one.name)) for one in found]

    def humans(self) -> list[str]:
        """Return the nodes at which people work, the start first."""
        return [code for code, kind in kinds(self.flow).items() if (word := NODES.get(kind)) and word.human]

    def named(self, what: str, code: str) -> str:
        """Return how people read what a source names."""
        words = {"initiator": _("发起人"), "previous": _("上一节点处理人"), "all_staff": _("全体员工")}
        if code in words:
            return words[code]
        if what in ("field", "person"):
            return next((label for path, label, _one in self.fields if path == code), code)
        if what == "node":
            return self.names.get(code, code)
        return self.slots.get((what, code), code or _("未选择"))

    def _fields(self) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        for one in items(self.form, "fields"):
            code, label = str(one.get("code", "")), str(one.get("label") or one.get("code", ""))
            if one.get("type") == "subtable":
                yield code, label, one
                for column in items(one, "fields"):
                    name = str(column.get("label") or column.get("code", ""))
                    yield f"{code}.{column.get('code', '')}", f"{label} · {name}", column
            elif one.get("type") == "opinion" or FIELDS.get(str(one.get("type"))) is not None:
                yield code, label, one
