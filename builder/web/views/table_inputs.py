"""Inputs for a table as a whole: its key and owner, its groups of columns, its views, its validations."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builder.edits.place import Place, value_at
from builder.web.views.inputs import Act, Check, Group, Input, setting
from builder.web.views.sources import columns_of, word, words
from runtime.fields import FIELDS
from runtime.language.field import Field
from runtime.language.speech import _

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Checks:
    """The validations of a whole table."""

    scope: str
    checks: tuple[Check, ...]

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> "Checks":
        """Return those of a document."""
        listed = document.get("validations")
        found = tuple(
            Check(
                ("validations", number),
                str(one.get("check", "")),
                word(one.get("message")),
                word(one.get("level")) or "error",
                {"do": "remove", "place": ["validations", number]},
                word(one.get("code")),
            )
            for number, one in enumerate(listed if isinstance(listed, list) else ())
            if isinstance(one, Mapping)
        )
        return cls(f"entity:{word(document.get('code'))}", found)


def identity_groups(document: Mapping[str, Any]) -> Iterator[Group]:
    """Yield what makes a record one of a kind: name, key, owner, groups of columns, quota."""
    columns = _columns(document)
    scope = f"entity:{word(document.get('code'))}"
    yield Group(
        _("基本"),
        (
            _text("name", _("名称"), document),
            _text("title", _("记录标题"), document, help=_("用 {字段} 带出内容，如 {customer_name}")),
            Input("t-note", _("备注"), "long", ("note",), document.get("note")),
        ),
    )
    yield Group(
        _("主键"),
        (
            Input(
                "t-key", _("主键字段"), "ordered", ("key",), words(document.get("key")), columns,
                help=_("关联、导入和规则以主键认出一行"),
            ),
        ),
    )  # fmt: skip
    users, departments = _columns(document, "user"), _columns(document, "department")
    yield Group(
        _("归属"),
        (
            _select("owner", _("所有者字段"), document, users, _("创建人")),
            _select("owner_dept", _("所属部门字段"), document, departments, _("所有者的部门")),
        ),
    )
    yield _groups(document, "unique", _("组合唯一"), columns)
    yield _groups(document, "indexes", _("组合索引"), columns)
    yield _quota(document, scope)


def view_groups(document: Mapping[str, Any], place: Place, released: Any) -> Iterator[Group]:
    """Yield the inputs of one view; `released` is the table's document in the release."""
    view = value_at(document, place)
    if not isinstance(view, Mapping):
        return
    columns, id_ = _columns(document), f"v-{place[-1]}"
    fixed = isinstance(value_at(released, place), Mapping)
    yield Group(
        _("基本"),
        (
            Input(f"{id_}-name", _("名称"), "text", (*place, "name"), view.get("name")),
            Input(f"{id_}-code", _("编码"), "rename_view", place, view.get("code"), readonly=fixed),
        ),
    )
    lists = (
        ("columns", _("显示的列"), columns),
        ("sort", _("排序"), columns),
        ("filters", _("筛选项"), columns),
        ("search", _("搜索的字段"), _columns(document, "text")),
    )
    for key, label, options in lists:
        kind: Any = "sorting" if key == "sort" else "ordered"
        value = words(view.get(key))
        yield Group(label, (Input(f"{id_}-{key}", label, kind, (*place, key), value, options),))
    scope = f"view:{word(document.get('code'))}"
    where = Input(
        f"{id_}-where", _("只显示"), "expression", (*place, "where"), view.get("where"),
        scope=scope, want="boolean",
    )  # fmt: skip
    yield Group(_("范围"), (where,))


def _text(key: str, label: str, document: Mapping[str, Any], **more: Any) -> Input:
    return Input(f"t-{key}", label, "text", (key,), document.get(key), **more)


def _select(key: str, label: str, document: Mapping[str, Any], options: Choices, empty: str) -> Input:
    return Input(f"t-{key}", label, "select", (key,), document.get(key), options, empty=empty)


def _groups(document: Mapping[str, Any], key: str, label: str, columns: Choices) -> Group:
    """Return groups of columns: each an ordered choice, and how to begin another."""
    listed = document.get(key)
    inputs = [
        Input(f"t-{key}-{at}", _("第 %(n)s 组", n=at + 1), "ordered", (key, at), words(one), columns)
        for at, one in enumerate(listed if isinstance(listed, list) else ())
    ]
    acts = tuple(Act(name, {"do": "insert", "place": [key], "value": [path]}) for path, name in columns)
    adding = Input(f"t-{key}", _("添加一组"), "adding", (key,), acts=acts, hint=_("从哪个字段开始…"))
    return Group(label, (*inputs, adding))


def _quota(document: Mapping[str, Any], scope: str) -> Group:
    quota = document.get("quota")
    label = _("额度")
    if not isinstance(quota, Mapping):
        numbers = [path for path, _name in _columns(document, "number", computed=False)]
        if len(numbers) < 2:
            return Group(label, ())
        made = {"total": numbers[0], "reserved": numbers[0], "used": numbers[1]}
        return Group(
            label, (Input("t-quota", _("占用与核销"), "act", ("quota",), add=setting(("quota",), made)),)
        )
    numbers_ = _columns(document, "number", computed=False)
    source = quota.get("total")
    total = Input(
        "t-quota-total", _("总额"), "expression", ("quota", "total"), source, scope=scope, want="number"
    )
    reserved = Input(
        "t-quota-reserved", _("占用字段"), "select", ("quota", "reserved"), quota.get("reserved"), numbers_
    )
    used = Input("t-quota-used", _("已用字段"), "select", ("quota", "used"), quota.get("used"), numbers_)
    off = Input("t-quota", _("不再控制额度"), "act", ("quota",), add=setting(("quota",), None))
    return Group(label, (total, reserved, used, off))


def _columns(document: Mapping[str, Any], kind: str = "", *, computed: bool = True) -> Choices:
    """Return the fields of a kind as choices; without a kind all that expressions can read."""
    return tuple(
        one.choice
        for one in columns_of(document)
        if (not kind or _kind_of(one.type) == kind) and (computed or not one.computed)
    )


def _kind_of(type_: str) -> str:
    found = FIELDS.get(type_)
    kind = found.type(Field("", type_, "")) if found else None
    return kind.kind if kind else ""
