"""How functions over the rows of a sub-table, or over a list, are checked, compiled and computed."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from runtime.language.expressions import types, wording
from runtime.language.expressions.choices import common
from runtime.language.expressions.function import Checking, Value, Writing
from runtime.language.expressions.tree import Call
from runtime.language.expressions.types import Type
from runtime.language.expressions.values import CONTEXT, ZERO, Number
from runtime.language.speech import _

_ORDERED = ("number", "date", "datetime", "time", "text")


def present(values: Iterable[Any] | None) -> list[Any]:
    """Return the values that are not empty."""
    return [value for value in values or () if value is not None]


def total(values: Iterable[Number | None] | None) -> Number:
    """Return the sum; empty values count as 0."""
    result: Number = ZERO
    for value in values or ():
        if value is not None:
            result = CONTEXT.add(result, value)
    return result


def average(values: Iterable[Number | None] | None) -> Decimal | None:
    known = present(values)
    return CONTEXT.divide(total(known), len(known)) if known else None


def largest(values: Iterable[Any] | None) -> Any:
    return max(present(values), default=None)


def smallest(values: Iterable[Any] | None) -> Any:
    return min(present(values), default=None)


def count(values: Iterable[Any] | None) -> int:
    return len(present(values))


def distinct(values: Iterable[Any] | None) -> int:
    return len(set(present(values)))


def _item(call: Call, checking: Checking) -> Type:
    """Return the type of what the call runs over: the items of a list, or an expression for each row."""
    first = checking.visit(call.args[0])
    if first.kind == "rows" and len(call.args) > 1:
        with checking.row_of(call.args[0], first):
            return checking.visit(call.args[1])
    if first.kind == "list" and len(call.args) == 1:
        return first.item or types.ANY
    if first.kind == "rows":
        message = _(
            "%(function)s(重复表, 算式) 的第二个参数是每行的算式，如 row.金额；或写 %(function)s(重复表.列)",
            function=call.name,
        )
    else:
        message = _(
            "%(function)s 的第一个参数应是重复表或重复表的列，这里是%(kind)s",
            function=call.name,
            kind=first.label,
        )
    checking.refuse(call.args[0], "not_rows", message)
    return types.ANY


def over(*kinds: str, result: Type | None = None) -> Callable[[Call, Checking], Type]:
    """Return a check: the values are of one of `kinds`; the result is `result`, or of their type."""

    def check(call: Call, checking: Checking) -> Type:
        item = _item(call, checking)
        if kinds and not item.is_a(*kinds):
            message = _(
                "%(function)s 需要%(wanted)s，这里是%(kind)s",
                function=call.name,
                wanted=wording.labels(kinds),
                kind=item.label,
            )
            checking.refuse(call.args[-1], "wrong_type", message)
        return item if result is None else result

    return check


def check_extreme(call: Call, checking: Checking) -> Type:
    if len(call.args) == 1 or checking.visit(call.args[0]).kind == "rows":
        return over(*_ORDERED)(call, checking)
    kind = common(call.args, checking)
    if not kind.is_a(*_ORDERED):
        message = _("%(function)s 需要可比较大小的值，这里是%(kind)s", function=call.name, kind=kind.label)
        checking.refuse(call, "wrong_type", message)
    return kind


def check_each(*, result: Type, valued: bool = False) -> Callable[[Call, Checking], Type]:
    """Return a check for `f(rows, condition)`, or with a number for each row as the third argument."""

    def check(call: Call, checking: Checking) -> Type:
        first = checking.visit(call.args[0])
        if first.kind != "rows":
            message = _(
                "%(function)s 的第一个参数应是重复表，这里是%(kind)s", function=call.name, kind=first.label
            )
            checking.refuse(call.args[0], "not_rows", message)
            return result
        with checking.row_of(call.args[0], first):
            if not (kind := checking.visit(call.args[1])).is_a("boolean"):
                message = _(
                    "%(function)s 的第二个参数应是条件（是/否），这里是%(kind)s",
                    function=call.name,
                    kind=kind.label,
                )
                checking.refuse(call.args[1], "not_a_condition", message)
            if valued and not (kind := checking.visit(call.args[2])).is_a("number"):
                message = _(
                    "%(function)s 的第三个参数应是数字，这里是%(kind)s",
                    function=call.name,
                    kind=kind.label,
                )
                checking.refuse(call.args[2], "wrong_type", message)
        return result

    return check


def write_with(run: Callable[[Any], Any], *, empty: bool) -> Callable[[Call, Writing], Value]:
    """Return a writer that hands all values to `run`: a list, scalars, or one for each row."""

    def write(call: Call, writing: Writing) -> Value:
        if writing.kind(call.args[0]).kind == "rows" and len(call.args) > 1:

            def each() -> None:
                writing.line(f"result.append({writing.value(call.args[1]).atom})")

            values = writing.loop(call.args[0], first="result = []", each=each, last="result")
        elif len(call.args) > 1:
            values = f"({', '.join(writing.value(arg).atom for arg in call.args)})"
        elif writing.kind(call.args[0]).kind in ("list", "rows", "any"):
            values = writing.value(call.args[0]).atom
        else:
            values = f"({writing.value(call.args[0]).atom},)"
        result = writing.fresh()
        writing.line(f"{result} = {writing.constant(run)}({values})")
        return Value(result, empty)

    return write


def write_sum(call: Call, writing: Writing) -> Value:
    if len(call.args) == 1:
        return write_with(total, empty=False)(call, writing)

    def each() -> None:
        writing.line(f"result = add(result, {writing.number(call.args[1])})")

    return Value(writing.loop(call.args[0], first="result = ZERO", each=each, last="result"), empty=False)


def write_sum_if(call: Call, writing: Writing) -> Value:
    def each() -> None:
        writing.line(f"if {writing.value(call.args[1]).atom}:")
        with writing.indented():
            writing.line(f"result = add(result, {writing.number(call.args[2])})")

    return Value(writing.loop(call.args[0], first="result = ZERO", each=each, last="result"), empty=False)


def write_each(*, first: str, test: str, then: str, last: str) -> Callable[[Call, Writing], Value]:
    """Return a writer of a loop that tests each row."""

    def write(call: Call, writing: Writing) -> Value:
        def each() -> None:
            writing.line(f"{test} {writing.value(call.args[1]).atom}:")
            with writing.indented():
                writing.line(then)

        return Value(writing.loop(call.args[0], first=first, each=each, last=last), empty=False)

    return write


def check_count(call: Call, checking: Checking) -> Type:
    kind = checking.visit(call.args[0])
    if not kind.is_a("rows", "list"):
        message = _("count 的参数应是重复表、重复表的列或多选字段，这里是%(kind)s", kind=kind.label)
        checking.refuse(call.args[0], "not_rows", message)
    return types.number(scale=0)
