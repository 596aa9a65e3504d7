"""What is said of types that do not fit, in the reader's language."""

from runtime.language.expressions.function import Param
from runtime.language.expressions.types import LABELS, TEXTUAL, Type
from runtime.language.expressions.unknown import nearest
from runtime.language.speech import _, listed


def labels(kinds: tuple[str, ...]) -> str:
    """Return the kinds as they are called, each once."""
    return listed(dict.fromkeys(_(LABELS[one]) for one in kinds))


def not_wanted(kind: Type, wanted: Type) -> str:
    """Return that another type is wanted here, and how `kind` becomes it."""
    hint = _cast(kind, wanted)
    return _("这里应是%(wanted)s，而不是%(kind)s%(hint)s", wanted=wanted.label, kind=kind.label, hint=hint)


def wrong_result(kind: Type, wanted: Type) -> str:
    """Return that the whole should give another type, and how `kind` becomes it."""
    hint = _cast(kind, wanted)
    return _("结果应是%(wanted)s，而不是%(kind)s%(hint)s", wanted=wanted.label, kind=kind.label, hint=hint)


def no_condition(kind: Type) -> str:
    """Return that a condition is wanted here."""
    return _("这里应是条件（是/否），而不是%(kind)s", kind=kind.label)


def no_arithmetic(left: Type, sign: str, right: Type) -> str:
    """Return why `left sign right` is no arithmetic, and what would be."""
    if sign == "+" and left.kind in TEXTUAL:
        return _("文字不能相加，连接文字请用 concat(…)")
    if sign == "-" and {left.kind, right.kind} <= {"date", "datetime"}:
        return _("日期时间相减请用 days_between、hours_between 或 minutes_between")
    return _("%(left)s与%(right)s之间不能用 %(sign)s", left=left.label, right=right.label, sign=sign)


def not_comparable(left: Type, right: Type) -> str:
    """Return that two types are never equal, and how they could be."""
    hint = _cast(left, right)
    return _("%(left)s与%(right)s不能比较%(hint)s", left=left.label, right=right.label, hint=hint)


def not_ordered(kind: Type) -> str:
    """Return that no value of `kind` is more than another."""
    return _("%(kind)s不能比较大小", kind=kind.label)


def not_a_list(kind: Type) -> str:
    """Return what stands after `in`."""
    hint = _("，文字之间请用 contains(全文, 部分)") if kind.kind in TEXTUAL else ""
    return _("in 后面应是列表或多选字段，而不是%(kind)s%(hint)s", kind=kind.label, hint=hint)


def never_among(kind: Type, group: Type) -> str:
    """Return that no list of the type `group` holds a value of `kind`."""
    return _("%(kind)s不会出现在%(group)s里", kind=kind.label, group=group.label)


def mixed_items(first: Type, kind: Type) -> str:
    """Return that the items of a list are of two types."""
    return _("列表各项的类型应一致：前面是%(first)s，这里是%(kind)s", first=first.label, kind=kind.label)


def mixed_results(first: Type, kind: Type) -> str:
    """Return that what may come out is of two types."""
    return _("各个结果的类型应一致：前面是%(first)s，这里是%(kind)s", first=first.label, kind=kind.label)


def wrong_argument(function: str, param: Param, kind: Type) -> str:
    """Return what a parameter takes."""
    return _(
        "%(function)s 的“%(param)s”应是%(wanted)s，而不是%(kind)s",
        function=function,
        param=_(param.label),
        wanted=labels(param.kinds),
        kind=kind.label,
    )


def no_such_choice(value: str, choices: frozenset[str]) -> str:
    """Return which values there are."""
    return _(
        "取值“%(value)s”不在选项中%(near)s；可用 %(known)s",
        value=value,
        near=nearest(value, choices),
        known=listed(sorted(choices)[:8]),
    )


def _cast(kind: Type, wanted: Type) -> str:
    """Return a remark on how `kind` becomes `wanted`, empty if there is no way."""
    pair = {kind.kind, wanted.kind}
    if pair == {"date", "datetime"}:
        return _("，取日期请用 date_part(日期时间)")
    if "text" in pair and wanted.kind == "text":
        return _("，转成文字请用 text(…) 或 concat(…)")
    return ""
