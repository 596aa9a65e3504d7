"""The ledger of what rules wrote into rows, a line per column: to be explained, and to be taken back."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, select, update

from runtime.store.insert_many import inserting
from runtime.store.send import flush, prepared, send_at_commit
from runtime.store.session import Session
from runtime.store.tables import effect, event, flow_case

_COLUMNS = (
    "case_id",
    "seq",
    "path",
    "visit_no",
    "submission",
    "rule",
    "key",
    "entity",
    "row_id",
    "col",
    "op",
    "before",
    "after",
    "delta",
    "inverts",
    "inverted",
)
_ADD = inserting(effect, _COLUMNS)
_INVERTED = prepared(update(effect).where(effect.c.id == bindparam("line")).values(inverted=True))


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a case an effect was made."""

    case_id: int
    #: Number of the event.
    seq: int
    path: str
    visit_no: int
    submission: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what happened to one column of one row (or to the row). Values as fields dump them."""

    rule: str
    #: Number of the entity.
    entity: int
    row_id: int
    op: str  # set | add | create | delete | start
    col: str | None = None
    before: Any = None
    after: Any = None
    #: Signed decimal as text.
    delta: str | None = None
    #: Id of the line this one takes back.
    inverts: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A line that has not been taken back."""

    id: int
    line: Line
    case_id: int
    seq: int


@dataclass(frozen=True, slots=True)
class Explained:
    """A line with the case it came from: one answer to "why is this value what it is?"."""

    line: Line
    case_id: int
    case_no: str | None
    case_title: str
    #: The app whose rule wrote it.
    app: str
    seq: int
    inverted: bool
    at: datetime | None


def add(tx: Session, place: Place, lines: Sequence[Line]) -> None:
    """Write lines at the commit; each has its own key, so that none is ever written twice."""
    count: int = tx.info.get("effects", 0)
    rows = [
        (
            place.case_id,
            place.seq,
            place.path,
            place.visit_no,
            place.submission,
            line.rule,
            _key(place, line, count + number),
            line.entity,
            line.row_id,
            line.col,
            line.op,
            line.before,
            line.after,
            line.delta,
            line.inverts,
            line.inverts is not None,
        )
        for number, line in enumerate(lines)
    ]
    if rows:
        tx.info["effects"] = count + len(rows)
        send_at_commit(tx, _ADD, rows=rows)


def standing(tx: Session, *, case_id: int, path: str, since_visit: int) -> list[Standing]:
    """Return what the case wrote at or below `path` by visits from `since_visit` on, newest first."""
    flush(tx)
    e = effect.c
    rows = tx.execute(
        select(effect)
        .where(
            e.case_id == case_id,
            e.inverted.is_(False),
            e.path.startswith(path, autoescape=True),
            e.visit_no >= since_visit,
        )
        .order_by(e.id.desc())
    )
    return [Standing(row.id, _line(row), row.case_id, row.seq) for row in rows]


def mark_inverted(tx: Session, lines: Iterable[int]) -> None:
    """Note that these lines were taken back."""
    for line in lines:
        send_at_commit(tx, _INVERTED, line=line)


def of_row(tx: Session, *, entity: int, row_id: int, limit: int = 200) -> list[Explained]:
    """Return what cases wrote into a row, newest first."""
    e, case, made = effect.c, flow_case.c, event.c
    told = (case.no.label("case_no"), case.title.label("case_title"), case.app, made.at)
    rows = tx.execute(
        select(effect, *told)
        .outerjoin(flow_case, case.id == e.case_id)
        .outerjoin(event, and_(made.case_id == e.case_id, made.seq == e.seq))
        .where(e.entity == entity, e.row_id == row_id)
        .order_by(e.id.desc())
        .limit(limit)
    )
    return [
        Explained(
            _line(row),
            row.case_id,
            row.case_no,
            row.case_title or "",
            row.app or "",
            row.seq,
            row.inverted,
            row.at,
        )
        for row in rows
    ]


def rows_of_case(tx: Session, *, case_id: int, limit: int) -> list[tuple[int, int]]:
    """Return the rows (entity, id) that a case wrote and did not take back, in the order of both."""
    e = effect.c
    rows = tx.execute(
        select(e.entity, e.row_id)
        .where(e.case_id == case_id, e.inverted.is_(False), e.inverts.is_(None))
        .distinct()
        .order_by(e.entity, e.row_id)
        .limit(limit)
    )
    return [(row.entity, row.row_id) for row in rows]


def touched_by_others(
    tx: Session, *, entity: int, row_id: int, after: int, besides: Collection[int] = ()
) -> bool:
    """Return whether a later line than `after` concerns the row and still stands, `besides` those given."""
    e = effect.c
    rows = select(e.id).where(e.entity == entity, e.row_id == row_id, e.id > after, e.inverted.is_(False))
    return any(line not in besides for line in tx.scalars(rows.limit(len(besides) + 1)))


def _key(place: Place, line: Line, number: int) -> str:
    written = f"{line.entity}.{line.row_id}.{line.col or ''}"
    return f"{place.case_id}.{place.seq}.{number}:{line.rule}:{written}"


def _line(row: Any) -> Line:
    return Line(
        rule=row.rule,
        entity=row.entity,
        row_id=row.row_id,
        op=row.op,
        col=row.col,
        before=row.before,
        after=row.after,
        delta=row.delta,
        inverts=row.inverts,
    )
