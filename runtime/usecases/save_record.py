"""Enter a record of a base table, or change one."""

from dataclasses import dataclass

from runtime.language.refusal import Forbidden, NotFound
from runtime.language.speech import _
from runtime.records.record import Record
from runtime.running.access import access_to
from runtime.running.attachments import attach
from runtime.running.context import Clock, Context, open_context
from runtime.running.form_place import AtRecord, OpenForm, open_form
from runtime.running.new_owner import new_owner
from runtime.running.record_rev import require_rev
from runtime.running.rule_rows import ownership
from runtime.running.start_case import checked
from runtime.store import answers, record_inserts, record_writes, records
from runtime.store.record_inserts import NewRecord
from runtime.store.revisions import Cause
from runtime.store.session import Session
from runtime.store.transaction import transaction, tried_again
from runtime.usecases.saved import Saved, saved_of


@tried_again
def save_record(
    *,
    session: Session,
    clock: Clock,
    actor: int,
    entity: str,
    posted: object,
    token: str | None,
    record_id: int | None = None,
    rev: int = 0,
) -> Saved:
    """Store a new record of "pack/table", or the changes of one; `rev` is the revision the page showed.

    :raises NotFound: if there is no such table or record for this person.
    :raises Forbidden: if the person may not do it.
    :raises InvalidAnswers: with every problem, each at its field; nothing is stored then.
    :raises Conflict: if somebody was faster; names who.
    """
    with transaction(session) as tx:
        known = answers.begin(tx, token=token, actor=actor, at=clock.moment)
        if known is not None:
            return saved_of(known)
        context = open_context(tx, clock=clock, actor=actor)
        saving = _Saving(context, open_form(context, AtRecord(entity, record_id)))
        if saving.opened.record is None:
            saved = saving.enter(posted)
        else:
            saved = saving.change(saving.opened.record, posted, rev=rev)
        answers.keep(tx, token=token, actor=actor, answered=saved.as_json())
        return saved


@dataclass(frozen=True)
class _Saving:
    """One record being written by somebody who may."""

    context: Context
    opened: OpenForm

    def enter(self, posted: object) -> Saved:
        """Store a new record."""
        form, entity = self.opened.form, self.opened.form.entity
        values = form.numbered(checked(form.final(posted, self.opened.before)))
        owner, department, company = ownership(self.context, entity, values, self.context.actor_code)
        there = self.context.tables.get(entity.path)
        new = NewRecord(values, owner, department, company)
        stored = record_inserts.insert(self.context.tx, there, new, cause=self._cause())
        attach(self.context, entity, stored)
        self._require_scope(stored)
        told = _("已新增%(name)s。", name=entity.entity.name)
        return Saved(entity.path, stored.id or 0, stored.rev, told)

    def change(self, record: Record, posted: object, *, rev: int) -> Saved:
        """Write the changes of a record."""
        form, entity = self.opened.form, self.opened.form.entity
        there = self.context.tables.get(entity.path)
        before = records.read(self.context.tx, there, record.id or 0, lock=True)
        require_rev(self.context, before, rev)
        values = form.numbered(checked(form.final(posted, before.values)))
        stored = record_writes.update(
            self.context.tx,
            there,
            before,
            values,
            cause=self._cause(),
            system=new_owner(self.context, entity, before, values),
            silent=[code for code, one in entity.fields.items() if not one.field.track],
        )
        attach(self.context, entity, stored)
        return Saved(entity.path, stored.id or 0, stored.rev, _("已保存。"))

    def _require_scope(self, stored: Record) -> None:
        """Refuse a record that the person's permissions to enter do not reach: somebody else's, say.

        :raises Forbidden: saying so; the record is not stored then.
        """
        try:
            reached = access_to(self.context, stored.entity).standing(stored.id or 0).can("create")
        except NotFound:
            reached = False
        if not reached:
            told = _("您只能新增自己权限范围内的记录，请检查负责人和部门。")
            raise Forbidden("out_of_scope", told)

    def _cause(self) -> Cause:
        return Cause(self.context.actor_id, self.context.clock.moment)
