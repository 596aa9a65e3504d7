"""The numbers of a new case, drawn in the round trip that asks whether it is new at all.

Which they are is a guess: from the apps as this process knows them. Whoever draws hears in the same answer
whether that is still true.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from runtime.language.entity import Entity
from runtime.packs import world
from runtime.running.context import Clock
from runtime.running.form import counters
from runtime.store import entity_tables
from runtime.store.open_case import Seen, next_case, seen
from runtime.store.record_inserts import next_record
from runtime.store.send import Call
from runtime.store.serials import next_call
from runtime.store.session import Session


@dataclass(frozen=True, slots=True)
class Drawn:
    """The ids of a new case and of its record, and the numbers for its serial numbers."""

    case: int
    record: int
    #: By counter.
    counts: Mapping[str, int]


def begin_start(
    tx: Session, *, app: str, flow: str, clock: Clock, token: str | None
) -> tuple[Seen, Drawn | None]:
    """Return what an action begins with, and the numbers of the case, if they could be drawn along.

    What was drawn in vain is given back.
    """
    ahead = _guess(tx, app=app, flow=flow, clock=clock)
    if ahead is None:
        return seen(tx, token=token)[0], None
    before, answers = seen(tx, token=token, also=ahead.calls)
    if not before.answer and before.revisions.schema == ahead.schema:
        return before, ahead.drawn(answers)
    tx.rollback()
    tx.begin(writing=True)
    return seen(tx, token=token)[0], None


@dataclass(frozen=True, slots=True)
class _Ahead:
    schema: int
    calls: tuple[Call, ...]
    counters: tuple[str, ...]

    def drawn(self, answers: list[list[tuple[Any, ...]]]) -> Drawn:
        case, record, *counts = (int(rows[0][0]) for rows in answers)
        return Drawn(case, record, dict(zip(self.counters, counts, strict=True)))


def _guess(tx: Session, *, app: str, flow: str, clock: Clock) -> _Ahead | None:
    known = world.kept(tx)
    if known is None or app not in known[1].apps or flow not in known[1].app(app).flows:
        return None
    entity = known[1].app(app).form_of(flow)
    there = entity_tables.guess(tx, entity.path)
    if there is None or there[0] != known[0] or _is_unique(entity.entity):
        return None
    keys = tuple(counters(entity, clock.moment.astimezone(clock.zone).date()).values())
    calls = (next_case(), next_record(there[1]), *(next_call(tx, key) for key in keys))
    return _Ahead(known[0], calls, keys)


def _is_unique(entity: Entity) -> bool:
    """Return whether anything in a record must be unique: then it is written alone, to tell what is not."""
    fields = (*entity.plain(), *(field for sub in entity.subtables() for field in sub.fields))
    return bool(entity.unique) or any(field.unique for field in fields)
