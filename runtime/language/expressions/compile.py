"""From a checked tree to a Python function that reaches nothing but the values and ports it is given."""

from collections.abc import Callable
from dataclasses import dataclass, field
from types import CodeType
from typing import Any

from runtime.language.expressions import values
from runtime.language.expressions.check import Checked, check
from runtime.language.expressions.environment import Env
from runtime.language.expressions.flaw import EvaluationError, ExpressionError
from runtime.language.expressions.names import Lookup, Names
from runtime.language.expressions.parse import parse
from runtime.language.expressions.references import References, references
from runtime.language.expressions.tree import Expression
from runtime.language.expressions.types import Type
from runtime.language.expressions.write import Module, Writer
from runtime.language.speech import _

#: What values of an unexpected type, and results out of every range, raise.
_EXPECTED = (TypeError, ArithmeticError)


@dataclass(frozen=True, slots=True)
class Compiled:
    """An expression ready to be evaluated, again and again and from many threads.

    `evaluate(env)` returns Decimal or int, str, bool, date, datetime (UTC), time, list, or None for empty. A
    condition is never None unless it is a bare field.
    It raises EvaluationError if the values are not of the types it was compiled for, or the result is too
    large.
    """

    tree: Expression
    type: Type
    references: References
    evaluate: Callable[[Env], Any] = field(repr=False, compare=False)
    #: The generated Python, for the curious and for tests.
    code: str = field(repr=False, compare=False)

    def holds(self, env: Env) -> bool:
        """Tell whether the condition is true; empty is not."""
        return bool(self.evaluate(env))


def compile_expression(source: str | Expression, *, names: Names, want: Type | None = None) -> Compiled:
    """Return `source` compiled for the types in `names`.

    :raises ExpressionError: if it is not an expression or has any problem.
    """
    tree = parse(source) if isinstance(source, str) else source
    checked = check(tree, names=names, want=want)
    if checked.problems:
        raise ExpressionError(*checked.problems)
    module = Module()
    text = _module_text(tree, checked, module)
    space: dict[str, Any] = {"__builtins__": {}, **_GLOBALS, **module.constants}
    space["failed"] = _failure_of(tree)
    exec(_byte_code(text), space)
    return Compiled(tree, checked.type, references(tree, names=names), space["evaluate"], text)


def _module_text(tree: Expression, checked: Checked, module: Module) -> str:
    writer = Writer(checked, module)
    result = writer.value(tree.root).atom
    if checked.type.kind == "list":
        result = f"as_list({result})"
    lines = [
        *module.functions,
        "def evaluate(env):",
        "    record, row, index = env.record, env.row, env.index",
        "    try:",
        *writer.lines,
        f"        return {result}",
        "    except EXPECTED as error:",
        "        raise failed(error) from error",
    ]
    return "\n".join(lines) + "\n"


def _byte_code(text: str) -> CodeType:
    return compile(text, "<expression>", "exec", dont_inherit=True)


def _failure_of(tree: Expression) -> Callable[[Exception], EvaluationError]:
    def failed(error: Exception) -> EvaluationError:
        return EvaluationError(
            _("表达式“%(source)s”无法计算：%(error)s", source=tree.source[:80], error=error)
        )

    return failed


def _person(env: Env, code: str | None, what: str) -> Any:
    known = env.ports.person(code) if code is not None else None
    return known.get(what) if known is not None else None


def _live(env: Env, lookup: Lookup, column: str, value: Any, ref: int | None) -> Any:
    if value is None and ref is None:
        return None
    return env.ports.live(table=lookup.table, column=column, key=lookup.key, value=value, ref=ref)


def _as_list(items: Any) -> list[Any] | None:
    return list(items) if items else None


#: Everything generated code can name, besides its constants.
_GLOBALS: dict[str, Any] = {
    "ZERO": values.ZERO,
    "EXPECTED": _EXPECTED,
    "add": values.CONTEXT.add,
    "subtract": values.CONTEXT.subtract,
    "multiply": values.CONTEXT.multiply,
    "divide": values.CONTEXT.divide,
    "minus": values.CONTEXT.minus,
    "modulo": values.modulo,
    "shifted": values.shifted,
    "shifted_back": values.shifted_back,
    "days_apart": values.days_apart,
    "person": _person,
    "live": _live,
    "as_list": _as_list,
    "enumerate": enumerate,
}
