"""What the number types share: reading digits people type, rounding, limits.

Numbers are capped by pattern at the border: Decimal itself would take NaN, Infinity, 1e3 and digits of
every script.
"""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import Any, ClassVar

from marshmallow import Schema, fields

from runtime.fields.field_type import FieldType, Options, Reading, Storage
from runtime.language.expressions.types import Type, number
from runtime.language.expressions.values import plain_number
from runtime.language.field import Field

#: Digits of the largest stored number: SQLite keeps decimals as scaled 64-bit integers.
MOST_DIGITS = 18
#: Digits before the point, at most: 9,999,999,999,999 is beyond every amount seen.
MOST_WHOLE_DIGITS = 13

_NUMBER = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)?(?:\.[0-9]+)?", re.ASCII)
_LONGEST = 60
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


class NumberOptions(Options):
    """Options of a number."""

    unit = fields.String(metadata={"label": "单位"})


class Number(FieldType):
    """A number with a fixed count of digits after the point."""

    options: ClassVar[type[Schema]] = NumberOptions
    #: How expressions show it: "", "money" or "percent".
    style: ClassVar[str] = ""
    properties = frozenset({"formula", "default", "unique", "index", "min", "max", "precision"})
    messages: ClassVar[Mapping[str, str]] = {
        "not_number": "应为数字，如 1234.50，现为“%(found)s”。",
        "full_width": "请用半角数字填写，现为“%(found)s”。",
        "too_large": "整数部分最多 %(most)s 位，现有 %(length)s 位。",
        "too_fine": "最多 %(scale)s 位小数，现为 %(found)s。",
    }

    def scale(self, field: Field) -> int:
        """Return the digits after the point that are stored."""
        raise NotImplementedError

    def storage(self, field: Field) -> Storage:
        """Keep a decimal of the field's scale."""
        return Storage("decimal", scale=self.scale(field))

    def type(self, field: Field) -> Type | None:
        """A number of the field's scale."""
        return number(scale=self.scale(field), style=self.style)

    def read(self, field: Field, raw: Any, reading: Reading) -> Any:
        """Return the exact number; more digits than the field has are a problem, not rounded away."""
        return self.within(field, self.digits(raw))

    def digits(self, raw: Any) -> Decimal:
        """Return the number that `raw` writes in plain digits, thousands separators allowed.

        :raises InvalidValue: if it is none.
        """
        text = _written(raw)
        if len(text) <= _LONGEST and _NUMBER.fullmatch(text) and text[-1:].isdigit():
            return Decimal(text.replace(",", ""))
        if any(character.isdecimal() and not character.isascii() for character in text):
            raise self.wrong("full_width", found=text)
        raise self.wrong("not_number", found=text or type(raw).__name__)

    def within(self, field: Field, value: Decimal) -> Any:
        """Return `value` with the field's digits.

        :raises InvalidValue: if it has more, before or after the point.
        """
        scale, most = self.scale(field), self._whole_digits(field)
        whole = len(str(abs(int(value))))
        if whole > most:
            raise self.wrong("too_large", most=most, length=whole)
        fitting = rounded(value, scale)
        if fitting != value:
            raise self.wrong("too_fine", scale=scale, found=f"{value:f}")
        return self.kept(fitting)

    def kept(self, value: Decimal) -> Any:
        """Return the Python value that is stored for the rounded `value`."""
        return value

    def dump(self, field: Field, value: Any) -> Any:
        """Return exact text, as an input shows it: JSON numbers would pass through binary fractions."""
        return None if value is None else plain_number(value)

    def show(self, field: Field, value: Any, reading: Reading) -> str:
        """Return the number with its unit."""
        return "" if value is None else f"{plain_number(value)}{field.options.get('unit', '')}"

    def fit(self, field: Field, value: Any) -> Any:
        """Round a computed number half up; what does not fit the column is no value."""
        if value is None or isinstance(value, bool) or not isinstance(value, int | Decimal):
            return None
        if not Decimal(value).is_finite():
            return None
        try:
            fitting = rounded(Decimal(value), self.scale(field))
        except InvalidOperation:
            return None
        return self.kept(fitting) if abs(fitting) < 10 ** self._whole_digits(field) else None

    def size(self, field: Field, value: Any) -> Any:
        """Compare the number itself."""
        return value

    def bound(self, field: Field, limit: Any) -> Any:
        """Return the limit, exactly as written."""
        return Decimal(str(limit))

    def _whole_digits(self, field: Field) -> int:
        return min(MOST_WHOLE_DIGITS, MOST_DIGITS - self.scale(field))


def rounded(value: Decimal, scale: int) -> Decimal:
    """Return `value` with `scale` digits after the point, half up.

    :raises InvalidOperation: beyond 60 digits.
    """
    result = value.quantize(Decimal(1).scaleb(-scale), context=_EXACT)
    # Zero has a sign in Decimal; no person ever meant "-0.00".
    return result if result else abs(result)


def _written(raw: Any) -> str:
    if isinstance(raw, bool):
        return ""
    if isinstance(raw, float):
        # repr is the shortest text that means this float: what its author wrote.
        raw = Decimal(repr(raw))
    if isinstance(raw, Decimal):
        return f"{raw:f}"[: _LONGEST + 1]
    return str(raw).strip()[: _LONGEST + 1] if isinstance(raw, int | str) else ""
