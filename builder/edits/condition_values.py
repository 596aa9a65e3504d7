"""The sides of a row of the condition builder: fields, and the values they are compared with."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from builder.edits.expression_source import SUM, source_of, written_text
from runtime.language.expressions import ExpressionError, Names, check, parse
from runtime.language.expressions.build import LONGEST_TEXT
from runtime.language.expressions.tree import Call, ListOf, Literal, Name, Node
from runtime.language.refusal import Refused
from runtime.language.speech import _

#: Functions that make one value of a sub-table or a list, so that a row can compare it.
FUNCTIONS = ("count", "sum", "avg", "max", "min", "distinct_count", "len")
#: Most days that a row may say: a hundred years.
MOST_DAYS = 36_600
_LONGEST_MOMENT = len("2026-04-01 09:00")
#: Items of one list.
MOST_ITEMS = 200

_NAME = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")
_NUMBER = re.compile(r"-?[0-9]{1,24}(\.[0-9]{1,10})?")
_WORDS = frozenset({"and", "or", "not", "in", "is", "null", "true", "false"})


def field_of(node: Node) -> dict[str, Any] | None:
    """Return the field that a row can be about: a name, or one of `FUNCTIONS` of a name; None for others."""
    match node:
        case Name():
            return {"field": node.dotted, "of": ""}
        case Call(name=name, args=(Name() as inside,), named=()) if name in FUNCTIONS:
            return {"field": inside.dotted, "of": name}
    return None


def read_value(node: Node) -> dict[str, Any]:
    """Return a value as a row shows it; what has no shape of its own is a formula."""
    moment = _moment(node)
    if moment is not None:
        return moment
    match node:
        case Literal(value=bool() as value):
            return {"kind": "boolean", "value": value}
        case Literal(value=Decimal() as number):
            return {"kind": "number", "text": format(number, "f")}
        case Literal(value=str() as text):
            return {"kind": "text", "text": text}
        case ListOf(items=items) if items and all(_is_item(one) for one in items):
            return {"kind": "list", "items": [read_value(one) for one in items]}
    field = field_of(node)
    return {"kind": "name", **field} if field else {"kind": "formula", "text": source_of(node)}


def written_field(row: Mapping[str, Any]) -> str:
    """Return the text of a row's field.

    :raises Refused: if there is none.
    """
    name, function = row.get("field"), row.get("of") or ""
    if not isinstance(name, str) or not _NAME.fullmatch(name) or _WORDS & set(name.split(".")):
        raise Refused("no_field", _("请选择字段。"))
    if function == "":
        return name
    if function not in FUNCTIONS:
        raise Refused("bad_rows", _("不认识的汇总方式。"))
    return f"{function}({name})"


def written_value(value: Any) -> str:
    """Return the text of a row's value.

    :raises Refused: if there is none, or it makes no sense.
    """
    if not isinstance(value, Mapping):
        raise Refused("no_value", _("请填写值。"))
    match value.get("kind"):
        case "text":
            return _text(value.get("text"))
        case "number":
            return _number(value.get("text"))
        case "boolean" if isinstance(value.get("value"), bool):
            return "true" if value["value"] else "false"
        case "list":
            return _list(value.get("items"))
        case "name":
            return written_field(value)
        case "today" | "now" as word:
            return _written_moment(word, value.get("days"))
        case "date" | "datetime" as word:
            return _written_out(word, value.get("text"))
        case "formula":
            return _formula(value.get("text"))
    raise Refused("no_value", _("请填写值。"))


def _moment(node: Node) -> dict[str, Any] | None:
    match node:
        case Call(name="today" | "now" as word, args=(), named=()):
            return {"kind": word, "days": 0}
        case Call(
            name="add_days",
            args=(Call(name="today" | "now" as word, args=()), Literal(value=Decimal() as days)),
        ) if days == int(days) and 0 < abs(days) <= MOST_DAYS:
            return {"kind": word, "days": int(days)}
        case Call(name="date" | "datetime" as word, args=(Literal(value=str() as text),), named=()) if (
            _is_written_out(word, text)
        ):
            return {"kind": word, "text": text}
    return None


def _is_item(node: Node) -> bool:
    return isinstance(node, Literal) and isinstance(node.value, str | Decimal)


def _written_moment(word: str, days: Any) -> str:
    if type(days) is not int or abs(days) > MOST_DAYS:
        raise Refused("no_value", _("天数应为整数，最多 %(most)s 天。", most=MOST_DAYS))
    return f"add_days({word}(), {days})" if days else f"{word}()"


def _is_written_out(word: str, text: Any) -> bool:
    """Tell whether a text is a date, or a moment, as the language writes it."""
    if not isinstance(text, str) or not text or len(text) > _LONGEST_MOMENT or not text.isprintable():
        return False
    return not check(parse(f"{word}({written_text(text)})"), names=Names()).problems


def _written_out(word: str, text: Any) -> str:
    if not _is_written_out(word, text):
        sample = "2026-04-01" if word == "date" else "2026-04-01 09:00"
        raise Refused("no_value", _("请填写日期，如 %(sample)s。", sample=sample))
    return f"{word}({written_text(text)})"


def _text(text: Any) -> str:
    if not isinstance(text, str) or not text:
        raise Refused("no_value", _("请填写值。"))
    if len(text) > LONGEST_TEXT or any(one < " " or "\ud800" <= one <= "\udfff" for one in text):
        raise Refused("bad_value", _("文字最多 %(most)s 个字，不能换行。", most=LONGEST_TEXT))
    return written_text(text)


def _number(text: Any) -> str:
    if not isinstance(text, str) or not _NUMBER.fullmatch(text):
        raise Refused("bad_value", _("请填写数字，如 1000 或 0.5。"))
    number = Decimal(text)
    return format(number, "f") if number else "0"


def _list(items: Any) -> str:
    if not isinstance(items, list) or not items:
        raise Refused("no_value", _("请至少选择一个值。"))
    if len(items) > MOST_ITEMS:
        raise Refused("too_many", _("最多 %(most)s 个值。", most=MOST_ITEMS))
    texts = []
    for one in items:
        if not isinstance(one, Mapping) or one.get("kind") not in ("text", "number"):
            raise Refused("bad_value", _("列表中只能是文字或数字。"))
        texts.append(written_value(one))
    return f"({texts[0]},)" if len(texts) == 1 else f"({', '.join(texts)})"


def _formula(text: Any) -> str:
    if not isinstance(text, str) or not text.strip():
        raise Refused("no_value", _("请填写算式。"))
    try:
        return source_of(parse(text).root, least=SUM)
    except ExpressionError as error:
        raise Refused("bad_value", error.problem.message) from None
