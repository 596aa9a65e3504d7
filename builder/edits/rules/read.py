"""A rule as far as its document goes: half-finished ones are read like finished ones, with less in them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from runtime.language.flow import Source
from runtime.language.rule import Rule, TimeTrigger
from runtime.packs.vocabulary import VOCABULARY

#: Keys of a time trigger that say which kind it is.
TIMES = ("daily", "weekly", "monthly", "every", "before", "after")
#: Keys that write: what a row of the grid does with its column.
WRITES = ("set", "add", "subtract")


def rule_of(document: Mapping[str, Any]) -> Rule:
    """Return the rule that a document is on its way to; what is missing or odd is left out."""
    return Rule(
        code=text(document.get("code")),
        on=_trigger(document.get("on")),
        do=text(document.get("do")),
        name=text(document.get("name")),
        note=text(document.get("note")),
        flow=text(document.get("flow")) or None,
        source=text(document.get("source")) or None,
        when=formula(document.get("when")) or None,
        table=text(document.get("table")) or None,
        match=formulas(document.get("match")),
        where=formula(document.get("where")) or None,
        each=text(document.get("each")) or None,
        set=formulas(document.get("set")),
        add=formulas(document.get("add")),
        subtract=formulas(document.get("subtract")),
        guard=formula(document.get("guard")) or None,
        rows=_rows(document.get("rows")),
        message=text(document.get("message")),
        to=sources(document.get("to")),
        channels=texts(document.get("channels")),
        repeat_days=whole(document.get("repeat_days")),
        start=text(document.get("start")) or None,
        initiator=source(document.get("initiator")),
    )


def text(value: Any) -> str:
    """Return a text of a document, empty where something else stands."""
    return value if isinstance(value, str) else ""


def texts(value: Any) -> tuple[str, ...]:
    """Return the texts of a list of a document."""
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def whole(value: Any) -> int | None:
    """Return a whole number of a document, None where something else stands."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def formula(value: Any) -> str:
    """Return an expression as text; numbers and truths may stand without quotes. Empty: there is none."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return format(Decimal(value), "f")
    return text(value).strip() and text(value)


def formulas(value: Any) -> dict[str, str]:
    """Return the expressions of a mapping, by column; one that says null is the expression `null`."""
    given = value if isinstance(value, Mapping) else {}
    return {str(key): "null" if one is None else formula(one) for key, one in given.items()}


def source(value: Any) -> Source | None:
    """Return a source of people, None where something else stands."""
    if isinstance(value, str) and value:
        return Source(value)
    if not isinstance(value, Mapping) or not value:
        return None
    kind = next((key for key in value if VOCABULARY.sources.get(str(key))), next(iter(value)))
    of = value[kind]
    options = {str(key): one for key, one in value.items() if key != kind}
    return Source(str(kind), of if isinstance(of, str) else None, options)


def sources(value: Any) -> tuple[Source, ...]:
    """Return the sources of a list; what is none is left out."""
    found = (source(one) for one in value) if isinstance(value, list) else ()
    return tuple(one for one in found if one is not None)


def _trigger(value: Any) -> str | TimeTrigger:
    if not isinstance(value, Mapping):
        return text(value)
    days = value.get("days")
    kind = next((key for key in TIMES if key in value), "daily")
    return TimeTrigger(
        **{kind: text(value.get(kind))},
        days=tuple(one for one in days if whole(one) is not None) if isinstance(days, list) else (),
        at=text(value.get("at")) or None,
    )


def _rows(value: Any) -> Any:
    return value if value in ("one", "some", "any") else None
