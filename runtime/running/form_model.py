"""A form as one person sees it at one moment: what pages, phones and programs draw it from.

What the person may not see is not in it. Values are as `FieldType.dump` writes them (`raw`) and as people
read them (`text`); people in it are named, not numbered.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

#: Where a row stands that is not there yet: `$.items[#].qty`.
BLANK = "#"
#: Columns of a whole line.
FULL = 24


@dataclass(frozen=True, slots=True)
class Option:
    """A value that may be chosen."""

    value: str
    label: str
    #: Second line: the department of a person.
    note: str = ""
    colour: str = ""
    #: Shown where it was chosen before, not to be chosen any more.
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class FormFile:
    """A file that stands in a field."""

    id: str
    name: str
    #: Bytes.
    size: int
    content_type: str


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said at the node of an opinion field."""

    who: str
    at: datetime
    text: str
    #: As the event's kind: approve, reject, return, complete.
    verdict: str
    #: For whom it was done; empty: for themselves.
    behalf: str = ""


@dataclass(frozen=True, slots=True)
class FormCell:
    """One field, or one column of one row, with its value."""

    #: `$.amount`, `$.items[0].qty`; rows count from 0.
    path: str
    code: str
    type: str
    label: str
    mode: Literal["edit", "read"]
    raw: Any = None
    text: str = ""
    help: str = ""
    #: Columns of 24.
    width: int = 12
    required: bool = False
    #: The system fills it in; it is never posted.
    computed: bool = False
    #: False: `visible_if` does not hold now.
    visible: bool = True
    #: True: `readonly_if` holds now, although it may be filled in otherwise.
    locked: bool = False
    multiple: bool = False
    #: What may be chosen, where it is a short list; for people and departments only what is chosen.
    options: tuple[Option, ...] = ()
    #: Id of a lookup's row.
    ref: int | None = None
    #: `pack/entity` that a lookup chooses from; empty for other types.
    source: str = ""
    #: The viewer may look at rows of `source`.
    opens: bool = False
    files: tuple[FormFile, ...] = ()
    said: tuple[Said, ...] = ()
    #: An opinion field of the node at which the viewer acts.
    active: bool = False
    #: What an input should know: max_length, scale, min, max, accept, max_size, prefix, suffix, placeholder.
    hints: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column of a sub-table."""

    code: str
    type: str
    label: str
    help: str = ""
    #: Columns of 24; 0 leaves it to the page.
    width: int = 0
    required: bool = False
    #: Sum of the column as people read it; None where a sum means nothing.
    total: str | None = None


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row; `id` is None until it is stored."""

    id: int | None
    cells: tuple[FormCell, ...]


@dataclass(frozen=True, slots=True)
class FormTable:
    """Rows owned by the record."""

    code: str
    label: str
    columns: tuple[FormColumn, ...]
    rows: tuple[FormRow, ...]
    help: str = ""
    #: What a new row begins with; None where rows may not be added.
    blank: FormRow | None = None
    #: Rows may be added, removed and moved.
    editable: bool = False
    min_rows: int = 0
    max_rows: int = 2000
    visible: bool = True
    #: Column that several rows may be chosen for at once (`pick_rows`); empty if there is none.
    picks: str = ""
    #: `pack/entity` that they are chosen from.
    source: str = ""

    @property
    def path(self) -> str:
        """`$.items`."""
        return f"$.{self.code}"


@dataclass(frozen=True, slots=True)
class FormSection:
    """A titled block; each line holds what stands side by side."""

    title: str
    lines: tuple[tuple["FormCell | FormTable", ...], ...]


@dataclass(frozen=True, slots=True)
class FormModel:
    """A whole form."""

    #: Name of the form or table.
    name: str
    #: `pack/code`.
    entity: str
    sections: tuple[FormSection, ...]
    #: Any input in it.
    editable: bool = False
    #: Id and revision of the record; None and 0 for a new one.
    record: int | None = None
    rev: int = 0

    def parts(self) -> Iterator["FormCell | FormTable"]:
        """Yield the cells and sub-tables in the order of the layout."""
        for section in self.sections:
            for line in section.lines:
                yield from line

    def cells(self) -> Iterator[FormCell]:
        """Yield every cell, those of rows too."""
        for part in self.parts():
            if isinstance(part, FormCell):
                yield part
            else:
                for row in part.rows:
                    yield from row.cells
