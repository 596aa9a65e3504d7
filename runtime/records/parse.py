"""What a page, a sheet or a walk-through posts, read into values: only what this person may fill in here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from runtime.fields.field_type import InvalidValue, Reading
from runtime.fields.lookup import Lookup, ref_column
from runtime.language.expressions import Env
from runtime.language.problem import Problem
from runtime.language.speech import _
from runtime.records.calculate import calculate
from runtime.records.cells import Cell, cell_name, cell_path, cells, row_path, rows_of
from runtime.records.compiled import CompiledEntity, CompiledField, CompiledSubTable
from runtime.records.conditions import conditions
from runtime.records.defaults import blank_row


@dataclass(frozen=True, slots=True)
class Parsed:
    """The record's values as they would be, and everything that could not be read."""

    values: dict[str, Any]
    problems: tuple[Problem, ...]
    #: Paths of the cells that were posted and taken.
    given: frozenset[str]


def parse(
    entity: CompiledEntity,
    posted: object,
    *,
    before: Mapping[str, Any],
    editable: frozenset[str],
    env: Env,
    reading: Reading,
) -> Parsed:
    """Return the values after `posted`, `{field: raw, subtable: [{id?, column: raw, …}]}`, is taken over.

    What is not `editable` (paths as in `FieldRights`), not posted, or read-only by `readonly_if` stays as it
    was. A sub-table that is editable is replaced by the rows posted, which keep their ids; where only columns
    are editable, the rows stay and those columns change. Types are checked, nothing else: a draft may be
    incomplete. Nothing is computed in the result.
    """
    if not isinstance(posted, Mapping):
        return Parsed(dict(before), (Problem("not_answers", "$", _("应为一组字段的值。")),), frozenset())
    taking = _Taking(entity, editable, env, reading)
    values = dict(before)
    taking.unknown(posted, {*entity.fields, *entity.subtables}, "$", entity.fields)
    taking.fields(entity.fields, posted, values)
    for code, subtable in entity.subtables.items():
        if code in posted:
            values[code] = taking.rows(subtable, posted[code], before=values)
    _keep_readonly(entity, values, before=before, env=env)
    return Parsed(values, tuple(taking.problems), frozenset(taking.given))


