"""Mail addresses."""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from runtime.fields.field_type import Options, Reading
from runtime.fields.text import Text
from runtime.language.field import Field

_PART = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_EMAIL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_PART}(?:\.{_PART})+")


class Email(Text):
    """A mail address."""

    code = "email"
    label = "邮箱"
    icon = "mail"
    options = Options
    properties = Text.properties - {"min", "max"}
    messages: ClassVar[Mapping[str, str]] = {"not_email": "应为邮箱，如 name@example.com，现为“%(found)s”。"}
    length = 254

    def read(self, field: Field, raw: Any, reading: Reading) -> str | None:
        """Return the address, its domain in lower case."""
        text = self.plain(raw).strip()
        if len(text) > self.length or not _EMAIL.fullmatch(text):
            raise self.wrong("not_email", found=text)
        name, _, domain = text.partition("@")
        return f"{name}@{domain.lower()}"

    def mask(self, field: Field, value: Any) -> str:
        """n***@example.com."""
        if value is None:
            return ""
        name, _, domain = value.partition("@")
        return f"{name[:1]}***@{domain}"
