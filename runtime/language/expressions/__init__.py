"""The one small, safe language of formulas, conditions, filters and texts (definitions §4).

The way of an expression: `parse` (text → tree), `check` (names and types, all problems at once),
`compile_expression` (→ `Compiled.evaluate(env)`). `references` and `order_formulas` say what it reads and in
which order formulas are computed; `parse_template`, `check_template` and `compile_template` do the same for
texts with `{expression}` holes; `filter_of` says what SQL can do. Nothing here reads a clock, a database or
the web: whatever an expression asks for comes through `Env` and its `ExpressionPorts`.
"""

from runtime.language.expressions.check import Checked, check
from runtime.language.expressions.compile import Compiled, compile_expression
from runtime.language.expressions.environment import Env, ExpressionPorts
from runtime.language.expressions.filter import Filter
from runtime.language.expressions.flaw import EvaluationError, ExpressionError, Flaw
from runtime.language.expressions.function import Function, Param
from runtime.language.expressions.functions import FUNCTIONS
from runtime.language.expressions.names import FLOW, PERSON, RESERVED, SYSTEM, Lookup, Names
from runtime.language.expressions.order import Circle, order_formulas
from runtime.language.expressions.parse import parse
from runtime.language.expressions.references import References, references
from runtime.language.expressions.subset import filter_of, prefilter_of
from runtime.language.expressions.template import (
    CompiledTemplate,
    Template,
    check_template,
    compile_template,
    parse_template,
    show_value,
)
from runtime.language.expressions.tree import Expression
from runtime.language.expressions.types import Type, assignable
from runtime.language.expressions.upper_money import upper_money

__all__ = [
    "FLOW",
    "FUNCTIONS",
    "PERSON",
    "RESERVED",
    "SYSTEM",
    "Checked",
    "Circle",
    "Compiled",
    "CompiledTemplate",
    "Env",
    "EvaluationError",
    "Expression",
    "ExpressionError",
    "ExpressionPorts",
    "Filter",
    "Flaw",
    "Function",
    "Lookup",
    "Names",
    "Param",
    "References",
    "Template",
    "Type",
    "assignable",
    "check",
    "check_template",
    "compile_expression",
    "compile_template",
    "filter_of",
    "order_formulas",
    "parse",
    "parse_template",
    "prefilter_of",
    "references",
    "show_value",
    "upper_money",
]
