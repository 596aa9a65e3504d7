"""What an app may refer to: its own objects and those of the packs it requires, and the names in scope."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from runtime.language.app import App, Dictionary
from runtime.language.entity import Entity
from runtime.language.expressions import Lookup, Names, Type
from runtime.language.field import Field, SubTable
from runtime.language.flow import Flow
from runtime.language.lint.spot import Spot
from runtime.language.schemas.access import EVERYBODY
from runtime.language.speech import _
from runtime.language.vocabulary import Vocabulary

#: Kinds of slots that stand for people.
SlotKind = Literal["role", "department", "post", "user"]


@dataclass(frozen=True)
class Scope:
    """An app among others."""

    app: App
    others: Mapping[str, App]
    vocabulary: Vocabulary
    _names: dict[str, Names] = field(default_factory=dict)

    def app_of(self, path: str) -> App | None:
        """Return the app that a full path `pack/code` belongs to."""
        pack = path.partition("/")[0]
        return self.app if pack == self.app.code else self.others.get(pack)

    def entity(self, ref: str) -> Entity | None:
        """Return a form or table by its bare or full name."""
        path = self.app.ref(ref)
        owner = self.app_of(path)
        return owner.entity(path.partition("/")[2]) if owner else None

    def dictionary(self, ref: str) -> Dictionary | None:
        """Return a dictionary by its bare or full name."""
        path = self.app.ref(ref)
        owner = self.app_of(path)
        return owner.dictionary(path.partition("/")[2]) if owner else None

    def wanted_entity(self, ref: str, spot: Spot) -> Entity | None:
        """Return a form or table; note a problem if it may not be named or is not there."""
        owner = self._owner(ref, spot)
        if owner is None:
            return None
        found = self.entity(ref)
        if found is None:
            known = _refs(self, ref, owner, [one.code for one in owner.entities])
            spot.unknown(_("没有表或表单 %(name)s", name=ref), ref, known)
        return found

    def wanted_dictionary(self, ref: str, spot: Spot) -> Dictionary | None:
        """Return a dictionary; note a problem if it may not be named or is not there."""
        owner = self._owner(ref, spot)
        if owner is None:
            return None
        found = self.dictionary(ref)
        if found is None:
            known = _refs(self, ref, owner, [one.code for one in owner.dictionaries])
            spot.unknown(_("没有字典 %(name)s", name=ref), ref, known)
        return found

    def wanted_flow(self, ref: str, spot: Spot) -> Flow | None:
        """Return a flow; note a problem if it may not be named or is not there."""
        owner = self._owner(ref, spot)
        if owner is None:
            return None
        found = owner.flow(self.app.ref(ref).partition("/")[2])
        if found is None:
            known = _refs(self, ref, owner, [one.code for one in owner.flows])
            spot.unknown(_("没有流程 %(name)s", name=ref), ref, known)
        return found

    def names(self, ref: str) -> Names:
        """Return what an expression of an entity may name; of an unknown entity nothing."""
        path = self.app.ref(ref)
        if path not in self._names:
            entity, pack = self.entity(path), path.partition("/")[0]
            self._names[path] = self._names_of(pack, entity) if entity else Names(tables=self._columns(pack))
        return self._names[path]

    def type_of(self, pack: str, one: Field) -> Type | None:
        """Return what a field of `pack` is in expressions, with the values of its dictionary."""
        kind = self.vocabulary.fields.get(one.type)
        found: Type | None = kind.type(_located(pack, one)) if kind else None
        if found is None or not found.dictionary or found.choices is not None:
            return found
        dictionary = self.dictionary(found.dictionary)
        choices = frozenset(dictionary.labels()) if dictionary else None
        item = replace(found.item, choices=choices) if found.item else None
        return replace(found, choices=choices, item=item)

    def role(self, code: str, spot: Spot) -> None:
        """Note a problem if `code` is neither a role slot of the app nor everybody."""
        self.slot(code, "role", spot, also=EVERYBODY)

    def slot(self, code: str, kind: SlotKind, spot: Spot, *, also: tuple[str, ...] = ()) -> None:
        """Note a problem if the app has no slot of this kind."""
        known = [one.code for one in self.app.manifest.slots if one.kind == kind]
        if code not in known and code not in also:
            spot.unknown(_no_slot(kind, str(code)), str(code), (*known, *also))

    def _owner(self, ref: str, spot: Spot) -> App | None:
        path = self.app.ref(ref)
        pack = path.partition("/")[0]
        if pack not in spot.packs:
            known = pack in self.others
            if known:
                message = _("用到包 %(pack)s，请在 pack.yaml 的 requires 中写明", pack=pack)
            else:
                message = _("没有包 %(pack)s", pack=pack)
            spot.problem("not_required" if known else "unknown_reference", message)
            return None
        return self.app_of(path)

    def _names_of(self, pack: str, entity: Entity) -> Names:
        pointers = {one.code: one for one in entity.plain()}
        pointers |= {f"{sub.code}.{one.code}": one for sub in entity.subtables() for one in sub.fields}
        return Names(
            fields=self._types(pack, entity.plain()),
            subtables={sub.code: self._types(pack, sub.fields) for sub in entity.subtables()},
            lookups={
                code: Lookup(_full(pack, one.options["from"]), one.options["key"])
                for code, one in pointers.items()
                if "from" in one.options and "key" in one.options
            },
            tables=self._columns(pack),
        )

    def _columns(self, pack: str) -> Callable[[str], Mapping[str, Type] | None]:
        def columns(name: str) -> Mapping[str, Type] | None:
            path = _full(pack, name)
            return self.names(path).fields if self.entity(path) else None

        return columns

    def _types(self, pack: str, fields: tuple[Field, ...]) -> dict[str, Type]:
        types = {one.code: self.type_of(pack, one) for one in fields}
        return {code: kind for code, kind in types.items() if kind is not None}


def known_paths(entity: Entity) -> list[str]:
    """Return all paths of an entity: fields, sub-tables and their columns."""
    found = [one.code for one in entity.fields]
    return found + [f"{sub.code}.{one.code}" for sub in entity.subtables() for one in sub.fields]


def field_at(entity: Entity, path: str) -> Field | SubTable | None:
    """Return the field, sub-table or column that a path names, None if there is none."""
    code, _dot, column = path.partition(".")
    subtable = entity.subtable(code)
    if column:
        return subtable.field(column) if subtable else None
    return subtable or entity.field(code)


def wanted_field(entity: Entity, path: str, spot: Spot) -> Field | SubTable | None:
    """Return what a path names; note a problem if it names nothing."""
    found = field_at(entity, path)
    if found is None:
        spot.unknown(no_field(entity, path), path, known_paths(entity))
    return found


def wanted_column(entity: Entity, code: str, spot: Spot) -> Field | None:
    """Return a plain field; note a problem if there is none, or if it is a sub-table."""
    found = entity.field(code)
    if found is None and entity.subtable(code) is not None:
        spot.problem("not_a_field", _("这里应是单个字段，%(code)s 是重复表", code=code))
    elif found is None:
        spot.unknown(no_field(entity, code), code, [one.code for one in entity.plain()])
    return found


def no_field(entity: Entity, path: str) -> str:
    """Return the sentence that an entity has no such field."""
    return no_field_of(entity.name, path)


def no_field_of(entity: str, path: str) -> str:
    """Return the sentence that what is called `entity` has no such field."""
    return _("没有“%(entity)s”的字段 %(name)s", entity=entity, name=path)


def _no_slot(kind: SlotKind, code: str) -> str:
    match kind:
        case "role":
            return _("没有角色（pack.yaml 的 slots 中 kind: role） %(name)s", name=code)
        case "department":
            return _("没有部门（pack.yaml 的 slots 中 kind: department） %(name)s", name=code)
        case "post":
            return _("没有岗位（pack.yaml 的 slots 中 kind: post） %(name)s", name=code)
    return _("没有人员（pack.yaml 的 slots 中 kind: user） %(name)s", name=code)


def _located(pack: str, one: Field) -> Field:
    if "dict" not in one.options:
        return one
    return replace(one, options={**one.options, "dict": _full(pack, one.options["dict"])})


def _full(pack: str, name: str) -> str:
    return name if "/" in name else f"{pack}/{name}"


def _refs(scope: Scope, ref: str, owner: App, codes: list[str]) -> list[str]:
    return [f"{owner.code}/{code}" for code in codes] if "/" in ref and owner is not scope.app else codes
