"""An entity made ready: field types, compiled expressions, formulas in the order of their dependence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from runtime.fields.field_type import FieldType
from runtime.language.entity import Entity
from runtime.language.expressions import Compiled, CompiledTemplate, Names
from runtime.language.field import Check, Field, SubTable


@dataclass(frozen=True, slots=True, eq=False)
class CompiledCheck:
    """A condition that must hold."""

    check: Check
    condition: Compiled
    #: Paths that it reads anywhere, and those it reads in the row at hand.
    reads: frozenset[str]
    row_reads: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class CompiledField:
    """A field or a column with its type, and whatever its definition computes or asks."""

    field: Field
    kind: FieldType
    #: `field`, or `subtable.column`: what rights and flows name it by.
    path: str
    #: What the system computes: a formula, capitals of an amount, a column of a live reference.
    formula: Compiled | None = None
    default: Compiled | None = None
    visible_if: Compiled | None = None
    required_if: Compiled | None = None
    readonly_if: Compiled | None = None
    checks: tuple[CompiledCheck, ...] = ()
    #: Of a lookup: which rows may be chosen. Bare names are the source's columns; ours are `form` and `row`.
    filter: Compiled | None = None

    @property
    def code(self) -> str:
        """The key of its value among the values of its record or row."""
        return self.field.code

    @property
    def answerable(self) -> bool:
        """Whether a person may ever fill it in, rights and `readonly_if` allowing."""
        typed = self.kind.typed and self.formula is None
        return typed and not self.field.readonly and not self.field.hidden

    @property
    def conditional(self) -> bool:
        """Whether it looks at other values to be visible, required or read-only."""
        return bool(self.visible_if or self.required_if or self.readonly_if)


@dataclass(frozen=True, slots=True, eq=False)
class CompiledSubTable:
    """A sub-table with its columns in order."""

    subtable: SubTable
    columns: Mapping[str, CompiledField]
    visible_if: Compiled | None = None
    #: Checked for each row.
    checks: tuple[CompiledCheck, ...] = ()

    @property
    def code(self) -> str:
        """The key of its rows among the record's values."""
        return self.subtable.code

    @property
    def answerable(self) -> bool:
        """Whether a person may ever add or remove rows."""
        return not self.subtable.readonly and not self.subtable.hidden


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One computation: a field of the record, or a column in every row of `rows`."""

    target: CompiledField
    formula: Compiled
    rows: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class CompiledEntity:
    """All that is known of an entity before it has values. Made once per release, shared by threads."""

    pack: str
    #: With full paths where fields name dictionaries and tables.
    entity: Entity
    names: Names
    fields: Mapping[str, CompiledField]
    subtables: Mapping[str, CompiledSubTable]
    #: In the order of computation.
    steps: tuple[Step, ...]
    checks: tuple[CompiledCheck, ...]
    title: CompiledTemplate | None

    @property
    def path(self) -> str:
        """`pack/code`."""
        return f"{self.pack}/{self.entity.code}"

    def everything(self) -> Iterator[CompiledField]:
        """Yield every field, then every column of every sub-table."""
        yield from self.fields.values()
        for one in self.subtables.values():
            yield from one.columns.values()

    @property
    def rows_read(self) -> frozenset[str]:
        """The sub-tables that the record's own formulas read: without their rows it cannot be calculated."""
        reads = [step.formula.references for step in self.steps if step.rows is None]
        named = {code for one in reads for code in one.fields} | {
            rows for one in reads for rows, _ in one.columns
        }
        return frozenset(named & self.subtables.keys())

    def lookups(self) -> tuple[CompiledField, ...]:
        """Return the fields and columns that refer to rows of tables."""
        return tuple(one for one in self.everything() if one.field.type == "lookup")

    def siblings(self, one: CompiledField) -> Mapping[str, CompiledField]:
        """Return the fields that stand beside `one`: those of the record, or the columns of its sub-table."""
        subtable, dot, _ = one.path.partition(".")
        return self.subtables[subtable].columns if dot else self.fields
