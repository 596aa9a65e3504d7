"""Fixture files as a person uploads them."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from runtime.language.refusal import Forbidden, NotFound
from runtime.language.speech import _, listed
from runtime.records.compiled import CompiledEntity, CompiledField
from runtime.running.attachments import FILE_TYPES
from runtime.running.context import SYSTEM
from runtime.running.form_place import FormPlace
from runtime.store.blobs import Blobs
from runtime.usecases.upload_file import Upload, upload_file
from runtime.walkthroughs.scene import Scene
from runtime.walkthroughs.script import WrongScript


@dataclass(frozen=True, slots=True)
class Uploader:
    """Somebody who uploads, and the form that they are filling in; the system fills in none."""

    actor: int = SYSTEM
    place: FormPlace | None = None


def uploaded(
    scene: Scene, entity: CompiledEntity, data: Mapping[str, Any], *, by: Uploader
) -> dict[str, Any]:
    """Return `data` with the ids of uploaded files for the names of fixtures, in sub-tables too.

    A field to which the person cannot upload is left out, as the page would leave it.

    :raises WrongScript: if the pack has no such fixture.
    :raises Refused: if the field does not take the file.
    """
    found = dict(_level(scene, entity.fields, data, by))
    for code, subtable in entity.subtables.items():
        if isinstance(found.get(code), Sequence):
            found[code] = [dict(_level(scene, subtable.columns, row, by)) for row in found[code]]
    return found


def _level(
    scene: Scene, fields: Mapping[str, CompiledField], data: Mapping[str, Any], by: Uploader
) -> Iterator[tuple[str, Any]]:
    for code, value in data.items():
        if value is None or code not in fields or fields[code].field.type not in FILE_TYPES:
            yield code, value
            continue
        names = [value] if isinstance(value, str) else list(value)
        try:
            yield code, [_upload(scene, str(name), fields[code].path, by) for name in names]
        except (NotFound, Forbidden):
            # Whoever may not fill it in gets no place to upload; the step is refused, or goes without it.
            continue


def _upload(scene: Scene, name: str, path: str, by: Uploader) -> str:
    fixtures = scene.stage.fixtures.get(scene.app.code, {})
    if name not in fixtures:
        there = listed(fixtures)
        raise WrongScript(
            _("包的 files/ 中没有“%(name)s”，现有 %(files)s", name=name, files=there)
            if there
            else _("包的 files/ 中没有“%(name)s”，现有 没有文件", name=name)
        )
    with scene.session() as session:
        stored = upload_file(
            session=session,
            clock=scene.clock,
            actor=by.actor,
            blobs=Blobs(scene.stage.files),
            upload=Upload(name, io.BytesIO(fixtures[name])),
            place=by.place,
            path=path,
        )
    return stored.id
