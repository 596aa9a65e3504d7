"""One question of a form, or one column of a table, as designed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

#: Words that are legal as a `default` besides constants and expressions (definitions §3).
DEFAULT_WORDS = ("current_user", "current_department", "current_company", "current_post", "today", "now")


@dataclass(frozen=True, slots=True)
class Expr:
    """An expression as written: `{expr: …}` in a default, plain text elsewhere."""

    source: str


@dataclass(frozen=True, slots=True)
class Check:
    """A condition that must hold, and what to say when it does not."""

    code: str
    check: str
    message: str
    #: `error` stops the submission, `warn` only tells.
    level: Literal["error", "warn"] = "error"
    #: Nodes at which it is checked; empty means at submission.
    at: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an entity, or a column of a sub-table.

    `options` holds what only its type knows (dictionary, template, lookup …); the type's own schema
    has checked them.
    """

    code: str
    type: str
    label: str
    options: Mapping[str, Any] = field(default_factory=dict)
    help: str = ""
    note: str = ""
    required: bool = False
    readonly: bool = False
    hidden: bool = False
    unique: bool = False
    index: bool = False
    multiple: bool = False
    track: bool = True
    #: True masks in the type's own way ("138****0000").
    mask: bool = False
    encrypt: bool = False
    default: Any = None
    formula: str | None = None
    visible_if: str | None = None
    required_if: str | None = None
    readonly_if: str | None = None
    validate: tuple[Check, ...] = ()
    min: Any = None
    max: Any = None
    #: Digits after the point of a decimal.
    precision: int | None = None
    #: Columns of 24; None leaves it to the layout.
    width: int | None = None


@dataclass(frozen=True, slots=True)
class SubTable:
    """A list of rows owned by a record (重复表)."""

    code: str
    label: str
    fields: tuple[Field, ...]
    help: str = ""
    note: str = ""
    min_rows: int = 0
    max_rows: int = 2000
    readonly: bool = False
    hidden: bool = False
    visible_if: str | None = None
    validate: tuple[Check, ...] = ()

    def field(self, code: str) -> Field | None:
        """Return the column named `code`, or None."""
        return next((one for one in self.fields if one.code == code), None)
