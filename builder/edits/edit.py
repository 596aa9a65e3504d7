"""What every edit is: a frozen value that makes new documents of old ones, read from what a page posted."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from decimal import Decimal
from types import UnionType
from typing import Any, ClassVar, Union, get_args, get_origin, get_type_hints

from builder.edits.documents import Documents
from builder.edits.place import DEEPEST
from runtime.language.parts import part_of
from runtime.language.problem import Problem
from runtime.language.refusal import InvalidAnswers
from runtime.language.speech import _
from runtime.language.yaml_text import LONGEST_NUMBER, NUMBER_MARK

#: Kinds of document that have fields.
ENTITIES = frozenset({"form", "table"})
#: Characters of the longest text in a document, expressions and notes included.
LONGEST_TEXT = 20_000
#: Items of the longest list, keys of the largest mapping.
MOST_ENTRIES = 3_000
#: The first whole numbers that YAML would not read back: sign and digits are one too many.
_LARGEST, _SMALLEST = 10**LONGEST_NUMBER, -(10 ** (LONGEST_NUMBER - 1))


@dataclass(frozen=True)
class Edit(ABC):
    """One change that a person made. Its fields are what the page says of it."""

    #: As posted: `{"do": "set", …}`.
    do: ClassVar[str]
    #: Kinds of document it is for; none means any.
    of: ClassVar[frozenset[str]] = frozenset()

    #: File that the person was looking at; its revision is what makes the edit stale.
    file: str

    @abstractmethod
    def apply(self, documents: Documents) -> Documents:
        """Return the documents after the edit; the same object if there is nothing to change.

        :raises Refused: if it cannot be done; the message says why.
        :raises Conflict: if what it is about has gone.
        """

    def refuse(self, released: Documents) -> None:  # noqa: B027 - most edits leave what is published alone
        """Refuse what the documents of the release do not allow.

        :raises Refused: with the reason.
        """

    @property
    @abstractmethod
    def label(self) -> str:
        """What was done, as the history tells it: "删除字段 amount"."""


def read_edit(posted: Mapping[str, Any], kinds: Mapping[str, type[Edit]]) -> Edit:
    """Return the edit that a page posted.

    :raises InvalidAnswers: if it is none; `$.<key>` says where.
    """
    kind = kinds.get(str(posted.get("do")))
    if kind is None:
        raise _wrong("do", _("没有“%(edit)s”这种修改。", edit=str(posted.get("do"))[:40]))
    known = {one.name: one for one in fields(kind)}
    for name in posted:
        if name != "do" and name not in known:
            told = _("修改“%(edit)s”没有 %(name)s 这一项。", edit=kind.do, name=str(name)[:40])
            raise _wrong(name, told)
    hints = get_type_hints(kind)
    given: dict[str, Any] = {}
    for name, one in known.items():
        if name in posted:
            given[name] = _fitting(posted[name], hints[name], name)
        elif one.default is MISSING and one.default_factory is MISSING:
            raise _wrong(name, _("修改“%(edit)s”缺少 %(name)s。", edit=kind.do, name=name))
    edit = kind(**given)
    part = part_of(edit.file)
    if kind.of and (part is None or part.kind not in kind.of):
        raise _wrong("file", _("修改“%(edit)s”不能用于 %(file)s。", edit=kind.do, file=edit.file[:100]))
    return edit


def plain(value: Any, *, name: str = "value", depth: int = 0) -> Any:
    """Return a posted value as documents hold it: numbers exact, texts and lists no longer than allowed.

    :raises InvalidAnswers: if it is too long, too deep or no plain value.
    """
    if depth > DEEPEST:
        raise _wrong(name, _("层次太深，最多 %(most)s 层。", most=DEEPEST))
    match value:
        case int() if not _SMALLEST < value < _LARGEST:
            raise _wrong(name, _("数字超过 %(most)s 位。", most=LONGEST_NUMBER))
        case None | bool() | int() | Decimal():
            return value
        case float():
            return _exact(value, name)
        case str():
            return _text(value, name)
        case list() | tuple():
            _few(value, name)
            return [plain(one, name=name, depth=depth + 1) for one in value]
        case Mapping():
            _few(value, name)
            return {_key(key, name): plain(one, name=name, depth=depth + 1) for key, one in value.items()}
    raise _wrong(name, _("不认识的内容：%(type)s。", type=type(value).__name__))


def _fitting(value: Any, hint: Any, name: str) -> Any:
    """Return a posted value as the edit's field takes it."""
    if hint is Any:
        return plain(value, name=name)
    if get_origin(hint) in (Union, UnionType):
        kinds = [one for one in get_args(hint) if one is not type(None)]
        if value is None and len(kinds) < len(get_args(hint)):
            return None
        for kind in kinds:
            if type(value) is kind:
                return _fitting(value, kind, name)
        return _fitting(value, kinds[0], name)
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise _wrong(name, _("%(name)s 应为列表。", name=name))
        _few(value, name)
        return tuple(_fitting(one, get_args(hint)[0], name) for one in value)
    if get_origin(hint) in (dict, Mapping):
        if not isinstance(value, dict):
            raise _wrong(name, _("%(name)s 应为一组键值。", name=name))
        return plain(value, name=name)
    if type(value) is not hint:
        raise _wrong(name, _expected(name, hint))
    return _text(value, name) if hint is str else value


def _exact(value: float, name: str) -> Decimal:
    if value != value or value in (float("inf"), float("-inf")):
        raise _wrong(name, _("应为普通的数字。"))
    number = Decimal(repr(value))
    if len(format(number, "f")) > LONGEST_NUMBER:
        raise _wrong(name, _("数字超过 %(most)s 位。", most=LONGEST_NUMBER))
    return number


def _text(value: str, name: str) -> str:
    value = value.replace("\r\n", "\n")
    if len(value) > LONGEST_TEXT:
        raise _wrong(name, _("最多 %(most)s 个字，现有 %(n)s 个。", most=LONGEST_TEXT, n=len(value)))
    if any("\ud800" <= one <= "\udfff" for one in value):
        raise _wrong(name, _("含有不完整的字符。"))
    if any(ord(one) < 32 and one not in "\n\t" for one in value):  # no database holds NUL
        raise _wrong(name, _("含有控制字符。"))
    return value


def _key(value: object, name: str) -> str:
    key = _text(str(value), name)
    if key == NUMBER_MARK:
        raise _wrong(name, _("键不能叫 %(key)s。", key=NUMBER_MARK))
    return key


def _few(value: Any, name: str) -> None:
    if len(value) > MOST_ENTRIES:
        raise _wrong(name, _("最多 %(most)s 项，现有 %(n)s 项。", most=MOST_ENTRIES, n=len(value)))


def _wrong(name: str, message: str) -> InvalidAnswers:
    return InvalidAnswers([Problem("bad_edit", f"$.{name[:40]}", message)])


def _expected(name: str, kind: type) -> str:
    if kind is str:
        return _("%(name)s 应为文字。", name=name)
    if kind is int:
        return _("%(name)s 应为整数。", name=name)
    if kind is bool:
        return _("%(name)s 应为是或否。", name=name)
    return _("%(name)s 应为%(kind)s。", name=name, kind=kind.__name__)
