"""What steps on tables do, through the use cases that the pages call."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from runtime.fields.field_type import InvalidValue
from runtime.language.directory import Person
from runtime.language.speech import _
from runtime.records.compiled import CompiledEntity
from runtime.records.record import Record
from runtime.running.context import Context
from runtime.running.form_place import AtRecord
from runtime.store import records
from runtime.usecases.delete_record import delete_record
from runtime.usecases.open_record import open_record
from runtime.usecases.save_record import save_record
from runtime.walkthroughs.posted import posted
from runtime.walkthroughs.scene import Scene
from runtime.walkthroughs.script import WrongScript
from runtime.walkthroughs.uploads import Uploader


def create(scene: Scene, step: Mapping[str, Any]) -> None:
    """Enter a record."""
    path, person = scene.path(str(step["create"])), _person(scene, step)
    with scene.context() as context:
        entity = context.world.entity(path)
    answers = posted(scene, step, entity, {}, Uploader(person.id, AtRecord(path)))
    with scene.session() as session:
        saved = save_record(session=session, entity=path, posted=answers, **_acting(scene, person))
    scene.record = (path, saved.record_id)


def look_at(scene: Scene, step: Mapping[str, Any]) -> None:
    """Open a record."""
    path, person = scene.path(str(step["open"])), _person(scene, step)
    record = _matched(scene, path, step)[1]
    with scene.session() as session:
        open_record(
            session=session, clock=scene.clock, actor=person.id, entity=path, record_id=record.id or 0
        )


def edit(scene: Scene, step: Mapping[str, Any]) -> None:
    """Change a record."""
    path, person = scene.path(str(step["edit"])), _person(scene, step)
    entity, record = _matched(scene, path, step)
    answers = posted(scene, step, entity, record.values, Uploader(person.id, AtRecord(path, record.id)))
    with scene.session() as session:
        save_record(
            session=session,
            entity=path,
            posted=answers,
            record_id=record.id,
            rev=record.rev,
            **_acting(scene, person),
        )


def delete(scene: Scene, step: Mapping[str, Any]) -> None:
    """Delete a record."""
    path, person = scene.path(str(step["delete"])), _person(scene, step)
    record = _matched(scene, path, step)[1]
    with scene.session() as session:
        delete_record(
            session=session,
            entity=path,
            record_id=record.id or 0,
            rev=record.rev,
            **_acting(scene, person),
        )


def _person(scene: Scene, step: Mapping[str, Any]) -> Person:
    return scene.people(str(step["as"]))[0]


def _acting(scene: Scene, person: Person) -> dict[str, Any]:
    return {"clock": scene.clock, "actor": person.id, "token": uuid4().hex}


def _matched(scene: Scene, path: str, step: Mapping[str, Any]) -> tuple[CompiledEntity, Record]:
    """Return the one record that a step is about, whoever may see it.

    :raises WrongScript: if there is none, or more than one.
    """
    match = step.get("match") or {}
    with scene.context() as context:
        entity = context.world.entity(path)
        there = context.tables.get(path)
        found = records.find(context.tx, there, match=_read(context, entity, match), rows=True)
    if len(found) != 1:
        message = _(
            "match 应找到恰好一条“%(table)s”，找到 %(n)s 条：%(match)s",
            table=entity.entity.name,
            n=len(found),
            match=dict(match),
        )
        raise WrongScript(message)
    scene.record = (path, found[0].id or 0)
    return entity, found[0]


def _read(context: Context, entity: CompiledEntity, match: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in match.items():
        field = entity.fields.get(name)
        if field is None:
            message = _("match：“%(table)s”没有字段 %(field)s", table=entity.entity.name, field=name)
            raise WrongScript(message)
        try:
            found[name] = field.kind.parse(field.field, value, context.reading)
        except InvalidValue as wrong:
            message = _("match：%(field)s %(why)s", field=name, why=wrong.message)
            raise WrongScript(message) from None
    return found
