"""Another code for what an app needs of an organisation: a role, a post, a department, a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from builder.edits.anywhere import SetValue, document_of
from builder.edits.documents import Documents, with_file
from builder.edits.edit import Edit
from builder.edits.place import Step, gone, value_at
from builder.edits.renaming.plain import Change, each, texts, with_keys
from builder.edits.renaming.retold import Names, Rename, retold, swap
from runtime.language.parts import MANIFEST, part_of
from runtime.language.refusal import Refused
from runtime.language.speech import _

#: Keys of nodes, starts and rules that list people.
_PEOPLE = ("who", "assignees", "exclude", "empty_to", "to")


@dataclass(frozen=True)
class RenameSlot(Edit):
    """Give a slot another code, and rewrite who names it: flows, rules, grants, menu, walk-throughs."""

    do: ClassVar[str] = "rename_slot"
    of: ClassVar[frozenset[str]] = frozenset({"manifest"})
    place: tuple[Step, ...]
    code: str

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the slot under its new code everywhere.

        :raises Conflict: if the slot has gone.
        """
        slot = value_at(document_of(documents, self.file), self.place)
        old = slot.get("code") if isinstance(slot, Mapping) else None
        if self.place[:1] != ("slots",) or not isinstance(old, str) or self.file != MANIFEST:
            raise gone(self.place)
        if old == self.code:
            return documents
        made = SetValue(self.file, (*self.place, "code"), self.code).apply(documents)
        renaming = _Renaming(str(slot.get("kind")), swap(old, self.code))
        for file in sorted(documents):
            part = part_of(file)
            change = renaming.of(part.kind) if part else None
            changed = change(made[file]) if change else made[file]
            made = made if changed is made[file] else with_file(made, file, changed)
        return made

    def refuse(self, released: Documents) -> None:
        """Refuse to rename what a release has: installations have bound it.

        :raises Refused: if the slot has been published.
        """
        if isinstance(value_at(released.get(self.file), self.place), Mapping):
            raise Refused("published", _("已经发布，编码不能再改；可以改名称。"))

    @property
    def label(self) -> str:
        """What became what."""
        slot = self.place[-1] if self.place else ""
        return _("将 %(slot)s 的编码改为 %(code)s", slot=slot, code=self.code)


@dataclass(frozen=True, slots=True)
class _Renaming:
    kind: str
    rename: Rename

    @property
    def code(self) -> Change:
        """What renames the slot where a text names it."""
        return texts(self.rename)

    def of(self, part: str) -> Change | None:
        """Return what renames the slot in documents of a kind, None if none of them name slots."""
        people = {key: each(self._person) for key in _PEOPLE}
        if part == "flow":
            node: Change = lambda one: with_keys(one, people)  # noqa: E731
            return lambda one: with_keys(one, {"start": node, "nodes": each(node)})
        if part == "rule":
            return _every(lambda one: with_keys(one, {**people, "initiator": self._person}))
        if self.kind != "role":
            return None
        return {
            "permission": each(lambda one: with_keys(one, {"who": self.code})),
            "menu": each(lambda one: with_keys(one, {"roles": each(self.code)})),
            "walkthrough": lambda told: retold(told, Names(who=self.rename)),
        }.get(part)

    def _person(self, source: Any) -> Any:
        """Return a source of people with the slot renamed; a nested source as well."""
        if not isinstance(source, Mapping):
            return source
        inner = {key: self._person for key, one in source.items() if isinstance(one, Mapping)}
        return with_keys(source, {**inner, self.kind: self._coded})

    def _coded(self, value: Any) -> Any:
        return self._person(value) if isinstance(value, Mapping) else self.code(value)


def _every(change: Change) -> Change:
    """Return what rewrites a document that stands alone or in a list."""
    return lambda value: change(value) if isinstance(value, Mapping) else each(change)(value)
