"""From a form, its values and somebody's rights to what they see of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from runtime.records.cells import Cell, rows_of
from runtime.records.compiled import CompiledField, CompiledSubTable
from runtime.records.defaults import blank_row
from runtime.records.record import Record
from runtime.records.rights import visible_values
from runtime.running.draw_cell import Drawing
from runtime.running.form_layout import sections
from runtime.running.form_model import (
    BLANK,
    FormCell,
    FormColumn,
    FormModel,
    FormRow,
    FormSection,
    FormTable,
)
from runtime.running.totals import total


def draw_form(drawing: Drawing, *, record: Record | None = None) -> FormModel:
    """Return the form as the viewer sees it."""
    return FormModel(
        name=drawing.entity.entity.name,
        entity=drawing.entity.path,
        sections=tuple(_Form(drawing).sections()),
        editable=bool(drawing.rights.editable),
        record=record.id if record else None,
        rev=record.rev if record else 0,
    )


@dataclass(frozen=True)
class _Form:
    """One form being drawn."""

    drawing: Drawing

    def sections(self) -> Iterator[FormSection]:
        """Yield what is to be seen, as it is laid out."""
        entity = self.drawing.entity
        codes = [one.code for one in entity.fields.values() if not self.drawing.hidden(one.path)]
        codes += [code for code in entity.subtables if not self.drawing.hidden(code)]
        for title, lines in sections(entity, frozenset(codes)):
            drawn = (tuple(self._part(code, width) for code, width in line) for line in lines)
            yield FormSection(title, tuple(drawn))

    def _part(self, code: str, width: int) -> FormCell | FormTable:
        entity = self.drawing.entity
        if code in entity.subtables:
            return self._table(entity.subtables[code])
        return self.drawing.cell(Cell(entity.fields[code], self.drawing.seen), path=f"$.{code}", width=width)

    def _table(self, one: CompiledSubTable) -> FormTable:
        rights = self.drawing.rights
        columns = [column for column in one.columns.values() if not self.drawing.hidden(column.path)]
        editable = one.code in rights.editable and one.answerable
        picks = next((c for c in columns if editable and c.field.options.get("pick_rows")), None)
        rows = (
            FormRow(row.get("id"), tuple(self._row(one, columns, row, index)))
            for index, row in enumerate(rows_of(self.drawing.seen, one))
        )
        return FormTable(
            code=one.code,
            label=one.subtable.label,
            columns=tuple(self._column(one, column) for column in columns),
            rows=tuple(rows),
            help=one.subtable.help,
            blank=self._blank(one, columns) if editable else None,
            editable=editable,
            min_rows=max(one.subtable.min_rows, int(one.code in rights.required)),
            max_rows=one.subtable.max_rows,
            visible=f"$.{one.code}" not in self.drawing.conditions.invisible,
            picks=picks.code if picks else "",
            source=picks.field.options["from"] if picks else "",
        )

    def _row(
        self,
        one: CompiledSubTable,
        columns: Iterable[CompiledField],
        row: Mapping[str, Any],
        index: int | str,
    ) -> Iterator[FormCell]:
        for column in columns:
            path = f"$.{one.code}[{index}].{column.code}"
            yield self.drawing.cell(Cell(column, row, one), path=path, width=column.field.width or 0)

    def _blank(self, one: CompiledSubTable, columns: Iterable[CompiledField]) -> FormRow:
        drawing = self.drawing
        reading = drawing.context.reading
        row = blank_row(one, values=drawing.values, env=drawing.env, reading=reading)
        cut = visible_values(drawing.entity, {one.code: [row]}, rights=drawing.rights)[one.code][0]
        return FormRow(None, tuple(self._row(one, columns, cut, BLANK)))

    def _column(self, one: CompiledSubTable, column: CompiledField) -> FormColumn:
        field, rights = column.field, self.drawing.rights
        wanted = field.required or column.path in rights.required
        return FormColumn(
            code=field.code,
            type=field.type,
            label=field.label,
            help=field.help,
            width=field.width or 0,
            required=wanted and column.path in rights.editable,
            total=total(self.drawing, one, column),
        )
