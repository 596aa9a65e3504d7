"""A dictionary as its designer shows it: a tree of items, and where it is used."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from builder.edits.documents import Standing, standing
from builder.edits.items import values_of
from builder.edits.place import Place, value_at
from builder.usecases.open_draft import OpenedDraft
from builder.web.views.inputs import Group, Input
from builder.web.views.sources import word
from runtime.language.field import Field
from runtime.language.speech import _
from runtime.web.views.common import Link, Tone


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item."""

    #: Unique on the page: numbers from the root.
    id: str
    place: Place
    step: str | int
    value: str
    label: str
    colour: str
    tone: Tone
    disabled: bool
    #: A release has the value: records may hold it.
    fixed: bool
    selected: bool
    children: tuple["ItemRow", ...] = ()


@dataclass(frozen=True, slots=True)
class DictionaryDesign:
    """The whole page."""

    code: str
    name: str
    place: Place
    items: tuple[ItemRow, ...]
    count: int
    #: Value, label and tone of each colour.
    colours: tuple[tuple[str, str, Tone], ...]
    groups: tuple[Group, ...]
    uses: tuple[Link, ...]


def dictionary_design(opened: OpenedDraft, found: Standing, selected: str) -> DictionaryDesign:
    """Return a dictionary; `selected` is the id of a row."""
    document, place = found.document, found.place
    released = value_at(opened.draft.released.get(found.file), (*place, "items"))
    drawing = _Drawing(frozenset(values_of(released)), selected)
    items = tuple(drawing.rows(document.get("items"), (*place, "items"), "item"))
    inputs = (
        Input("d-name", _("名称"), "text", (*place, "name"), document.get("name")),
        Input("d-note", _("备注"), "long", (*place, "note"), document.get("note")),
    )
    return DictionaryDesign(
        found.name,
        word(document.get("name")) or found.name,
        place,
        items,
        len(list(values_of(document.get("items")))),
        colours(),
        (Group(_("字典"), inputs),),
        tuple(_uses(opened, found.name)),
    )


def colours() -> tuple[tuple[str, str, Tone], ...]:
    """Return the colours of items: value, label and the tone that shows it."""
    return (
        ("", _("无"), ""),
        ("grey", _("灰"), ""),
        ("blue", _("蓝"), "accent"),
        ("green", _("绿"), "ok"),
        ("orange", _("橙"), "warn"),
        ("red", _("红"), "bad"),
        ("purple", _("紫"), "violet"),
    )


@dataclass(frozen=True)
class _Drawing:
    released: frozenset[str]
    selected: str

    def rows(self, items: Any, place: Place, id_: str) -> Iterator[ItemRow]:
        """Yield the items of one list."""
        for number, one in enumerate(items if isinstance(items, list) else ()):
            if not isinstance(one, Mapping):
                continue
            value, colour = word(one.get("value")), word(one.get("colour"))
            step: str | int = value or number
            at, own = (*place, step), f"{id_}-{number}"
            tones: dict[str, Tone] = {name: tone for name, _label, tone in colours()}
            yield ItemRow(
                own,
                at,
                step,
                value,
                word(one.get("label")),
                colour,
                tones.get(colour, ""),
                one.get("disabled") is True,
                bool(value) and value in self.released,
                own == self.selected,
                tuple(self.rows(one.get("children"), (*at, "children"), own)),
            )


def _uses(opened: OpenedDraft, code: str) -> Iterator[Link]:
    """Yield the fields that name the dictionary, in the app as drafted and in others as released."""
    app = opened.draft.app
    home = url_for("design.app", app=app)
    for one in standing(opened.draft.documents, "form", "table"):
        module = "forms" if one.kind == "form" else "tables"
        for path, label, ref in _named(one.document.get("fields"), ""):
            if ref in (code, f"{app}/{code}"):
                name = f"{one.document.get('name') or one.name} · {label or path}"
                yield Link(name, f"{home}{module}/{one.name}?selected={path}", "database")
    for other in opened.others.values():
        for entity in other.entities:
            plain = [one for one in entity.fields if isinstance(one, Field)]
            columns = [one for sub in entity.subtables() for one in sub.fields]
            for field in (*plain, *columns):
                if field.options.get("dict") == f"{app}/{code}":
                    yield Link(f"{other.manifest.name} · {entity.name} · {field.label}", "", "apps")


def _named(fields: Any, within: str) -> Iterator[tuple[str, str, str]]:
    """Yield path, label and dictionary of fields and columns."""
    for one in fields if isinstance(fields, list) else ():
        if not isinstance(one, Mapping):
            continue
        path = f"{within}{one.get('code')}"
        if ref := word(one.get("dict")):
            yield path, word(one.get("label")), ref
        yield from _named(one.get("fields"), f"{path}.")
