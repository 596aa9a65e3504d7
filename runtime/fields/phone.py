"""Telephone numbers."""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from runtime.fields.field_type import Options, Reading
from runtime.fields.text import Text
from runtime.language.field import Field

#: Mobile of the mainland, landline with area code and extension, 400/800, or international with +.
_PHONE = re.compile(
    r"1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}(?:-[0-9]{1,6})?|[48]00-?[0-9]{3}-?[0-9]{4}|\+[0-9]{6,15}"
)


class Phone(Text):
    """A telephone number; blanks between the digits are dropped."""

    code = "phone"
    label = "电话"
    icon = "phone"
    options = Options
    properties = Text.properties - {"min", "max"}
    messages: ClassVar[Mapping[str, str]] = {
        "not_phone": "应为手机号或带区号的电话，如 0571-88880000，现为“%(found)s”。",
    }
    length = 30

    def read(self, field: Field, raw: Any, reading: Reading) -> str | None:
        """Return the number without blanks."""
        text = re.sub(r"\s", "", self.plain(raw)).replace("－", "-").replace("（", "(").replace("）", ")")
        text = re.sub(r"^\((0[0-9]{2,3})\)", r"\1-", text)
        if not _PHONE.fullmatch(text):
            raise self.wrong("not_phone", found=text)
        return text

    def mask(self, field: Field, value: Any) -> str:
        """138****0000."""
        if value is None:
            return ""
        return f"{value[:3]}****{value[-4:]}" if len(value) >= 11 else f"****{value[-2:]}"
