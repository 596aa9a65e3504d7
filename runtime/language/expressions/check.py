"""Checks an expression against the names in scope: every type, every name, all problems at once."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from runtime.language.expressions import types, wording
from runtime.language.expressions.build import WITH_CONDITIONS
from runtime.language.expressions.flaw import Flaw, flaw
from runtime.language.expressions.function import Function
from runtime.language.expressions.functions import FUNCTIONS
from runtime.language.expressions.names import Meaning, Names, resolve
from runtime.language.expressions.operators import result_kind, summed, type_of_literal
from runtime.language.expressions.tree import (
    Call,
    Chain,
    Compare,
    Expression,
    ListOf,
    Literal,
    Logic,
    Minus,
    Name,
    Node,
    Not,
)
from runtime.language.expressions.types import Type, assignable, comparable, list_of, unified
from runtime.language.expressions.unknown import UnknownName, nearest
from runtime.language.speech import _

#: Row functions inside row functions: two levels cost rows², a third would stop the server.
DEEPEST_LOOP = 2

_ORDERED = ("number", "date", "datetime", "time", "text")


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check found: problems in source order, the type of the whole, facts by id() of node."""

    problems: tuple[Flaw, ...]
    type: Type
    types: Mapping[int, Type]
    meanings: Mapping[int, Meaning]


def check(tree: Expression, *, names: Names, want: Type | None = None) -> Checked:
    """Return everything wrong with `tree` among `names`, and its type; `want` is what its place asks for."""
    checker = _Checker(tree, names)
    kind = checker.visit(tree.root)
    if want is not None:
        checker.fit(tree.root, kind, want)
    problems = sorted(dict.fromkeys(checker.problems), key=lambda one: (one.start, one.end))
    return Checked(tuple(problems), kind, checker.types, checker.meanings)


