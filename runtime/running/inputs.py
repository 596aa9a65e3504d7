"""What an input should know beforehand: what may be chosen, how long, fine or large an answer may be."""

from collections.abc import Iterable, Mapping
from typing import Any

from runtime.fields.attachment import Attachment
from runtime.fields.cascade import Cascade
from runtime.fields.choice import Choice, Listed
from runtime.fields.field_type import Reading
from runtime.fields.moment import Moment
from runtime.fields.money import CURRENCIES, Money
from runtime.fields.number import Number
from runtime.fields.organisation import Member
from runtime.fields.percent import Percent
from runtime.fields.rating import Rating
from runtime.fields.text import Text
from runtime.language.app import Item
from runtime.records.compiled import CompiledField
from runtime.running.form_model import Option

_MEGABYTE = 1 << 20


def options_of(one: CompiledField, reading: Reading) -> tuple[Option, ...]:
    """Return what may be chosen in the field where it is a short list; people are searched for instead."""
    if isinstance(one.kind, Listed):
        return _listed(one, reading)
    if isinstance(one.kind, Cascade):
        found = reading.dictionary(one.field.options["dict"])
        any_level = bool(one.field.options.get("any_level"))
        return tuple(_tree(found.items, any_level)) if found else ()
    if isinstance(one.kind, Rating):
        marks = range(1, one.kind.stars(one.field) + 1)
        return tuple(Option(str(mark), one.kind.say(one.field, mark, reading)) for mark in marks)
    return ()


def chosen_members(one: CompiledField, value: Any, reading: Reading) -> tuple[Option, ...]:
    """Return the people, departments … that stand in a field of the organisation."""
    if not isinstance(one.kind, Member):
        return ()
    names = one.kind.names(one.field, reading)
    codes = value if isinstance(value, list) else [] if value is None else [value]
    return tuple(Option(code, names(code) or code, note_of(one.kind.code, code, reading)) for code in codes)


def note_of(kind: str, code: str, reading: Reading) -> str:
    """Return what tells two of the same name apart: a person's department, a department's company."""
    directory = reading.directory
    if kind == "user":
        person = directory.person(code)
        department = directory.departments.get(person.department or "") if person else None
        return department.name if department else ""
    if kind == "department" and code in directory.departments:
        company = directory.companies.get(directory.departments[code].company)
        return company.name if company else ""
    return ""


def many(one: CompiledField) -> bool:
    """Tell whether the field holds several values."""
    if isinstance(one.kind, Choice):
        return one.kind.many(one.field)
    return isinstance(one.kind, Attachment) and one.field.options.get("max_files", 2) > 1


def hints_of(one: CompiledField) -> Mapping[str, Any]:
    """Return the attributes of an input; see `FormCell.hints`."""
    field, kind = one.field, one.kind
    found: dict[str, Any] = {"placeholder": field.options.get("placeholder")}
    if isinstance(kind, Number):
        # A percentage is typed as people say it: two digits less than the fraction has.
        found["scale"] = kind.scale(field) - 2 if isinstance(kind, Percent) else kind.scale(field)
        found["suffix"] = field.options.get("unit")
    if isinstance(kind, Money):
        found["prefix"] = CURRENCIES[field.options.get("currency", "CNY")].sign
    if isinstance(kind, Number | Moment):
        found |= {"min": _text(field.min), "max": _text(field.max)}
    if isinstance(kind, Attachment):
        found["accept"] = ",".join(f".{one}" for one in kind.extensions(field))
        found["max_size"] = field.options["max_mb"] * _MEGABYTE if "max_mb" in field.options else None
    elif isinstance(kind, Text):
        found |= {"max_length": kind.storage(field).length, "rows": field.options.get("rows")}
    return {name: value for name, value in found.items() if value not in (None, "")}


def _listed(one: CompiledField, reading: Reading) -> tuple[Option, ...]:
    assert isinstance(one.kind, Listed)
    path = one.field.options.get("dict")
    found = reading.dictionary(path) if path else None
    if found is None:
        return tuple(Option(value, label) for value, label in one.kind.labels(one.field, reading).items())
    return tuple(_tree(found.items, True))


def _tree(items: Iterable[Item], any_level: bool, above: str = "", closed: bool = False) -> Iterable[Option]:
    for item in items:
        label = f"{above} / {item.label}" if above else item.label
        branch = bool(item.children) and not any_level
        ended = closed or item.disabled
        if not branch:
            yield Option(item.value, label, colour=item.colour, disabled=ended)
        yield from _tree(item.children, any_level, label, ended)


def _text(limit: Any) -> str | None:
    return None if limit is None else str(limit)
