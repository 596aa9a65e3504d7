"""Say something on a case (评论); any reader may."""

from runtime.language.problem import Problem
from runtime.language.refusal import InvalidAnswers, NotFound
from runtime.language.speech import _
from runtime.running.access import may_read_case
from runtime.running.context import Clock, open_context
from runtime.store.carry_out import Deed
from runtime.store.case_event import add_event
from runtime.store.lock_case import lock_case
from runtime.store.session import Session
from runtime.store.transaction import transaction, tried_again
from runtime.usecases.outcome import Outcome, outcome_of

#: Longest comment, in characters.
LONGEST_COMMENT = 2000


@tried_again
def comment_on_case(
    *, session: Session, clock: Clock, actor: int, case_id: int, text: str, token: str | None
) -> Outcome:
    """Put a comment into the case's history.

    :raises NotFound: if the person may not read the case.
    :raises InvalidAnswers: if there is nothing in it, or too much.
    """
    said = text.strip()
    if not said or len(said) > LONGEST_COMMENT:
        message = _("评论应为 1 到 %(most)s 个字，现有 %(n)s 个。", most=LONGEST_COMMENT, n=len(said))
        raise InvalidAnswers([Problem("comment", "$.text", message)])
    with transaction(session) as tx:
        locked = lock_case(tx, case_id=case_id, token=token)
        if locked.answer:
            return outcome_of(locked.answer)
        context = open_context(tx, clock=clock, actor=actor, numbers=locked.numbers)
        if not may_read_case(context, case_id=case_id, entity=locked.entity, record=locked.record):
            raise NotFound("no_such_case", _("没有这张单据。"))
        outcome = Outcome(case_id, "comment", _("已发表评论。"))
        deed = Deed(
            kind="comment",
            actor=actor,
            at=clock.moment,
            token=token,
            opinion=said,
            answer=outcome.as_json(),
        )
        add_event(tx, case_id=case_id, seq=locked.seq + 1, deed=deed)
        return outcome
