"""A form or a record as a page shows it: sections, lines of cells, sub-tables of rows of cells."""

from collections.abc import Iterator
from dataclasses import dataclass

from runtime.web.views.cell import FIGURES, Cell, PickerView

#: A sheet on paper has 24 columns.
FULL = 24

#: Least width of a row's column in twenty-fourths of a sheet, where the design does not say.
_NATURAL_WIDTH = {
    "integer": 2,
    "decimal": 3,
    "percent": 2,
    "money": 4,
    "boolean": 2,
    "date": 4,
    "datetime": 5,
    "month": 3,
    "year": 2,
    "select": 4,
    "user": 4,
    "serial": 4,
    "textarea": 7,
    "attachment": 6,
    "image": 6,
    "checkbox": 6,
    "address": 8,
}

#: What a column takes even if the design gives it less: a lookup has two buttons, a date ten characters.
_LEAST_WIDTH = {"lookup": 4, "date": 3, "datetime": 5, "money": 3, "user": 3, "department": 3}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sub-table."""

    code: str
    type: str
    label: str
    width: int = 0
    required: bool = False
    help: str = ""
    #: Sum below the column, as text; None where the column has none.
    total: str | None = None

    @property
    def figure(self) -> bool:
        """Whether its values are numbers."""
        return self.type in FIGURES

    @property
    def grow(self) -> int:
        """Share of the width, from 1 to 24."""
        wanted = self.width or _NATURAL_WIDTH.get(self.type, 5)
        return min(max(wanted, _LEAST_WIDTH.get(self.type, 1)), FULL)


@dataclass(frozen=True, slots=True)
class RowView:
    """One row; `id` is None for a row that is not stored yet."""

    id: int | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class SubTableView:
    """Rows owned by a record. `blank` is the row that "添加一行" adds; None where rows may not be added."""

    code: str
    label: str
    columns: tuple[Column, ...]
    rows: tuple[RowView, ...]
    blank: RowView | None = None
    #: Rows may be removed and moved.
    editable: bool = False
    min_rows: int = 0
    max_rows: int = 2000
    visible: bool = True
    help: str = ""
    problems: tuple[str, ...] = ()
    #: "从底表选择": the lookup column with `pick_rows`.
    picker: PickerView | None = None
    #: Code of that column.
    picks: str = ""

    type = "subtable"
    width = FULL

    @property
    def path(self) -> str:
        """`$.items`."""
        return f"$.{self.code}"

    @property
    def id(self) -> str:
        """The `id` of its block."""
        return f"f-{self.code}"

    @property
    def required(self) -> bool:
        """Whether it needs at least one row."""
        return self.min_rows > 0

    @property
    def least_width(self) -> int:
        """Hundreds of pixels below which the rows scroll sideways (class `.m6` … `.m30`)."""
        # 31 px for each share keep eight digits of money readable in three; number and tools have theirs.
        pixels = 31 * sum(column.grow for column in self.columns) + (108 if self.editable else 40)
        return min(max(-(-pixels // 100), 6), 30)

    @property
    def totalled(self) -> bool:
        """Whether any column has a sum below it."""
        return any(column.total is not None for column in self.columns)


@dataclass(frozen=True, slots=True)
class SectionView:
    """A titled block; each line holds what stands side by side."""

    title: str
    lines: tuple[tuple[Cell | SubTableView, ...], ...]


@dataclass(frozen=True, slots=True)
class FormUrls:
    """Where a page with inputs sends its requests; empty where it does not."""

    calc: str = ""
    upload: str = ""


#: A page to read asks nothing.
NOWHERE = FormUrls()


@dataclass(frozen=True, slots=True)
class FormView:
    """A whole sheet."""

    title: str
    sections: tuple[SectionView, ...]
    company: str = ""
    #: "HTBG-2026-0037", "林嘉树 · 工程管理部", …
    meta: tuple[str, ...] = ()
    #: Any input on it; otherwise it is a page to read and to print.
    editable: bool = False
    #: Revision of the record that the page shows; posted back, so that a later change is noticed.
    rev: int = 0
    urls: FormUrls = NOWHERE
    problems: tuple["FormProblem", ...] = ()

    def cells(self) -> Iterator[Cell]:
        """Yield every cell, those of rows too."""
        for section in self.sections:
            for line in section.lines:
                for one in line:
                    if isinstance(one, SubTableView):
                        for row in one.rows:
                            yield from row.cells
                    else:
                        yield one


@dataclass(frozen=True, slots=True)
class FormProblem:
    """A problem of the whole sheet or of one place in it."""

    path: str
    message: str
