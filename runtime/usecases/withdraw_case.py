"""Take one's own submission back (撤回)."""

from runtime.engine.command import Withdraw
from runtime.language.refusal import NotFound
from runtime.language.speech import _
from runtime.running.context import Clock, open_context
from runtime.running.run_case import CaseRun
from runtime.store import records
from runtime.store.carry_out import Deed
from runtime.store.case_story import takes_part
from runtime.store.lock_case import lock_case
from runtime.store.session import Session
from runtime.store.transaction import transaction, tried_again
from runtime.usecases.outcome import Outcome, outcome_of


@tried_again
def withdraw_case(
    *, session: Session, clock: Clock, actor: int, case_id: int, token: str | None, reason: str = ""
) -> Outcome:
    """Bring a running case back to an editable draft with the same number; its effects are taken back.

    :raises NotFound: if the person may not know of the case.
    :raises Forbidden: if the person is not the initiator.
    :raises Conflict: if somebody has acted on it already, or it is over.
    """
    with transaction(session) as tx:
        locked = lock_case(tx, case_id=case_id, token=token)
        if locked.answer:
            return outcome_of(locked.answer)
        if not takes_part(tx, case_id=case_id, person=actor):
            raise NotFound("no_such_case", _("没有这张单据。"))
        context = open_context(tx, clock=clock, actor=actor, numbers=locked.numbers)
        app = context.world.release(tx, locked.release)
        there = context.table_of(locked.entity, release=locked.release)
        run = CaseRun(context, app, locked, lambda: records.read(tx, there, locked.record))
        outcome = Outcome(case_id, "withdraw", _("已撤回，可修改后重新提交。"))
        deed = Deed(
            kind="withdraw",
            actor=actor,
            at=clock.moment,
            token=token,
            opinion=reason.strip() or None,
            answer=outcome.as_json(),
        )
        run.run(Withdraw(context.actor_code), deed)
        return outcome
