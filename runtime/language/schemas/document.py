"""The base of all schemas, and the vocabulary that they ask while they load."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import MISSING, fields
from functools import cache
from typing import Any, ClassVar

from marshmallow import EXCLUDE, Schema, post_dump, post_load, validates_schema

from runtime.language.schemas.wrong import NO_MAPPING, Wrong, meant, wrong_at
from runtime.language.speech import _
from runtime.language.vocabulary import Vocabulary

_VOCABULARY: ContextVar[Vocabulary] = ContextVar("vocabulary")


@contextmanager
def reading_with(vocabulary: Vocabulary) -> Iterator[None]:
    """Let the schemas used inside ask `vocabulary`."""
    token = _VOCABULARY.set(vocabulary)
    try:
        yield
    finally:
        _VOCABULARY.reset(token)


def vocabulary() -> Vocabulary:
    """Return the vocabulary of the load or dump under way."""
    return _VOCABULARY.get()


class Document(Schema):
    """Document ↔ value of one class. Keys left out are the class's defaults; defaults are not written."""

    class Meta:
        """Unknown keys are reported by `refuse_unknown_keys`, with the nearest known one."""

        unknown = EXCLUDE

    #: The dataclass it builds.
    builds: ClassVar[type]
    error_messages: dict[str, Any] = {"type": [NO_MAPPING]}  # noqa: RUF012 - as Schema has it

    def extra_keys(self, original: Mapping[str, Any]) -> frozenset[str]:
        """Return the keys that are legal here besides the schema's own."""
        del original
        return frozenset()

    def faults(self, original: Mapping[str, Any]) -> dict[str | int, Any]:
        """Return what is wrong with the document as a whole, by key; fields report what is wrong in them."""
        unknown = [key for key in original if key not in self.keys]
        if not unknown:
            return {}
        extra = self.extra_keys(original)
        known = self.keys | extra
        return {key: [_unknown_key(key, known)] for key in unknown if key not in extra}

    def made(self, data: dict[str, Any], original: Mapping[str, Any]) -> Any:
        """Return the immutable value of loaded `data`."""
        del original
        return self.builds(**data)

    def written(self, data: dict[str, Any], original: Any) -> dict[str, Any]:
        """Return the document of a value: `data` without what a reader would assume anyway."""
        plain = _defaults(self.builds)
        for name, one in self.fields.items():
            attribute = one.attribute or name
            if attribute in plain and getattr(original, attribute) == plain[attribute]:
                del data[one.data_key or name]
        return data

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the document that the schema itself knows."""
        return _document_keys(type(self))

    # One hook of each kind: marshmallow promises no order among several.

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _refuse(self, data: Any, original: Mapping[str, Any], **_kwargs: Any) -> None:
        del data
        if found := self.faults(original):
            raise wrong_at(found)

    @post_load(pass_original=True)
    def _make(self, data: dict[str, Any], original: Mapping[str, Any], **_kwargs: Any) -> Any:
        return self.made(data, original)

    @post_dump(pass_original=True)
    def _write(self, data: dict[str, Any], original: Any, **_kwargs: Any) -> dict[str, Any]:
        return self.written(data, original)


def _unknown_key(key: str, known: frozenset[str]) -> Wrong:
    message = _("这里没有 %(key)s 这个键%(hint)s", key=key, hint=meant(key, known))
    return Wrong("unknown_key", message)


@cache
def _document_keys(schema: type[Document]) -> frozenset[str]:
    return frozenset(one.data_key or name for name, one in schema._declared_fields.items())


@cache
def _defaults(value: type) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for one in fields(value):
        if one.default is not MISSING:
            found[one.name] = one.default
        elif one.default_factory is not MISSING:
            found[one.name] = one.default_factory()
    return found


@cache
def shared(schema: type[Schema]) -> Schema:
    """Return the one instance of a schema: making one copies all its fields."""
    return schema()
