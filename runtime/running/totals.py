"""Sums below the columns of sub-tables: of what the form itself adds up, and of computed amounts."""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from runtime.language.expressions import Compiled
from runtime.language.expressions.tree import Call, Name, walk
from runtime.records.cells import rows_of
from runtime.records.compiled import CompiledEntity, CompiledField, CompiledSubTable
from runtime.records.rights import Masked
from runtime.running.draw_cell import Drawing

_NUMBERS = frozenset({"integer", "decimal", "money"})


def total(drawing: Drawing, subtable: CompiledSubTable, column: CompiledField) -> str | None:
    """Return a column's sum as people read it, None where a sum means nothing or must not be known."""
    if column.path not in _totalled(drawing.entity) or drawing.hidden(column.path):
        return None
    values = [row.get(column.code) for row in rows_of(drawing.seen, subtable)]
    if any(isinstance(value, Masked) for value in values):
        return None
    found = sum((Decimal(value) for value in values if value is not None), Decimal(0))
    return column.kind.say(column.field, found, drawing.context.reading)


def totals(drawing: Drawing) -> dict[str, str]:
    """Return the sums of all columns by path: `$.items.amount`."""
    return {
        f"$.{subtable.code}.{one.code}": text
        for subtable in drawing.entity.subtables.values()
        for one in subtable.columns.values()
        if (text := total(drawing, subtable, one)) is not None
    }


@lru_cache(maxsize=500)
def _totalled(entity: CompiledEntity) -> frozenset[str]:
    """Return the paths of columns with a sum: a unit price has none, although it is an amount."""
    summed = {path for one in _expressions(entity) for path in _summed(one)}
    columns = (one for subtable in entity.subtables.values() for one in subtable.columns.values())
    return frozenset(
        one.path
        for one in columns
        if one.field.type in _NUMBERS
        and (one.path in summed or (one.field.type == "money" and one.formula is not None))
    )


def _expressions(entity: CompiledEntity) -> Iterator[Compiled]:
    yield from (step.formula for step in entity.steps)
    yield from (one.condition for one in entity.checks)


def _summed(compiled: Compiled) -> Iterator[str]:
    for node in walk(compiled.tree.root):
        if isinstance(node, Call) and node.name == "sum" and len(node.args) == 1:
            [rows] = node.args
            if isinstance(rows, Name) and len(rows.path) == 2:
                yield rows.dotted
