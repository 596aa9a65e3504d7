"""The names in scope at a place, grouped and labelled, and the functions: what the editor offers."""

from collections.abc import Iterator, Mapping
from typing import Any

from builder.edits.scopes import Standpoint
from builder.words.name_words import FLOW_WORDS, SCOPE_WORDS, SYSTEM_WORDS, Labels, person_words
from runtime.language.entity import Entity
from runtime.language.expressions import FLOW, FUNCTIONS, PERSON, SYSTEM, Function, Names, Type
from runtime.language.expressions.types import USER, list_of, number, rows
from runtime.language.field import Field, SubTable
from runtime.language.speech import _

#: Choices of one field that are sent to the page.
MOST_OPTIONS = 300

Entry = dict[str, Any]


def name_tree(at: Standpoint) -> list[dict[str, Any]]:
    """Return groups `{code, label, fields}`; a field has path, label, kind, type, and maybe options and
    fields below it (columns of a sub-table, of a look-up's source, what is known of a person)."""
    tree = _Tree(at)
    return [group for group in tree.groups() if group["fields"]]


def function_list() -> list[dict[str, Any]]:
    """Return every function with its help, in the order of the reference."""
    return [_function(one) for one in FUNCTIONS.values()]


def _function(one: Function) -> dict[str, Any]:
    return {
        "name": one.name,
        "family": _(one.family),
        "signature": one.signature,
        "help": _(one.help),
        "example": _(one.example),
        "gives": _(one.gives),
        "result": one.result.label if isinstance(one.result, Type) else _("同参数"),
        "params": [
            {"label": _(param.label), "optional": param.optional, "many": param.many} for param in one.params
        ],
    }


class _Tree:
    """The groups of one place."""

    def __init__(self, at: Standpoint) -> None:
        self.at = at
        self.labels = Labels(at)

    def groups(self) -> Iterator[dict[str, Any]]:
        """Yield the groups, nearest first."""
        at, names = self.at, self.at.names
        if at.row and (owner := at.row_owner()):
            columns = names.rows_owner().subtables.get(at.row, {})
            yield _group("row", _("当前行"), self._row(owner, at.row, columns))
        yield _group("own", self._own_title(), self._fields(at.entity, names, ""))
        if not at.subset:
            yield _group("rows", _("重复表"), self._subtables(at.entity, names, ""))
        if names.form is not None:
            yield _group("form", _("本单（正在填写）"), self._fields(at.form, names.form, "form."))
        if names.old is not None:
            title = _("目标记录（%(name)s）", name=at.target.name) if at.target else _("目标记录")
            yield _group("old", title, self._fields(at.target, names.old, "old."))
        for code in SCOPE_WORDS:
            label = _(SCOPE_WORDS[code])
            yield _group(code, label, [self._entry(code, label, USER), *self._person(code, label)])
        yield _group("system", _("系统"), self._listed("record", SYSTEM, SYSTEM_WORDS))
        if names.flow:
            yield _group("flow", _("流程"), self._listed("flow", FLOW, FLOW_WORDS))

    def _own_title(self) -> str:
        entity = self.at.entity
        if self.at.form is not None and entity is not None:
            return _("来源（%(name)s）", name=entity.name)
        return _("本表字段") if entity is not None and entity.kind == "table" else _("本单字段")

    def _fields(self, owner: Entity | None, names: Names, before: str) -> list[Entry]:
        found = []
        for one in owner.plain() if owner else ():
            kind = names.fields.get(one.code)
            if kind is not None:
                found.append(self._field(one, kind, names, f"{before}{one.code}", one.code))
        return found

    def _field(self, one: Field, kind: Type, names: Names, path: str, code: str) -> Entry:
        entry = self._entry(path, one.label, kind)
        if self.at.subset:
            return entry
        lookup = names.lookups.get(code)
        if lookup is not None:
            columns = names.tables(lookup.table) or {}
            entry["fields"] = [
                self._entry(f"{path}.{name}", self.labels.column(lookup.table, name), each)
                for name, each in columns.items()
            ]
        elif kind.kind == "user":
            entry["fields"] = self._person(path, one.label)
        return entry

    def _subtables(self, owner: Entity | None, names: Names, before: str) -> list[Entry]:
        found = []
        for one in owner.subtables() if owner else ():
            columns = names.subtables.get(one.code)
            if columns is None:
                continue
            path = f"{before}{one.code}"
            entry = self._entry(path, one.label, rows(columns))
            entry["fields"] = [
                {**self._entry(f"{path}.{column.code}", column.label, list_of(columns[column.code]))}
                | {"row": f"row.{column.code}"}
                for column in one.fields
                if column.code in columns
            ]
            found.append(entry)
        return found

    def _row(self, owner: Entity, code: str, columns: Mapping[str, Type]) -> list[Entry]:
        subtable = owner.subtable(code)
        names = self.at.names.rows_owner()
        found = [
            self._field(column, columns[column.code], names, f"row.{column.code}", f"{code}.{column.code}")
            for column in (subtable.fields if isinstance(subtable, SubTable) else ())
            if column.code in columns
        ]
        return [*found, self._entry("row.index", _("行号"), number(scale=0))]

    def _person(self, path: str, label: str) -> list[Entry]:
        return [
            self._entry(f"{path}.{code}", person_words(label, code), kind) for code, kind in PERSON.items()
        ]

    def _listed(self, head: str, known: Mapping[str, Type], words: Mapping[str, str]) -> list[Entry]:
        return [self._entry(f"{head}.{code}", _(words[code]), kind) for code, kind in known.items()]

    def _entry(self, path: str, label: str, kind: Type) -> Entry:
        entry: Entry = {"path": path, "label": label, "kind": kind.kind, "type": kind.label}
        item = kind.item or kind
        if kind.item is not None:
            entry["item"] = item.kind
        if item.style:
            entry["style"] = item.style
        choices = self.labels.choices(kind) if item.kind == "text" else {}
        if choices:
            entry["options"] = list(choices.items())[:MOST_OPTIONS]
        return entry


def _group(code: str, label: str, fields: list[Entry]) -> dict[str, Any]:
    return {"code": code, "label": label, "fields": fields}
