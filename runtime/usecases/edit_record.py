"""Open a record of a base table to fill it in: a new one, or one that is there."""

from dataclasses import dataclass

from runtime.records.show import title
from runtime.running.context import Clock, open_context
from runtime.running.draw_cell import Drawing
from runtime.running.draw_form import draw_form
from runtime.running.form_model import FormModel
from runtime.running.form_place import AtRecord, open_form
from runtime.store.reading import reading
from runtime.store.session import Session


@dataclass(frozen=True, slots=True)
class EditedRecord:
    """A record before its editor."""

    #: Title of the record; for a new one the name of the table.
    title: str
    form: FormModel


def edit_record(
    *, session: Session, clock: Clock, actor: int, entity: str, record_id: int | None = None
) -> EditedRecord:
    """Return the form of a record with everything that the person may change; without an id a blank one.

    :raises NotFound: if there is no such table or record for this person.
    :raises Forbidden: if the person may not enter or change it.
    :raises Refused: if it is a form, which is filled in through its flow.
    """
    with reading(session) as tx:
        context = open_context(tx, clock=clock, actor=actor)
        opened = open_form(context, AtRecord(entity, record_id))
        form, record = opened.form, opened.record
        drawing = Drawing(context, form.entity, opened.before, form.rights, form.env)
        named = form.entity.entity.name
        if record is not None:
            named = title(form.entity, record.values, env=form.env.of(record.values))
        return EditedRecord(named, draw_form(drawing, record=record))
