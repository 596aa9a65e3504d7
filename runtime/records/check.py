"""Whether a record may be submitted: what is missing, out of limits, repeated, against the form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from runtime.language.expressions import Env
from runtime.language.problem import Problem
from runtime.language.speech import _
from runtime.records.cells import Cell, cells, cells_of, row_path, rows_of
from runtime.records.compiled import CompiledCheck, CompiledEntity, CompiledSubTable
from runtime.records.conditions import Conditions, conditions, holds
from runtime.records.rights import NO_RIGHTS, FieldRights


@dataclass(frozen=True, slots=True)
class Verdict:
    """What stands against it, and what is only to be said."""

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def check(
    entity: CompiledEntity,
    values: Mapping[str, Any],
    *,
    env: Env,
    rights: FieldRights = NO_RIGHTS,
    node: str | None = None,
) -> Verdict:
    """Return every problem of computed `values`.

    At submission (`node` is None) everything is checked. At a node only what may be filled in or is required
    there, and the form's checks that name the node.
    """
    checking = _Checking(entity, values, env.of(values), rights, node)
    found = [*checking.missing(), *checking.cells(), *checking.subtables(), *checking.form()]
    return Verdict(
        problems=tuple(problem for level, problem in found if level == "error"),
        warnings=tuple(problem for level, problem in found if level == "warn"),
    )


_Finding = tuple[str, Problem]


class _Checking:
    """One check going on; what is missing is looked for first."""

    def __init__(
        self,
        entity: CompiledEntity,
        values: Mapping[str, Any],
        env: Env,
        rights: FieldRights,
        node: str | None,
    ) -> None:
        self._entity = entity
        self._values = values
        self._env = env
        self._rights = rights
        self._node = node
        self._conditions: Conditions = conditions(entity, values, env=env)
        self._cells = [
            one for one in cells(entity, values) if self._concerns(one.field.path) and self._is_visible(one)
        ]
        #: Paths of required cells that are empty; with the number of the row where there is one.
        self._missing: set[tuple[str, int | None]] = set()

    def missing(self) -> Iterator[_Finding]:
        """Find what is required and empty."""
        for cell in self._cells:
            if cell.value is None and self._is_required(cell):
                self._missing |= {(cell.field.path, None), (cell.field.path, cell.index)}
                yield "error", Problem("required", cell.path, _("%(name)s必填。", name=cell.name))

    def cells(self) -> Iterator[_Finding]:
        """Check values one by one; an empty one is for `required` to judge."""
        for cell in self._cells:
            if cell.value is None:
                continue
            broken = cell.field.kind.limit(cell.field.field, cell.value)
            if broken:
                message = _("%(name)s%(wrong)s", name=cell.name, wrong=broken.message)
                yield "error", Problem(broken.code, cell.path, message)
            for one in cell.field.checks:
                if self._fails(one, cell.within(self._env), cell.index, own=True):
                    yield one.check.level, Problem(one.check.code, cell.path, one.check.message)

    def subtables(self) -> Iterator[_Finding]:
        """Check sub-tables as wholes, and their rows."""
        for code, subtable in self._entity.subtables.items():
            if f"$.{code}" in self._conditions.invisible:
                continue
            if self._concerns(code):
                yield from self._count(subtable)
            if any(self._concerns(path) for path in (code, *(one.path for one in subtable.columns.values()))):
                yield from self._repeated(subtable)
                yield from self._rows(subtable)

    def form(self) -> Iterator[_Finding]:
        """Check what the form says of itself."""
        for one in self._entity.checks:
            if self._fails(one, self._env, None, own=False):
                yield one.check.level, Problem(one.check.code, self._place(one), one.check.message)

    def _place(self, one: CompiledCheck) -> str:
        """Return where a check of the form is told: at the last sub-table it reads, else at the last field.

        Only what is in sight counts, and of the fields what people fill in; else it concerns the whole form.
        """
        read = {path.partition(".")[0] for path in one.reads} - self._rights.hidden
        shown = [code for code in read if f"$.{code}" not in self._conditions.invisible]
        tables = [code for code in self._entity.subtables if code in shown]
        fields = (self._entity.fields[code] for code in self._entity.fields if code in shown)
        typed = [
            field.code
            for field in fields
            if field.kind.typed and field.formula is None and not field.field.readonly
        ]
        found = tables or typed
        return f"$.{found[-1]}" if found else "$"

    def _count(self, subtable: CompiledSubTable) -> Iterator[_Finding]:
        count, label = len(rows_of(self._values, subtable)), subtable.subtable.label
        least = max(subtable.subtable.min_rows, int(subtable.code in self._rights.required))
        most, path = subtable.subtable.max_rows, f"$.{subtable.code}"
        if count < least:
            message = _(
                "“%(label)s”至少 %(least)s 行，现有 %(count)s 行。", label=label, least=least, count=count
            )
            yield "error", Problem("min_rows", path, message)
        if count > most:
            message = _(
                "“%(label)s”最多 %(most)s 行，现有 %(count)s 行。", label=label, most=most, count=count
            )
            yield "error", Problem("max_rows", path, message)

    def _repeated(self, subtable: CompiledSubTable) -> Iterator[_Finding]:
        seen: dict[tuple[str, Any], int] = {}
        for cell in cells_of(subtable, self._values):
            if cell.field.field.unique and cell.value is not None:
                # Lists cannot be keys; their text tells them apart as well.
                value = repr(cell.value) if isinstance(cell.value, list | dict) else cell.value
                first = seen.setdefault((cell.field.code, value), cell.index)
                if first != cell.index:
                    message = _("%(name)s与第 %(row)s 行重复。", name=cell.name, row=first + 1)
                    yield "error", Problem("not_unique", cell.path, message)

    def _rows(self, subtable: CompiledSubTable) -> Iterator[_Finding]:
        for index, row in enumerate(rows_of(self._values, subtable) if subtable.checks else ()):
            self._env.row, self._env.index = row, index + 1
            for one in subtable.checks:
                if self._fails(one, self._env, index, own=True):
                    message = _("第 %(row)s 行：%(message)s", row=index + 1, message=one.check.message)
                    yield one.check.level, Problem(one.check.code, row_path(subtable, index), message)

    def _fails(self, one: CompiledCheck, env: Env, index: int | None, *, own: bool) -> bool:
        """Tell whether a check is due and does not hold; a field's or row's `own` goes where the field goes.

        What reads something that is missing says nothing: the missing answer has been asked for.
        """
        due = self._node in one.check.at if one.check.at else own or self._node is None
        if not due:
            return False
        blind = any((path, None) in self._missing for path in one.reads) or any(
            (path, index) in self._missing for path in one.row_reads
        )
        return not blind and not holds(one.condition, env, unclear=False)

    def _concerns(self, path: str) -> bool:
        """Tell whether the field or sub-table is looked at here at all."""
        return self._node is None or path in self._rights.editable or path in self._rights.required

    def _is_visible(self, cell: Cell) -> bool:
        invisible = self._conditions.invisible
        if not invisible:
            return True
        whole = cell.subtable is not None and f"$.{cell.subtable.code}" in invisible
        return not whole and cell.path not in invisible

    def _is_required(self, cell: Cell) -> bool:
        one = cell.field
        here = one.path in self._rights.required or cell.path in self._conditions.required
        return (one.field.required or here) and one.kind.typed and one.formula is None
