"""Whether the ledger of effects explains itself, the history and the rows it wrote."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from sqlalchemy import select

from runtime.store import entity_tables
from runtime.store.session import Session
from runtime.store.tables import effect, event

#: Moves that tell of effects, and whether they tell of taking back.
_TELLING = {"RulesFired": False, "EffectsInverted": True}


def ledger_faults(tx: Session) -> Iterator[str]:
    """Yield a sentence for every line that does not fit its event, its inverse or its row."""
    lines = tx.execute(select(effect).order_by(effect.c.id)).all()
    keys = Counter(line.key for line in lines)
    yield from (f"effect {key} was written {n} times" for key, n in keys.items() if n > 1)
    yield from _against_history(tx, lines)
    yield from _inverses(lines)
    yield from _against_rows(tx, lines)


def _against_history(tx: Session, lines: Sequence[Any]) -> Iterator[str]:
    """Yield the events that tell of other effects than the ledger has of them."""
    told: Counter[tuple[int, int, bool]] = Counter()
    for case_id, seq, moves in tx.execute(select(event.c.case_id, event.c.seq, event.c.moves)):
        for move in moves:
            if move["move"] in _TELLING:
                told[case_id, seq, _TELLING[move["move"]]] += len(move["effects"])
    kept = Counter((line.case_id, line.seq, line.inverts is not None) for line in lines)
    for place in told.keys() | kept.keys():
        if told[place] != kept[place]:
            yield f"event {place[:2]} tells of {told[place]} effects, the ledger has {kept[place]}"


def _inverses(lines: Sequence[Any]) -> Iterator[str]:
    """Yield lines taken back twice, without a trace, or by another amount."""
    known = {line.id: line for line in lines}
    inverses: defaultdict[int, list[Any]] = defaultdict(list)
    for line in lines:
        if line.inverts is not None:
            inverses[line.inverts].append(line)
    for number, found in inverses.items():
        if number not in known:
            yield f"effect {found[0].id} takes back {number}, which does not exist"
        elif len(found) > 1:
            yield f"effect {number} was taken back {len(found)} times"
        elif known[number].delta and Decimal(known[number].delta) + Decimal(found[0].delta) != 0:
            yield f"effect {number} moved {known[number].delta}, and was taken back by {found[0].delta}"
    for line in lines:
        if line.inverts is None and line.inverted != (line.id in inverses):
            yield f"effect {line.id} is marked as taken back: {line.inverted}, and is: {line.id in inverses}"


def _against_rows(tx: Session, lines: Sequence[Any]) -> Iterator[str]:
    """Yield columns whose value is not what their lines, one after the other, lead to."""
    columns: defaultdict[tuple[int, int, str], list[Any]] = defaultdict(list)
    for line in lines:
        if line.col is not None:
            columns[line.entity, line.row_id, line.col].append(line)
    tables = entity_tables.read(tx)
    for (entity, row_id, col), written in columns.items():
        there = tables.by_number(entity)
        place = f"{there.path} {row_id}.{col}"
        now = tx.scalar(select(there.column(col)).where(there.table.c.id == row_id))
        if not _same(now, written[-1].after):
            yield f"{place} is {now}, the ledger says {written[-1].after}"
        for line in written:
            if line.op == "add" and _number(line.before) + _number(line.delta) != _number(line.after):
                yield f"{place}: {line.before} and {line.delta} became {line.after}"
        for before, after in pairwise(written):
            if not _same(before.after, after.before):
                yield f"{place}: left as {before.after}, found as {after.before}"


def _number(value: Any) -> Decimal:
    return Decimal(str(value or 0))


def _same(one: Any, other: Any) -> bool:
    if one is None or other is None:
        return one is other
    try:
        return Decimal(str(one)) == Decimal(str(other))
    except InvalidOperation:
        return str(one) == str(other)
