"""What a schema says when a document is wrong: a code and a sentence, kept until the place is known."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from marshmallow import ValidationError
from marshmallow.exceptions import SCHEMA

from runtime.language.place import Place

#: Longest piece of a document that a message repeats.
_LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing wrong at the place where it is raised."""

    code: str
    message: str


def wrong(code: str, message: str) -> ValidationError:
    """Return the error to raise."""
    return ValidationError([Wrong(code, message)])


def wrong_at(found: dict[str | int, Any]) -> ValidationError:
    """Return the error to raise for several places below: keys to `[Wrong, …]` or deeper mappings."""
    return ValidationError(found)


def wrong_type(expected: str, found: object) -> ValidationError:
    """Return the error for a value of another type."""
    hint = "，文字请加引号" if expected.startswith("文字") and isinstance(found, int | Decimal) else ""
    return wrong("wrong_type", f"应为{expected}，实为{shown(found)}{hint}")


def shown(value: object) -> str:
    """Return a value as a message shows it."""
    match value:
        case None:
            return "空"
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return f"数字 {value}"
        case str():
            return f"“{value if len(value) <= _LONGEST_SHOWN else value[: _LONGEST_SHOWN - 1] + '…'}”"
        case Mapping():
            return "一组键值"
    return "列表"


def meant(word: str, known: Iterable[str]) -> str:
    """Return "，是否想写 x" for the known word nearest to `word`, empty if none is near."""
    close = get_close_matches(word, list(known), n=1)
    return f"，是否想写 {close[0]}" if close else ""


#: What marshmallow's own fields say (the options of field types use them), in our words.
_STANDARD: tuple[tuple[str, Wrong], ...] = (
    ("Missing data", Wrong("missing", "缺少这个键")),
    ("Field may not be null", Wrong("empty", "这里没有填写内容")),
    ("Unknown field", Wrong("unknown_key", "没有这个键")),
    ("Not a valid string", Wrong("wrong_type", "应为文字")),
    ("Not a valid integer", Wrong("wrong_type", "应为整数")),
    ("Not a valid number", Wrong("wrong_type", "应为数字")),
    ("Not a valid boolean", Wrong("wrong_type", "应为 true 或 false")),
    ("Not a valid list", Wrong("wrong_type", "应为列表")),
    ("Not a valid mapping", Wrong("wrong_type", "应为一组键值")),
    ("Invalid input type", Wrong("wrong_type", "应为一组键值")),
    ("Must be one of: ", Wrong("not_allowed", "只能是 {rest}")),
    ("Must be greater than or equal to ", Wrong("not_allowed", "不能小于 {rest}")),
    ("Must be less than or equal to ", Wrong("not_allowed", "不能大于 {rest}")),
)


def each_wrong(messages: object, place: Place = ()) -> Iterator[tuple[Place, Wrong]]:
    """Yield what marshmallow collected, each with its place."""
    if isinstance(messages, Mapping):
        for key, below in messages.items():
            yield from each_wrong(below, place if key == SCHEMA else (*place, key))
        return
    for message in messages if isinstance(messages, list) else [messages]:
        yield place, _named(message if isinstance(message, Wrong) else _translated(str(message)), place)


def _translated(message: str) -> Wrong:
    for start, translation in _STANDARD:
        if message.startswith(start):
            rest = message.removeprefix(start).rstrip(".")
            return Wrong(translation.code, translation.message.format(rest=rest))
    return Wrong("not_allowed", message)


def _named(found: Wrong, place: Place) -> Wrong:
    if found.code == "missing" and place:
        return Wrong("missing", f"缺少 {place[-1]}")
    return found
