"""Amounts of money."""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marshmallow import fields, validate

from runtime.fields.field_type import Options, Reading
from runtime.fields.number import Number
from runtime.language.field import Field


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency: how amounts are marked, and its smallest unit."""

    sign: str
    #: Digits after the point.
    scale: int


#: By ISO 4217 code.
CURRENCIES = {
    "CNY": Currency("¥", 2),
    "USD": Currency("$", 2),
    "EUR": Currency("€", 2),
    "GBP": Currency("£", 2),
    "HKD": Currency("HK$", 2),
    "JPY": Currency("JP¥", 0),
}


class MoneyOptions(Options):
    """Options of an amount."""

    currency = fields.String(validate=validate.OneOf(list(CURRENCIES)), metadata={"label": "币种"})


class Money(Number):
    """An amount in one currency, Renminbi where none is named."""

    code = "money"
    label = "金额"
    icon = "currency-yuan"
    options = MoneyOptions
    properties = Number.properties | {"mask"}
    style = "money"

    def scale(self, field: Field) -> int:
        """As the field's `precision`, else the currency's."""
        return _currency(field).scale if field.precision is None else field.precision

    def read(self, field: Field, raw: Any, reading: Reading) -> Any:
        """Return the exact amount; the currency's own sign before it is accepted."""
        if isinstance(raw, str):
            raw = raw.strip().replace("￥", "¥", 1).removeprefix(_currency(field).sign)
        return super().read(field, raw, reading)

    def dump(self, field: Field, value: Any) -> Any:
        """Return exact text with all its digits: "1234.50"."""
        return None if value is None else f"{value:.{self.scale(field)}f}"

    def show(self, field: Field, value: Any, reading: Reading) -> str:
        """Return the amount as in a contract: ¥1,234.50."""
        return "" if value is None else _written(value, sign=_currency(field).sign, scale=self.scale(field))


def _currency(field: Field) -> Currency:
    return CURRENCIES[field.options.get("currency", "CNY")]


def _written(value: Decimal, *, sign: str, scale: int) -> str:
    return f"{'-' if value < 0 else ''}{sign}{abs(value):,.{scale}f}"
