"""YAML text to plain values: the 1.2 core schema, narrowed to what cannot be misread.

Only `true`, `false` and `null` are words; `on`, `no`, `~`, dates and times are text. Whole numbers become
`int`, numbers with a point an exact `Decimal`; anything else that looks like a number (`007`, `1e3`, `0x1F`)
is text, since in a business document it is a code. Anchors, aliases and tags are refused: a document says
everything where it stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError, YAMLStreamError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from runtime.language.place import Place, written
from runtime.language.problem import Problem, Problems
from runtime.language.speech import _

LARGEST = 1_000_000
DEEPEST = 30
#: Values and keys of one document: each takes far longer to read than its characters.
MOST_NODES = 100_000
#: Digits of a number; expressions compute with 34.
LONGEST_NUMBER = 34
#: How JSON marks an exact number, since it has none itself; so no document has a key of this name.
NUMBER_MARK = "$number"

WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "": None}
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Document:
    """A read document: plain values, and where each of them stands."""

    value: Any
    #: Line by place, both from 1; a key's line for what is in a mapping.
    lines: dict[Place, int] = field(default_factory=dict)

    def line(self, place: Place) -> int | None:
        """Return the line of a place, or of the nearest one around it that is written."""
        while place not in self.lines and place:
            place = place[:-1]
        return self.lines.get(place)


class _Broken(Exception):
    def __init__(self, code: str, message: str, place: Place, line: int | None) -> None:
        super().__init__(message)
        self.problem = Problem(code, written(place), message, line=line)


def read_yaml(text: str) -> Document:
    """Return the one document in `text`.

    :raises Problems: with the first thing that makes it unreadable and its line.
    """
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        message = _("文件超过 %(most)s kB，请拆成几个文件", most=LARGEST // 1000)
        raise Problems([Problem("too_large", "$", message)])
    if text.count("]") + text.count("}") > MOST_NODES:
        raise Problems([Problem("too_large", "$", _too_many())])  # without reading any of it
    try:
        return _Reading(text.removeprefix("\ufeff")).document()
    except _Broken as broken:
        raise Problems([broken.problem]) from None
    except (YAMLError, YAMLStreamError) as error:
        raise Problems([_syntax_problem(error)]) from None
    except (ValueError, LookupError, NotImplementedError, OverflowError) as error:
        # The scanner does not expect some broken escapes and directives and fails in its own way.
        message = _("不是有效的 YAML：%(error)s", error=type(error).__name__)
        raise Problems([Problem("yaml", "$", message)]) from None


def _too_many() -> str:
    return _("文件超过 %(most)s 项，请拆成几个文件", most=MOST_NODES)


def _syntax_problem(error: Exception) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark else None
    if getattr(error, "character", None) is not None:
        return Problem("control_character", "$", _("含有 YAML 不允许的控制字符"), line=line)
    reason = getattr(error, "problem", None) or type(error).__name__
    if mark:
        message = _(
            "第 %(line)s 行第 %(column)s 列附近 YAML 写法有误，"
            "请检查缩进、冒号后的空格、引号和括号（%(reason)s）",
            line=line,
            column=mark.column + 1,
            reason=reason,
        )
    else:
        message = _("文件中 YAML 写法有误，请检查缩进、冒号后的空格、引号和括号（%(reason)s）", reason=reason)
    return Problem("yaml", "$", message, line=line)


class _Reading:
    """Composes events into values; `ruamel` scans and parses lazily, so caps stop it early."""

    def __init__(self, text: str) -> None:
        self.events: Iterator[Any] = YAML(typ="safe", pure=True).parse(text)
        self.lines: dict[Place, int] = {}

    def document(self) -> Document:
        next(self.events)  # stream start
        start = next(self.events)
        if isinstance(start, StreamEndEvent):
            return Document(None, {(): 1})
        assert isinstance(start, DocumentStartEvent)
        if start.version or start.tags:
            raise self._broken("directive", _("不支持 % 指令"), (), start)
        first = next(self.events)
        self.lines[()] = first.start_mark.line + 1
        value = self._value(first, (), 0)
        next(self.events)  # document end
        after = next(self.events)
        if not isinstance(after, StreamEndEvent):
            message = _("一个文件只能有一份文档，不能用 --- 分隔")
            raise self._broken("several_documents", message, (), after)
        return Document(value, self.lines)

    def _value(self, event: Any, place: Place, depth: int) -> Any:
        if isinstance(event, AliasEvent) or event.anchor is not None:
            message = _("不支持锚点和引用（& 与 *），请直接写出内容")
            raise self._broken("alias", message, place, event)
        if event.ctag is not None:
            raise self._broken("tag", _("不支持标签 %(tag)s", tag=event.tag), place, event)
        if isinstance(event, ScalarEvent):
            return self._plain(event, place) if event.style is None else event.value
        if depth >= DEEPEST:
            raise self._broken("too_deep", _("嵌套超过 %(most)s 层", most=DEEPEST), place, event)
        if isinstance(event, SequenceStartEvent):
            return self._list(place, depth)
        assert isinstance(event, MappingStartEvent)
        return self._mapping(place, depth)

    def _list(self, place: Place, depth: int) -> list[Any]:
        values: list[Any] = []
        for event in self.events:
            if isinstance(event, SequenceEndEvent):
                break
            here = (*place, len(values))
            self._note(here, event)
            values.append(self._value(event, here, depth + 1))
        return values

    def _mapping(self, place: Place, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, MappingEndEvent):
                break
            if not isinstance(event, ScalarEvent) or event.anchor is not None or event.ctag is not None:
                raise self._broken("key", _("键必须是文字"), place, event)
            key: str = event.value
            here = (*place, key)
            if key == NUMBER_MARK:
                raise self._broken("key", _("键不能叫 %(key)s", key=NUMBER_MARK), here, event)
            if key in values:
                raise self._broken("duplicate_key", _("键 %(key)s 写了两次", key=key), here, event)
            self._note(here, event)
            values[key] = self._value(next(self.events), here, depth + 1)
        return values

    def _note(self, place: Place, event: Any) -> None:
        if len(self.lines) >= MOST_NODES:
            raise self._broken("too_large", _too_many(), (), event)
        self.lines[place] = event.start_mark.line + 1

    def _plain(self, event: Any, place: Place) -> Any:
        text: str = event.value
        if text in WORDS:
            return WORDS[text]
        number = NUMBER.fullmatch(text)
        if not number:
            return text
        if len(text) > LONGEST_NUMBER:
            message = _("数字超过 %(most)s 位；编号请加引号", most=LONGEST_NUMBER)
            raise self._broken("long_number", message, place, event)
        return Decimal(text) if number[1] else int(text)

    def _broken(self, code: str, message: str, place: Place, event: Any) -> _Broken:
        return _Broken(code, message, place, event.start_mark.line + 1)
