"""Throw away a draft that was never submitted."""

from runtime.language.refusal import Conflict, NotFound
from runtime.language.speech import _
from runtime.running.context import Clock, open_context
from runtime.store import answers
from runtime.store.erase_draft import erase_draft
from runtime.store.lock_case import lock_case
from runtime.store.session import Session
from runtime.store.states import CaseState
from runtime.store.transaction import transaction, tried_again
from runtime.usecases.outcome import Outcome, outcome_of


@tried_again
def delete_draft(*, session: Session, clock: Clock, actor: int, case_id: int, token: str | None) -> Outcome:
    """Remove one's own draft; nothing of it stays.

    :raises NotFound: if there is no such draft of this person.
    :raises Conflict: if it was submitted once: what others may have read is not to disappear.
    """
    with transaction(session) as tx:
        known = answers.begin(tx, token=token, actor=actor, at=clock.moment)
        if known is not None:
            return outcome_of(dict(known))
        locked = lock_case(tx, case_id=case_id, token=None)
        context = open_context(tx, clock=clock, actor=actor, numbers=locked.numbers)
        if locked.initiator != actor:
            raise NotFound("no_such_case", _("没有这份草稿。"))
        if locked.state != CaseState.DRAFT or locked.submission:
            raise Conflict("already_submitted", _("单据提交过，不能删除；如不再需要，请联系管理员终止。"))
        there = context.table_of(locked.entity, release=locked.release)
        erase_draft(tx, there, case_id=case_id, record_id=locked.record)
        outcome = Outcome(case_id, "delete", _("草稿已删除。"))
        answers.keep(tx, token=token, actor=actor, answered=outcome.as_json())
        return outcome
