"""Fields, sub-tables and validations."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from marshmallow import Schema

from runtime.language.field import Check, Expr, Field, SubTable
from runtime.language.schemas.compound import Listed, Nested
from runtime.language.schemas.document import Document, shared, vocabulary
from runtime.language.schemas.items import KEPT, Choice, Code, Constant, Formula, Item, Text, Truth, Whole
from runtime.language.schemas.wrong import Wrong, meant, no_mapping, wrong
from runtime.language.speech import _

SUBTABLE = "subtable"
#: Columns that every entity and every sub-table has.
KEPT_FIELDS = KEPT | {"id", "rev"}
KEPT_COLUMNS = KEPT | {"id", "parent_id", "position", "index"}


class FieldCode(Code):
    """The name of a field; `s_` begins system columns."""

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> str:
        code: str = super()._deserialize(value)
        if code.startswith("s_"):
            message = _("字段代码不能以 s_ 开头（系统列的前缀），实为 %(code)s", code=code)
            raise wrong("reserved", message)
        return code


class Default(Item):
    """A constant, a list of constants, one of the words for "now" and "me", or `{expr: …}`."""

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> Any:
        if isinstance(value, Mapping):
            if set(value) != {"expr"}:
                message = _("默认值应为常量、current_user、today 等词，或 {expr: 表达式}")
                raise wrong("not_allowed", message)
            return Expr(str(Formula().deserialize(value["expr"])))
        return value

    def _serialize(self, value: Any, *_args: Any, **_kwargs: Any) -> Any:
        return {"expr": value.source} if isinstance(value, Expr) else value


class CheckSchema(Document):
    """The document form of a `Check`. In a field's `validate` the code may be left out: it is the field's."""

    builds = Check
    code = Code(load_default="")
    check = Formula(required=True)
    message = Text(required=True)
    level = Choice("error", "warn")
    at = Listed(Code(kept=()))
    note = Text()


def _named(checks: tuple[Check, ...], code: str) -> tuple[Check, ...]:
    return tuple(one if one.code else replace(one, code=code) for one in checks)


def _unnamed(data: dict[str, Any], code: str) -> None:
    for check in data.get("validate", ()):
        if check["code"] == code:
            del check["code"]


class FieldSchema(Document):
    """The document form of a `Field`; keys of its type stand beside the common ones."""

    builds = Field
    code = FieldCode(required=True, kept=KEPT_FIELDS)
    type = Text(required=True)
    label = Text(required=True, longest=200)
    help = Text()
    required = Truth()
    readonly = Truth()
    hidden = Truth()
    unique = Truth()
    index = Truth()
    multiple = Truth()
    mask = Truth()
    encrypt = Truth()
    track = Truth()
    width = Whole(least=1, most=24)
    default = Default()
    min = Constant()
    max = Constant()
    precision = Whole(most=10)
    formula = Formula()
    visible_if = Formula()
    required_if = Formula()
    readonly_if = Formula()
    validate_ = Listed(Nested(CheckSchema), data_key="validate", attribute="validate")
    note = Text()

    def extra_keys(self, original: Mapping[str, Any]) -> frozenset[str]:
        """Return the keys that only the field's type has."""
        options = _options_of(original.get("type"))
        return _keys_of(options) if options is not None else frozenset()

    def faults(self, original: Mapping[str, Any]) -> dict[str | int, Any]:
        """Return an unknown type, unknown keys, and what the type's own schema says about its keys."""
        type_ = original.get("type")
        options = _options_of(type_)
        if options is None:  # then any key may be right
            return {"type": [_unknown_type(type_)]} if isinstance(type_, str) else {}
        return super().faults(original) | options.validate(self._own(original))

    def made(self, data: dict[str, Any], original: Mapping[str, Any]) -> Field:
        """Return the field with the options that its type has loaded."""
        options = _options_of(data["type"])
        if options is not None:
            data["options"] = options.load(self._own(original))
        data["validate"] = _named(data.get("validate", ()), data["code"])
        return Field(**data)

    def written(self, data: dict[str, Any], original: Field) -> dict[str, Any]:
        """Return the document with the type's own keys after the common flags."""
        data = super().written(data, original)
        _unnamed(data, original.code)
        flags = {key: data.pop(key) for key in tuple(data) if key in _FLAGS}
        return {**flags, **original.options, **data}

    def _own(self, original: Mapping[str, Any]) -> dict[str, Any]:
        extra = self.extra_keys(original)
        return {key: one for key, one in original.items() if key in extra and key not in self.keys}


def _unknown_type(type_: str) -> Wrong:
    hint = meant(type_, (*vocabulary().fields.codes(), SUBTABLE))
    return Wrong("unknown_type", _("没有字段类型 %(type)s%(hint)s", type=type_, hint=hint))


_FLAGS = (
    *("code", "type", "label", "help", "required", "readonly", "hidden", "unique", "index", "multiple"),
    *("mask", "encrypt", "track", "width"),
)


class ColumnSchema(FieldSchema):
    """The document form of a column of a sub-table."""

    code = FieldCode(required=True, kept=KEPT_COLUMNS)


@cache
def _keys_of(options: Schema) -> frozenset[str]:
    return frozenset(one.data_key or name for name, one in options.fields.items())


def _options_of(type_: object) -> Schema | None:
    kind = vocabulary().fields.get(type_) if isinstance(type_, str) else None
    return shared(kind.options) if kind is not None else None


class SubTableSchema(Document):
    """The document form of a `SubTable`, recognised by `type: subtable`."""

    builds = SubTable
    code = FieldCode(required=True, kept=KEPT_FIELDS)
    label = Text(required=True, longest=200)
    help = Text()
    readonly = Truth()
    hidden = Truth()
    min_rows = Whole(most=2000)
    max_rows = Whole(least=1, most=2000)
    visible_if = Formula()
    # `fields` itself is taken: marshmallow keeps its own attribute of that name.
    columns = Listed(
        Nested(ColumnSchema), required=True, least=1, distinct="code", data_key="fields", attribute="fields"
    )
    validate_ = Listed(Nested(CheckSchema), data_key="validate", attribute="validate")
    note = Text()

    def extra_keys(self, original: Mapping[str, Any]) -> frozenset[str]:
        """Return `type`, which has brought the document here."""
        del original
        return frozenset({"type"})

    def made(self, data: dict[str, Any], original: Mapping[str, Any]) -> SubTable:
        """Return the sub-table with a code for every check."""
        del original
        return SubTable(**data | {"validate": _named(data.get("validate", ()), data["code"])})

    def written(self, data: dict[str, Any], original: SubTable) -> dict[str, Any]:
        """Return the document with its type."""
        data = super().written(data, original)
        _unnamed(data, original.code)
        return {"code": data.pop("code"), "type": SUBTABLE, **data}


class FieldItem(Item):
    """A field or a sub-table."""

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> Any:
        if not isinstance(value, Mapping):
            raise no_mapping(value)
        return shared(SubTableSchema if value.get("type") == SUBTABLE else FieldSchema).load(value)

    def _serialize(self, value: Any, *_args: Any, **_kwargs: Any) -> Any:
        return shared(SubTableSchema if isinstance(value, SubTable) else FieldSchema).dump(value)
