"""Functions of texts."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any

from runtime.language.expressions import types
from runtime.language.expressions.environment import Env
from runtime.language.expressions.function import Checking, Function, Param, Value, Writing
from runtime.language.expressions.pattern import InvalidPattern, compiled
from runtime.language.expressions.tree import Call, Literal
from runtime.language.expressions.types import ORGANISATION, TEXTUAL, Type
from runtime.language.expressions.values import limited, plain
from runtime.language.speech import _

FAMILY = "文字"
_TEXTUAL = tuple(sorted(TEXTUAL))


def shown(env: Env, value: Any, kind: Type) -> str:
    """Return `value` as people read it: labels of dictionary values, names of people and departments."""
    if value is None:
        return ""
    if kind.kind == "list" and isinstance(value, Sequence):
        item = kind.item or types.ANY
        return "、".join(shown(env, one, item) for one in value)
    if kind.kind == "rows":
        return "；".join(_row_shown(env, row, kind.columns) for row in value)
    if isinstance(value, str) and kind.dictionary:
        return env.ports.label(dictionary=kind.dictionary, value=value)
    if isinstance(value, str) and kind.kind in ORGANISATION:
        return env.ports.name(kind=kind.kind, code=value)
    return plain(value, _zone(env))


def _row_shown(env: Env, row: Mapping[str, Any], columns: Mapping[str, Type]) -> str:
    cells = (shown(env, row.get(code), kind) for code, kind in columns.items())
    return "，".join(cell for cell in cells if cell)


def _zone(env: Env) -> tzinfo:
    return env.ports.zone


def _text(env: Env, value: Any, kind: Type) -> str | None:
    return limited(shown(env, value, kind))


def _concat(env: Env, *values: Any) -> str | None:
    zone = env.ports.zone
    return limited("".join(plain(value, zone) for value in values))


def _len(value: Sequence[Any] | None) -> int:
    return len(value) if value is not None else 0


def _contains(container: Sequence[Any] | None, wanted: Any) -> bool:
    return container is not None and wanted is not None and wanted in container


def _matches(value: str | None, pattern: str) -> bool:
    return value is not None and compiled(pattern).matches(value)


def _write_text(call: Call, writing: Writing) -> Value:
    value = writing.value(call.args[0])
    result = writing.fresh()
    kind = writing.constant(writing.kind(call.args[0]))
    writing.line(f"{result} = {writing.constant(_text)}(env, {value.atom}, {kind})")
    return Value(result, empty=True)


def _check_matches(call: Call, checking: Checking) -> Type:
    subject, pattern = call.args
    kind = checking.visit(subject)
    if not kind.is_a(*TEXTUAL):
        message = _("matches 的第一个参数应是文字，这里是%(kind)s", kind=kind.label)
        checking.refuse(subject, "wrong_type", message)
    if not isinstance(pattern, Literal) or not isinstance(pattern.value, str):
        checking.refuse(pattern, "not_literal", _("模式应直接写成文字，如 '^[0-9]+$'"))
        return types.BOOLEAN
    try:
        compiled(pattern.value)
    except InvalidPattern as error:
        checking.refuse(pattern, "bad_pattern", str(error))
    return types.BOOLEAN


TEXTS = (
    Function(
        name="concat",
        family=FAMILY,
        params=(Param("值", many=True),),
        result=types.TEXT,
        help="连接成一段文字；空值不占位，字典项用编码，日期写作 2026-04-01。",
        example="concat('HT', '-', 1, '-', null)",
        gives="HT-1-",
        run=_concat,
        wants_env=True,
    ),
    Function(
        name="text",
        family=FAMILY,
        params=(Param("值"),),
        result=types.TEXT,
        help="转成给人看的文字：字典项和人员、部门显示名称，列表用顿号连接，日期写作 2026-04-01。",
        example="text(3.50)",
        gives="3.5",
        write=_write_text,
        wants_env=True,
        reads=frozenset({"labels"}),
    ),
    Function(
        name="len",
        family=FAMILY,
        params=(Param("文字或列表", (*_TEXTUAL, "list", "rows")),),
        result=types.number(scale=0),
        help="文字的字数，或列表的项数；空为 0。",
        example="len('合同')",
        gives="2",
        run=_len,
        total=True,
    ),
    Function(
        name="contains",
        family=FAMILY,
        params=(Param("文字或列表", (*_TEXTUAL, "list")), Param("要找的值")),
        result=types.BOOLEAN,
        help="前者是否包含后者；任一为空则不成立。",
        example="contains('销售合同', '合同')",
        gives="是",
        run=_contains,
        total=True,
    ),
    Function(
        name="matches",
        family=FAMILY,
        params=(Param("文字", _TEXTUAL), Param("模式", ("text",))),
        result=types.BOOLEAN,
        help="整段文字是否符合模式（正则表达式：[0-9]、\\d、*、+、?、{2,5}、|、括号）；空不符合。",
        example="matches('1.20.3', '[0-9]+[.][0-9]+[.][0-9]+')",
        gives="是",
        run=_matches,
        total=True,
        check=_check_matches,
    ),
)
