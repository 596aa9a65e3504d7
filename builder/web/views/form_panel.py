"""What the property panel of the form designer is about: a field, a section, or the form itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from builder.edits.layout import sections_of
from builder.usecases.open_draft import OpenedDraft
from builder.web.views.field_panel import FieldPanel, field_panel


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A validation of the whole form."""

    place: tuple[str | int, ...]
    code: str
    check: str
    message: str
    level: str


@dataclass(frozen=True, slots=True)
class FormPanel:
    """One of `field`, `section` and the form; what it is not about is empty."""

    #: form, section, field.
    about: str
    entity: str
    #: Of a field.
    field: FieldPanel | None = None
    #: Of a section.
    number: int = 0
    title: str = ""
    sections: int = 0
    #: Of the form.
    document: Mapping[str, Any] | None = None
    checks: tuple[CheckLine, ...] = ()


def form_panel(opened: OpenedDraft, file: str, selected: str) -> FormPanel:
    """Return what the panel shows."""
    found = opened.draft.documents.get(file)
    document: Mapping[str, Any] = found if isinstance(found, Mapping) else {}
    entity = str(document.get("code") or "")
    kind, _colon, number = selected.partition(":")
    if kind == "section":
        sections = sections_of(document)
        one = sections[int(number)]
        return FormPanel("section", entity, number=int(number), title=one.title, sections=len(sections))
    if selected:
        code, _dot, column = selected.partition(".")
        place = ("fields", code, "fields", column) if column else ("fields", code)
        return FormPanel("field", entity, field=field_panel(opened, file, place, entity=entity))
    return FormPanel("form", entity, document=document, checks=tuple(_checks(document)))


def _checks(document: Mapping[str, Any]) -> list[CheckLine]:
    listed = document.get("validations")
    return [
        CheckLine(
            ("validations", number),
            str(one.get("code") or ""),
            str(one.get("check") or ""),
            str(one.get("message") or ""),
            str(one.get("level") or "error"),
        )
        for number, one in enumerate(listed if isinstance(listed, list) else [])
        if isinstance(one, Mapping)
    ]
