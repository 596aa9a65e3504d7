"""Walk-throughs: whether what they start, fill in and expect is there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from runtime.language.app import Walkthrough
from runtime.language.entity import Entity
from runtime.language.field import Field, SubTable
from runtime.language.flow import Flow
from runtime.language.lint.scope import Scope, field_at, known_paths, no_field
from runtime.language.lint.spot import Spot
from runtime.language.speech import _

#: Words of `expect` besides names of entities, fields and sub-tables.
EXPECTED = ("case", "path", "task", "unchanged", "notices", "sees", "hidden", "masked", "changes", "title")
STATES = ("draft", "running", "suspended", "approved", "rejected", "withdrawn", "terminated")


def check_walkthrough(story: Walkthrough, scope: Scope, spot: Spot) -> None:
    """Note what is wrong with a walk-through."""
    telling = _Telling(scope)
    for ref, rows in story.given.items():
        here = spot.at("given", ref)
        if entity := scope.wanted_entity(ref, here):
            for index, row in enumerate(rows):
                telling.values(row, entity, here.at(index))
    for index, step in enumerate(story.steps):
        telling.step(step, spot.at("steps", index))
    telling.expected(story.expect, spot.at("expect"))


@dataclass
class _Telling:
    """A story so far."""

    scope: Scope
    #: Entities that its steps have dealt with.
    entities: list[Entity] = field(default_factory=list)

    def step(self, step: Mapping[str, Any], spot: Spot) -> None:
        """Check one step."""
        entity: Entity | None = None
        for key in ("submit", "save", "start"):
            if key in step:
                entity = self._form(step[key], spot.at(key))
        for key in ("create", "edit", "delete", "open", "list"):
            if key in step:
                entity = self.scope.wanted_entity(step[key], spot.at(key))
        if entity is not None and entity not in self.entities:
            self.entities.append(entity)
        for key in ("at", "to"):
            if key in step and (key == "at" or step.get("do") == "return"):
                self._node(step[key], spot.at(key))
        if entity is not None:
            self.values(step.get("data", {}), entity, spot.at("data"))
            self.values(step.get("match", {}), entity, spot.at("match"))
        self.expected(step.get("expect", {}), spot.at("expect"))

    def values(self, values: Mapping[str, Any], entity: Entity, spot: Spot) -> None:
        """Check field values of an entity."""
        for code, value in values.items():
            here, one = spot.at(code), field_at(entity, code)
            if one is None:
                here.unknown(no_field(entity, code), code, [each.code for each in entity.fields])
            elif isinstance(one, SubTable):
                self._rows(value, one, entity, here)
            else:
                self._value(value, one, self._pack(entity), here)

    def expected(self, expected: Mapping[str, Any], spot: Spot) -> None:
        """Check what is expected of the case, of records and of people."""
        for key, value in expected.items():
            here = spot.at(key)
            if key in EXPECTED:
                self._expectation(key, value, here)
            elif owner := next((one for one in self.entities if field_at(one, key)), None):
                self.values({key: value}, owner, spot)
            elif "/" in key or self.scope.app.entity(key):
                if entity := self.scope.wanted_entity(key, here):
                    for index, row in _mappings(value):
                        self.values(row, entity, here.at(index))
            else:
                message = _("没有表、字段或检查项 %(name)s", name=key)
                here.unknown(message, key, [*EXPECTED, *self._paths(), *self._tables()])

    def _expectation(self, key: str, value: Any, spot: Spot) -> None:
        match key, value:
            case "case", str() if value not in STATES:
                spot.unknown(_("没有状态 %(name)s", name=value), value, STATES)
            case "path", list():
                for index, code in enumerate(value):
                    self._node(code, spot.at(index))
            case "task", Mapping():
                for code in value:
                    self._node(code, spot.at(code))
            case "unchanged", list():
                for index, ref in enumerate(value):
                    self.scope.wanted_entity(str(ref), spot.at(index))
            case (("sees" | "hidden" | "masked"), Mapping()):
                for person, paths in value.items():
                    for index, path in enumerate(paths if isinstance(paths, list) else ()):
                        self._path(path, spot.at(person, index))
            case "changes", Mapping():
                for path in value:
                    self._path(path, spot.at(path))

    def _rows(self, value: Any, subtable: SubTable, entity: Entity, spot: Spot) -> None:
        for index, row in _mappings(value):
            for code, one in row.items():
                here, column = spot.at(index, code), subtable.field(code)
                if column is not None:
                    self._value(one, column, self._pack(entity), here)
                elif code != "id":
                    message = _("没有“%(table)s”的列 %(name)s", table=subtable.label, name=code)
                    here.unknown(message, code, [each.code for each in subtable.fields])

    def _value(self, value: Any, one: Field, pack: str, spot: Spot) -> None:
        """Check that a value of a choice is one of its options."""
        kind = self.scope.type_of(pack, one)
        choices = kind.choices if kind else None
        for each in value if isinstance(value, list) else [value]:
            if choices is not None and isinstance(each, str) and each not in choices:
                spot.unknown(_("没有“%(field)s”的选项 %(name)s", field=one.label, name=each), each, choices)

    def _form(self, ref: str, spot: Spot) -> Entity | None:
        flow = self.scope.wanted_flow(ref, spot)
        owner = self.scope.app_of(self.scope.app.ref(ref))
        return owner.entity(flow.form) if flow and owner else None

    def _node(self, code: Any, spot: Spot) -> None:
        known = ["start", *(node.code for flow in self._flows() for node in flow.nodes)]
        if code not in known:
            spot.unknown(_("没有节点 %(name)s", name=code), str(code), known)

    def _path(self, path: Any, spot: Spot) -> None:
        if self.entities and path not in self._paths():
            spot.unknown(_("没有字段 %(name)s", name=path), str(path), self._paths())

    def _paths(self) -> list[str]:
        return [path for one in self.entities for path in known_paths(one)]

    def _tables(self) -> list[str]:
        return [one.code for one in self.scope.app.entities]

    def _flows(self) -> Iterator[Flow]:
        for app in (self.scope.app, *self.scope.others.values()):
            yield from app.flows

    def _pack(self, entity: Entity) -> str:
        """Return the pack of an entity: its dictionaries are named from there."""
        apps = (self.scope.app, *self.scope.others.values())
        return next((app.code for app in apps if entity in app.entities), self.scope.app.code)


def _mappings(value: Any) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for index, one in enumerate(value if isinstance(value, list) else ()):
        if isinstance(one, Mapping):
            yield index, one
