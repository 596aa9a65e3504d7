"""Filters above a list: what is offered, and what somebody typed into them as conditions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_

from runtime.fields.boolean import Boolean
from runtime.fields.choice import Choice
from runtime.fields.date import Date
from runtime.fields.datetime import DateTime
from runtime.fields.field_type import InvalidValue
from runtime.fields.moment import Moment
from runtime.fields.number import Number
from runtime.fields.organisation import Member
from runtime.language.problem import Problem
from runtime.language.refusal import Forbidden, InvalidAnswers
from runtime.language.speech import _
from runtime.records.compiled import CompiledEntity, CompiledField
from runtime.running.context import Context
from runtime.running.form_model import Option
from runtime.running.inputs import chosen_members, options_of
from runtime.store.access import Access
from runtime.store.record_list import Filter

Kind = Literal["text", "choice", "member", "range"]


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody asks of one column, as typed: one of the values, or a range with both ends."""

    name: str
    values: tuple[str, ...] = ()
    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True)
class OfferedFilter:
    """A filter above the list."""

    code: str
    type: str
    label: str
    kind: Kind
    #: To choose from; of people and departments those that are chosen.
    options: tuple[Option, ...] = ()
    given: Given | None = None


def offered(
    context: Context, access: Access, names: Iterable[str], given: Sequence[Given]
) -> tuple[OfferedFilter, ...]:
    """Return the filters of a view that this person may use: by what is not shown, nobody filters."""
    now = {one.name: one for one in given}
    return tuple(
        _offer(context, access.entity.fields[name], now.get(name))
        for name in names
        if name in access.entity.fields and name in access.there.columns and access.is_open(name)
    )


def conditions(
    context: Context, access: Access, given: Sequence[Given]
) -> tuple[tuple[Filter, ...], ColumnElement[bool] | None]:
    """Return what was typed as filters, and as a condition of its own where texts are searched.

    :raises InvalidAnswers: if it is no value of its column.
    :raises Forbidden: if the person may not see the column in every row.
    """
    reading = _Reading(context, access.entity)
    filters, texts = [], []
    for one in given:
        field = access.entity.fields.get(one.name)
        if field is None or one.name not in access.there.columns:
            message = _("没有“%(column)s”这一列。", column=one.name)
            raise InvalidAnswers([Problem("no_such_column", f"$.{one.name}", message)])
        if not access.is_open(one.name):
            raise Forbidden("field_not_open", _("您无权按“%(field)s”筛选。", field=field.field.label))
        if _kind(field) != "text":
            filters.append(reading.filter(field, one))
        elif any(one.values):
            column = access.there.column(one.name)
            texts += [column.icontains(word, autoescape=True) for word in one.values if word]
    return tuple(filters), and_(*texts) if texts else None


@dataclass(frozen=True)
class _Reading:
    """Typed texts to values."""

    context: Context
    entity: CompiledEntity

    def filter(self, field: CompiledField, given: Given) -> Filter:
        """Return the condition on one column."""
        try:
            return Filter(
                given.name,
                values=tuple(self._value(field, one) for one in given.values if one),
                low=self._end(field, given.low, time.min),
                high=self._end(field, given.high, time.max),
            )
        except InvalidValue as wrong:
            message = _("“%(label)s”%(wrong)s", label=field.field.label, wrong=wrong.message)
            raise InvalidAnswers([Problem(wrong.code, f"$.{given.name}", message)]) from wrong

    def _value(self, field: CompiledField, text: str) -> Any:
        if isinstance(field.kind, Choice):
            return text  # what is in no list is in no row either
        return field.kind.parse(field.field, text, self.context.reading)

    def _end(self, field: CompiledField, text: str, at: time) -> Any:
        """Return an end of a range; a day as an end of moments is the whole day."""
        if not text.strip():
            return None
        if isinstance(field.kind, DateTime) and len(text.strip()) <= len("2026-01-02"):
            day = Date().read(field.field, text, self.context.reading)
            return datetime.combine(day, at, tzinfo=self.context.clock.zone)
        return field.kind.parse(field.field, text, self.context.reading)


def _offer(context: Context, one: CompiledField, given: Given | None) -> OfferedFilter:
    kind = _kind(one)
    options = options_of(one, context.reading) if kind == "choice" else ()
    if isinstance(one.kind, Boolean):
        options = (Option("true", _("是")), Option("false", _("否")))
    if kind == "member" and given:
        options = chosen_members(one, list(given.values), context.reading)
    return OfferedFilter(one.code, one.field.type, one.field.label, kind, options, given)


def _kind(one: CompiledField) -> Kind:
    if isinstance(one.kind, Member):
        return "member"
    if isinstance(one.kind, Choice | Boolean):
        return "choice"
    return "range" if isinstance(one.kind, Number | Moment) else "text"
