"""Sources of people: whether what they name is there and can be a person."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from runtime.language.entity import Entity
from runtime.language.field import Field
from runtime.language.flow import Flow, Source
from runtime.language.lint.scope import Scope, wanted_field
from runtime.language.lint.spot import Spot
from runtime.language.speech import _
from runtime.language.vocabulary import Of

#: People without a name of their own.
PERSONS = ("initiator", "previous", "current_user")


@dataclass(frozen=True)
class People:
    """Where sources stand: the record whose fields they read, and the flow if there is one."""

    scope: Scope
    entity: Entity | None
    flow: Flow | None = None

    def check(self, sources: tuple[Source, ...], spot: Spot) -> None:
        """Note what is wrong with a list of sources."""
        for index, source in enumerate(sources):
            self.check_one(source, spot.at(index))

    def check_one(self, source: Source, spot: Spot) -> None:
        """Note what is wrong with one source."""
        word = self.scope.vocabulary.sources.get(source.kind)
        if word is None:
            return
        here = spot if source.of is None else spot.at(source.kind)
        if isinstance(source.of, Source):
            self.check_one(source.of, here)
            return
        by_kind: dict[Of, Callable[[Any, Spot], None]] = {
            "role": self.scope.role,
            "department": lambda code, at: self.scope.slot(code, "department", at),
            "post": lambda code, at: self.scope.slot(code, "post", at),
            "user": lambda code, at: self.scope.slot(code, "user", at),
            "field": self._field,
            "person": self._person,
            "node": self._node,
        }
        for of in word.of:
            if of in by_kind:
                by_kind[of](source.of, here)

    def _field(self, path: Any, spot: Spot) -> None:
        if self.entity is None:
            return
        found = wanted_field(self.entity, str(path), spot)
        if found is None:
            return
        kind = self.scope.type_of(self.scope.app.code, found) if isinstance(found, Field) else None
        item = kind.item if kind and kind.item else kind
        if item is None or item.kind not in ("user", "department"):
            spot.problem("not_a_person", _("%(path)s 不是人员字段，不能当作处理人", path=path))

    def _person(self, of: Any, spot: Spot) -> None:
        if of not in PERSONS:
            self._field(of, spot)

    def _node(self, code: Any, spot: Spot) -> None:
        known = [node.code for node in self.flow.nodes] if self.flow else []
        if code not in known:
            spot.unknown(_("没有节点 %(name)s", name=code), str(code), known)
