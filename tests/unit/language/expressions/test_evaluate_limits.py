"""What evaluation never does: run what it need not, grow without end, reach anything of Python."""

from decimal import Decimal

import pytest

from runtime.language.expressions import EvaluationError, ExpressionError, Names, compile_expression, types
from tests.unit.language.expressions.world import NAMES, Ports, evaluate

D = Decimal


def test_branches_not_taken_are_not_evaluated() -> None:
    ports = Ports(answer=True)

    evaluate("if(true, 1, if(exists('project', name='x'), 2, 3))", ports=ports)
    evaluate("false and exists('project', name='x')", ports=ports)
    evaluate("true or exists('project', name='x')", ports=ports)
    evaluate("coalesce(1, if(exists('project', name='x'), 2, 3))", ports=ports)

    assert ports.asked == []


def test_values_of_another_type_than_compiled_for_are_an_evaluation_error() -> None:
    with pytest.raises(EvaluationError, match="amount"):
        evaluate("amount + 1", {"amount": "十"})


def test_texts_grow_only_to_the_limit() -> None:
    long = "x" * 1000

    assert len(evaluate("concat(name, name, name, name)", {"name": long})) == 4000
    with pytest.raises(EvaluationError, match="4000"):
        evaluate("concat(name, name, name, name, 'y')", {"name": long})


def test_deep_expressions_compile() -> None:
    deep = "if(flag, " * 39 + "1" + ", 2)" * 39

    assert evaluate(deep, {"flag": True}) == D(1)
    assert evaluate("(" * 39 + "flag" + " or flag)" * 39, {"flag": True}) is True


@pytest.mark.parametrize(
    "source",
    [
        "amount.__class__",
        "row.__class__",
        "lines.__class__",
        "env",
        "record",
        "ZERO",
        "K0",
        "v1",
        "__builtins__",
        "exec('x')",
        "initiator.__class__",
        "record.__dict__",
        "open('x')",
        "lookup('project', '__class__', name)",
    ],
)
def test_nothing_of_python_is_in_reach(source: str) -> None:
    with pytest.raises(ExpressionError):
        compile_expression(source, names=NAMES)


def test_quotes_in_codes_and_texts_stay_data() -> None:
    names = Names(
        fields={"a": types.TEXT}, tables=lambda name: {"x": types.TEXT} if name == "t'+x+'" else None
    )
    ports = Ports(answer="found")

    assert evaluate(r"lookup('t\'+x+\'', 'x', 'a\'); raise')", names=names, ports=ports) == "found"
    assert ports.asked[0][1] == {"table": "t'+x+'", "column": "x", "key": "a'); raise"}
