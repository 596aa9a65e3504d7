"""Paging by the last row seen, not by counting rows: stable while others write, and as fast on page 1,000.

Empty values come last in either direction. Rows with equal values are ordered by their id.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import Boolean, Column, ColumnElement, Date, Integer, Time, and_, false, or_

from runtime.language.refusal import Refused
from runtime.language.speech import _
from runtime.store.column_types import Exact, UtcDateTime
from runtime.store.json_text import dump_json


@dataclass(frozen=True, slots=True)
class Key:
    """A column rows are ordered by."""

    column: Column[Any]
    descending: bool = False


def order_by(keys: Sequence[Key], *, backwards: bool = False) -> list[ColumnElement[Any]]:
    """Return the ORDER BY; `backwards` is its exact mirror image."""
    ordered: list[ColumnElement[Any]] = []
    for key in keys:
        column = key.column.desc() if key.descending != backwards else key.column.asc()
        ordered.append(column.nulls_first() if backwards else column.nulls_last())
    return ordered


def beyond(keys: Sequence[Key], values: Sequence[Any], *, backwards: bool = False) -> ColumnElement[bool]:
    """Return the condition of the rows after the one with these values (or before it, `backwards`)."""
    found: ColumnElement[bool] = false()
    for key, value in reversed(list(zip(keys, values, strict=True))):
        same = key.column.is_(None) if value is None else key.column == value
        found = or_(_farther(key, value, backwards), and_(same, found))
    return found


def _farther(key: Key, value: Any, backwards: bool) -> ColumnElement[bool]:
    """Return the condition of a value that alone decides: it comes later in the direction asked for."""
    column = key.column
    if value is None:
        return column.is_not(None) if backwards else false()
    beyond_value = column < value if key.descending != backwards else column > value
    return beyond_value if backwards else or_(beyond_value, column.is_(None))


def cursor(values: Sequence[Any]) -> str:
    """Return the place of a row, to be handed out and given back; opaque, but no secret."""
    return base64.urlsafe_b64encode(dump_json(list(values)).encode()).decode().rstrip("=")


def place(keys: Sequence[Key], text: str) -> list[Any]:
    """Return the values that `cursor` wrote.

    :raises Refused: if it is no cursor of these keys.
    """
    try:
        values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        pairs = zip(keys, values, strict=True)
        return [None if value is None else _typed(key.column, value) for key, value in pairs]
    except (binascii.Error, ValueError, TypeError, InvalidOperation) as error:
        raise Refused("bad_cursor", _("翻页位置无效，请回到第一页。")) from error


def _typed(column: Column[Any], value: Any) -> Any:
    match column.type:
        case Exact():
            return Decimal(str(value))
        case UtcDateTime():
            return datetime.fromisoformat(value)
        case Date():
            return date.fromisoformat(value)
        case Time():
            return time.fromisoformat(value)
        case Boolean() | Integer():
            return int(value)
        case _:
            return str(value)
