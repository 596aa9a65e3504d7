"""From a form as a use case answers it to the sheet that a page draws."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import url_for

from runtime.language.speech import _
from runtime.running.form_model import FormCell, FormFile, FormModel, FormSection, FormTable, Option, Said
from runtime.web.clock import zone
from runtime.web.views.cell import Cell, FileView, OpinionView, PickerView
from runtime.web.views.common import Choice
from runtime.web.views.form import Column, FormUrls, FormView, RowView, SectionView, SubTableView
from runtime.web.words import deed_tag

#: Types whose values are searched for, and below which address.
SEARCHED = {
    "user": "people",
    "department": "departments",
    "company": "companies",
    "post": "posts",
    "role": "roles",
}
_KILO = 1024
#: The number of a row in a path.
_ROW = re.compile(r"\[[^\]]*\]")


def sheet(
    model: FormModel,
    *,
    title: str = "",
    company: str = "",
    meta: Sequence[str] = (),
    calc: str = "",
    pick: str = "",
    frozen: bool = False,
) -> FormView:
    """Return the sheet; `calc` and `pick` are where its scripts ask, `meta` stands below its title.

    `frozen` makes it one to read, whatever the viewer might fill in: for paper.
    """
    drawing = _Sheet(model, pick, frozen)
    editable = model.editable and not frozen
    return FormView(
        title=title or model.name,
        sections=tuple(drawing.section(one) for one in model.sections),
        company=company,
        meta=tuple(one for one in meta if one),
        editable=editable,
        rev=model.rev,
        urls=FormUrls(calc, url_for("files.upload") if editable else ""),
    )


class _Sheet:
    """One sheet; `pick` is where its lookups are chosen from, `frozen` makes everything read."""

    def __init__(self, model: FormModel, pick: str, frozen: bool) -> None:
        self.model = model
        self.pick = pick
        self.frozen = frozen

    def section(self, one: FormSection) -> SectionView:
        lines = (
            tuple(self.table(part) if isinstance(part, FormTable) else self.cell(part) for part in line)
            for line in one.lines
        )
        return SectionView(one.title, tuple(lines))

    def table(self, one: FormTable) -> SubTableView:
        rows = tuple(RowView(row.id, tuple(self.cell(cell) for cell in row.cells)) for row in one.rows)
        blank = RowView(None, tuple(self.cell(cell) for cell in one.blank.cells)) if one.blank else None
        labels = {column.code: column.label for column in one.columns}
        picker = PickerView(self.pick, labels[one.picks], many=True) if one.picks and self.pick else None
        columns = (
            Column(
                column.code,
                column.type,
                column.label,
                column.width,
                column.required,
                column.help,
                column.total,
            )
            for column in one.columns
        )
        return SubTableView(
            code=one.code,
            label=one.label,
            columns=tuple(columns),
            rows=rows,
            blank=None if self.frozen else blank,
            editable=one.editable and not self.frozen,
            min_rows=one.min_rows,
            max_rows=one.max_rows,
            visible=one.visible,
            help=one.help,
            picker=picker,
            picks=one.picks,
        )

    def cell(self, one: FormCell) -> Cell:
        shown = Cell(
            code=one.code,
            type=one.type,
            label=one.label,
            path=one.path,
            mode="read" if self.frozen else one.mode,
            value=one.raw,
            text=one.text,
            width=one.width,
            required=one.required,
            computed=one.computed,
            visible=one.visible,
            locked=one.locked,
            help=one.help,
            placeholder=str(one.hints.get("placeholder", "")),
            multiple=one.multiple,
            active=one.active,
            ref=one.ref,
            opinions=tuple(opinion(said) for said in one.said),
            files=tuple(file_view(file, **self.place(one)) for file in one.files),
            hints=one.hints,
        )
        if one.type == "lookup":
            picker = PickerView(self.pick, one.label) if one.mode == "edit" and self.pick else None
            return replace(shown, picker=picker, link=_record_link(one))
        if one.type == "url":
            return replace(shown, link=str(one.raw or ""))
        if one.type in SEARCHED and one.mode == "edit":
            chosen = tuple(choice(option, [option.value]) for option in one.options)
            return replace(
                shown, choices=chosen, search_url=url_for("pickers.directory", kind=SEARCHED[one.type])
            )
        values = one.raw if isinstance(one.raw, list) else [] if one.raw is None else [str(one.raw)]
        return replace(shown, choices=tuple(choice(option, values) for option in one.options))

    def place(self, one: FormCell) -> dict[str, Any]:
        """Return where the files of a cell stand: a file may stand in several records."""
        if self.model.record is None:
            return {}
        path = _ROW.sub("", one.path).removeprefix("$.")
        return {"in": self.model.entity, "record": self.model.record, "field": path}


def choice(option: Option, chosen: Sequence[str]) -> Choice:
    """Return an option, marked if it is among the `chosen`."""
    return Choice(option.value, option.label, option.value in chosen, option.disabled, option.note)


def opinion(said: Said) -> OpinionView:
    """Return what somebody said at a node."""
    behalf = _("代 %(name)s", name=said.behalf) if said.behalf else ""
    return OpinionView(said.text, said.who, moment(said.at), deed_tag(said.verdict), behalf)


def file_view(file: FormFile, **place: Any) -> FileView:
    """Return a file with its address; `place` is where it stands, as `files.show` reads it."""
    address = url_for("files.show", file_id=file.id, **place)
    small = address if file.content_type.startswith("image/") else ""
    return FileView(file.id, file.name, size_text(file.size), address, small)


def size_text(size: int) -> str:
    """Return a size as people read it: "412 KB", "1.8 MB"."""
    if size < _KILO * _KILO:
        return f"{max(round(size / _KILO), 1)} KB"
    return f"{size / _KILO / _KILO:.1f} MB"


def moment(at: datetime) -> str:
    """Return a moment in the installation's zone, to the minute."""
    return at.astimezone(zone()).strftime("%Y-%m-%d %H:%M")


def _record_link(one: FormCell) -> str:
    if one.ref is None or not one.opens:
        return ""
    app, _slash, table = one.source.partition("/")
    return url_for("records.show", app=app, table=table, record_id=one.ref)