class _Checker:
    """One check going on. Wrong parts count as `any`, so that one mistake is one message."""

    def __init__(self, tree: Expression, names: Names) -> None:
        self.names = names
        self.problems: list[Flaw] = []
        self.types: dict[int, Type] = {}
        self.meanings: dict[int, Meaning] = {}
        self._tree = tree
        self._rows = names.row or ""
        self._row = names.rows_owner().subtables.get(names.row) if names.row else None
        self._loops = 0

    def refuse(self, node: Node, code: str, message: str) -> None:
        """Note a problem at `node`."""
        found = self._tree.text_of(node)
        self.problems.append(flaw(code=code, start=node.start, end=node.end, found=found, message=message))

    @contextmanager
    def row_of(self, node: Node, rows: Type) -> Iterator[None]:
        """Let `row` mean a row of the sub-table that `node` names."""
        outer = self._rows, self._row
        self._rows, self._row = (node.path[-1] if isinstance(node, Name) else ""), rows.columns
        self._loops += 1
        if self._loops > DEEPEST_LOOP:
            self.refuse(node, "too_many_loops", _("按行计算的函数最多套 %(most)s 层", most=DEEPEST_LOOP))
        yield
        self._loops -= 1
        self._rows, self._row = outer

    def match(self, node: Node, kind: Type, wanted: Type) -> None:
        """Note a problem if `kind` can never equal `wanted`, or its literals are no choices of it."""
        if not comparable(kind, wanted):
            self.refuse(node, "wrong_type", wording.not_wanted(kind, wanted))
        self._choices(node, kind, wanted)

    def fit(self, node: Node, kind: Type, want: Type) -> None:
        """Note a problem if a value of `kind` cannot stand where `want` is asked for."""
        if not assignable(value=kind, target=want):
            self.refuse(node, "wrong_type", wording.wrong_result(kind, want))
        self._choices(node, kind, want)

    def visit(self, node: Node) -> Type:
        """Return the type of `node`; a node is looked at once."""
        known = self.types.get(id(node))
        if known is None:
            known = self._type_of(node)
            self.types[id(node)] = known
        return known

    def _type_of(self, node: Node) -> Type:
        match node:
            case Literal():
                return type_of_literal(node)
            case Name():
                return self._name(node)
            case Minus():
                return self._number(node.operand)
            case Not():
                self._condition(node.operand)
                return types.BOOLEAN
            case Logic():
                for operand in node.operands:
                    self._condition(operand)
                return types.BOOLEAN
            case Chain():
                return self._chain(node)
            case Compare():
                return self._compare(node)
            case ListOf():
                return self._list(node)
            case Call():
                return self._call(node)
        raise TypeError(f"not a node of an expression: {node!r}")

    def _name(self, node: Name) -> Type:
        try:
            meaning = resolve(node.path, self.names, row=self._row, rows=self._rows)
        except UnknownName as error:
            self.refuse(node, "unknown_name", str(error))
            return types.ANY
        self.meanings[id(node)] = meaning
        return meaning.type

    def _number(self, node: Node) -> Type:
        kind = self.visit(node)
        if not kind.is_a("number"):
            self.refuse(node, "wrong_type", wording.not_wanted(kind, types.NUMBER))
        return types.NUMBER

    def _condition(self, node: Node) -> None:
        kind = self.visit(node)
        if not kind.is_a("boolean"):
            self.refuse(node, "not_a_condition", wording.no_condition(kind))

    def _chain(self, node: Chain) -> Type:
        left = self.visit(node.first)
        for sign, operand in node.rest:
            right = self.visit(operand)
            kind = result_kind(left.kind, sign, right.kind)
            if kind is None:
                self.refuse(operand, "wrong_type", wording.no_arithmetic(left, sign, right))
                return types.ANY
            left = summed(left, right) if sign in "+-" and kind == "number" else Type(kind)
        return left

    def _compare(self, node: Compare) -> Type:
        first, left = node.first, self.visit(node.first)
        for sign, operand in node.rest:
            right = self.visit(operand)
            if sign in ("in", "not in"):
                self._membership(first, left, operand, right)
            elif not comparable(left, right):
                self.refuse(operand, "not_comparable", wording.not_comparable(left, right))
            elif sign not in ("==", "!=") and not (left.is_a(*_ORDERED) and right.is_a(*_ORDERED)):
                self.refuse(operand, "not_comparable", wording.not_ordered(left))
            else:
                self._choices(first, left, right)
                self._choices(operand, right, left)
            first, left = operand, right
        return types.BOOLEAN

    def _membership(self, wanted: Node, kind: Type, container: Node, listed: Type) -> None:
        if not listed.is_a("list"):
            self.refuse(container, "not_a_list", wording.not_a_list(listed))
            return
        item = listed.item or types.ANY
        if kind.kind == "list" or not comparable(kind, item):
            self.refuse(container, "not_comparable", wording.never_among(kind, listed))
            return
        self._choices(wanted, kind, replace(item, choices=listed.choices))
        self._choices(container, item, kind)

    def _list(self, node: ListOf) -> Type:
        result = types.NULL
        for item in node.items:
            kind = self.visit(item)
            both = unified(result, kind)
            if both is None or kind.kind in ("list", "rows"):
                self.refuse(item, "mixed_types", wording.mixed_items(result, kind))
                return list_of(types.ANY)
            result = both
        return list_of(result if result.kind != "null" else types.ANY)

    def _call(self, node: Call) -> Type:
        function = FUNCTIONS.get(node.name)
        if function is None:
            near = nearest(node.name, FUNCTIONS)
            message = _("没有名为“%(name)s”的函数%(near)s", name=node.name, near=near)
            self.refuse(node, "unknown_function", message)
            return types.ANY
        if not self._fits_signature(node, function):
            return function.result if isinstance(function.result, Type) else types.ANY
        if function.check is not None:
            return function.check(node, self)
        kinds = [self.visit(arg) for arg in node.args]
        for place, (arg, kind) in enumerate(zip(node.args, kinds, strict=True)):
            param = function.params[min(place, len(function.params) - 1)]
            if param.kinds and not kind.is_a(*param.kinds):
                self.refuse(arg, "wrong_type", wording.wrong_argument(node.name, param, kind))
        return function.result if isinstance(function.result, Type) else function.result(kinds)

    def _fits_signature(self, node: Call, function: Function) -> bool:
        # The last parameter of functions with conditions stands for the conditions themselves.
        params = function.params[:-1] if node.name in WITH_CONDITIONS - {"lookup"} else function.params
        least = sum(not param.optional for param in params)
        most = None if params and params[-1].many else len(params)
        if least <= len(node.args) and (most is None or len(node.args) <= most):
            return True
        message = _("应写 %(form)s，这里有 %(n)s 个参数", form=function.signature, n=len(node.args))
        self.refuse(node, "wrong_arguments", message)
        return False

    def _choices(self, node: Node, kind: Type, target: Type) -> None:
        if target.choices is None:
            return
        for value in sorted(kind.literals - target.choices):
            self.refuse(node, "no_such_choice", wording.no_such_choice(value, target.choices))
