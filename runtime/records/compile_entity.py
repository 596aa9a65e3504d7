"""From a definition to a `CompiledEntity`. Lint has said what is wrong before; here it is only refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from runtime.fields import FIELDS
from runtime.fields.lookup import copies, fills
from runtime.language.app import App
from runtime.language.entity import Entity
from runtime.language.expressions import (
    Compiled,
    Expression,
    Names,
    compile_expression,
    compile_template,
    order_formulas,
    parse,
)
from runtime.language.expressions.types import BOOLEAN
from runtime.language.field import Check, Expr, Field, SubTable
from runtime.language.problem import Problem, Problems
from runtime.records.compiled import (
    CompiledCheck,
    CompiledEntity,
    CompiledField,
    CompiledSubTable,
    Step,
)
from runtime.records.scope import Entities, located, names_of, tables_located


def compile_entity(app: App, entity: Entity, *, entities: Entities) -> CompiledEntity:
    """Return the entity of `app` made ready; `entities` finds those of other packs by their full paths.

    :raises ExpressionError: if an expression cannot be used.
    :raises Problems: if formulas depend on each other in a circle.
    """

    def known(path: str) -> Entity | None:
        pack, _, code = path.partition("/")
        return app.entity(code) if pack == app.code else entities(path)

    own = located(app.code, entity)
    compiler = _Compiler(app.code, names_of(app.code, own, entities=known))
    fields = {one.code: compiler.field(one, own.plain()) for one in own.plain()}
    subtables = {one.code: compiler.subtable(one) for one in own.subtables()}
    return CompiledEntity(
        pack=app.code,
        entity=own,
        names=compiler.names,
        fields=fields,
        subtables=subtables,
        steps=_in_order(fields, subtables),
        checks=compiler.checks(own.validations),
        title=compile_template(own.title, names=compiler.names) if own.title else None,
    )


@dataclass(frozen=True, slots=True)
class _Compiler:
    """Compiles what stands at one place: in the record, or in a row of the sub-table `names.row`."""

    pack: str
    names: Names

    def field(self, field: Field, beside: tuple[Field, ...]) -> CompiledField:
        return CompiledField(
            field=field,
            kind=FIELDS.require(field.type),
            path=self._path(field),
            formula=_some(_formula(field, beside, row=bool(self.names.row)), self._expression),
            default=self._expression(field.default.source) if isinstance(field.default, Expr) else None,
            visible_if=_some(field.visible_if, self._condition),
            required_if=_some(field.required_if, self._condition),
            readonly_if=_some(field.readonly_if, self._condition),
            checks=self.checks(field.validate),
            filter=self._filter(field),
        )

    def subtable(self, subtable: SubTable) -> CompiledSubTable:
        inside = _Compiler(self.pack, replace(self.names, row=subtable.code))
        return CompiledSubTable(
            subtable=subtable,
            columns={one.code: inside.field(one, subtable.fields) for one in subtable.fields},
            visible_if=_some(subtable.visible_if, self._condition),
            checks=inside.checks(subtable.validate),
        )

    def checks(self, checks: tuple[Check, ...]) -> tuple[CompiledCheck, ...]:
        return tuple(self._check(one) for one in checks)

    def _check(self, check: Check) -> CompiledCheck:
        condition = self._condition(check.check)
        read = condition.references
        return CompiledCheck(
            check,
            condition,
            reads=read.fields | {f"{rows}.{column}" for rows, column in read.columns},
            row_reads=frozenset(f"{self.names.row}.{column}" for column in read.row),
        )

    def _path(self, field: Field) -> str:
        return f"{self.names.row}.{field.code}" if self.names.row else field.code

    def _expression(self, source: str) -> Compiled:
        return compile_expression(self._tree(source), names=self.names)

    def _condition(self, source: str) -> Compiled:
        return compile_expression(self._tree(source), names=self.names, want=BOOLEAN)

    def _filter(self, field: Field) -> Compiled | None:
        source = field.options.get("filter") if field.type == "lookup" else None
        if not source:
            return None
        columns = self.names.tables(field.options["from"]) or {}
        names = Names(fields=columns, form=self.names, row=self.names.row, tables=self.names.tables)
        return compile_expression(self._tree(source), names=names, want=BOOLEAN)

    def _tree(self, source: str) -> Expression:
        return tables_located(self.pack, parse(source))


def _formula(field: Field, beside: tuple[Field, ...], *, row: bool) -> str | None:
    """Return what computes the field, None if a person fills it in. What is invisible computes to nothing."""
    here = "row." if row else ""
    source = field.formula
    if field.type == "money_upper":
        source = f"upper_money({here}{field.options['of']})"
    for other in beside:
        if other.type == "lookup" and not copies(other) and field.code in fills(other):
            source = f"{here}{other.code}.{fills(other)[field.code]}"
    return f"if({field.visible_if}, {source}, null)" if source and field.visible_if else source


def _in_order(
    fields: Mapping[str, CompiledField], subtables: Mapping[str, CompiledSubTable]
) -> tuple[Step, ...]:
    steps: dict[str, Step] = {}
    for one in fields.values():
        if one.formula is not None:
            steps[one.path] = Step(one, one.formula)
    for subtable in subtables.values():
        for one in subtable.columns.values():
            if one.formula is not None:
                steps[one.path] = Step(one, one.formula, subtable.code)
    order = order_formulas({path: step.formula.tree for path, step in steps.items()})
    if isinstance(order, Problem):
        raise Problems([order])
    return tuple(steps[path] for path in order)


def _some(source: str | None, compiled: Callable[[str], Compiled]) -> Compiled | None:
    return compiled(source) if source else None