@dataclass
class _Taking:
    """One reading of posted answers."""

    entity: CompiledEntity
    editable: frozenset[str]
    env: Env
    reading: Reading
    problems: list[Problem] = field(default_factory=list)
    given: set[str] = field(default_factory=set)

    def fields(
        self,
        fields: Mapping[str, CompiledField],
        posted: Mapping[str, Any],
        values: dict[str, Any],
        index: int = 0,
    ) -> None:
        """Take the posted answers of one level into `values`."""
        for code, one in fields.items():
            if code in posted and one.path in self.editable and one.answerable:
                try:
                    self._take(one, posted, values)
                except InvalidValue as wrong:
                    message = _("%(name)s%(wrong)s", name=cell_name(one, index), wrong=wrong.message)
                    self.problems.append(Problem(wrong.code, cell_path(one, index), message))
                else:
                    self.given.add(cell_path(one, index))

    def rows(
        self, subtable: CompiledSubTable, posted: Any, *, before: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        """Return the rows after the posted ones are taken over those before."""
        kept = rows_of(before, subtable)
        whole = subtable.code in self.editable and subtable.answerable
        columns = {one.path for one in subtable.columns.values()} & self.editable
        if not whole and not columns:
            return [dict(row) for row in kept]
        most = subtable.subtable.max_rows
        if not isinstance(posted, list) or not all(isinstance(row, Mapping) for row in posted):
            message = _("“%(label)s”应为若干行。", label=subtable.subtable.label)
            self._refuse("not_rows", f"$.{subtable.code}", message)
            return [dict(row) for row in kept]
        if len(posted) > most:
            message = _(
                "“%(label)s”最多 %(most)s 行，现有 %(count)s 行。",
                label=subtable.subtable.label,
                most=most,
                count=len(posted),
            )
            self._refuse("max_rows", f"$.{subtable.code}", message)
            return [dict(row) for row in kept]
        if whole:
            return list(self._replaced(subtable, posted, before))
        return list(self._amended(subtable, posted, kept))

    def unknown(
        self, posted: Mapping[str, Any], known: set[str], place: str, fields: Mapping[str, CompiledField]
    ) -> None:
        """Note what is posted under names that nothing has."""
        refs = {ref_column(one.field) for one in fields.values() if one.field.type == "lookup"}
        for code in posted:
            if code not in known and code not in refs:
                self._refuse("unknown_field", f"{place}.{code}", _("没有字段 %(code)s。", code=code))

    def _replaced(
        self, subtable: CompiledSubTable, posted: list[Mapping[str, Any]], before: Mapping[str, Any]
    ) -> Iterator[dict[str, Any]]:
        kept = {row["id"]: row for row in rows_of(before, subtable) if row.get("id") is not None}
        blank = blank_row(subtable, values=before, env=self.env, reading=self.reading)
        for index, raw in enumerate(posted):
            id_ = _row_id(raw)
            known = kept.pop(id_, None)
            if id_ is not None and known is None:
                # Nobody may take over a row of another record, nor one row twice.
                message = _("第 %(row)s 行已不存在，请刷新后再填。", row=index + 1)
                self._refuse("unknown_row", row_path(subtable, index), message)
                continue
            row = dict(known or blank)
            self._row(subtable, raw, row, index)
            yield row

    def _amended(
        self, subtable: CompiledSubTable, posted: list[Mapping[str, Any]], kept: list[dict[str, Any]]
    ) -> Iterator[dict[str, Any]]:
        by_id = {_row_id(raw): raw for raw in posted}
        for index, before in enumerate(kept):
            row = dict(before)
            if row.get("id") is not None and row["id"] in by_id:
                self._row(subtable, by_id[row["id"]], row, index)
            yield row

    def _row(
        self, subtable: CompiledSubTable, raw: Mapping[str, Any], row: dict[str, Any], index: int
    ) -> None:
        self.unknown(raw, {"id", *subtable.columns}, row_path(subtable, index), subtable.columns)
        self.fields(subtable.columns, raw, row, index)

    def _take(self, one: CompiledField, posted: Mapping[str, Any], values: dict[str, Any]) -> None:
        value = one.kind.parse(one.field, posted[one.code], self.reading)
        if isinstance(one.kind, Lookup):
            ref = ref_column(one.field)
            chosen = one.kind.read_ref(posted.get(ref))
            # The id belongs to the key: another key without an id is another row, to be found by its key.
            same = value == values.get(one.code) and ref not in posted
            values[ref] = None if value is None else values.get(ref) if same else chosen
        values[one.code] = value

    def _refuse(self, code: str, path: str, message: str) -> None:
        self.problems.append(Problem(code, path, message))


def _row_id(raw: Mapping[str, Any]) -> int | None:
    """Return the id a row was posted with: None for a new one, one that no row has (0) for anything else."""
    id_ = raw.get("id")
    if id_ is None or id_ == "":
        return None
    text = str(id_)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else 0


def _keep_readonly(
    entity: CompiledEntity, values: dict[str, Any], *, before: Mapping[str, Any], env: Env
) -> None:
    """Put back what `readonly_if` protects, by the values as they would be."""
    if not any(one.readonly_if for one in entity.everything()):
        return
    protected = conditions(entity, calculate(entity, values, env=env), env=replace(env)).readonly
    rows_before = {
        (code, row["id"]): row
        for code, subtable in entity.subtables.items()
        for row in rows_of(before, subtable)
        if row.get("id") is not None
    }
    for cell in tuple(cells(entity, values)):
        if cell.path in protected:
            _restore(cell, values, rows_before, before)


def _restore(
    cell: Cell,
    values: dict[str, Any],
    rows_before: Mapping[tuple[str, int], Mapping[str, Any]],
    before: Mapping[str, Any],
) -> None:
    codes = [cell.field.code]
    if cell.field.field.type == "lookup":
        codes.append(ref_column(cell.field.field))
    if cell.subtable is None:
        holder, earlier = values, before
    else:
        holder = values[cell.subtable.code][cell.index]
        earlier = rows_before.get((cell.subtable.code, holder.get("id") or 0), {})
    for code in codes:
        holder[code] = earlier.get(code)
