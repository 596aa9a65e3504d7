"""Every well-typed sentence passes the check and computes a value of its type."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runtime.language.expressions import (
    Env,
    EvaluationError,
    check,
    compile_expression,
    parse,
)
from runtime.language.expressions.types import ORGANISATION
from tests.unit.language.expressions.world import NAMES, Ports

_LEAVES = {
    "N": ["amount", "qty", "rate", "0", "2.5", "null", "max(lines.price)", "count(tags)"],
    "C": ["flag", "true", "(day == null)", "('amount' in tags)", "(name == 'a')"],
    "D": ["day", "due", "today()", "date_part(start_at)", "min(lines.day)"],
    "T": ["name", "state", "signer", "'a'", "text(tags)", "text(lines)"],
}
_SHAPES = {
    "N": [
        "(N+N)",
        "(N-N)",
        "(N*N)",
        "(N/N)",
        "(N%N)",
        "-N",
        "sum(lines,N)",
        "sum_if(lines,C,N)",
        "avg(lines.qty)",
        "max(N,N)",
        "min(N,N,N)",
        "round(N,N)",
        "floor(N)",
        "ceil(N)",
        "abs(N)",
        "if(C,N,N)",
        "coalesce(N,N)",
        "len(T)",
        "year(D)",
        "week(D)",
        "days_between(D,D)",
        "hours_between(D,now())",
        "workdays_between(D,D)",
        "count_if(lines,C)",
        "distinct_count(lines,N)",
        "max_row(lines,N)",
        "(D-D)",
    ],
    "C": [
        "(N<N)",
        "(N<=N<N)",
        "(N==N)",
        "(T==T)",
        "(T!=T)",
        "(D<D)",
        "(C==C)",
        "(C|and|C)",
        "(C|or|C)",
        "(not|C)",
        "all_rows(lines,C)",
        "any_row(lines,C)",
        "(N|in|(N,1,2))",
        "(T|not|in|('a',T))",
        "contains(T,T)",
        "matches(T,'[a-z]*')",
        "if(C,C,C)",
        "bool(C)",
    ],
    "D": [
        "(D+N)",
        "(D-N)",
        "add_days(D,N)",
        "add_months(D,N)",
        "month_end(D)",
        "month_start(D)",
        "if(C,D,D)",
        "coalesce(D,D)",
    ],
    "T": ["concat(T,N,D)", "text(N)", "text(D)", "text(C)", "if(C,T,T)", "upper_money(N)", "str_year(D)"],
}


@st.composite
def sentences(draw: st.DrawFn, kind: str | None = None, depth: int = 3) -> str:
    """Return a well-typed expression of `kind`: N a number, C a condition, D a date, T a text."""
    kind = kind or draw(st.sampled_from([*_LEAVES]))
    if not depth or draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from(_LEAVES[kind]))
    shape = draw(st.sampled_from(_SHAPES[kind]))
    return "".join(
        draw(sentences(one, depth - 1)) if one in _LEAVES else one.replace("|", " ") for one in shape
    )


#: Two texts that are no choices of each other, and row functions three deep.
_LIMITS = ("expression.no_such_choice", "expression.too_many_loops")
_PYTHON: dict[str, tuple[type, ...]] = {
    "number": (Decimal, int),
    "boolean": (bool,),
    "date": (date,),
    "datetime": (datetime,),
    "time": (time,),
    "list": (list,),
    "rows": (list,),
    "text": (str,),
    **dict.fromkeys(ORGANISATION, (str,)),
}
_RECORD: dict[str, Any] = {
    "amount": Decimal("12.50"),
    "qty": 3,
    "name": "甲",
    "flag": True,
    "day": date(2026, 4, 1),
    "start_at": datetime(2026, 4, 1, tzinfo=UTC),
    "tags": ["amount"],
    "lines": [{"qty": 2, "price": Decimal("1.5")}, {}],
}


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(sentences(), st.booleans())
def test_a_well_typed_sentence_computes_a_value_of_its_type(source: str, filled: bool) -> None:
    tree = parse(source)
    checked = check(tree, names=NAMES)
    kind = checked.type.kind
    assert [one for one in checked.problems if one.code not in _LIMITS] == []
    if checked.problems:
        return
    try:
        value = compile_expression(tree, names=NAMES).evaluate(
            Env(ports=Ports(), record=_RECORD if filled else {})
        )
    except EvaluationError:
        return  # a result too large

    assert value is None or kind in ("any", "null") or isinstance(value, _PYTHON[kind])
