"""Functions of numbers."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, InvalidOperation

from runtime.language.expressions import types
from runtime.language.expressions.function import Function, Param
from runtime.language.expressions.upper_money import upper_money
from runtime.language.expressions.values import CONTEXT, MOST_DIGITS, ZERO, Number

FAMILY = "数字"
_NUMBER = Param("数字", ("number",))


def rounded(value: Number | None, digits: Number | None = None) -> Decimal:
    """Return `value` rounded half up to `digits` after the point; negative ones mean tens, hundreds …"""
    places = max(-MOST_DIGITS, min(MOST_DIGITS, int(digits or 0)))
    exact = Decimal(value or 0)
    try:
        result = CONTEXT.quantize(exact, Decimal((0, (1,), -places)))
    except InvalidOperation:  # more digits than there are: it is as round as it can be
        return exact
    return CONTEXT.add(result, ZERO)  # 1E+2 is written 100


def _absolute(value: Number | None) -> Decimal:
    return CONTEXT.abs(value or ZERO)


def _floor(value: Number | None) -> Decimal:
    return Decimal(value or 0).to_integral_value(ROUND_FLOOR)


def _ceil(value: Number | None) -> Decimal:
    return Decimal(value or 0).to_integral_value(ROUND_CEILING)


NUMBERS = (
    Function(
        name="round",
        family=FAMILY,
        params=(_NUMBER, Param("位数", ("number",), optional=True)),
        result=types.NUMBER,
        help="四舍五入到小数点后若干位，缺省取整；位数为负时舍入到十位、百位。",
        example="round(2.345, 2)",
        gives="2.35",
        run=rounded,
        total=True,
    ),
    Function(
        name="floor",
        family=FAMILY,
        params=(_NUMBER,),
        result=types.number(scale=0),
        help="向下取整。",
        example="floor(-1.5)",
        gives="-2",
        run=_floor,
        total=True,
    ),
    Function(
        name="ceil",
        family=FAMILY,
        params=(_NUMBER,),
        result=types.number(scale=0),
        help="向上取整。",
        example="ceil(1.2)",
        gives="2",
        run=_ceil,
        total=True,
    ),
    Function(
        name="abs",
        family=FAMILY,
        params=(_NUMBER,),
        result=types.NUMBER,
        help="绝对值。",
        example="abs(-3)",
        gives="3",
        run=_absolute,
        total=True,
    ),
    Function(
        name="upper_money",
        family=FAMILY,
        params=(Param("金额", ("number",)),),
        result=types.TEXT,
        help="人民币大写，精确到分；金额为空时为空。",
        example="upper_money(1005.3)",
        gives="壹仟零伍元叁角整",
        run=upper_money,
    ),
)
