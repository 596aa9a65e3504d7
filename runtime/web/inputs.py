"""What comes in, before any page sees it: JSON, form fields, addresses.

Databases hold no NUL, ids have an end, and a parser that recurses can be made to fall over. What cannot be
anybody's honest input is refused here or left out, once for all routes.
"""

import re
from typing import Any

from flask import Flask, Request, request
from flask.json.provider import DefaultJSONProvider
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import IntegerConverter, Map, UnicodeConverter, ValidationError

from runtime.language.whole_number import LARGEST, whole_number

#: Control characters but tab and line ends, and halves of surrogate pairs.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
#: How JSON may write one: as it is, or escaped. A whole pair matches too, and is kept below.
_MAYBE_UNWANTED = re.compile(r"\\u(?:00[01]|007[fF]|[dD][89a-fA-F])|\x7f")


class CarefulJson(DefaultJSONProvider):
    """JSON whose texts every database can hold."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Return the value.

        :raises ValueError: if it is no JSON, or nested too deeply to be read.
        """
        text = s.decode("utf-8") if isinstance(s, bytes) else s
        try:
            found = super().loads(text, **kwargs)
            return _plain(found) if _MAYBE_UNWANTED.search(text) else found
        except RecursionError:
            raise ValueError("nested too deeply") from None


class PlainTexts(ImmutableMultiDict[str, str]):
    """Fields of a form or an address, without what no database holds."""

    def __init__(self, mapping: Any = None) -> None:
        pairs = ImmutableMultiDict(mapping).items(multi=True)
        # A part of a form may be a file.
        super().__init__([(plain(name), plain(one) if isinstance(one, str) else one) for name, one in pairs])


class PlainRequest(Request):
    """A request whose fields are `PlainTexts`."""

    parameter_storage_class = PlainTexts


class PlainConverter(UnicodeConverter):
    """A piece of an address without control characters; with one, nothing is there."""

    def to_python(self, value: str) -> str:
        """Return the text.

        :raises ValidationError: if it holds what no database does.
        """
        if _UNWANTED.search(value):
            raise ValidationError
        return value


class IdConverter(IntegerConverter):
    """A number in an address; nothing has one that is larger than `LARGEST`."""

    def __init__(self, map: Map, fixed_digits: int = 0, min: int | None = None, max: int = LARGEST) -> None:
        super().__init__(map, fixed_digits, min, max)

    def to_python(self, value: str) -> int:
        """Return the number.

        :raises ValidationError: if it cannot be anything's.
        """
        if whole_number(value) is None:
            raise ValidationError
        number: int = super().to_python(value)
        return number


def take_in(app: Flask) -> None:
    """Have everything that `app` is sent pass here."""
    app.request_class = PlainRequest
    app.json = CarefulJson(app)
    app.url_map.converters.update(default=PlainConverter, string=PlainConverter, int=IdConverter)


def asked_number(name: str) -> int | None:
    """Return a whole number of the query, None if it is none that an id could be."""
    return whole_number(request.args.get(name, ""))


def plain(text: str) -> str:
    """Return the text without control characters other than tab and line ends."""
    return _UNWANTED.sub("", text)


def _plain(found: Any) -> Any:
    if isinstance(found, str):
        return plain(found)
    if isinstance(found, list):
        return [_plain(one) for one in found]
    if isinstance(found, dict):
        return {plain(key): _plain(one) for key, one in found.items()}
    return found
