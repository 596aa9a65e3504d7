"""Counters give every number once."""

from __future__ import annotations

import threading

import pytest

from runtime.store.serials import next_value, raise_to, take_values
from runtime.store.session import Session, Sessions
from runtime.store.transaction import transaction


def test_a_counter_counts_from_one_and_each_for_itself(session: Session) -> None:
    with transaction(session) as tx:
        assert [next_value(tx, "HT2026"), next_value(tx, "HT2026"), next_value(tx, "HT2027")] == [1, 2, 1]


def test_a_use_case_that_failed_gives_its_number_back(session: Session) -> None:
    with pytest.raises(ZeroDivisionError):
        _take_and_fail(session)

    with transaction(session) as tx:
        assert next_value(tx, "n") == 1


def _take_and_fail(session: Session) -> None:
    with transaction(session) as tx:
        raise ZeroDivisionError(next_value(tx, "n"))


def test_a_block_of_numbers_follows_what_was_given(session: Session) -> None:
    with transaction(session) as tx:
        next_value(tx, "n")
        assert list(take_values(tx, "n", count=3)) == [2, 3, 4]
        assert list(take_values(tx, "new", count=2)) == [1, 2]


def test_a_counter_goes_on_after_numbers_brought_in_and_never_back(session: Session) -> None:
    with transaction(session) as tx:
        raise_to(tx, "n", at_least=40)
        raise_to(tx, "n", at_least=12)
        assert next_value(tx, "n") == 41


def test_many_at_once_get_different_numbers(new_session: Sessions) -> None:
    given: list[int] = []

    def take() -> None:
        with new_session() as own:
            for _ in range(10):
                with transaction(own) as tx:
                    number = next_value(tx, "n")
                given.append(number)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(given) == list(range(1, 41))
