"""How much an expression costs beside the same arithmetic written in Python.

Both compute exact decimals from dicts, other values each time; Python's side knows no emptiness and takes
its precision from the thread. Slices of both alternate, so that both meet the same speed of the machine.
"""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any, cast

from runtime.language.expressions import Env, ExpressionPorts, Names, compile_expression
from runtime.language.expressions.types import number

Record = Mapping[str, Any]

#: Records of a slice, and slices of each side.
RECORDS = 400
SLICES = 41
ROWS = 20

_MONEY = number(scale=2)
_COLUMNS = dict.fromkeys(("qty", "price", "discount", "rate"), _MONEY)
_NAMES = Names(fields=_COLUMNS, subtables={"lines": _COLUMNS})


def simple_over_python() -> float:
    """Return the time of `(qty * price - discount) * (1 + rate)` ÷ that of the same in Python."""
    records = [_line(place) for place in range(RECORDS)]
    return _ratio("(qty * price - discount) * (1 + rate)", _simple, records)


def sum20_over_python() -> float:
    """Return the time of the sum of `qty * price` over 20 rows ÷ that of the same in Python."""
    records = [
        {"lines": [_line(place * ROWS + row) for row in range(ROWS)]} for place in range(RECORDS // ROWS)
    ]
    return _ratio("sum(lines, row.qty * row.price)", _sum, records)


def _line(place: int) -> Record:
    return {
        "qty": Decimal(place % 97 + 1),
        "price": Decimal(1000 + place * 7) / 100,
        "discount": Decimal(place % 13) / 4,
        "rate": Decimal(place % 17) / 100,
    }


def _simple(record: Record) -> Decimal:
    return cast(Decimal, (record["qty"] * record["price"] - record["discount"]) * (1 + record["rate"]))


def _sum(record: Record) -> Decimal:
    return sum((row["qty"] * row["price"] for row in record["lines"]), Decimal(0))


def _ratio(source: str, python: Callable[[Record], Decimal], records: Sequence[Record]) -> float:
    compiled = compile_expression(source, names=_NAMES).evaluate
    env = Env(ports=cast(ExpressionPorts, None))  # neither expression asks for anything

    def ours(record: Record) -> Decimal:
        env.record = record
        return cast(Decimal, compiled(env))

    with localcontext(prec=34, rounding=ROUND_HALF_UP):
        wrong = [record for record in records if ours(record) != python(record)]
        if wrong:
            raise AssertionError(f"{source} differs from Python for {wrong[0]}")
        return statistics.median(_slice(ours, records) / _slice(python, records) for _ in range(SLICES))


def _slice(compute: Callable[[Record], Decimal], records: Sequence[Record]) -> float:
    start = time.perf_counter()
    for record in records:
        compute(record)
    return time.perf_counter() - start
