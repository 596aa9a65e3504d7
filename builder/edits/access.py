"""Edits of grants, of what an app needs of an organisation, and of its menu."""

from dataclasses import dataclass
from typing import Any, ClassVar

from builder.edits.anywhere import InsertItem, SetValue, items_at
from builder.edits.documents import Documents, with_file
from builder.edits.edit import Edit
from builder.edits.new_field import fresh_code
from builder.edits.place import Step
from runtime.language.parts import MANIFEST
from runtime.language.refusal import Refused
from runtime.language.schemas.access import RIGHTS
from runtime.language.speech import _

PERMISSIONS = "permissions.yaml"
MENU = "menu.yaml"


@dataclass(frozen=True)
class AddEntry(Edit):
    """Put an entry into a file that is a list: grants, menu. The first one begins the file."""

    do: ClassVar[str] = "add_entry"
    value: dict[str, Any]
    at: int | None = None

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the entry.

        :raises Refused: if the file is no such list.
        """
        if self.file not in (PERMISSIONS, MENU):
            raise Refused("not_a_list", _("这里不能添加。"))
        found = documents.get(self.file)
        listed = found if isinstance(found, list) else []
        at = len(listed) if self.at is None else max(0, min(self.at, len(listed)))
        return with_file(documents, self.file, [*listed[:at], self.value, *listed[at:]])

    @property
    def label(self) -> str:
        """What was added."""
        return _("添加菜单") if self.file == MENU else _("添加权限")


@dataclass(frozen=True)
class Toggle(Edit):
    """Put a word into a list, or take it out: a right of a grant, a role of a menu entry."""

    do: ClassVar[str] = "toggle"
    place: tuple[Step, ...]
    word: str
    on: bool

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with or without the word; rights stay in their usual order."""
        listed = items_at(documents, self.file, self.place)
        if (self.word in listed) == self.on:
            return documents
        made = [*listed, self.word] if self.on else [one for one in listed if one != self.word]
        if self.place[-1:] == ("can",):
            made.sort(key=lambda one: RIGHTS.index(one) if one in RIGHTS else len(RIGHTS))
        return _listed(documents, self.file, self.place, made)

    @property
    def label(self) -> str:
        """What was done."""
        return _("加上 %(word)s", word=self.word) if self.on else _("去掉 %(word)s", word=self.word)


@dataclass(frozen=True)
class AddSlot(Edit):
    """Say that the app needs something of an organisation: a role, a post, a department, a person."""

    do: ClassVar[str] = "add_slot"
    kind: str = "role"

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the slot."""
        slots = items_at(documents, MANIFEST, ("slots",))
        codes = [str(one.get("code")) for one in slots if isinstance(one, dict)]
        made = {
            "code": fresh_code(self.kind, codes),
            "kind": self.kind,
            "name": _slot_name(self.kind),
        }
        return InsertItem(MANIFEST, ("slots",), made).apply(documents)

    @property
    def label(self) -> str:
        """What was added."""
        return _("添加%(what)s", what=_slot_name(self.kind) or self.kind)


def _slot_name(kind: str) -> str:
    """Return what a new slot is called at first; empty if there is no such kind."""
    names = {
        "role": _("新角色"),
        "department": _("新部门"),
        "post": _("新岗位"),
        "user": _("新人员"),
        "connector": _("新连接"),
        "secret": _("新密钥"),
    }
    return names.get(kind, "")


def _listed(documents: Documents, file: str, place: tuple[Step, ...], made: list[Any]) -> Documents:
    # A grant without rights is not finished; anything else without words needs no list.
    kept = made if made or place[-1:] in (("can",), ("on",)) else None
    return SetValue(file, place, kept).apply(documents)
