"""Delete a record of a base table."""

from runtime.language.refusal import Refused
from runtime.language.speech import _
from runtime.running.access import access_to
from runtime.running.context import Clock, open_context
from runtime.running.record_rev import require_rev
from runtime.running.referrers import referrer
from runtime.store import answers, record_writes, records
from runtime.store.revisions import Cause
from runtime.store.session import Session
from runtime.store.transaction import transaction, tried_again
from runtime.usecases.saved import Saved, saved_of


@tried_again
def delete_record(
    *,
    session: Session,
    clock: Clock,
    actor: int,
    entity: str,
    record_id: int,
    rev: int,
    token: str | None,
) -> Saved:
    """Take a record out of everybody's sight; its history stays.

    :raises NotFound: if there is no such record for this person.
    :raises Forbidden: if the person may not delete it.
    :raises Conflict: if somebody changed it meanwhile; names who.
    :raises Refused: if something refers to it, or it is a form, which ends with its case.
    """
    with transaction(session) as tx:
        known = answers.begin(tx, token=token, actor=actor, at=clock.moment)
        if known is not None:
            return saved_of(known)
        context = open_context(tx, clock=clock, actor=actor)
        access = access_to(context, entity)
        access.require("delete", record_id)
        name = access.entity.entity.name
        if access.there.kind == "form":
            raise Refused("has_flow", _("“%(name)s”由流程产生，不能在这里删除。", name=name))
        record = records.read(tx, access.there, record_id, lock=True)
        require_rev(context, record, rev)
        user = referrer(context, entity, record_id)
        if user:
            raise Refused("referred_to", _("这条记录已被“%(name)s”引用，不能删除。", name=user))
        record_writes.delete(tx, access.there, record, cause=Cause(actor, clock.moment))
        saved = Saved(entity, record_id, record.rev + 1, _("已删除%(name)s。", name=name))
        answers.keep(tx, token=token, actor=actor, answered=saved.as_json())
        return saved
