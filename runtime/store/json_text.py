"""Values as the JSON text that both databases hold: Chinese stays readable, exact numbers become text."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import orjson

#: Numbers may be keys; dates go through `_plain`, so that they are written as everywhere else.
_AS_JSON = orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS


def dump_json(value: Any) -> str:
    """Return a value as JSON text, without spaces.

    :raises TypeError: for what JSON has no word for.
    """
    return orjson.dumps(value, _plain, _AS_JSON).decode()


def _plain(value: Any) -> Any:
    """Return what JSON has no word for as text; sets in order, so that the same value is the same text."""
    match value:
        case Decimal():
            return format(value, "f")
        case datetime() | date() | time():
            return value.isoformat()
        case set() | frozenset():
            return sorted(value)
        case _:
            raise TypeError(f"{type(value).__name__} cannot be stored as JSON")
