"""Accounts are found by their log-in, and failures are counted until they are forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from runtime.store import accounts, organisation
from runtime.store.accounts import Failures
from runtime.store.session import Session
from runtime.store.transaction import transaction
from tests.store.organisation import ORGANISATION

_NOW = datetime(2026, 1, 2, tzinfo=UTC)


def _load(session: Session) -> None:
    with transaction(session) as tx:
        organisation.load_organisation(tx, ORGANISATION, password_hash=lambda code: f"hash of {code}")


def test_an_account_is_found_by_its_login_in_any_case(session: Session) -> None:
    _load(session)

    found = accounts.by_login(session, " Sam.S ")

    assert found is not None
    assert (found.code, found.password_hash, found.active) == ("sam", "hash of sam", True)
    assert accounts.by_id(session, found.id) == found
    assert accounts.by_login(session, "sam") is None
    assert accounts.by_id(session, 999) is None


def test_a_password_and_a_language_are_kept(session: Session) -> None:
    _load(session)
    found = accounts.by_login(session, "nora")
    assert found is not None
    with transaction(session) as tx:
        organisation.set_password_hash(tx, found.id, password_hash=None)
        accounts.set_locale(tx, found.id, locale="en")

    changed = accounts.by_id(session, found.id)

    assert changed is not None
    assert (changed.password_hash, changed.locale) == (None, "en")


def test_failures_count_by_login_and_by_address_until_forgotten(session: Session) -> None:
    with transaction(session) as tx:
        for login, ip, minutes in (("sam", "1", 0), ("SAM ", "2", 1), ("nora", "1", 1), ("sam", "1", 60)):
            accounts.note_failure(tx, login=login, ip=ip, at=_NOW - timedelta(minutes=minutes))

    def counted() -> Failures:
        since = _NOW - timedelta(minutes=15)
        return accounts.failures(session, login="Sam", ip="1", since=since)

    assert counted() == Failures(of_login=2, of_ip=2)
    with transaction(session) as tx:
        accounts.remove_failures(tx, before=_NOW - timedelta(seconds=30))
    assert counted() == Failures(1, 1)
    with transaction(session) as tx:
        accounts.forget_failures(tx, login="sam")
    assert counted() == Failures(0, 0)
