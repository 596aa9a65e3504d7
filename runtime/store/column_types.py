"""Column types whose Python value is the same on SQLite and on PostgreSQL."""

from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Dialect,
    Integer,
    Numeric,
    SmallInteger,
    Text,
    Time,
    TypeDecorator,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine, UserDefinedType

#: What both databases hold exactly: a signed 64-bit integer is the narrower one (scaled, on SQLite).
MOST_DIGITS = 18

#: A 64-bit number that SQLite can also give out by itself (only INTEGER PRIMARY KEY counts up there).
BigInt = BigInteger().with_variant(Integer(), "sqlite")

#: JSONB on PostgreSQL, text on SQLite. None is stored as NULL, never as the JSON word null.
Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

#: A code of one of the enumerations in `store/states.py`.
Code = SmallInteger


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment: TIMESTAMPTZ on PostgreSQL, sortable UTC text on SQLite; comes back in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC.

        :raises ValueError: for a naive datetime: nobody can say which moment it is.
        """
        aware = _aware(value)
        if aware is None:
            return None
        moment = aware.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def bind_processor(self, dialect: Dialect) -> Any:
        """Return what a moment goes through: on PostgreSQL the offset may stay, and the driver writes it."""
        return super().bind_processor(dialect) if dialect.name == "sqlite" else _aware

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """Return what a moment goes through: on PostgreSQL nothing, our connections speak UTC."""
        return super().result_processor(dialect, coltype) if dialect.name == "sqlite" else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the moment, aware, in UTC, of SQLite's text."""
        return None if value is None else value.replace(tzinfo=UTC)


class _DriverNumeric(UserDefinedType[Decimal]):
    """NUMERIC as psycopg takes and gives it: Decimals, with nothing in between."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Carry no precision: widening rewrites nothing."""
        return "NUMERIC"


class Exact(TypeDecorator[Decimal]):
    """An exact decimal of `scale` digits after the point: NUMERIC on PostgreSQL, a scaled integer on SQLite.

    SQLite has no exact decimals, but integers compare, add and sum exactly. Only + and − of equal scale,
    comparison, SUM, MIN, MAX and COUNT mean the same in SQL on both.
    """

    impl = Numeric
    cache_ok = True

    def __init__(self, scale: int) -> None:
        super().__init__()
        self.scale = scale

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the column type."""
        return dialect.type_descriptor(BigInteger()) if dialect.name == "sqlite" else _DriverNumeric()

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> Decimal | int | None:
        """Return the number rounded to the scale, half up.

        :raises ValueError: if it has more digits than both databases hold exactly, or is not finite.
        """
        if value is None:
            return None
        scaled = (Decimal(value) * self._unit).to_integral_value(ROUND_HALF_UP) if _finite(value) else None
        if scaled is None or abs(scaled) >= 10**MOST_DIGITS:
            raise ValueError(f"a number of at most {MOST_DIGITS} digits was expected, found {value}")
        return int(scaled) if dialect.name == "sqlite" else Decimal(scaled) / self._unit

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:  # noqa: ARG002
        """Return what makes of the driver's value a number with exactly `scale` digits after the point."""
        last = Decimal(1).scaleb(-self.scale)

        def of_integer(value: Any) -> Decimal | None:
            return None if value is None else Decimal(int(value)).scaleb(-self.scale)

        def of_decimal(value: Any) -> Decimal | None:
            return None if value is None else Decimal(value).quantize(last, ROUND_HALF_UP)

        return of_integer if dialect.name == "sqlite" else of_decimal

    @property
    def _unit(self) -> int:
        return int(10**self.scale)


def column_type(kind: str, *, scale: int = 0) -> TypeEngine[Any]:
    """Return the column type of a storage kind (`fields.field_type.Storage`).

    :raises KeyError: for a kind that stores nothing.
    """
    return Exact(scale) if kind == "decimal" else _OF_KIND[kind]


_OF_KIND: dict[str, TypeEngine[Any]] = {
    "text": Text(),
    "integer": BigInteger(),
    "boolean": Boolean(),
    "date": Date(),
    "datetime": UtcDateTime(),
    "time": Time(),
    "json": Json,
}


def _aware(value: datetime | None) -> datetime | None:
    if value is not None and value.tzinfo is None:
        raise ValueError(f"a naive datetime cannot be stored: {value!r}")
    return value


def _finite(value: Decimal | int) -> bool:
    return Decimal(value).is_finite()
