"""An amount in the capital characters of Chinese banking (人民币大写)."""

from decimal import Decimal

from runtime.language.expressions.flaw import EvaluationError
from runtime.language.expressions.values import CONTEXT, Number
from runtime.language.speech import _

DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "兆")
_CENT = Decimal("0.01")
#: Just below 10¹⁶ yuan: groups above 兆 have no agreed name.
_TOO_MUCH = Decimal("9999999999999999.995")


def upper_money(amount: Number | None) -> str | None:
    """Return `amount` (yuan) in capitals, rounded half up to the cent: 1005.3 is 壹仟零伍元叁角整.

    :raises EvaluationError: if it does not stay below 10¹⁶.

    Source: 《正确填写票据和结算凭证的基本规定》: 整 follows 元 and 角, never 分; one 零 stands for any run of
    zeros.
    """
    if amount is None:
        return None
    exact = Decimal(amount)
    if abs(exact) >= _TOO_MUCH:
        raise EvaluationError(_("金额过大，无法写成大写"))
    exact = CONTEXT.quantize(exact, _CENT)
    yuan, cents = divmod(int(abs(exact) * 100), 100)
    tens, ones = divmod(cents, 10)
    words = f"{_whole(yuan)}元" if yuan else ""
    if tens:
        words += f"{DIGITS[tens]}角"
    elif ones and yuan:
        words += DIGITS[0]
    words += f"{DIGITS[ones]}分" if ones else "整"
    if not yuan and not cents:
        words = "零元整"
    return f"负{words}" if exact < 0 else words


def _whole(number: int) -> str:
    """Return a positive whole number in capitals."""
    words = ""
    gap = False  # zeros were passed since the last digit
    for group in range(len(_GROUPS) - 1, -1, -1):
        four = number // 10_000**group % 10_000
        for place in range(3, -1, -1):
            digit = four // 10**place % 10
            if not digit:
                gap = True
                continue
            words += (DIGITS[0] if gap and words else "") + DIGITS[digit] + _PLACES[place]
            gap = False
        words += _GROUPS[group] if four else ""
    return words
