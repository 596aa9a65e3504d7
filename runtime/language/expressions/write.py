"""Writes the Python that an expression means: straight lines, one variable for each value.

Field codes and texts enter the code only through `repr` or as constants. The check has found the types, so a
number is never asked at run time whether it is one; only emptiness is.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from runtime.language.expressions.check import Checked
from runtime.language.expressions.function import Value
from runtime.language.expressions.functions import FUNCTIONS
from runtime.language.expressions.names import Meaning
from runtime.language.expressions.operators import result_kind
from runtime.language.expressions.tree import (
    Call,
    Chain,
    Compare,
    ListOf,
    Literal,
    Logic,
    Minus,
    Name,
    Node,
    Not,
)
from runtime.language.expressions.types import Type

_ARITHMETIC = {"+": "add", "-": "subtract", "*": "multiply"}
_PLACES = {
    "record": "record",
    "row": "row",
    "old": "env.old",
    "form": "env.form",
    "system": "env.system",
    "flow": "env.flow",
}
_NOTHING = Value("None", empty=True)


class Module:
    """The generated module: its constants, and one function for each loop over rows."""

    def __init__(self) -> None:
        self.constants: dict[str, Any] = {}
        self.functions: list[str] = []

    def constant(self, value: Any) -> str:
        """Return the name of a constant holding `value`."""
        name = f"K{len(self.constants)}"
        self.constants[name] = value
        return name


class Writer:
    """Writes the lines that compute a value."""

    def __init__(self, checked: Checked, module: Module) -> None:
        self.lines: list[str] = []
        self._checked = checked
        self._module = module
        self._depth = 2
        self._variables = 0
        self._indexed = False

    def line(self, text: str) -> None:
        """Write one line."""
        self.lines.append("    " * self._depth + text)

    @contextmanager
    def indented(self) -> Iterator[None]:
        """Indent the lines written inside."""
        self._depth += 1
        yield
        self._depth -= 1

    def fresh(self) -> str:
        """Return a variable name not used yet."""
        self._variables += 1
        return f"v{self._variables}"

    def constant(self, value: Any) -> str:
        """Return the name of a constant holding `value`."""
        return self._module.constant(value)

    def kind(self, node: Node) -> Type:
        """Return the type found by the check."""
        return self._checked.types[id(node)]

    def value(self, node: Node) -> Value:
        """Write code for `node`; return where its value is."""
        match node:
            case Literal(value=None):
                return _NOTHING
            case Literal(value=bool(value)):
                return Value(repr(value), empty=False)
            case Literal():
                return Value(self.constant(node.value), empty=False)
            case Name():
                return self._name(self._checked.meanings[id(node)])
            case Minus():
                return self._held(f"minus({self.number(node.operand)})", empty=False)
            case Not():
                return self._held(f"not {self.value(node.operand).atom}", empty=False)
            case Logic():
                return self._logic(node)
            case Chain():
                return self._chain(node)
            case Compare():
                return self._compare(node)
            case ListOf():
                return self._list(node)
            case Call():
                return self._call(node)
        raise TypeError(f"not a node of an expression: {node!r}")

    def number(self, node: Node) -> str:
        """Write code for `node` as a number; empty is 0."""
        return self._filled(self.value(node))

    def loop(self, rows: Node, *, first: str, each: Callable[[], None], last: str) -> str:
        """Write a loop over a sub-table as a function of its own, call it, return where its result is.

        A function of its own, because a `return` shall end this loop only.
        """
        source = self.value(rows).atom
        outer = self.lines, self._depth, self._indexed
        self.lines, self._depth, self._indexed = [], 2, False
        each()
        body, indexed = self.lines, self._indexed
        self.lines, self._depth, self._indexed = outer
        name = f"rows{len(self._module.functions)}"
        head = "for index, row in enumerate(rows, 1):" if indexed else "for row in rows:"
        before = [f"    {first}"] if first else []
        text = [f"def {name}(env, record, rows):", *before, f"    {head}", *body, f"    return {last}"]
        self._module.functions.append("\n".join(text))
        return self._held(f"{name}(env, record, {source} or ())", empty=False).atom

    def _held(self, code: str, *, empty: bool) -> Value:
        variable = self.fresh()
        self.line(f"{variable} = {code}")
        return Value(variable, empty)

    def _filled(self, value: Value) -> str:
        if value is _NOTHING:
            return "ZERO"
        if value.empty:
            self.line(f"if {value.atom} is None: {value.atom} = ZERO")
        return value.atom

    def _name(self, meaning: Meaning) -> Value:
        if meaning.scope in ("initiator", "current_user"):
            base = f"env.ports.{meaning.scope}"
        elif meaning.scope == "row" and meaning.code == "index":
            self._indexed = True
            return Value("index", empty=False)
        else:
            base = f"{_PLACES[meaning.scope]}.get({meaning.code!r})"
        if meaning.column is not None:
            return self._held(f"[each.get({meaning.column!r}) for each in {base} or ()]", empty=False)
        if meaning.person is not None:
            return self._held(f"person(env, {base}, {meaning.person!r})", empty=True)
        if meaning.lookup is not None:
            ref = f"{_PLACES[meaning.scope]}.get({meaning.code + '_ref'!r})" if meaning.code else "None"
            return self._held(
                f"live(env, {self.constant(meaning.lookup)}, {meaning.read!r}, {base}, {ref})", empty=True
            )
        return self._held(base, empty=True)

    def _logic(self, node: Logic) -> Value:
        first, *others = node.operands
        value = self.value(first)
        result = self._held(value.atom, empty=False).atom
        strict = not value.empty
        for operand in others:
            self.line(f"if {result}:" if node.operator == "and" else f"if not {result}:")
            with self.indented():
                value = self.value(operand)
                self.line(f"{result} = {value.atom}")
            strict = strict and not value.empty
        if not strict:
            self.line(f"{result} = not not {result}")  # an empty condition is false
        return Value(result, empty=False)

    def _chain(self, node: Chain) -> Value:
        left, kind = self.value(node.first), self.kind(node.first).kind
        for sign, operand in node.rest:
            right, other = self.value(operand), self.kind(operand).kind
            result = result_kind(kind, sign, other) or "number"
            left = self._arithmetic(left, kind, sign, right, other)
            kind = result
        return left

    def _arithmetic(self, left: Value, kind: str, sign: str, right: Value, other: str) -> Value:
        dates = ("date", "datetime")
        if kind in dates and other in dates:
            return self._held(f"days_apart({left.atom}, {right.atom})", empty=True)
        if kind in dates:
            move = "shifted" if sign == "+" else "shifted_back"
            return self._held(f"{move}({left.atom}, {self._filled(right)})", empty=True)
        if other in dates:
            return self._held(f"shifted({right.atom}, {self._filled(left)})", empty=True)
        one, two = self._filled(left), self._filled(right)
        if sign == "/":
            return self._held(f"divide({one}, {two}) if {two} else None", empty=True)
        if sign == "%":
            return self._held(f"modulo({one}, {two})", empty=True)
        return self._held(f"{_ARITHMETIC[sign]}({one}, {two})", empty=False)

    def _compare(self, node: Compare) -> Value:
        left, kind = self.value(node.first), self.kind(node.first)
        tests: list[str] = []
        for sign, operand in node.rest:
            right, other = self.value(operand), self.kind(operand)
            tests.append(_test(left, kind, sign, right, other))
            left, kind = right, other
        return self._held(" and ".join(tests), empty=False)

    def _list(self, node: ListOf) -> Value:
        if all(isinstance(item, Literal) for item in node.items):
            known = tuple(
                item.value for item in node.items if isinstance(item, Literal) and item.value is not None
            )
            return Value(self.constant(known), empty=False)
        items = "".join(f"{self.value(item).atom}, " for item in node.items)
        return self._held(f"({items})", empty=False)

    def _call(self, node: Call) -> Value:
        function = FUNCTIONS[node.name]
        if function.write is not None:
            return function.write(node, self)
        arguments = [self.value(arg).atom for arg in node.args]
        if function.wants_env:
            arguments.insert(0, "env")
        return self._held(f"{self.constant(function.run)}({', '.join(arguments)})", empty=not function.total)


def _test(left: Value, kind: Type, sign: str, right: Value, other: Type) -> str:
    """Return the condition `left sign right`: false if either is empty, unless it asks for null itself."""
    if "null" in (kind.kind, other.kind) and sign in ("==", "!="):
        asked = left if other.kind == "null" else right
        return f"{asked.atom} is {'not ' if sign == '!=' else ''}None"
    guards = [f"{one.atom} is not None" for one in (left, right) if one.empty]
    if sign == "not in" and right.empty:  # nothing is in an empty list
        guards = [f"{left.atom} is not None"] if left.empty else []
        return " and ".join([*guards, f"({right.atom} is None or {left.atom} not in {right.atom})"])
    return " and ".join([*guards, f"{left.atom} {sign} {right.atom}"])
