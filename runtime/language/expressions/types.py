"""What a value can be: the small set of types that expressions know."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from runtime.language.speech import _

#: How each kind is called in messages; said with `_()`.
LABELS = {
    "number": "数字",
    "text": "文字",
    "boolean": "是/否",
    "date": "日期",
    "datetime": "日期时间",
    "time": "时间",
    "user": "人员",
    "department": "部门",
    "company": "公司",
    "post": "岗位",
    "role": "角色",
    "file": "文件",
    "object": "组合值",
    "list": "列表",
    "rows": "重复表",
    "null": "空",
    "any": "任意值",
}

#: Kinds whose values are codes of the organisation: a text stands for any of them.
ORGANISATION = frozenset({"user", "department", "company", "post", "role"})
TEXTUAL = ORGANISATION | {"text"}


def _no_columns() -> "Mapping[str, Type]":
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Type:
    """The type of a value. Equality asks for the kind only (and what is inside a list)."""

    kind: str
    #: Of a list: what it holds.
    item: "Type | None" = None
    #: Of rows: the columns.
    columns: Mapping[str, "Type"] = field(default_factory=_no_columns, compare=False)
    #: Of a number column: digits after the point as stored, None if unknown (then SQL leaves it alone).
    scale: int | None = field(default=None, compare=False)
    #: Of a number: "money" or "percent", how templates show it.
    style: str = field(default="", compare=False)
    #: Of a text: the dictionary whose labels `text()` shows, as the labels port knows it.
    dictionary: str = field(default="", compare=False)
    #: Of a text: the values it may have, None if any.
    choices: frozenset[str] | None = field(default=None, compare=False)
    #: The literal texts this value may be; checked against the `choices` of what it meets.
    literals: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def label(self) -> str:
        """Return what people call it, in their language."""
        if self.kind == "list" and self.item is not None and self.item.kind != "any":
            return _("%(what)s的列表", what=self.item.label)
        return _(LABELS[self.kind])

    def is_a(self, *kinds: str) -> bool:
        """Tell whether a value of this type can serve as one of `kinds`; empty and `any` always can."""
        return self.kind in kinds or self.kind in ("null", "any")


NUMBER = Type("number")
TEXT = Type("text")
BOOLEAN = Type("boolean")
DATE = Type("date")
DATETIME = Type("datetime")
TIME = Type("time")
USER = Type("user")
DEPARTMENT = Type("department")
COMPANY = Type("company")
POST = Type("post")
ROLE = Type("role")
FILE = Type("file")
OBJECT = Type("object")
NULL = Type("null")
ANY = Type("any")


def number(*, scale: int | None = None, style: str = "") -> Type:
    """Return a number with `scale` stored digits after the point; `style` is "", "money" or "percent"."""
    return Type("number", scale=scale, style=style)


def choice(*, values: frozenset[str] | None = None, dictionary: str = "") -> Type:
    """Return a text that is one of `values`, with its labels in `dictionary`."""
    return Type("text", choices=values, dictionary=dictionary)


def list_of(item: Type) -> Type:
    """Return a list of `item`; it shares the item's choices."""
    return Type("list", item=item, choices=item.choices, dictionary=item.dictionary)


def rows(columns: Mapping[str, Type]) -> Type:
    """Return a sub-table with `columns`."""
    return Type("rows", columns=columns)


def comparable(left: Type, right: Type) -> bool:
    """Tell whether two values can be equal at all.

    A text stands for a code of the organisation; a user is never a department.
    """
    if "any" in (left.kind, right.kind) or "null" in (left.kind, right.kind):
        return True
    if left.kind in TEXTUAL and right.kind in TEXTUAL:
        return left.kind == right.kind or "text" in (left.kind, right.kind)
    return left.kind == right.kind and left.kind not in ("list", "rows", "object")


def unified(left: Type, right: Type) -> Type | None:
    """Return the type of a value that is one or the other, None if there is none."""
    for one, other in ((left, right), (right, left)):
        if one.kind == "null":
            return other
        if one.kind == "any":
            return ANY
    if left.kind == right.kind == "list":
        item = unified(left.item or ANY, right.item or ANY)
        return list_of(item) if item else None
    if left.kind in TEXTUAL and right.kind in TEXTUAL and comparable(left, right):
        specific = left if left.kind != "text" else right
        return _merged(specific, left, right)
    if left.kind != right.kind or left.kind == "rows":
        return None
    return _merged(left, left, right)


def _merged(kept: Type, left: Type, right: Type) -> Type:
    both = left.choices is not None and right.choices is not None
    return replace(
        kept,
        scale=left.scale if left.scale == right.scale else None,
        style=left.style if left.style == right.style else "",
        dictionary=left.dictionary or right.dictionary,
        choices=(left.choices or frozenset()) | (right.choices or frozenset()) if both else None,
        literals=left.literals | right.literals,
    )


def assignable(*, value: Type, target: Type) -> bool:
    """Tell whether `value` can be stored where `target` is wanted."""
    if target.kind == "list" and value.kind == "list":
        return comparable(value.item or ANY, target.item or ANY)
    if target.kind == "rows" and value.kind == "rows":
        return True
    if target.kind == value.kind:
        return True
    return comparable(value, target)
