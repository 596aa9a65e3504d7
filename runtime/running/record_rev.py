"""Whether a record is still as a page showed it."""

from runtime.language.refusal import Conflict
from runtime.language.speech import _
from runtime.records.record import Record
from runtime.running.context import Context
from runtime.store import revisions


def require_rev(context: Context, record: Record, rev: int) -> None:
    """Refuse to overwrite what somebody else has written meanwhile; `rev` is what the page showed.

    :raises Conflict: naming who wrote, and when.
    """
    if record.rev == rev:
        return
    number = context.tables.get(record.entity).number
    last = revisions.history(context.tx, entity=number, record_id=record.id or 0, limit=1)
    person = context.directory.by_id(last[0].cause.actor) if last else None
    when = record.updated_at.astimezone(context.clock.zone).strftime("%m-%d %H:%M")
    if person == context.actor:
        message = _("您已于 %(when)s 修改了这条记录，请刷新后再改。", when=when)
    elif person is None:
        message = _("系统已于 %(when)s 修改了这条记录，请刷新后再改。", when=when)
    else:
        message = _("%(who)s已于 %(when)s 修改了这条记录，请刷新后再改。", who=person.name, when=when)
    raise Conflict("record_changed", message)
