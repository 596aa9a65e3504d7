"""What a schema says when a document is wrong: a code and a sentence, kept until the place is known."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from marshmallow import ValidationError
from marshmallow.exceptions import SCHEMA

from runtime.language.place import Place
from runtime.language.speech import _, listed
from runtime.language.vocabulary import Word

#: Longest piece of a document that a message repeats.
_LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing wrong at the place where it is raised."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Standing(Wrong):
    """One whose message is given once for all, as marshmallow wants it: said where its place becomes known.

    `%(rest)s` in it is what marshmallow says after the words that stand for it.
    """


def wrong(code: str, message: str) -> ValidationError:
    """Return the error to raise."""
    return ValidationError([Wrong(code, message)])


def wrong_at(found: dict[str | int, Any]) -> ValidationError:
    """Return the error to raise for several places below: keys to `[Wrong, …]` or deeper mappings."""
    return ValidationError(found)


def wrong_type(message: str) -> ValidationError:
    """Return the error for a value of another type."""
    return wrong("wrong_type", message)


def no_mapping(found: object) -> ValidationError:
    """Return the error for what should be keys with their values."""
    return wrong_type(_("应为一组键值，实为%(found)s", found=shown(found)))


def no_such_word(words: Iterable[str], found: object) -> str:
    """Return the sentence for what is none of the words allowed."""
    return _("只能是 %(words)s，实为%(found)s", words=listed(words), found=shown(found))


def no_such_key(word: Word, key: str) -> str:
    """Return the sentence for a key that what `word` names does not have."""
    return _("%(label)s（%(code)s）没有 %(key)s 这个键", label=_(word.label), code=word.code, key=key)


def shown(value: object) -> str:
    """Return a value as a message shows it."""
    match value:
        case None:
            return _("空")
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return _("数字 %(value)s", value=value)
        case str():
            piece = value if len(value) <= _LONGEST_SHOWN else value[: _LONGEST_SHOWN - 1] + "…"
            return _("“%(value)s”", value=piece)
        case Mapping():
            return _("一组键值")
    return _("列表")


def meant(word: str, known: Iterable[str]) -> str:
    """Return "，是否想写 x" for the known word nearest to `word`, empty if none is near.

    It may stand at the end of a sentence or inside, before a comma.
    """
    close = get_close_matches(word, list(known), n=1)
    return _("，是否想写 %(word)s", word=close[0]) if close else ""


MISSING = Standing("missing", "缺少这个键")
NULL = Standing("empty", "这里没有填写内容；不需要就删去这个键")
NO_MAPPING = Standing("wrong_type", "应为一组键值")

#: What marshmallow's own fields say (the options of field types use them), in our words.
_STANDARD: tuple[tuple[str, Standing], ...] = (
    ("Missing data", MISSING),
    ("Field may not be null", Standing("empty", "这里没有填写内容")),
    ("Unknown field", Standing("unknown_key", "没有这个键")),
    ("Not a valid string", Standing("wrong_type", "应为文字")),
    ("Not a valid integer", Standing("wrong_type", "应为整数")),
    ("Not a valid number", Standing("wrong_type", "应为数字")),
    ("Not a valid boolean", Standing("wrong_type", "应为 true 或 false")),
    ("Not a valid list", Standing("wrong_type", "应为列表")),
    ("Not a valid mapping", NO_MAPPING),
    ("Invalid input type", NO_MAPPING),
    ("Must be one of: ", Standing("not_allowed", "只能是 %(rest)s")),
    ("Must be greater than or equal to ", Standing("not_allowed", "不能小于 %(rest)s")),
    ("Must be less than or equal to ", Standing("not_allowed", "不能大于 %(rest)s")),
)


def standing_messages() -> Iterator[str]:
    """Yield the messages that are given once for all, as they are written."""
    yield from (one.message for one in (MISSING, NULL, NO_MAPPING))
    yield from (one.message for _start, one in _STANDARD)


def each_wrong(messages: object, place: Place = ()) -> Iterator[tuple[Place, Wrong]]:
    """Yield what marshmallow collected, each with its place."""
    if isinstance(messages, Mapping):
        for key, below in messages.items():
            yield from each_wrong(below, place if key == SCHEMA else (*place, key))
        return
    for message in messages if isinstance(messages, list) else [messages]:
        yield place, _said(message if isinstance(message, Wrong) else str(message), place)


def _said(found: Wrong | str, place: Place) -> Wrong:
    found, rest = (found, "") if isinstance(found, Wrong) else _standard(found)
    if found.code == "missing" and place:
        return Wrong("missing", _("缺少 %(key)s", key=place[-1]))
    return Wrong(found.code, _(found.message, rest=rest)) if isinstance(found, Standing) else found


def _standard(message: str) -> tuple[Wrong, str]:
    """Return what a message of marshmallow is in our words, and what it goes on with."""
    for start, standing in _STANDARD:
        if message.startswith(start):
            return standing, message.removeprefix(start).rstrip(".")
    return Wrong("not_allowed", message), ""
