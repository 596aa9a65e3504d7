"""Whole objects of an app: made blank or as a copy, and taken out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain, count
from typing import Any, ClassVar

from marshmallow import ValidationError

from builder.edits.documents import Documents, Standing, find, part_named, with_file
from builder.edits.edit import Edit
from builder.edits.place import gone
from runtime.language.parts import MANIFEST
from runtime.language.refusal import Refused
from runtime.language.schemas.items import Code
from runtime.language.speech import _

#: Kinds that a person makes one by one, each in a file of its own.
OBJECTS = ("form", "table", "flow", "dictionary")


def blank_app(code: str, name: str) -> dict[str, Any]:
    """Return the documents of an app that has nothing yet."""
    return {MANIFEST: {"schema": 1, "code": code, "name": name, "version": "0.1.0"}}


def blank(kind: str, code: str, name: str, *, form: str = "") -> dict[str, Any]:
    """Return the document of a new object: as little as makes sense, ready to be worked on."""
    return _BLANKS[kind](code, name, form)


@dataclass(frozen=True)
class AddObject(Edit):
    """Make a new object. `file` is the one it will stand in, as far as the page knew."""

    do: ClassVar[str] = "add_object"
    kind: str
    code: str
    name: str
    #: Of a flow: the form it is about.
    form: str = ""

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the new object.

        :raises Refused: if the code is none, or taken.
        """
        _check_kind(self.kind)
        check_code(documents, self.kind, self.code)
        if not self.name.strip():
            raise Refused("no_name", _("请填写名称。"))
        made = blank(self.kind, self.code, self.name.strip(), form=self.form)
        return with_file(documents, new_file(documents, self.kind, self.code), made)

    @property
    def label(self) -> str:
        """What was made."""
        return _created(self.kind, self.name)


@dataclass(frozen=True)
class CopyObject(Edit):
    """Make a new object like another one of the app."""

    do: ClassVar[str] = "copy_object"
    kind: str
    like: str
    code: str
    name: str

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the copy.

        :raises Refused: if the code is none, or taken.
        :raises Conflict: if there is nothing to copy (any more).
        """
        _check_kind(self.kind)
        found = find(documents, self.kind, self.like)
        if found is None:
            raise gone((self.like,))
        check_code(documents, self.kind, self.code)
        made = {**found.document, "code": self.code, "name": self.name.strip() or self.code}
        return with_file(documents, new_file(documents, self.kind, self.code), made)

    @property
    def label(self) -> str:
        """What was copied."""
        return _copied(self.kind, self.like)


@dataclass(frozen=True)
class RemoveObject(Edit):
    """Take an object out. What refers to it is told by the check; data in its table stays."""

    do: ClassVar[str] = "remove_object"
    kind: str
    code: str

    def apply(self, documents: Documents) -> Documents:
        """Return the documents without it.

        :raises Conflict: if it has gone already.
        """
        found = find(documents, self.kind, self.code)
        if found is None:
            raise gone((self.code,))
        return taken_out(documents, found)

    @property
    def label(self) -> str:
        """What was taken out."""
        return _removed(self.kind, self.code)


def taken_out(documents: Documents, found: Standing) -> Documents:
    """Return the documents without one object; a file of several keeps the others."""
    if found.index is None:
        return with_file(documents, found.file, None)
    left = [one for at, one in enumerate(documents[found.file]) if at != found.index]
    return with_file(documents, found.file, left or None)


def check_code(documents: Documents, kind: str, code: str) -> None:
    """Refuse a code that is none, or that another object of its kind has.

    :raises Refused: with what is wrong.
    """
    try:
        Code().deserialize(code)
    except ValidationError as error:
        raise bad_code(error) from None
    kinds = ("form", "table") if kind in ("form", "table") else (kind,)
    for one in kinds:
        if find(documents, one, code) is not None:
            raise Refused("code_taken", _("编码 %(code)s 已经有了，请换一个。", code=code))


def bad_code(error: ValidationError) -> Refused:
    """Return the refusal of a code that the language does not take."""
    found = error.messages[0]
    return Refused("bad_code", _("编码有误：%(why)s。", why=getattr(found, "message", found)))


def new_file(documents: Documents, kind: str, code: str) -> str:
    """Return the file that a new object stands in: no other one's, even if it is called like this one."""
    stem = f"{part_named(kind).place}{code}"
    names = (f"{stem}_{number}.yaml" for number in count(2))
    return next(one for one in chain([f"{stem}.yaml"], names) if one not in documents)


def _check_kind(kind: str) -> None:
    if kind not in OBJECTS:
        raise Refused("unknown_kind", _("不能新建“%(kind)s”。", kind=kind[:40]))


def _created(kind: str, name: str) -> str:
    words = {
        "form": _("新建表单 %(name)s"),
        "table": _("新建底表 %(name)s"),
        "flow": _("新建流程 %(name)s"),
        "dictionary": _("新建字典 %(name)s"),
    }
    return words[kind] % {"name": name}


def _copied(kind: str, name: str) -> str:
    words = {
        "form": _("复制表单 %(name)s"),
        "table": _("复制底表 %(name)s"),
        "flow": _("复制流程 %(name)s"),
        "dictionary": _("复制字典 %(name)s"),
    }
    return words[kind] % {"name": name}


def _removed(kind: str, name: str) -> str:
    words = {
        "form": _("删除表单 %(name)s"),
        "table": _("删除底表 %(name)s"),
        "flow": _("删除流程 %(name)s"),
        "dictionary": _("删除字典 %(name)s"),
    }
    if kind in words:
        return words[kind] % {"name": name}
    return _("删除%(kind)s %(name)s", kind=_(part_named(kind).label), name=name)


def _form(code: str, name: str, _about: str) -> dict[str, Any]:
    first = {"code": "subject", "type": "text", "label": _("标题"), "required": True}
    layout = [{"section": _("基本信息"), "rows": [["subject"]]}]
    return {"code": code, "name": name, "title": "{subject}", "fields": [first], "layout": layout}


def _table(code: str, name: str, _about: str) -> dict[str, Any]:
    first = {"code": "no", "type": "text", "label": _("编号"), "required": True, "unique": True}
    second = {"code": "name", "type": "text", "label": _("名称"), "required": True}
    view = {"code": "all", "name": _("全部"), "columns": ["no", "name"]}
    return {
        "code": code,
        "name": name,
        "key": ["no"],
        "title": "{name}",
        "fields": [first, second],
        "views": [view],
    }


def _flow(code: str, name: str, form: str) -> dict[str, Any]:
    return {
        "code": code,
        "name": name,
        "form": form,
        "start": {"who": [{"role": "all_staff"}]},
        "nodes": [{"code": "end", "kind": "end", "name": _("结束")}],
        "edges": [{"from": "start", "to": "end"}],
        "picture": {"start": [80, 160], "end": [320, 160]},
    }


def _dictionary(code: str, name: str, _about: str) -> dict[str, Any]:
    return {"code": code, "name": name, "items": [{"value": "a", "label": _("选项一")}]}


_BLANKS: Mapping[str, Callable[[str, str, str], dict[str, Any]]] = {
    "form": _form,
    "table": _table,
    "flow": _flow,
    "dictionary": _dictionary,
}
