"""A value is the same value on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Engine, Integer, MetaData, Table, func, insert, select
from sqlalchemy.exc import StatementError

from runtime.store.column_types import Exact, Json, UtcDateTime

_TABLE = Table(
    "sample",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("amount", Exact(2)),
    Column("at", UtcDateTime),
    Column("data", Json),
)
_ONE_DATABASE = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def sample(engine: Engine) -> Iterator[Engine]:
    """Return an engine on a database with the table."""
    _TABLE.create(engine)
    yield engine
    _TABLE.drop(engine)


def _stored(engine: Engine, column: str, values: list[Any]) -> list[Any]:
    with engine.begin() as connection:
        connection.execute(_TABLE.delete())
        if not values:
            return []
        connection.execute(insert(_TABLE), [{"id": at, column: value} for at, value in enumerate(values)])
        return list(connection.scalars(select(_TABLE.c[column]).order_by(_TABLE.c.id)))


@_ONE_DATABASE
@given(values=st.lists(st.decimals(-(10**15), 10**15, places=2), min_size=1, max_size=5))
def test_exact_numbers_come_back_and_add_up_exactly(sample: Engine, values: list[Decimal]) -> None:
    found = _stored(sample, "amount", values)

    assert found == values
    assert {value.as_tuple().exponent for value in found} == {-2}
    with sample.connect() as connection:
        assert connection.scalar(select(func.sum(_TABLE.c.amount))) == sum(values)
        above = select(func.count()).where(_TABLE.c.amount > values[0])
        assert connection.scalar(above) == sum(value > values[0] for value in values)
        more = select(func.min(_TABLE.c.amount + Decimal("0.01")))
        assert connection.scalar(more) == min(values) + Decimal("0.01")


def test_exact_numbers_are_rounded_half_up(sample: Engine) -> None:
    given_values = [Decimal("0.005"), Decimal("-0.005"), Decimal("2.675"), 3, None]

    found = _stored(sample, "amount", given_values)

    assert found == [Decimal("0.01"), Decimal("-0.01"), Decimal("2.68"), Decimal(3), None]


@pytest.mark.parametrize("value", [Decimal(10) ** 16, Decimal("NaN"), Decimal("Infinity"), Decimal("-1e30")])
def test_a_number_that_not_both_databases_hold_is_refused(sample: Engine, value: Decimal) -> None:
    with pytest.raises(StatementError):
        _stored(sample, "amount", [value])


@_ONE_DATABASE
@given(
    moments=st.lists(st.datetimes(timezones=st.just(timezone(timedelta(hours=8)))), min_size=1, max_size=4)
)
def test_moments_come_back_in_utc_and_in_order(sample: Engine, moments: list[datetime]) -> None:
    late = [moment for moment in moments if moment.year > 1]

    found = _stored(sample, "at", late)

    assert found == late
    assert all(moment.tzinfo is UTC for moment in found)
    with sample.connect() as connection:
        assert list(connection.scalars(select(_TABLE.c.at).order_by(_TABLE.c.at))) == sorted(late)


def test_a_moment_without_a_zone_is_refused(sample: Engine) -> None:
    with pytest.raises(StatementError, match="naive"):
        _stored(sample, "at", [datetime(2026, 1, 2)])


def test_json_keeps_what_it_is_given_and_nothing_is_null(sample: Engine) -> None:
    values = [["甲", "乙"], {"省": "浙江", "n": 1}, None]

    assert _stored(sample, "data", values) == values
    with sample.connect() as connection:
        assert connection.scalar(select(func.count()).where(_TABLE.c.data.is_(None))) == 1
