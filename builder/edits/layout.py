"""Where the fields of an entity stand on its form, and that with one thing put elsewhere.

The layout of a document is a list of sections; a section has lines, a line has codes beside each other. An
entity without a layout is shown two fields to a line; the first change of its layout writes that down.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builder.edits.place import gone
from runtime.fields import FIELDS
from runtime.language.schemas.field import SUBTABLE
from runtime.language.speech import _

Lines = list[list[str]]


@dataclass(frozen=True, slots=True)
class Section:
    """A block of the form."""

    title: str
    lines: Lines
    #: Keys of its document besides these two.
    more: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a form: in a line of a section, at a number in it; without a number on a line of its own."""

    section: int
    line: int
    at: int | None = None


def fields_of(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the fields and sub-tables of an entity as far as they are any."""
    found = document.get("fields")
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def code_of(field: Mapping[str, Any]) -> str:
    """Return a field's code, empty if it has none."""
    found = field.get("code")
    return found if isinstance(found, str) else ""


def is_wide(field: Mapping[str, Any]) -> bool:
    """Say whether a field takes a whole line where nothing else is said."""
    kind = FIELDS.get(str(field.get("type")))
    return field.get("type") == SUBTABLE or (kind is not None and kind.wide)


def sections_of(document: Mapping[str, Any]) -> list[Section]:
    """Return the layout of an entity: as designed, and last what it forgets; hidden fields may be out."""
    designed = document.get("layout")
    sections = (
        [_section(one) for one in designed if isinstance(one, Mapping)] if isinstance(designed, list) else []
    )
    placed = {code for one in sections for line in one.lines for code in line}
    left = [one for one in fields_of(document) if code_of(one) not in placed]
    if not sections:
        return [Section("", list(_pairs(left)), {})] if left else []
    shown = [one for one in left if one.get("hidden") is not True]
    return [*sections, Section(_("其他"), list(_pairs(shown)), {})] if shown else sections


def with_sections(document: Mapping[str, Any], sections: Iterable[Section]) -> dict[str, Any]:
    """Return the document with this layout; lines that are empty are left out."""
    layout = [
        {"section": one.title, "rows": [line for line in one.lines if line], **one.more} for one in sections
    ]
    return {**document, "layout": layout}


def put(sections: list[Section], code: str, spot: Spot) -> list[Section]:
    """Return the layout with a code put somewhere, wherever it stood before.

    :raises Conflict: if there is no such section.
    """
    cleared = [_without(one, code, keep_lines=True) for one in sections]
    if not cleared and spot.section == 0:
        cleared = [Section(_("基本信息"), [], {})]
    if not 0 <= spot.section < len(cleared):
        raise gone(("layout", spot.section))
    target = cleared[spot.section]
    lines = [list(line) for line in target.lines]
    line = max(0, min(spot.line, len(lines)))
    if spot.at is None or line == len(lines):
        lines.insert(line, [code])
    else:
        lines[line].insert(max(0, min(spot.at, len(lines[line]))), code)
    cleared[spot.section] = Section(target.title, lines, target.more)
    return [Section(one.title, [line for line in one.lines if line], one.more) for one in cleared]


def taken_out(sections: list[Section], code: str) -> list[Section]:
    """Return the layout without a code."""
    return [_without(one, code, keep_lines=False) for one in sections]


def spot_of(sections: list[Section], code: str) -> Spot | None:
    """Return where a code stands, None if nowhere."""
    for number, section in enumerate(sections):
        for at, line in enumerate(section.lines):
            if code in line:
                return Spot(number, at, line.index(code))
    return None


def _section(document: Mapping[str, Any]) -> Section:
    rows = document.get("rows")
    lines = (
        [[code for code in row if isinstance(code, str)] for row in rows if isinstance(row, list)]
        if isinstance(rows, list)
        else []
    )
    more = {key: one for key, one in document.items() if key not in ("section", "rows")}
    return Section(str(document.get("section") or ""), lines, more)


def _without(section: Section, code: str, *, keep_lines: bool) -> Section:
    lines = [[one for one in line if one != code] for line in section.lines]
    return Section(section.title, [line for line in lines if line or keep_lines], section.more)


def _pairs(fields: Iterable[Mapping[str, Any]]) -> Iterator[list[str]]:
    """Yield lines of one or two: what needs a whole line gets one (as `runtime.running.form_layout` does)."""
    waiting: list[str] = []
    for one in fields:
        wide = is_wide(one)
        if wide and waiting:
            yield waiting
            waiting = []
        waiting.append(code_of(one))
        if wide or len(waiting) == 2:
            yield waiting
            waiting = []
    if waiting:
        yield waiting
