"""A request that comes twice is answered twice, and done once."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Thread

from runtime.store import answers
from runtime.store.session import Session, Sessions
from runtime.store.transaction import transaction

_NOW = datetime(2026, 1, 2, tzinfo=UTC)


def _ask(session: Session, token: str | None = "t", actor: int = 4, answer: str = "first") -> str:
    with transaction(session) as tx:
        known = answers.begin(tx, token=token, actor=actor, at=_NOW)
        if known is not None:
            return str(known["said"])
        answers.keep(tx, token=token, actor=actor, answered={"said": answer})
        return answer


def test_the_same_token_gets_the_first_answer_again(session: Session) -> None:
    assert [_ask(session), _ask(session, answer="second")] == ["first", "first"]


def test_somebody_elses_token_is_another_one(session: Session) -> None:
    _ask(session)

    assert _ask(session, actor=5, answer="mine") == "mine"


def test_without_a_token_nothing_is_kept(session: Session) -> None:
    assert [_ask(session, None), _ask(session, None, answer="again")] == ["first", "again"]


def test_what_failed_was_never_asked(session: Session) -> None:
    try:
        with transaction(session) as tx:
            answers.begin(tx, token="t", actor=4, at=_NOW)
            raise LookupError
    except LookupError:
        pass

    assert _ask(session, answer="now") == "now"


def test_of_two_at_once_the_second_waits_for_the_answer(new_session: Sessions) -> None:
    heard = list[str]()

    def ask(answer: str) -> None:
        with new_session() as opened:
            heard.append(_ask(opened, answer=answer))

    both = [Thread(target=ask, args=(answer,)) for answer in ("one", "two")]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert len(set(heard)) == 1


def test_old_answers_go(session: Session) -> None:
    _ask(session)

    with transaction(session) as tx:
        assert answers.remove_old(tx, now=_NOW + answers.KEPT_FOR) == 0
        assert answers.remove_old(tx, now=_NOW + answers.KEPT_FOR * 2) == 1
