"""Bring in a file for a form that somebody is filling in, or for an opinion."""

from dataclasses import dataclass
from typing import BinaryIO

from runtime.language.refusal import InvalidAnswers, NotFound
from runtime.language.speech import _
from runtime.records.compiled import CompiledField
from runtime.running.context import Clock, Context, open_context
from runtime.running.file_limits import unfit_file
from runtime.running.form_place import FormPlace, open_form
from runtime.store import files
from runtime.store.blobs import Blobs
from runtime.store.files import StoredFile
from runtime.store.reading import reading
from runtime.store.session import Session
from runtime.store.transaction import transaction


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way in."""

    name: str
    stream: BinaryIO


def upload_file(
    *,
    session: Session,
    clock: Clock,
    actor: int,
    blobs: Blobs,
    upload: Upload,
    place: FormPlace | None = None,
    path: str = "",
) -> StoredFile:
    """Keep a file; it hangs on nothing until the form that names it is saved, and is removed after a day.

    With `place` and `path` (`quote`, `items.photo`) the field's limits of size and kind apply.

    :raises InvalidAnswers: if the field does not take such a file.
    :raises Refused: if it is empty, or larger than the installation allows.
    :raises NotFound: if there is no such form or field for this person.
    """
    with reading(session) as tx:
        context = open_context(tx, clock=clock, actor=actor)
        field = _field(context, place, path) if place is not None else None
    blob = blobs.keep(upload.stream)
    stored_as = files.clean_name(upload.name)
    problem = (
        unfit_file(field, name=stored_as, size=blob.size, content_type=blob.content_type) if field else None
    )
    if problem:
        # The content stays on disk until the sweep finds that no row holds it.
        raise InvalidAnswers([problem])
    with transaction(session) as tx:
        return files.add(tx, blob, name=upload.name, by=actor, at=clock.moment)


def _field(context: Context, place: FormPlace, path: str) -> CompiledField:
    form = open_form(context, place).form
    field = next((one for one in form.entity.everything() if one.path == path), None)
    if field is None or path not in form.rights.editable:
        raise NotFound("no_such_field", _("没有这个附件字段，或它在这里不能填写。"))
    return field
