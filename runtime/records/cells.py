"""The cells of a record, each with its place: fields first, then every column of every row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from runtime.language.expressions import Env
from runtime.language.speech import _
from runtime.records.compiled import CompiledEntity, CompiledField, CompiledSubTable


@dataclass(slots=True, eq=False)
class Cell:
    """One value at its place. Not frozen: there are thousands, and each would cost twice as much."""

    field: CompiledField
    #: The record's values, or those of the row.
    values: Mapping[str, Any]
    subtable: CompiledSubTable | None = None
    #: Of the row, from 0.
    index: int = 0

    @property
    def value(self) -> Any:
        """The value, None if there is none."""
        return self.values.get(self.field.code)

    @property
    def place(self) -> tuple[str, int]:
        """What tells it from the other cells of its record; cheaper than its path."""
        return self.field.path, self.index

    @property
    def path(self) -> str:
        """Where a problem of it belongs: `$.field` or `$.subtable[2].column`."""
        return cell_path(self.field, self.index)

    @property
    def name(self) -> str:
        """What people call it: “合同金额”, or 第 2 行“付款金额”."""
        return cell_name(self.field, self.index)

    def within(self, env: Env) -> Env:
        """Point `env` at the cell's row and return it; it must already read the cell's record."""
        if self.subtable:
            env.row, env.index = self.values, self.index + 1
        return env


def cell_path(field: CompiledField, index: int = 0) -> str:
    """Return `$.field`, or `$.subtable[index].column` with `index` from 0."""
    subtable, dot, column = field.path.partition(".")
    return f"$.{subtable}[{index}].{column}" if dot else f"$.{field.path}"


def cell_name(field: CompiledField, index: int = 0) -> str:
    """Return what people call the cell of a field, or of a column in the row `index`, from 0."""
    label = field.field.label
    if "." in field.path:
        return _("第 %(row)s 行“%(label)s”", row=index + 1, label=label)
    return _("“%(label)s”", label=label)


def row_path(subtable: CompiledSubTable, index: int) -> str:
    """Return `$.subtable[index]`, `index` from 0."""
    return f"$.{subtable.code}[{index}]"


def rows_of(values: Mapping[str, Any], subtable: CompiledSubTable) -> list[dict[str, Any]]:
    """Return the rows of a sub-table; none is an empty list."""
    rows: list[dict[str, Any]] = values.get(subtable.code) or []
    return rows


def cells(entity: CompiledEntity, values: Mapping[str, Any]) -> Iterator[Cell]:
    """Yield every cell."""
    for field in entity.fields.values():
        yield Cell(field, values)
    for subtable in entity.subtables.values():
        yield from cells_of(subtable, values)


def cells_of(subtable: CompiledSubTable, values: Mapping[str, Any]) -> Iterator[Cell]:
    """Yield the cells of a sub-table, row by row."""
    for index, row in enumerate(rows_of(values, subtable)):
        for field in subtable.columns.values():
            yield Cell(field, row, subtable, index)
