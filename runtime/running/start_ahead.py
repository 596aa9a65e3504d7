"""The numbers of a new case, drawn in the round trip that asks whether it is new at all.

Which they are is a guess: from the apps as this process knows them. Whoever draws hears in the same answer
whether that is still true.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from runtime.packs import world
from runtime.running.context import Clock
from runtime.running.form import counters
from runtime.store import entity_tables
from runtime.store.entity_tables import EntityTable
from runtime.store.open_case import Seen, seen, seen_with_ids
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
    tx: Session,
    *,
    app: str,
    flow: str,
    clock: Clock,
    token: str | None,
    meanwhile: Callable[[], None],
) -> tuple[Seen, Drawn | None]:
    """Return what an action begins with, and the numbers of the case, if they could be drawn along.

    What was drawn in vain is given back. `meanwhile` may be called while the database works.
    """
    ahead = _guess(tx, app=app, flow=flow, clock=clock)
    if ahead is None:
        return seen(tx, token=token), None
    also = [next_call(tx, key) for key in ahead.counters]
    before, ids, answers = seen_with_ids(tx, ahead.there, token=token, also=also, meanwhile=meanwhile)
    if ids and not before.answer and before.revisions.schema == ahead.schema:
        counts = (int(rows[0][0]) for rows in answers)
        return before, Drawn(*ids, dict(zip(ahead.counters, counts, strict=True)))
    tx.rollback()
    tx.begin(writing=True)
    return seen(tx, token=token), None


@dataclass(frozen=True, slots=True)
class _Ahead:
    schema: int
    there: EntityTable
    counters: tuple[str, ...]


def _guess(tx: Session, *, app: str, flow: str, clock: Clock) -> _Ahead | None:
    known = world.kept(tx)
    if known is None or app not in known[1].apps or flow not in known[1].app(app).flows:
        return None
    entity = known[1].app(app).form_of(flow)
    there = entity_tables.guess(tx, entity.path)
    if there is None or there[0] != known[0]:
        return None
    today = clock.moment.astimezone(clock.zone).date()
    return _Ahead(known[0], there[1], tuple(counters(entity, today).values()))
