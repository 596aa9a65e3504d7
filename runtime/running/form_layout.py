"""Where the fields of a form stand: sections of lines, as designed or two beside each other."""

from collections.abc import Iterable, Iterator, Sequence

from runtime.language.speech import _
from runtime.records.compiled import CompiledEntity
from runtime.running.form_model import FULL

#: Codes beside each other, each with its width in columns of 24.
Line = tuple[tuple[str, int], ...]


def sections(entity: CompiledEntity, shown: frozenset[str]) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """Yield title and lines of each section that has anything `shown` (codes of fields and sub-tables).

    What the layout does not name comes last: a field that somebody forgot is found, not lost.
    """
    designed = entity.entity.layout
    named = {code for section in designed for row in section.rows for code in row}
    for section in designed:
        rows = [[code for code in row if code in shown] for row in section.rows]
        lines = tuple(line for row in rows for line in _lines(entity, row))
        if lines:
            yield section.title, lines
    rest = [one.code for one in entity.entity.fields if one.code in shown and one.code not in named]
    lines = tuple(line for row in _pairs(entity, rest) for line in _lines(entity, row))
    if lines:
        yield (_("其他") if designed else ""), lines


def _pairs(entity: CompiledEntity, codes: Iterable[str]) -> Iterator[list[str]]:
    """Yield rows of one or two: what needs a whole line gets one."""
    waiting: list[str] = []
    for code in codes:
        wide = code in entity.subtables or entity.fields[code].kind.wide
        if wide and waiting:
            yield waiting
            waiting = []
        waiting.append(code)
        if wide or len(waiting) == 2:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _lines(entity: CompiledEntity, row: Sequence[str]) -> Iterator[Line]:
    """Yield the row as lines: a sub-table always stands alone."""
    beside: list[str] = []
    for code in row:
        if code in entity.subtables:
            if beside:
                yield _widths(entity, beside)
                beside = []
            yield ((code, FULL),)
        else:
            beside.append(code)
    if beside:
        yield _widths(entity, beside)


def _widths(entity: CompiledEntity, codes: Sequence[str]) -> Line:
    """Return the codes with the widths designed; the others share what is left."""
    given = {code: entity.fields[code].field.width or 0 for code in codes}
    others = [code for code in codes if not given[code]]
    left = FULL - sum(given.values())
    if others:
        share = max(left // len(others), 1)
        given |= dict.fromkeys(others, share)
        # What does not divide goes to the last, so that the line is full.
        given[others[-1]] += max(left - share * len(others), 0)
    return tuple((code, min(given[code], FULL)) for code in codes)
