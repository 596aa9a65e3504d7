"""Shares of a whole."""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from runtime.fields.field_type import Reading
from runtime.fields.number import Number, rounded
from runtime.language.expressions.values import plain_number
from runtime.language.field import Field

_HUNDRED = Decimal(100)


class Percent(Number):
    """A share, kept as a fraction: 30 % is 0.3.

    What ends in % is a percentage ("30%"); a plain number is the fraction itself (0.3). Plain *text* above 1
    could be either, so it is refused: nobody should book 3000 % by leaving out a sign.
    """

    code = "percent"
    label = "百分比"
    icon = "percentage"
    style = "percent"
    messages: ClassVar[Mapping[str, str]] = {
        "not_number": "应为百分比，如 30%%，现为“%(found)s”。",
        "no_sign": "请写上百分号，如 %(found)s%%。",
        "too_fine": "折合小数最多 %(scale)s 位，现为 %(found)s。",
    }

    def scale(self, field: Field) -> int:
        """Two more than the `precision` of the percentage, which is 4 where it is not given."""
        return 2 + (4 if field.precision is None else field.precision)

    def read(self, field: Field, raw: Any, reading: Reading) -> Any:
        """Return the fraction."""
        if not isinstance(raw, str):
            return self.within(field, self.digits(raw))
        text = raw.strip().replace("％", "%")
        if text.endswith("%"):
            return self.within(field, self.digits(text[:-1]).scaleb(-2))
        number = self.digits(text)
        if abs(number) > 1:
            raise self.wrong("no_sign", found=text)
        return self.within(field, number)

    def dump(self, field: Field, value: Any) -> Any:
        """Return the exact percentage with its sign."""
        return None if value is None else f"{plain_number(value * _HUNDRED)}%"

    def show(self, field: Field, value: Any, reading: Reading) -> str:
        """Return the percentage, to two digits where `precision` does not say more."""
        if value is None:
            return ""
        digits = 2 if field.precision is None else field.precision
        return f"{plain_number(rounded(value * _HUNDRED, digits))}%"
