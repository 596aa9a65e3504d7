"""What a function of the language is: its signature, its meaning, how it is checked and compiled."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from runtime.language.expressions.names import Names
from runtime.language.expressions.tree import Call, Node
from runtime.language.expressions.types import Type
from runtime.language.speech import _


class Value(NamedTuple):
    """A value in generated code: the Python name that holds it, and whether it may be empty."""

    atom: str
    empty: bool


class Checking(Protocol):
    """What a function may ask of the check that is going on."""

    names: Names

    def visit(self, node: Node) -> Type:
        """Return the type of `node`, noting what is wrong in it."""

    def refuse(self, node: Node, code: str, message: str) -> None:
        """Note a problem at `node`."""

    def match(self, node: Node, kind: Type, wanted: Type) -> None:
        """Note a problem at `node` if `kind` can never equal `wanted`, or its literal is no choice of it."""

    def row_of(self, node: Node, rows: Type) -> AbstractContextManager[None]:
        """Let `row` mean a row of the sub-table that `node` names."""


class Writing(Protocol):
    """What a function may ask of the code generator."""

    def value(self, node: Node) -> Value:
        """Write code for `node`; return where its value is."""

    def number(self, node: Node) -> str:
        """Write code for `node` as a number; empty is 0."""

    def kind(self, node: Node) -> Type:
        """Return the type found by the check."""

    def line(self, text: str) -> None:
        """Write one line."""

    def indented(self) -> AbstractContextManager[None]:
        """Indent the lines written inside."""

    def fresh(self) -> str:
        """Return a variable name not used yet."""

    def constant(self, value: Any) -> str:
        """Return the name of a constant holding `value`."""

    def loop(self, rows: Node, *, first: str, each: Callable[[], None], last: str) -> str:
        """Write a loop over a sub-table, `row` in hand, as a function; return where its result is."""


class Param(NamedTuple):
    """A parameter: what it is called, and the kinds of value it takes (none: any)."""

    label: str
    kinds: tuple[str, ...] = ()
    optional: bool = False
    #: May be repeated; only the last parameter can.
    many: bool = False


Result = Callable[[Sequence[Type]], Type]


@dataclass(frozen=True, slots=True)
class Function:
    """One function, with all that the designer and the reference show of it: said with `_()`."""

    name: str
    family: str
    params: tuple[Param, ...]
    help: str
    example: str
    #: What the example gives as text, "" if that depends on data.
    gives: str
    #: The type of the result, also from the types of the arguments; `any` where `check` says.
    result: Type | Result
    #: What it computes; `env` comes first if `wants_env`. None if `write` does it all.
    run: Callable[..., Any] | None = None
    wants_env: bool = False
    #: It never gives an empty value.
    total: bool = False
    #: What it reads beside its arguments: "clock", "user", "calendar", "labels", "tables".
    reads: frozenset[str] = frozenset()
    #: Checks the call itself, where a signature cannot say it all.
    check: Callable[[Call, Checking], Type] | None = None
    #: Writes the call itself, where calling `run` with all values is not it.
    write: Callable[[Call, Writing], Value] | None = None

    @property
    def signature(self) -> str:
        """Return how it is written, in the reader's language: `round(数字, [位数])`."""
        shown = [_shown(param) for param in self.params]
        return f"{self.name}({', '.join(shown)})"


def _shown(param: Param) -> str:
    label = f"{_(param.label)}…" if param.many else _(param.label)
    return f"[{label}]" if param.optional else label


def registered(*families: Sequence[Function]) -> Mapping[str, Function]:
    """Return the functions by name, in order.

    :raises ValueError: if two have the same name.
    """
    found: dict[str, Function] = {}
    for family in families:
        for one in family:
            if one.name in found:
                raise ValueError(f"two functions are named {one.name}")
            found[one.name] = one
    return found
