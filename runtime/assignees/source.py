"""What every source of people is asked, and what it answers."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from runtime.language.directory import Directory
from runtime.language.flow import Source
from runtime.language.kept_speech import Sentence
from runtime.language.vocabulary import Of


@dataclass(frozen=True, slots=True)
class Asking:
    """The situation in which people are looked for."""

    directory: Directory
    #: The pack, whose slots role names go through.
    app: str
    initiator: str
    #: Who handled the previous human node, in order.
    previous: tuple[str, ...]
    #: The record's value of a field; `sub.column` gives a list.
    value: Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Found:
    """People (codes) in a fixed order, and why they, for "为什么是我?"."""

    people: tuple[str, ...]
    because: Sentence


class PersonSource(ABC):
    """One kind of entry in a node's `assignees`."""

    code: ClassVar[str]
    label: ClassVar[str]
    of: ClassVar[frozenset[Of]]
    options: ClassVar[Mapping[str, frozenset[str]]] = {}
    #: Names the initiator on purpose, so that the self policy does not apply.
    names_initiator: ClassVar[bool] = False

    @abstractmethod
    def people(self, source: Source, asking: Asking) -> Found:
        """Return the people this source stands for today; nobody is an answer too."""


def subjects(of: Any, asking: Asking) -> tuple[str, ...]:
    """Return the people that `initiator`, `previous` or a user field names, for relations like 上级."""
    if of == "initiator":
        return (asking.initiator,)
    if of == "previous":
        return asking.previous
    return codes(asking.value(str(of)))


def departments(of: Any, asking: Asking) -> tuple[str, ...]:
    """Return the departments meant: those of the people named, or the values of a department field."""
    found = (department_of(code, asking) for code in subjects(of, asking))
    return tuple(one for one in found if one)


def department_of(code: str, asking: Asking) -> str | None:
    """Return the department of a person, or `code` itself if it is that of a department."""
    person = asking.directory.person(code)
    department = person.department if person else code
    return department if department in asking.directory.departments else None


def codes(value: Any) -> tuple[str, ...]:
    """Return the codes in a field's value, which is one code, a list of them, or empty."""
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    return tuple(str(one) for one in value if one)
