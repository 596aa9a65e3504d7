"""Numbers of resident identity cards (GB 11643-1999)."""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from runtime.fields.field_type import Options, Reading
from runtime.fields.text import Text
from runtime.language.field import Field

_NUMBER = re.compile(r"[1-9][0-9]{5}([0-9]{4})([0-9]{2})([0-9]{2})[0-9]{3}[0-9X]", re.ASCII)
#: ISO 7064 MOD 11-2, as the standard gives it: weights of the 17 digits, check characters by remainder.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


class IdCard(Text):
    """An 18-digit number with its check character."""

    code = "idcard"
    label = "身份证号"
    icon = "id"
    options = Options
    properties = Text.properties - {"min", "max"}
    messages: ClassVar[Mapping[str, str]] = {
        "not_idcard": "应为 18 位身份证号。",
        "mistyped": "校验位不符，请核对身份证号。",
    }
    length = 18

    def read(self, field: Field, raw: Any, reading: Reading) -> str | None:
        """Return the number; the messages do not repeat it."""
        text = re.sub(r"\s", "", self.plain(raw)).upper()
        found = _NUMBER.fullmatch(text)
        if not found or not _is_day(*map(int, found.groups())):
            raise self.wrong("not_idcard")
        if check_character(text[:17]) != text[17]:
            raise self.wrong("mistyped")
        return text

    def mask(self, field: Field, value: Any) -> str:
        """The region and the end: 330***********001X."""
        return "" if value is None else f"{value[:3]}{'*' * 11}{value[-4:]}"


def check_character(digits: str) -> str:
    """Return the check character of the first 17 digits."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11]


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return date(year, month, day).year >= 1800
    except ValueError:
        return False
