"""Functions that choose: they evaluate only what they need."""

from collections.abc import Sequence

from runtime.language.expressions import types, wording
from runtime.language.expressions.function import Checking, Function, Param, Value, Writing
from runtime.language.expressions.tree import Call, Node
from runtime.language.expressions.types import Type, list_of, unified

FAMILY = "条件"


def common(nodes: Sequence[Node], checking: Checking) -> Type:
    """Return the type that all of `nodes` share; complains at the first that differs."""
    result = types.NULL
    for node in nodes:
        kind = checking.visit(node)
        both = unified(result, kind)
        if both is None:
            checking.refuse(node, "mixed_types", wording.mixed_results(result, kind))
        else:
            result = both
    return result


def _check_if(call: Call, checking: Checking) -> Type:
    condition, *branches = call.args
    kind = checking.visit(condition)
    if not kind.is_a("boolean"):
        checking.refuse(condition, "not_a_condition", wording.no_condition(kind))
    return common(branches, checking)


def _write_if(call: Call, writing: Writing) -> Value:
    condition, *branches = call.args
    test = writing.value(condition)
    result = writing.fresh()
    empty = False
    for head, branch in zip((f"if {test.atom}:", "else:"), branches, strict=True):
        writing.line(head)
        with writing.indented():
            value = writing.value(branch)
            writing.line(f"{result} = {value.atom}")
            empty = empty or value.empty
    return Value(result, empty)


def _check_coalesce(call: Call, checking: Checking) -> Type:
    return common(call.args, checking)


def _write_coalesce(call: Call, writing: Writing) -> Value:
    first, *others = call.args
    value = writing.value(first)
    result = writing.fresh()
    writing.line(f"{result} = {value.atom}")
    for other in others:
        writing.line(f"if {result} is None:")
        with writing.indented():
            value = writing.value(other)
            writing.line(f"{result} = {value.atom}")
    return Value(result, value.empty)


def _check_list(call: Call, checking: Checking) -> Type:
    return list_of(common(call.args, checking))


def _list(*items: object) -> list[object] | None:
    return [item for item in items if item is not None] or None


def _bool(value: object) -> bool:
    return bool(value)


CHOICES = (
    Function(
        "if",
        FAMILY,
        (Param("条件", ("boolean",)), Param("成立时"), Param("否则")),
        "条件成立取前者，否则（包括空）取后者。",
        "if(3 > 2, '大', '小')",
        "大",
        types.ANY,
        check=_check_if,
        write=_write_if,
    ),
    Function(
        "coalesce",
        FAMILY,
        (Param("值", many=True),),
        "第一个不为空的值。",
        "coalesce(null, 0, 5)",
        "0",
        types.ANY,
        check=_check_coalesce,
        write=_write_coalesce,
    ),
    Function(
        "list",
        FAMILY,
        (Param("值", many=True),),
        "把几个值合成列表；空值不进列表。",
        "list('甲', null, '乙')",
        "甲、乙",
        types.ANY,
        run=_list,
        check=_check_list,
    ),
    Function(
        "bool",
        FAMILY,
        (Param("条件", ("boolean",)),),
        "空当作否。",
        "bool(null)",
        "否",
        types.BOOLEAN,
        run=_bool,
        total=True,
    ),
)
