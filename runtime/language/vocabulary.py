"""The words that definitions may use and that live outside the language: types, nodes, actions, sources.

The language does not know their behaviour, only what it must ask to read and check a document. The entries
themselves satisfy these protocols; `runtime.registry.Registry` satisfies `Words`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeVar

from marshmallow import Schema

from runtime.language.field import Field


class Word(Protocol):
    """Anything a document names by its code."""

    @property
    def code(self) -> str:
        """As written in a document."""

    @property
    def label(self) -> str:
        """As people read it."""


T_co = TypeVar("T_co", bound=Word, covariant=True)


class Words(Protocol[T_co]):
    """An ordered, closed set of words."""

    def get(self, code: str) -> T_co | None:
        """Return the entry named `code`, or None."""

    def codes(self) -> tuple[str, ...]:
        """Return all codes, in order."""

    def nearest(self, code: str) -> str | None:
        """Return the known code most like `code`, or None if nothing resembles it."""

    def __iter__(self) -> Iterator[T_co]: ...


class FieldKind(Word, Protocol):
    """A field type."""

    @property
    def options(self) -> type[Schema]:
        """Schema of the keys that only this type has.

        Loaded keys are the document's keys (`attribute` = `data_key`), since `Field.options` is read
        by them: `dict`, `options`, `of`, `template`, `from`, `key`, `filter`, `columns`, `fill`, `node` …
        """

    def type(self, field: Field) -> Any:
        """Return what the field is in an expression, or None if expressions cannot read it."""


class NodeWord(Word, Protocol):
    """A node kind."""

    @property
    def keys(self) -> frozenset[str]:
        """Document keys it understands besides code, kind, name and note (`self`, not `self_policy`)."""

    @property
    def human(self) -> bool:
        """Whether a person acts at it, so that the case waits there."""


class ActionWord(Word, Protocol):
    """What a rule does."""

    @property
    def keys(self) -> frozenset[str]:
        """Document keys it understands besides code, name, note, on, flow, source, when, do and message.

        What the `Rule` has no attribute for is kept in `Rule.options`.
        """

    @property
    def required(self) -> frozenset[str]:
        """Those of `keys` that must be given."""


#: What may stand as a source's value: `{role: legal}` names a role slot, `{field: signer}` a field …
#: `person` is initiator, previous, or a user field; `none` is the bare word; `source` a nested source.
Of = Literal[
    "none", "role", "department", "post", "user", "field", "node", "person", "number", "expression", "source"
]


class SourceWord(Word, Protocol):
    """Where people come from."""

    @property
    def of(self) -> frozenset[Of]:
        """What kinds of value it takes."""

    @property
    def options(self) -> Mapping[str, frozenset[str]]:
        """Option keys, each with the words it allows; an empty set allows any value."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything the loader and the linter ask about words."""

    fields: Words[FieldKind]
    nodes: Words[NodeWord]
    actions: Words[ActionWord]
    sources: Words[SourceWord]
