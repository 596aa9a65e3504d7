"""Kinds of value in documents. Each says what it expected and what it found."""

import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields
from marshmallow.exceptions import SCHEMA

from runtime.language.schemas.document import Document, shared
from runtime.language.schemas.wrong import Wrong, meant, shown, wrong, wrong_at, wrong_type
from runtime.language.yaml_text import NUMBER, WORDS

LONGEST_CODE = 40
#: Longest label, name or message.
LONGEST_TEXT = 2000

#: Words that expressions keep for themselves; nothing may be called so.
KEPT = frozenset(
    {"row", "old", "form", "record", "flow", "initiator", "current_user", "start"}
    | {"and", "or", "not", "in", "is", "if", "true", "false", "null"}
)

_CODE = re.compile(r"[a-z][a-z0-9_]*")
_REF = re.compile(r"[a-z][a-z0-9_]*(?:/[a-z][a-z0-9_]*)?")


class Item(fields.Field[Any]):
    """Base of all kinds."""

    default_error_messages = {  # noqa: RUF012 - as Field has it
        "required": [Wrong("missing", "缺少这个键")],
        "null": [Wrong("empty", "这里没有填写内容；不需要就删去这个键")],
    }


class Text(Item):
    """Text of people."""

    def __init__(self, *, least: int = 0, longest: int = LONGEST_TEXT, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least = least
        self.longest = longest

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        if not isinstance(value, str):
            raise wrong_type("文字", value)
        if len(value) < self.least:
            raise wrong("empty", "这里没有填写内容")
        if len(value) > self.longest:
            raise wrong("too_long", f"最多 {self.longest} 个字，现有 {len(value)} 个")
        return value


class Code(Text):
    """A new name: snake_case, at most 40 characters, not a word of the language."""

    def __init__(self, *, kept: Collection[str] = KEPT, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kept = kept

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        code: str = super()._deserialize(value)
        if not _CODE.fullmatch(code):
            raise wrong("code", f"代码应为小写字母开头的小写字母、数字和下划线，实为{shown(code)}")
        if len(code) > LONGEST_CODE:
            raise wrong("code", f"代码最多 {LONGEST_CODE} 个字符，{code} 有 {len(code)} 个")
        if code in self.kept:
            raise wrong("reserved", f"{code} 是系统保留的名称，请换一个")
        return code


class Ref(Text):
    """A name defined elsewhere: `code`, or `pack/code`."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        ref: str = super()._deserialize(value)
        if not _REF.fullmatch(ref):
            raise wrong("reference", f"应为代码，或“包/代码”，实为{shown(ref)}")
        return ref


class Formula(Item):
    """An expression as text; plain numbers, true, false and null may stand without quotes."""

    def deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        """Return the text; an empty value is the expression `null`, not a missing one."""
        return "null" if value is None else super().deserialize(value, *args, **kwargs)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | Decimal):
            return format(Decimal(value), "f")
        if not isinstance(value, str):
            raise wrong_type("表达式", value)
        if not value.strip():
            raise wrong("empty", "这里应填写表达式")
        return value

    def _serialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if isinstance(value, str) and (number := NUMBER.fullmatch(value)):
            return Decimal(value) if number[1] else int(value)
        return WORDS.get(value, value)


class Choice(Item):
    """One of the words listed."""

    def __init__(self, *words: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.words = words

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        if value not in self.words or not isinstance(value, str):
            hint = meant(value, self.words) if isinstance(value, str) else ""
            raise wrong("not_allowed", f"只能是 {'、'.join(self.words)}，实为{shown(value)}{hint}")
        return value


class Truth(Item):
    """True or false."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> bool:
        if not isinstance(value, bool):
            raise wrong_type(" true 或 false", value)
        return value


class Whole(Item):
    """A whole number between two bounds, both included."""

    def __init__(self, *, least: int = 0, most: int = 1_000_000, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least, self.most = least, most

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise wrong_type("整数", value)
        if not self.least <= value <= self.most:
            raise wrong("not_allowed", f"应在 {self.least} 与 {self.most} 之间，实为 {value}")
        return value


class Constant(Item):
    """One plain value: text, a number, true or false."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if isinstance(value, list | Mapping):
            raise wrong_type("一个值", value)
        return value


class Data(Item):
    """Any value, as it stands in the document."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_none=True, **kwargs)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        return value


class Nested(Item):
    """A document inside a document."""

    def __init__(self, schema: type[Document], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.schema = schema

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if not isinstance(value, Mapping):
            raise wrong_type("一组键值", value)
        return shared(self.schema).load(value)

    def _serialize(self, value: Any, *_: Any, **__: Any) -> Any:
        return None if value is None else shared(self.schema).dump(value)


class Listed(Item):
    """A list of one kind; `distinct` names the attribute in which no two may be equal."""

    def __init__(self, item: Item, *, least: int = 0, distinct: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.item, self.least, self.distinct = item, least, distinct

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise wrong_type("列表", value)
        found: list[Any] = []
        errors: dict[str | int, Any] = {}
        for index, one in enumerate(value):
            try:
                found.append(self.item.deserialize(one))
            except ValidationError as error:
                errors[index] = error.messages
        if len(value) < self.least:
            errors[SCHEMA] = [Wrong("too_few", f"至少要有 {self.least} 项")]
        if self.distinct:
            for index, fault in _repeated(value, self.distinct):
                errors.setdefault(index, fault)
        if errors:
            raise wrong_at(errors)
        return tuple(found)

    def _serialize(self, value: Any, *_: Any, **__: Any) -> Any:
        return None if value is None else [self.item._serialize(one, None, None) for one in value]


def _repeated(values: list[Any], key: str) -> list[tuple[int, Any]]:
    seen: dict[Any, int] = {}
    found: list[tuple[int, Any]] = []
    for index, one in enumerate(values):
        name = one.get(key) if isinstance(one, Mapping) else None
        if not isinstance(name, str):
            continue
        if name in seen:
            message = f"{name} 与第 {seen[name] + 1} 项重复"
            found.append((index, {key: [Wrong("duplicate", message)]}))
        seen.setdefault(name, index)
    return found


class Table(Item):
    """Keys to values of one kind; keys are checked against a pattern of their own."""

    def __init__(self, item: Item, *, key: Item | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.item, self.key = item, key or Text()

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise wrong_type("一组键值", value)
        found: dict[str, Any] = {}
        errors: dict[str | int, Any] = {}
        for key, one in value.items():
            try:
                self.key.deserialize(key)
                found[key] = self.item.deserialize(one)
            except ValidationError as error:
                errors[key] = error.messages
        if errors:
            raise wrong_at(errors)
        return found

    def _serialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if value is None:
            return None
        return {key: self.item._serialize(one, None, None) for key, one in value.items()}
