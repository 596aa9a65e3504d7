"""Log-ins: who may come in with which password, and what failed lately."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, update

from runtime.store.session import Session
from runtime.store.tables import login_attempt, person


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may log in; everything else about them is in the directory."""

    id: int
    code: str
    login: str
    name: str
    #: argon2; None lets nobody in.
    password_hash: str | None
    active: bool
    locale: str | None


@dataclass(frozen=True, slots=True)
class Failures:
    """How often a log-in failed since a moment."""

    of_login: int
    of_ip: int


_COLUMNS = [person.c[name] for name in Account.__slots__]


def by_login(tx: Session, login: str) -> Account | None:
    """Return the account that is entered as `login`, in any case of its letters; None if there is none."""
    return _one(tx, func.lower(person.c.login) == login.strip().lower())


def by_id(tx: Session, number: int) -> Account | None:
    """Return the account with this number, or None."""
    return _one(tx, person.c.id == number)


def set_locale(tx: Session, number: int, *, locale: str | None) -> None:
    """Keep the language somebody chose; None follows the browser."""
    tx.execute(update(person).where(person.c.id == number).values(locale=locale))


def note_failure(tx: Session, *, login: str, ip: str, at: datetime) -> None:
    """Keep that a log-in failed, whether or not there is such an account."""
    tx.execute(login_attempt.insert().values(login=login.strip().lower(), ip=ip, at=at))


def failures(tx: Session, *, login: str, ip: str, since: datetime) -> Failures:
    """Return how often this log-in, and anybody from this address, failed since then."""
    counted = select(func.count()).select_from(login_attempt).where(login_attempt.c.at >= since)
    of_login = counted.where(login_attempt.c.login == login.strip().lower())
    of_ip = counted.where(login_attempt.c.ip == ip)
    row = tx.execute(select(of_login.scalar_subquery(), of_ip.scalar_subquery())).one()
    return Failures(row[0], row[1])


def forget_failures(tx: Session, *, login: str) -> None:
    """Drop the failures of somebody who has come in."""
    tx.execute(delete(login_attempt).where(login_attempt.c.login == login.strip().lower()))


def remove_failures(tx: Session, *, before: datetime, limit: int = 500) -> int:
    """Drop at most `limit` failures too old to count; return how many."""
    old = select(login_attempt.c.id).where(login_attempt.c.at < before).limit(limit)
    gone = delete(login_attempt).where(login_attempt.c.id.in_(old.scalar_subquery()))
    return len(tx.execute(gone.returning(login_attempt.c.id)).all())


def _one(tx: Session, condition: ColumnElement[bool]) -> Account | None:
    row = tx.execute(select(*_COLUMNS).where(condition).order_by(person.c.id).limit(1)).one_or_none()
    return Account(*row) if row else None
