"""What changes mean for the rows that are there: which questions to ask of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from builder.compare.change import Change
from runtime.language.app import App

#: `filled`: rows with a value; `empty`: rows without; `twice`: values that stand more than once; `using`:
#: rows that have one of the values; `all`: records.
Ask = Literal["filled", "empty", "twice", "using", "all"]

_ASKED: Mapping[str, Ask] = {
    "removed": "filled",
    "retyped": "filled",
    "required": "empty",
    "unique": "twice",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One count that a change needs: `ask` of `place`."""

    #: Code of the changed object, code of its part and what happened to it: what the answer stands beside.
    object: str
    part: str
    do: str
    ask: Ask
    #: `entity`, `entity.field` or `entity.rows.column`; several for values of a dictionary.
    places: tuple[str, ...]
    values: tuple[str, ...] = ()


def questions(found: Iterable[Change], *, app: str, apps: Iterable[App]) -> Iterator[Question]:
    """Yield what is to be counted; `apps` are those whose fields may use a dictionary of the app."""
    known = tuple(apps)
    for change in found:
        if change.kind in ("form", "table"):
            yield from _of_entity(change)
        elif change.kind == "dictionary":
            yield from _of_dictionary(change, tuple(users(f"{app}/{change.code}", known)))


def users(dictionary: str, apps: Iterable[App]) -> Iterator[str]:
    """Yield the fields that take their values from a dictionary: `pack/entity.field`."""
    for app in apps:
        for entity in app.entities:
            path = f"{app.code}/{entity.code}"
            for field in entity.plain():
                if field.options.get("dict") and app.ref(str(field.options["dict"])) == dictionary:
                    yield f"{path}.{field.code}"
            for rows in entity.subtables():
                for field in rows.fields:
                    if field.options.get("dict") and app.ref(str(field.options["dict"])) == dictionary:
                        yield f"{path}.{rows.code}.{field.code}"


def _of_entity(change: Change) -> Iterator[Question]:
    if change.do == "removed":
        yield Question(change.code, "", "removed", "all", (change.code,))
    for one in change.details:
        if one.part in ("field", "rows") and one.do in _ASKED:
            place = (f"{change.code}.{one.code}",)
            yield Question(change.code, one.code, one.do, _ASKED[one.do], place)


def _of_dictionary(change: Change, fields: tuple[str, ...]) -> Iterator[Question]:
    for one in change.details:
        if one.part == "value" and one.do == "removed":
            yield Question(change.code, one.code, one.do, "using", fields, (one.code,))
