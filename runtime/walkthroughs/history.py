"""What the history of a record says about a step, against what a walk-through expects."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from runtime.language.speech import _
from runtime.records.compiled import CompiledEntity
from runtime.running.context import Context
from runtime.store.tables import revision
from runtime.walkthroughs.about import about
from runtime.walkthroughs.compared import text, wrong_value
from runtime.walkthroughs.scene import Scene
from runtime.walkthroughs.script import WrongScript


def wrong_changes(scene: Scene, wanted: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence for every field whose change is not told as `{field: [before, after]}` says.

    Sub-tables are left out, and so are fields that the system computes: nobody changed them.

    :raises WrongScript: if the step is about no record.
    """
    with scene.context() as context:
        entity, there, number = about(scene, context)
        asked = select(revision.c.changes).where(
            revision.c.id > scene.last_revision,
            revision.c.entity == there.number,
            revision.c.record_id == number,
        )
        lines = context.tx.execute(asked.order_by(revision.c.id)).scalars().all()
        told = _told(entity, lines)
        for name in told.keys() - wanted.keys():
            before, after = told[name]
            yield _("履历中还有 %(field)s：%(before)s → %(after)s", field=name, before=before, after=after)
        for name, pair in wanted.items():
            yield from _wrong_change(context, entity, name, told.get(name), pair)


def _told(entity: CompiledEntity, lines: Any) -> dict[str, list[Any]]:
    """Return before and after by field, over all the step's lines."""
    found: dict[str, list[Any]] = {}
    for changes in lines:
        for name, pair in changes.items():
            if name in entity.fields and entity.fields[name].formula is None:
                found[name] = [found.get(name, pair)[0], pair[1]]
    return found


def _wrong_change(
    context: Context, entity: CompiledEntity, name: str, told: list[Any] | None, wanted: Any
) -> Iterator[str]:
    if told is None:
        yield _("履历中没有 %(field)s 的变化", field=name)
        return
    if not isinstance(wanted, list) or len(wanted) != 2:
        found = text(wanted)
        raise WrongScript(
            _("changes 中 %(field)s 应写作 [改前, 改后]，实为 %(found)s", field=name, found=found)
        )
    field = entity.fields[name]
    for at, (kept, asked) in enumerate(zip(told, wanted, strict=True)):
        value = field.kind.parse(field.field, kept, context.reading)
        for sentence in wrong_value(context, field, name, value, asked):
            yield _("履历改后：%(what)s", what=sentence) if at else _("履历改前：%(what)s", what=sentence)
