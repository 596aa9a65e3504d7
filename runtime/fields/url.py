"""Web addresses."""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from runtime.fields.field_type import Options, Reading
from runtime.fields.text import Text
from runtime.language.field import Field

#: Only what a browser may open from a page: a `javascript:` address is no address.
_URL = re.compile(r"https?://[^\s/?#\"'<>\\@]+(?:[/?#][^\s\"<>\\]*)?", re.IGNORECASE)


class Url(Text):
    """An http or https address."""

    code = "url"
    label = "网址"
    icon = "world"
    options = Options
    properties = Text.properties - {"min", "max", "mask"}
    messages: ClassVar[Mapping[str, str]] = {"not_url": "应为 http:// 或 https:// 网址，现为“%(found)s”。"}
    length = 2000

    def read(self, field: Field, raw: Any, reading: Reading) -> str | None:
        """Return the address; one without a scheme is taken as https."""
        text = self.plain(raw).strip()
        if "." in text and re.match(r"[A-Za-z0-9.-]+(?:[/:?#]|$)", text) and ":/" not in text[:8]:
            text = f"https://{text}"
        if not _URL.fullmatch(text):
            raise self.wrong("not_url", found=text)
        return self.fitting(field, text)
