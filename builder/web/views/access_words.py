"""Roles, rights and scopes, and what an app needs of an organisation, as people read them."""

from collections.abc import Mapping
from dataclasses import dataclass

from builder.edits.place import Place
from builder.usecases.open_draft import OpenedDraft
from builder.web.views.sources import mappings, word
from runtime.language.parts import MANIFEST
from runtime.language.schemas.access import EVERYBODY, RIGHTS, SCOPES
from runtime.language.speech import _

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SlotRow:
    """What an app needs of an organisation."""

    place: Place
    code: str
    kind: str
    name: str
    note: str
    required: bool
    fixed: bool


def roles_of(opened: OpenedDraft) -> Choices:
    """Return role slots of the app and the words that stand for people, with labels."""
    manifest = opened.draft.documents.get(MANIFEST)
    slots = mappings(manifest.get("slots") if isinstance(manifest, Mapping) else None)
    own = tuple(
        (word(one.get("code")), word(one.get("name")) or word(one.get("code")))
        for one in slots
        if one.get("kind") == "role" and word(one.get("code"))
    )
    names = {
        "all_staff": _("全体员工"),
        "dept_head": _("部门主管"),
        "initiator": _("发起人"),
        "participant": _("流程参与人"),
    }
    return own + tuple((code, names.get(code, code)) for code in EVERYBODY)


def rights() -> Choices:
    """Return the rights with their labels, in order."""
    names = {
        "view": _("查看"),
        "pick": _("选取"),
        "create": _("新增"),
        "edit": _("修改"),
        "delete": _("删除"),
        "import": _("导入"),
        "export": _("导出"),
        "print": _("打印"),
    }
    return tuple((one, names.get(one, one)) for one in RIGHTS)


def scopes() -> Choices:
    """Return the scopes with their labels."""
    names = {
        "own": _("本人的"),
        "dept": _("本部门的"),
        "dept_tree": _("本部门及下级的"),
        "company": _("本公司的"),
        "all": _("全部"),
        "granted": _("被授权的"),
    }
    return tuple((one, names.get(one, one)) for one in SCOPES)


def slots_of(opened: OpenedDraft) -> tuple[SlotRow, ...]:
    """Return what the app needs of an organisation."""
    manifest, released = opened.draft.documents.get(MANIFEST), opened.draft.released.get(MANIFEST)
    known = released.get("slots") if isinstance(released, Mapping) else None
    fixed = {word(one.get("code")) for one in mappings(known)}
    found = manifest.get("slots") if isinstance(manifest, Mapping) else None
    return tuple(
        SlotRow(
            ("slots", word(one.get("code")) or number),
            word(one.get("code")),
            word(one.get("kind")),
            word(one.get("name")),
            word(one.get("note")),
            one.get("required") is not False,
            word(one.get("code")) in fixed,
        )
        for number, one in enumerate(found if isinstance(found, list) else ())
        if isinstance(one, Mapping)
    )


def slot_kinds() -> Choices:
    """Return the kinds of slot with their labels."""
    return (
        ("role", _("角色")),
        ("post", _("岗位")),
        ("department", _("部门")),
        ("user", _("人员")),
        ("connector", _("连接")),
        ("secret", _("密钥")),
    )
