"""A filter holds in SQL for exactly the rows for which the expression holds in Python, on both databases."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine, insert, not_, select

from runtime.language.expressions import Env, compile_expression, filter_of, parse, prefilter_of
from runtime.store.filter_sql import filter_clause
from tests.store.filtered import COLUMNS, CONDITION, FORM_VALUES, NAMES, ROWS, TABLE
from tests.unit.language.expressions.world import Ports


@pytest.fixture
def furnished(engine: Engine) -> Iterator[Engine]:
    """Return an engine on a database with the table."""
    TABLE.create(engine)
    yield engine
    TABLE.drop(engine)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(source=CONDITION, rows=ROWS, form=FORM_VALUES)
def test_sql_finds_the_rows_that_python_finds(
    furnished: Engine, source: str, rows: list[dict[str, Any]], form: dict[str, Any]
) -> None:
    env = Env(ports=Ports(), form=form)
    compiled = compile_expression(source, names=NAMES)
    condition = filter_of(parse(source), names=NAMES)
    clause = filter_clause(condition, columns=COLUMNS, values=condition.values(env))

    with furnished.begin() as connection:
        connection.execute(TABLE.delete())
        connection.execute(insert(TABLE), [{"id": place, **row} for place, row in enumerate(rows)])
        found = set(connection.scalars(select(TABLE.c.id).where(clause)))
        others = set(connection.scalars(select(TABLE.c.id).where(not_(clause))))

    holding = {
        place for place, row in enumerate(rows) if compiled.holds(Env(ports=Ports(), record=row, form=form))
    }
    assert found == holding
    assert others == set(range(len(rows))) - holding


def test_a_system_column_is_compared_with_the_code_it_stores(furnished: Engine) -> None:
    def found(source: str) -> set[int]:
        condition = filter_of(parse(source), names=NAMES)
        clause = filter_clause(
            condition,
            columns=COLUMNS,
            values=condition.values(Env(ports=Ports())),
            codes={"record.owner": {"u1": 101, "u2": 102}.get},
        )
        with furnished.connect() as connection:
            return set(connection.scalars(select(TABLE.c.id).where(clause)))

    with furnished.begin() as connection:
        connection.execute(
            insert(TABLE),
            [{"id": place, "s_owner": owner} for place, owner in ((1, 101), (2, 102), (3, None))],
        )

    assert found("record.owner == initiator") == {1}
    assert found("record.owner != current_user") == {1}
    assert found("record.owner == 'nobody'") == set()
    assert found("record.owner != 'nobody'") == {1, 2}
    assert found("record.owner in (initiator, 'nobody')") == {1}
    assert found("record.owner not in (initiator, 'nobody')") == {2}


def test_the_part_that_sql_can_test_finds_every_row_that_python_finds(furnished: Engine) -> None:
    source = "name == 'a' and contains(other, 'x') and day <= today() and count(tags) > 0"
    rows = [
        {"id": 1, "name": "a", "other": "xy", "day": date(2026, 4, 1), "tags": ["t"]},
        {"id": 2, "name": "a", "other": "yy", "day": date(2026, 4, 1), "tags": ["t"]},
        {"id": 3, "name": "b", "other": "xy", "day": date(2026, 4, 1), "tags": ["t"]},
        {"id": 4, "name": "a", "other": "xy", "day": date(2026, 4, 2), "tags": ["t"]},
    ]
    condition = prefilter_of(parse(source), names=NAMES)
    clause = filter_clause(condition, columns=COLUMNS, values=condition.values(Env(ports=Ports())))

    with furnished.begin() as connection:
        for row in rows:
            connection.execute(insert(TABLE), row)
        found = set(connection.scalars(select(TABLE.c.id).where(clause)))

    assert found == {1, 2}
    assert condition.columns == {"name", "day"}
