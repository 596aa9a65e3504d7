"""Kinds of value that hold others: a document in a document, lists, tables."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError
from marshmallow.exceptions import SCHEMA

from runtime.language.schemas.document import Document, shared
from runtime.language.schemas.items import Item, Text
from runtime.language.schemas.wrong import Wrong, no_mapping, shown, wrong_at, wrong_type
from runtime.language.speech import _


class Nested(Item):
    """A document inside a document."""

    def __init__(self, schema: type[Document], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.schema = schema

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> Any:
        if not isinstance(value, Mapping):
            raise no_mapping(value)
        return shared(self.schema).load(value)

    def _serialize(self, value: Any, *_args: Any, **_kwargs: Any) -> Any:
        return None if value is None else shared(self.schema).dump(value)


class Listed(Item):
    """A list of one kind; `distinct` names the attribute in which no two may be equal."""

    def __init__(self, item: Item, *, least: int = 0, distinct: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.item, self.least, self.distinct = item, least, distinct

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise wrong_type(_("应为列表，实为%(found)s", found=shown(value)))
        found: list[Any] = []
        errors: dict[str | int, Any] = {}
        for index, one in enumerate(value):
            try:
                found.append(self.item.deserialize(one))
            except ValidationError as error:
                errors[index] = error.messages
        if len(value) < self.least:
            errors[SCHEMA] = [Wrong("too_few", _("至少要有 %(least)s 项", least=self.least))]
        if self.distinct:
            for index, fault in _repeated(value, self.distinct):
                errors.setdefault(index, fault)
        if errors:
            raise wrong_at(errors)
        return tuple(found)

    def _serialize(self, value: Any, *_args: Any, **_kwargs: Any) -> Any:
        return None if value is None else [self.item._serialize(one, None, None) for one in value]


def _repeated(values: list[Any], key: str) -> list[tuple[int, Any]]:
    seen: dict[Any, int] = {}
    found: list[tuple[int, Any]] = []
    for index, one in enumerate(values):
        name = one.get(key) if isinstance(one, Mapping) else None
        if not isinstance(name, str):
            continue
        if name in seen:
            message = _("%(name)s 与第 %(number)s 项重复", name=name, number=seen[name] + 1)
            found.append((index, {key: [Wrong("duplicate", message)]}))
        seen.setdefault(name, index)
    return found


class Table(Item):
    """Keys to values of one kind; keys are checked against a pattern of their own."""

    def __init__(self, item: Item, *, key: Item | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.item, self.key = item, key or Text()

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise no_mapping(value)
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

    def _serialize(self, value: Any, *_args: Any, **_kwargs: Any) -> Any:
        if value is None:
            return None
        return {key: self.item._serialize(one, None, None) for key, one in value.items()}
