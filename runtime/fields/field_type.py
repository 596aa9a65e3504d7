"""What every field type knows: how an answer is read, kept, written out, shown and masked."""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any, ClassVar, Literal
from zoneinfo import ZoneInfo

from marshmallow import RAISE, Schema

from runtime.language.app import Dictionary
from runtime.language.directory import Directory
from runtime.language.expressions.types import Type
from runtime.language.field import Field
from runtime.language.speech import _

StorageKind = Literal["text", "integer", "decimal", "boolean", "date", "datetime", "time", "json", "none"]

#: Longest piece of a wrong answer that a message repeats.
_SHOWN_OF_FOUND = 24


@dataclass(frozen=True, slots=True)
class Storage:
    """How a value is kept: `store/` maps the kind to a column of each database."""

    kind: StorageKind
    #: Digits after the point of a decimal.
    scale: int = 0
    #: Most characters of a text; None is unbounded.
    length: int | None = None


NOTHING = Storage("none")
JSON = Storage("json")


class InvalidValue(Exception):
    """An answer is not a value of its field.

    The message is a predicate, said in the reader's language, that follows the quoted label:
    “合同金额”+ "应为数字…", "Amount" + "must be a number…".
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Options(Schema):
    """Options of a type; the base of those that have any."""

    class Meta:
        """A key that the type does not know is a problem of the definition."""

        unknown = RAISE


#: The zone of an installation that names no other.
SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Reading:
    """What a type may look things up in while it reads or shows a value."""

    directory: Directory
    #: Finds a dictionary by its full path `pack/code`.
    dictionary: Callable[[str], Dictionary | None]
    #: The installation's zone: times typed by people are meant in it.
    zone: tzinfo = SHANGHAI
    _labels: dict[str, Mapping[str, str]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def labels(self, path: str) -> Mapping[str, str]:
        """Return label by value of a dictionary, empty if it is unknown; walked once per reading."""
        if path not in self._labels:
            found = self.dictionary(path)
            self._labels[path] = found.labels() if found else {}
        return self._labels[path]


class FieldType:
    """One kind of field. Stateless: everything about one field is in the `Field`."""

    code: ClassVar[str]
    label: ClassVar[str]
    #: Name in the icon sprite.
    icon: ClassVar[str]
    #: Schema of the keys only this type has; each has its Chinese label in `metadata`.
    options: ClassVar[type[Schema]] = Options
    #: Optional keys of every field that mean something here; the designer shows these and no others.
    properties: ClassVar[frozenset[str]] = frozenset({"formula", "default"})
    #: False: nobody types it in; the system computes, numbers or collects it.
    typed: ClassVar[bool] = True
    #: Takes a whole line of a form, where the layout says nothing else.
    wide: ClassVar[bool] = False
    #: Text by code of problem, said and filled in by `wrong`; a subclass adds its own.
    messages: ClassVar[Mapping[str, str]] = {
        "not_text": "应为一段文字。",
        "below_min": "不能小于 %(limit)s。",
        "above_max": "不能大于 %(limit)s。",
    }

    def storage(self, field: Field) -> Storage:
        """Return how a value of `field` is kept."""
        raise NotImplementedError

    def extra_columns(self, field: Field) -> Mapping[str, Storage]:
        """Return further columns beside the field's own, by name."""
        return {}

    def type(self, field: Field) -> Type | None:
        """Return what the field is in an expression; None if expressions cannot read it."""
        raise NotImplementedError

    def parse(self, field: Field, raw: Any, reading: Reading) -> Any:
        """Return the value of an answer; nothing, blanks and empty lists are None.

        The only authority on what a value is: page, import and walk-through all come here. Limits
        (`min`, `max`, required) are not checked: a draft may break them.

        :raises InvalidValue: if `raw` is no value of the field; says what was expected and found.
        """
        if raw is None or raw in ("", [], {}) or (isinstance(raw, str) and not raw.strip()):
            return None
        return self.read(field, raw, reading)

    def read(self, field: Field, raw: Any, reading: Reading) -> Any:
        """Return the value of an answer that is not empty; what `parse` leaves to a type."""
        raise NotImplementedError

    def dump(self, field: Field, value: Any) -> Any:
        """Return `value` as JSON holds it and as an input shows it; `parse` reads it back."""
        return value

    def show(self, field: Field, value: Any, reading: Reading) -> str:
        """Return `value` as text, empty if there is none: the same for all readers, so it can be kept."""
        return "" if value is None else str(value)

    def say(self, field: Field, value: Any, reading: Reading) -> str:
        """Return what `show` does, in the language of who reads it; never kept."""
        return self.show(field, value, reading)

    def mask(self, field: Field, value: Any) -> str:
        """Return what somebody without the right to the value sees of it."""
        return "" if value is None else "***"

    def fit(self, field: Field, value: Any) -> Any:
        """Return a computed value as it is stored: rounded, and of the field's own kind."""
        return value

    def limit(self, field: Field, value: Any) -> InvalidValue | None:
        """Return why a legal, not empty value breaks the field's `min` or `max`; None if it does not."""
        if "min" not in self.properties or (field.min is None and field.max is None):
            return None
        size = self.size(field, value)
        if field.min is not None and size < self.bound(field, field.min):
            return self.wrong("below_min", limit=field.min)
        if field.max is not None and size > self.bound(field, field.max):
            return self.wrong("above_max", limit=field.max)
        return None

    def size(self, field: Field, value: Any) -> Any:
        """Return what `min` and `max` are compared with."""
        return len(value)

    def bound(self, field: Field, limit: Any) -> Any:
        """Return a `min` or `max` as written, in the kind of `size`."""
        return int(limit)

    def wrong(self, code: str, **values: object) -> InvalidValue:
        """Return the problem `code` with its message filled in; `found` is cut to a readable length."""
        if "found" in values:
            found = str(values["found"])
            values["found"] = found if len(found) <= _SHOWN_OF_FOUND else found[:_SHOWN_OF_FOUND] + "…"
        return InvalidValue(code, _(self._message(code), **values))

    def _message(self, code: str) -> str:
        """Return the message of the nearest class that has one."""
        kinds = (one for one in type(self).__mro__ if issubclass(one, FieldType))
        return next(kind.messages[code] for kind in kinds if code in kind.messages)
