"""Grants as a table, and what each role may do with each object."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builder.usecases.open_draft import OpenedDraft
from builder.web.views.access_words import Choices, rights, roles_of, scopes
from builder.web.views.inputs import Group, Input
from builder.web.views.sources import (
    Source,
    columns_of,
    entity_document,
    mappings,
    source_of,
    sources,
    word,
    words,
)
from runtime.language.speech import _, listed

PERMISSIONS = "permissions.yaml"


@dataclass(frozen=True, slots=True)
class GrantRow:
    """One grant."""

    number: int
    who: str
    who_name: str
    #: Labels of the objects.
    on: tuple[str, ...]
    scope: str
    can: tuple[str, ...]
    #: "隐藏 2 · 脱敏 1 · 有条件"
    limits: str
    selected: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """What a role may do with an object: scope and rights, one line per grant; empty is a gap."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccessDesign:
    """All grants, and the one that is selected."""

    grants: tuple[GrantRow, ...]
    rights: Choices
    scopes: Choices
    roles: Choices
    groups: tuple[Group, ...]
    #: A new grant as it begins.
    new: Mapping[str, Any]
    #: Objects with a cell for each of `heads`.
    heads: tuple[str, ...] = ()
    summary: tuple[tuple[str, tuple[Cell, ...]], ...] = ()


def access_design(opened: OpenedDraft, selected: str, *, summary: bool = False) -> AccessDesign:
    """Return the grants; `selected` is the number of one."""
    found = opened.draft.documents.get(PERMISSIONS)
    entries = found if isinstance(found, list) else []
    objects, people = sources(opened), roles_of(opened)
    grants = tuple(_grants(opened, entries, selected, objects, dict(people)))
    chosen = next((one.number for one in grants if one.selected), None)
    groups = tuple(_panel(opened, entries[chosen], chosen, objects)) if chosen is not None else ()
    first = next((one.ref for one in objects), "")
    new = {"who": people[0][0], "on": [first] if first else [], "scope": "own", "can": ["view"]}
    heads: tuple[str, ...] = ()
    cells: tuple[tuple[str, tuple[Cell, ...]], ...] = ()
    if summary:
        named = [code for code, _name in people if any(one.who == code for one in grants)]
        heads = tuple(dict(people)[code] for code in named)
        cells = tuple(_summary(opened, entries, objects, named))
    return AccessDesign(grants, rights(), scopes(), people, groups, new, heads, cells)


def _grants(
    opened: OpenedDraft,
    entries: list[Any],
    selected: str,
    objects: tuple[Source, ...],
    people: Mapping[str, str],
) -> Iterator[GrantRow]:
    for number, one in enumerate(entries):
        if not isinstance(one, Mapping):
            continue
        who = word(one.get("who"))
        limits = [
            _("隐藏 %(n)s 项", n=len(words(one.get("hide")))) if words(one.get("hide")) else "",
            _("脱敏 %(n)s 项", n=len(words(one.get("mask")))) if words(one.get("mask")) else "",
            _("有条件") if one.get("where") else "",
        ]
        yield GrantRow(
            number,
            who,
            people.get(who, who),
            tuple(_label(opened, ref, objects) for ref in words(one.get("on"))),
            word(one.get("scope")),
            words(one.get("can")),
            " · ".join(filter(None, limits)),
            str(number) == selected,
        )


def _label(opened: OpenedDraft, ref: str, objects: tuple[Source, ...]) -> str:
    found = source_of(opened, ref, objects)
    return found.label if found else ref


def _panel(
    opened: OpenedDraft, grant: Mapping[str, Any], number: int, objects: tuple[Source, ...]
) -> Iterator[Group]:
    on = words(grant.get("on"))
    options = tuple((one.ref, one.label) for one in objects)
    place, id_ = (number,), f"g-{number}"
    yield Group(_("对象"), (Input(f"{id_}-on", _("表和表单"), "ordered", (*place, "on"), on, options),))
    columns = tuple(dict(choice for ref in on for choice in _paths(opened, ref, objects)).items())
    yield Group(
        _("看不到的内容"),
        (
            Input(
                f"{id_}-hide", _("隐藏字段"), "ordered", (*place, "hide"), words(grant.get("hide")), columns
            ),
            Input(
                f"{id_}-mask", _("脱敏字段"), "ordered", (*place, "mask"), words(grant.get("mask")), columns
            ),
        ),
    )
    scope = f"view:{on[0]}" if on else ""
    at, given = (*place, "where"), grant.get("where")
    where = Input(f"{id_}-where", _("只限"), "expression", at, given, scope=scope, want="boolean")
    note = Input(f"{id_}-note", _("备注"), "long", (*place, "note"), grant.get("note"))
    yield Group(_("范围"), (where, note))


def _fields(key: str, label: str, grant: Mapping[str, Any], number: int, columns: Choices) -> Input:
    return Input(f"g-{number}-{key}", label, "ordered", (number, key), words(grant.get(key)), columns)


def _paths(opened: OpenedDraft, ref: str, objects: tuple[Source, ...]) -> Choices:
    document = entity_document(opened, ref.removeprefix(f"{opened.draft.app}/"))
    if document is not None:
        return tuple(one.choice for one in columns_of(document, deep=True))
    found = source_of(opened, ref, objects)
    return tuple(one.choice for one in found.columns) if found else ()


def _summary(
    opened: OpenedDraft, entries: list[Any], objects: tuple[Source, ...], people: list[str]
) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """Yield each object with what each role may do; another app's object only if a grant names it."""
    names, where = dict(rights()), dict(scopes())
    cells: dict[tuple[str, str], list[str]] = {}
    for one in mappings(entries):
        can = listed(names.get(right, right) for right in words(one.get("can")))
        line = _("%(kind)s：%(name)s", kind=where.get(word(one.get("scope")), ""), name=can)
        for ref in words(one.get("on")):
            bare = ref.removeprefix(f"{opened.draft.app}/")
            cells.setdefault((bare, word(one.get("who"))), []).append(line)
    named = {ref for ref, _who in cells}
    for source in objects:
        if not source.app or source.ref in named:
            yield source.label, tuple(Cell(tuple(cells.get((source.ref, who), ()))) for who in people)
