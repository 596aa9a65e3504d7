"""Forms and base tables: two uses of one idea, an entity with fields."""

from dataclasses import dataclass
from typing import Literal

from runtime.language.field import Check, Field, SubTable


@dataclass(frozen=True, slots=True)
class Section:
    """A titled block of a form page; each row lists codes of fields or sub-tables, left to right."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A list page over a table: what it shows, in which order, of which rows."""

    code: str
    name: str
    columns: tuple[str, ...]
    #: Field codes; a leading "-" sorts from large to small.
    sort: tuple[str, ...] = ()
    #: Fields offered as filters above the list.
    filters: tuple[str, ...] = ()
    #: Text fields that the search box looks into.
    search: tuple[str, ...] = ()
    #: Condition on the row; empty shows all that permissions allow.
    where: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Quota:
    """Which expressions and columns say how much of a row is total, reserved and used."""

    total: str
    reserved: str
    used: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A form (单据) or a base table (底表): fields in the order written."""

    kind: Literal["form", "table"]
    code: str
    name: str
    #: Fields and sub-tables in document order.
    fields: tuple[Field | SubTable, ...]
    note: str = ""
    title: str = ""
    key: tuple[str, ...] = ()
    #: User field that owns the record instead of its creator.
    owner: str | None = None
    owner_dept: str | None = None
    validations: tuple[Check, ...] = ()
    layout: tuple[Section, ...] = ()
    views: tuple[View, ...] = ()
    quota: Quota | None = None
    #: Column groups that must be unique together or indexed together.
    unique: tuple[tuple[str, ...], ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()

    def plain(self) -> tuple[Field, ...]:
        """Return the fields that are not sub-tables."""
        return tuple(one for one in self.fields if isinstance(one, Field))

    def subtables(self) -> tuple[SubTable, ...]:
        """Return the sub-tables."""
        return tuple(one for one in self.fields if isinstance(one, SubTable))

    def field(self, code: str) -> Field | None:
        """Return the plain field named `code`, or None."""
        return next((one for one in self.plain() if one.code == code), None)

    def subtable(self, code: str) -> SubTable | None:
        """Return the sub-table named `code`, or None."""
        return next((one for one in self.subtables() if one.code == code), None)
