"""A form as its designer draws it: sections of lines of cells, straight from the document."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from builder.edits.layout import code_of, fields_of, sections_of
from builder.usecases.open_draft import OpenedDraft
from builder.web.views.labels import dictionary_labels
from runtime.fields import FIELDS
from runtime.language.schemas.field import SUBTABLE
from runtime.language.speech import _
from runtime.running.form_model import FULL

#: Types that show their choices in place.
_SPREAD = frozenset({"radio", "checkbox", "boolean"})
_MOST_CHOICES = 12


@dataclass(frozen=True, slots=True)
class DesignCell:
    """A field on the sheet."""

    code: str
    label: str
    type: str
    type_label: str
    icon: str
    width: int = FULL
    required: bool = False
    readonly: bool = False
    hidden: bool = False
    #: Its formula, empty without one.
    formula: str = ""
    #: It is shown, required or read-only under a condition.
    conditional: bool = False
    #: What stands in it while it is empty.
    hint: str = ""
    choices: tuple[str, ...] = ()
    selected: bool = False
    #: Columns of a sub-table; None for a plain field.
    columns: tuple["DesignCell", ...] | None = None
    #: `items.qty` of a column, else the code.
    path: str = ""


@dataclass(frozen=True, slots=True)
class DesignSection:
    """A block of the sheet."""

    number: int
    title: str
    lines: tuple[tuple[DesignCell, ...], ...]
    selected: bool = False


@dataclass(frozen=True, slots=True)
class FormDesign:
    """The whole sheet."""

    title: str
    sections: tuple[DesignSection, ...]
    #: Fields that nobody ever sees: they stand below the sheet.
    unseen: tuple[DesignCell, ...]
    selected: str


def form_design(opened: OpenedDraft, file: str, selected: str) -> FormDesign:
    """Return the sheet of the form in `file`; `selected` is a field's path or `section:<number>`."""
    document = opened.draft.documents.get(file)
    document = document if isinstance(document, Mapping) else {}
    drawing = _Drawing(opened, {code_of(one): one for one in fields_of(document)}, selected)
    sections = sections_of(document)
    placed = {code for one in sections for line in one.lines for code in line}
    return FormDesign(
        str(document.get("name") or ""),
        tuple(
            DesignSection(
                number,
                one.title,
                tuple(drawing.line(line) for line in one.lines),
                selected == f"section:{number}",
            )
            for number, one in enumerate(sections)
        ),
        tuple(drawing.cell(one, FULL) for code, one in drawing.fields.items() if code not in placed),
        selected,
    )


@dataclass(frozen=True)
class _Drawing:
    opened: OpenedDraft
    fields: Mapping[str, Mapping[str, Any]]
    selected: str

    def line(self, codes: Sequence[str]) -> tuple[DesignCell, ...]:
        known = [code for code in codes if code in self.fields]
        widths = widths_of([self.fields[code] for code in known])
        return tuple(self.cell(self.fields[code], width) for code, width in zip(known, widths, strict=True))

    def cell(self, field: Mapping[str, Any], width: int, *, within: str = "") -> DesignCell:
        code, type_ = code_of(field), str(field.get("type") or "")
        kind = FIELDS.get(type_)
        path = f"{within}.{code}" if within else code
        columns = None
        if type_ == SUBTABLE:
            columns = tuple(self.cell(one, 0, within=code) for one in fields_of(field))
        return DesignCell(
            code=code,
            label=str(field.get("label") or code),
            type=type_,
            type_label=_(kind.label) if kind else _("重复表") if type_ == SUBTABLE else type_,
            icon=kind.icon if kind else "table-plus",
            width=FULL if type_ == SUBTABLE else width,
            required=field.get("required") is True or _least(field) > 0,
            readonly=field.get("readonly") is True,
            hidden=field.get("hidden") is True,
            formula=_text(field.get("formula")),
            conditional=any(field.get(key) for key in ("visible_if", "required_if", "readonly_if")),
            hint=_text(field.get("placeholder")),
            choices=tuple(self._choices(field, type_)),
            selected=self.selected == path,
            columns=columns,
            path=path,
        )

    def _choices(self, field: Mapping[str, Any], type_: str) -> Iterator[str]:
        if type_ == "boolean":
            yield from (_("是"), _("否"))
        elif type_ in _SPREAD:
            listed = field.get("options")
            named = field.get("dict")
            if isinstance(listed, list):
                yield from (str(one) for one in listed[:_MOST_CHOICES])
            elif isinstance(named, str):
                yield from list(dictionary_labels(self.opened, named).values())[:_MOST_CHOICES]


def widths_of(fields: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return how many of 24 columns each field of a line takes, as the form divides them."""
    given = [one["width"] if _is_width(one.get("width")) else 0 for one in fields]
    others = given.count(0)
    left = FULL - sum(given)
    share = max(left // others, 1) if others else 0
    widths = [one or share for one in given]
    if others:
        last = len(given) - 1 - given[::-1].index(0)
        widths[last] += max(left - share * others, 0)
    return [min(one, FULL) for one in widths]


def _is_width(value: object) -> bool:
    return type(value) is int and 1 <= value <= FULL


def _least(field: Mapping[str, Any]) -> int:
    found = field.get("min_rows")
    return found if type(found) is int else 0


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
