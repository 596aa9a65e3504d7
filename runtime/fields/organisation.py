"""The types whose values are codes of the organisation."""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

from collections.abc import Callable, Mapping
from typing import ClassVar, Protocol

from runtime.fields.choice import Choice
from runtime.fields.field_type import InvalidValue, Reading
from runtime.language.directory import Directory
from runtime.language.expressions.types import Type
from runtime.language.field import Field
from runtime.language.speech import _


class Named(Protocol):
    """What has a name for people."""

    @property
    def name(self) -> str:
        """As people read it today."""


class Member(Choice):
    """Somebody or something of the organisation, by its permanent code; shown by its name of today.

    Who has left stays a legal value: old records keep it, and pickers do not offer it.
    """

    #: What it is called in messages.
    noun: ClassVar[str]
    messages: ClassVar[Mapping[str, str]] = {"unknown": "组织架构中没有编码为“%(found)s”的%(noun)s。"}

    def item(self, field: Field) -> Type:
        """Its kind has the name of the field type."""
        return Type(self.code)

    def listed(self, directory: Directory) -> Mapping[str, Named]:
        """Return what has a name, by code."""
        raise NotImplementedError

    def names(self, field: Field, reading: Reading) -> Callable[[str], str | None]:
        """Find names."""
        listed = self.listed(reading.directory)
        return lambda code: listed[code].name if code in listed else None

    def wrong(self, code: str, **values: object) -> InvalidValue:
        """Name the noun."""
        return super().wrong(code, **values | {"noun": _(self.noun)})
