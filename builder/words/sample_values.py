"""Sample values: what stands for a field of each type on trial, and how a typed one is read."""

from collections.abc import Sequence
from datetime import date, datetime, time, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Any

from runtime.language.expressions import Type
from runtime.language.speech import _, listed
from runtime.records.surroundings import Surroundings

#: Characters of one sample, items of a list, digits of a number.
LONGEST = 400
MOST_ITEMS = 50
MOST_DIGITS = 30


class WrongSample(Exception):
    """A sample is no value of its type; the message says what one looks like."""


def made_up(kind: Type, choices: Sequence[str], ports: Surroundings) -> str:
    """Return a sensible sample of a type, as an input shows it."""
    if kind.kind == "list":
        item = kind.item or Type("text")
        if item.choices or choices:
            return choices[0] if choices else ""
        return listed(_several(item, ports))
    return _one(kind, choices, ports)


def read_sample(text: str, kind: Type, zone: tzinfo) -> Any:
    """Return the value of a typed sample; an empty text is empty.

    :raises WrongSample: if it is none.
    """
    text = text[:LONGEST].strip()
    if not text:
        return None
    if kind.kind == "list":
        pieces = [one.strip() for one in text.replace("，", "、").replace(",", "、").split("、")]
        return [read_sample(one, kind.item or Type("text"), zone) for one in pieces[:MOST_ITEMS] if one]
    try:
        return _read(text, kind.kind, zone)
    except (ValueError, InvalidOperation):
        raise WrongSample(_like(kind)) from None


def _like(kind: Type) -> str:
    match kind.kind:
        case "number":
            return _("应为数字，如 1000")
        case "date":
            return _("应为日期，如 2026-04-01")
        case "time":
            return _("应为时间，如 09:30")
    return _("应为%(kind)s", kind=kind.label)


def _read(text: str, kind: str, zone: tzinfo) -> Any:
    match kind:
        case "number":
            number = Decimal(text)
            digits = number.as_tuple().digits
            if not number.is_finite() or len(digits) > MOST_DIGITS or abs(number.adjusted()) > MOST_DIGITS:
                raise ValueError
            return number
        case "boolean":
            return text in ("true", "是", "1")
        case "date":
            return date.fromisoformat(text)
        case "datetime":
            return datetime.fromisoformat(text).replace(tzinfo=zone)
        case "time":
            return time.fromisoformat(text)
    return text


def _one(kind: Type, choices: Sequence[str], ports: Surroundings) -> str:
    if choices:
        return choices[0]
    me = ports.current_user or ""
    known = ports.person(me) or {}
    match kind.kind:
        case "number":
            return _number(kind)
        case "boolean":
            return "true"
        case "date":
            return ports.today().isoformat()
        case "datetime":
            return ports.now().astimezone(ports.zone).strftime("%Y-%m-%dT%H:%M")
        case "time":
            return "09:00"
        case "user":
            return me
        case "department" | "company" | "post":
            return str(known.get(kind.kind) or _("示例"))
    return _("示例")


def _number(kind: Type) -> str:
    if kind.style == "percent":
        return "0.1"
    return "10000" if kind.style == "money" else "3" if kind.scale == 0 else "100"


def _several(item: Type, ports: Surroundings) -> tuple[str, ...]:
    one = _one(item, (), ports)
    if item.kind != "number":
        return (one, one)
    return ("6000", "4000") if item.style == "money" else (one, one)
