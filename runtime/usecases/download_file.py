"""Get a file: one's own upload, or one that hangs on something one may read."""

from dataclasses import dataclass
from pathlib import Path

from runtime.language.refusal import NotFound
from runtime.language.speech import _
from runtime.records.cells import cells
from runtime.records.compiled import CompiledEntity
from runtime.records.record import Record
from runtime.records.rights import FieldRights, within
from runtime.running.access import access_to
from runtime.running.attachments import FILE_TYPES
from runtime.running.case_view import view_case
from runtime.running.context import Clock, Context, open_context
from runtime.store import case_story, files, records
from runtime.store.blobs import Blobs
from runtime.store.files import INLINE, StoredFile
from runtime.store.reading import reading
from runtime.store.session import Session


@dataclass(frozen=True, slots=True)
class Download:
    """A file to be sent."""

    path: Path
    name: str
    content_type: str
    size: int
    #: Its content never changes: what a browser may keep it by.
    sha256: str
    #: Whether a browser may show it; everything else is to be saved.
    inline: bool


@dataclass(frozen=True, slots=True)
class FilePlace:
    """Where somebody sees a file."""

    #: `pack/entity`.
    entity: str
    record_id: int
    #: `quote`, or `items.photo` for any row.
    path: str


def download_file(
    *,
    session: Session,
    clock: Clock,
    actor: int,
    blobs: Blobs,
    file_id: str,
    place: FilePlace | None = None,
) -> Download:
    """Return a file that the person may see: in a field that is neither hidden nor masked for them.

    `place` is where they see it, since a file may stand in several records; without it the place where it was
    saved first counts. An upload that nobody has saved yet is its uploader's; a file beside an opinion is
    everybody's who may read the case.

    :raises NotFound: if there is no such file for this person.
    """
    with reading(session) as tx:
        context = open_context(tx, clock=clock, actor=actor)
        found = files.find(tx, file_id)
        if not _may_see(context, found, place):
            raise _not_found()
    path = blobs.path(found.sha256)
    if not path.is_file():
        raise _not_found()
    return Download(
        path=path,
        name=found.name,
        content_type=found.content_type,
        size=found.size,
        sha256=found.sha256,
        inline=found.content_type in INLINE,
    )


def _not_found() -> NotFound:
    return NotFound("no_such_file", _("这个文件不存在，或您无权查看。"))


def _may_see(context: Context, found: StoredFile, place: FilePlace | None) -> bool:
    if found.entity is None or found.record_id is None:
        return found.uploaded_by == context.actor_id  # nobody has saved it: no record vouches for it
    if place is None:
        entity = context.tables.by_number(found.entity).path
        place = FilePlace(entity, found.record_id, found.field or "")
    there = context.tables.get(place.entity)
    try:
        record = records.read(context.tx, there, place.record_id)
        if there.kind == "form" and record.case_id is not None:
            return _in_case(context, found, record.case_id, place.path)
        access = access_to(context, place.entity)
        rights = access.rights(access.require("view", place.record_id))
    except NotFound:
        return False
    return _in_field(found, access.entity, record, place.path, rights)


def _in_case(context: Context, found: StoredFile, case_id: int, path: str) -> bool:
    """Tell whether a reader of the case sees the file: in a field of the form, or beside an opinion."""
    view = view_case(context, case_id=case_id)
    for rights in (view.form().rights, view.reader()):
        if _in_field(found, view.entity, view.record, path, rights):
            return True
    told = case_story.history(context.tx, case_id=case_id, directory=context.directory)
    return any(found.id in one.files for one in told)


def _in_field(
    found: StoredFile, entity: CompiledEntity, record: Record, path: str, rights: FieldRights
) -> bool:
    """Tell whether the file stands in a field of files, and the field is to be seen.

    Into any other field people write what they like, also the id of a file that is not theirs; what names a
    file in a field of files was checked when it was saved.
    """
    field = next((one for one in entity.everything() if one.path == path), None)
    if field is None or field.field.type not in FILE_TYPES or within(path, rights.hidden | rights.masked):
        return False
    lists = (one.value for one in cells(entity, record.values) if one.field is field)
    return any(isinstance(one, list) and found.id in one for one in lists)
