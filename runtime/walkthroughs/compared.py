"""Values of records against those that a walk-through expects."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from runtime.fields.field_type import InvalidValue
from runtime.language.kept_speech import glued
from runtime.language.speech import _
from runtime.records.compiled import CompiledEntity, CompiledField
from runtime.records.record import Record
from runtime.running.attachments import FILE_TYPES
from runtime.running.context import Context
from runtime.store import files


def wrong_values(
    context: Context, entity: CompiledEntity, record: Record, wanted: Mapping[str, Any]
) -> Iterator[str]:
    """Yield a sentence for each field of `record` that has not the value wanted; sub-tables row by row."""
    for name, one in wanted.items():
        value = record.values.get(name)
        if name in entity.subtables:
            yield from _wrong_rows(context, entity, name, value or [], one or [])
        else:
            yield from wrong_value(context, entity.fields.get(name), name, value, one)


def missing_rows(
    context: Context, entity: CompiledEntity, found: Sequence[Record], wanted: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    """Yield a sentence for each row wanted that no record of its own stands for."""
    lacks = [[list(wrong_values(context, entity, record, row)) for record in found] for row in wanted]
    paired = _pairs(len(wanted), len(found), fits=lambda row, record: not lacks[row][record])
    for number, row in enumerate(wanted):
        if number not in paired:
            closest = min(lacks[number], key=len, default=None)
            yield _missing(entity.entity.name, text(row), closest)


def _missing(table: str, row: str, closest: list[str] | None) -> str:
    """Return that a table lacks a row; `closest` is what is wrong with the record that is most like it."""
    if closest is None:
        return _("“%(table)s”中没有 %(row)s（没有记录）", table=table, row=row)
    if not closest:
        return _("“%(table)s”中没有 %(row)s（最接近的一条：已另有所指）", table=table, row=row)
    why = _("；").join(closest)
    return _("“%(table)s”中没有 %(row)s（最接近的一条：%(why)s）", table=table, row=row, why=why)


def wrong_value(
    context: Context, field: CompiledField | None, name: str, value: Any, wanted: Any
) -> Iterator[str]:
    """Yield a sentence if a field's value is not the one wanted."""
    if field is None:
        yield _("没有字段 %(field)s", field=name)
        return
    if field.field.type in FILE_TYPES:
        value = _names(context, value)
        read: Any = [wanted] if isinstance(wanted, str) else wanted or None
    else:
        try:
            read = field.kind.parse(field.field, wanted, context.reading)
        except InvalidValue as wrong:
            asked = text(wanted)
            yield _(
                "%(field)s 的期望值 %(wanted)s 不合法：%(why)s", field=name, wanted=asked, why=wrong.message
            )
            return
    if value != read:
        yield _(
            "%(field)s 应为 %(wanted)s，实为 %(found)s", field=name, wanted=text(wanted), found=text(value)
        )


def _wrong_rows(
    context: Context, entity: CompiledEntity, name: str, rows: list[Any], wanted: list[Any]
) -> Iterator[str]:
    if len(rows) != len(wanted):
        yield _(
            "%(table)s 应有 %(wanted)s 行，实为 %(found)s 行", table=name, wanted=len(wanted), found=len(rows)
        )
        return
    columns = entity.subtables[name].columns
    for number, (row, asked) in enumerate(zip(rows, wanted, strict=True), start=1):
        for code, one in asked.items():
            for sentence in wrong_value(context, columns.get(code), code, row.get(code), one):
                yield _("%(table)s 第 %(n)s 行：%(what)s", table=name, n=number, what=sentence)


def _pairs(wanted: int, found: int, *, fits: Callable[[int, int], bool]) -> dict[int, int]:
    """Return as many pairs as there can be: the first who comes makes room if another would do for them."""
    taken: dict[int, int] = {}

    def place(row: int, seen: set[int]) -> bool:
        for record in range(found):
            if record in seen or not fits(row, record):
                continue
            seen.add(record)
            if record not in taken or place(taken[record], seen):
                taken[record] = row
                return True
        return False

    for row in range(wanted):
        place(row, set())
    return {row: record for record, row in taken.items()}


def _names(context: Context, value: Any) -> list[str] | None:
    if not value:
        return None
    found = files.find_many(context.tx, value)
    return [found[one].name for one in value if one in found]


def text(value: Any) -> str:
    """Return a value as a story tells it."""
    if value is None:
        return _("空")
    if isinstance(value, Mapping):
        return glued("{", _("，").join(glued(f"{name}: ", text(one)) for name, one in value.items()), "}")
    if isinstance(value, list):
        return glued("[", _("，").join(map(text, value)), "]")
    return str(value)
