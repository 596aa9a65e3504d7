"""Kinds of value in documents. Each says what it expected and what it found."""

import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields

from runtime.language.schemas.wrong import (
    MISSING,
    NULL,
    meant,
    no_such_word,
    shown,
    wrong,
    wrong_type,
)
from runtime.language.speech import _
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
        "required": [MISSING],
        "null": [NULL],
    }


class Text(Item):
    """Text of people."""

    def __init__(self, *, least: int = 0, longest: int = LONGEST_TEXT, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least = least
        self.longest = longest

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> str:
        if not isinstance(value, str):
            raise _no_text(value)
        if len(value) < self.least:
            raise wrong("empty", _("这里没有填写内容"))
        if len(value) > self.longest:
            message = _("最多 %(most)s 个字，现有 %(count)s 个", most=self.longest, count=len(value))
            raise wrong("too_long", message)
        return value


def _no_text(value: object) -> ValidationError:
    if isinstance(value, int | Decimal):
        return wrong_type(_("应为文字，实为%(found)s，文字请加引号", found=shown(value)))
    return wrong_type(_("应为文字，实为%(found)s", found=shown(value)))


class Code(Text):
    """A new name: snake_case, at most 40 characters, not a word of the language."""

    def __init__(self, *, kept: Collection[str] = KEPT, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kept = kept

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> str:
        code: str = super()._deserialize(value)
        if not _CODE.fullmatch(code):
            message = _("代码应为小写字母开头的小写字母、数字和下划线，实为%(found)s", found=shown(code))
            raise wrong("code", message)
        if len(code) > LONGEST_CODE:
            message = _(
                "代码最多 %(most)s 个字符，%(code)s 有 %(count)s 个",
                most=LONGEST_CODE,
                code=code,
                count=len(code),
            )
            raise wrong("code", message)
        if code in self.kept:
            raise wrong("reserved", _("%(code)s 是系统保留的名称，请换一个", code=code))
        return code


class Ref(Text):
    """A name defined elsewhere: `code`, or `pack/code`."""

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> str:
        ref: str = super()._deserialize(value)
        if not _REF.fullmatch(ref):
            raise wrong("reference", _("应为代码，或“包/代码”，实为%(found)s", found=shown(ref)))
        return ref


class Formula(Item):
    """An expression as text; plain numbers, true, false and null may stand without quotes."""

    def deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        """Return the text; an empty value is the expression `null`, not a missing one."""
        return "null" if value is None else super().deserialize(value, *args, **kwargs)

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | Decimal):
            return format(Decimal(value), "f")
        if not isinstance(value, str):
            raise wrong_type(_("应为表达式，实为%(found)s", found=shown(value)))
        if not value.strip():
            raise wrong("empty", _("这里应填写表达式"))
        return value

    def _serialize(self, value: Any, *_args: Any, **_kwargs: Any) -> Any:
        if isinstance(value, str) and (number := NUMBER.fullmatch(value)):
            return Decimal(value) if number[1] else int(value)
        return WORDS.get(value, value)


class Choice(Item):
    """One of the words listed."""

    def __init__(self, *words: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.words = words

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> str:
        if value not in self.words or not isinstance(value, str):
            hint = meant(value, self.words) if isinstance(value, str) else ""
            raise wrong("not_allowed", no_such_word(self.words, value) + hint)
        return value


class Truth(Item):
    """True or false."""

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise wrong_type(_("应为 true 或 false，实为%(found)s", found=shown(value)))
        return value


class Whole(Item):
    """A whole number between two bounds, both included."""

    def __init__(self, *, least: int = 0, most: int = 1_000_000, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least, self.most = least, most

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise wrong_type(_("应为整数，实为%(found)s", found=shown(value)))
        if not self.least <= value <= self.most:
            message = _(
                "应在 %(least)s 与 %(most)s 之间，实为 %(found)s",
                least=self.least,
                most=self.most,
                found=value,
            )
            raise wrong("not_allowed", message)
        return value


class Constant(Item):
    """One plain value: text, a number, true or false."""

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> Any:
        if isinstance(value, list | Mapping):
            raise wrong_type(_("应为一个值，实为%(found)s", found=shown(value)))
        return value


class Data(Item):
    """Any value, as it stands in the document."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_none=True, **kwargs)

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> Any:
        return value
