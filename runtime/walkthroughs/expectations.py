"""Whether things are as a walk-through says, and if not, how they are."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from sqlalchemy import select

from runtime.language.speech import _, listed
from runtime.store import records
from runtime.store.case_situation import CASE_WORD
from runtime.store.states import RecordState, TaskKind, TaskState
from runtime.store.tables import flow_case, outbox, task, visit
from runtime.walkthroughs.about import about
from runtime.walkthroughs.compared import missing_rows, text, wrong_values
from runtime.walkthroughs.eyes import wrong_sight
from runtime.walkthroughs.history import wrong_changes
from runtime.walkthroughs.scene import Scene
from runtime.walkthroughs.script import WrongScript

#: What rules' notices begin with in the outbox.
_OF_RULE = "rule:"


def differences(scene: Scene, expect: Mapping[str, Any], *, since: str) -> Iterator[str]:
    """Yield a sentence for everything that is not as expected; `since` is `step` or `given`.

    :raises WrongScript: if the expectation names what is not there.
    """
    words: dict[str, Callable[[Scene, Any], Iterator[str]]] = {
        **_WORDS,
        "unchanged": partial(_unchanged, since=since),
    }
    for name, wanted in expect.items():
        if name in words:
            _require_shape(name, wanted, _SHAPES.get(name))
            yield from words[name](scene, wanted)
        elif _is_table(scene, name):
            for row in _require_shape(name, wanted, list):
                _require_shape(name, row, Mapping)
            yield from _rows(scene, name, wanted)
        else:
            yield from _field(scene, name, wanted)


def _require_shape(name: str, wanted: Any, shape: type | None) -> Any:
    if shape is not None and not isinstance(wanted, shape):
        found = text(wanted)
        raise WrongScript(
            _("%(name)s 应为列表，实为 %(found)s", name=name, found=found)
            if shape is list
            else _("%(name)s 应为键值，实为 %(found)s", name=name, found=found)
        )
    return wanted


def _unchanged(scene: Scene, tables: Any, *, since: str) -> Iterator[str]:
    for table in tables:
        if not scene.is_unchanged(table, since):
            yield _("“%(table)s”不应有变化", table=table)


def _case(scene: Scene, wanted: Any) -> Iterator[str]:
    with scene.context() as context:
        state = context.tx.scalar(select(flow_case.c.state).where(flow_case.c.id == scene.focus))
    if state is None:
        yield _("单据应为 %(wanted)s，实为 没有单据", wanted=wanted)
    elif CASE_WORD[state] != wanted:
        yield _("单据应为 %(wanted)s，实为 %(found)s", wanted=wanted, found=CASE_WORD[state])


def _path(scene: Scene, wanted: Any) -> Iterator[str]:
    with scene.context() as context:
        asked = select(visit.c.node).where(visit.c.case_id == scene.focus).order_by(visit.c.no)
        found = ["start", *context.tx.execute(asked).scalars()]
    if found != list(wanted):
        asked_for, came = " → ".join(wanted), " → ".join(found)
        yield _("应经过 %(wanted)s，实为 %(found)s", wanted=asked_for, found=came)


def _task(scene: Scene, wanted: Any) -> Iterator[str]:
    asked = select(task.c.node, task.c.assignee).where(
        task.c.case_id == scene.focus,
        task.c.kind == TaskKind.TODO.value,
        task.c.state == TaskState.OPEN.value,
    )
    found: dict[str, set[str]] = {}
    with scene.context() as context:
        for node, number in context.tx.execute(asked):
            person = context.directory.by_id(number)
            found.setdefault(node, set()).add(person.code if person else str(number))
    asked_for = {str(node): set(people) for node, people in dict(wanted).items()}
    if found != asked_for:
        yield _("待办应为 %(wanted)s，实为 %(found)s", wanted=_people(asked_for), found=_people(found))


def _people(by_node: Mapping[str, set[str]]) -> str:
    told = (_("%(node)s：%(people)s", node=node, people=listed(sorted(one))) for node, one in by_node.items())
    return _("；").join(told) or _("无")


def _notices(scene: Scene, wanted: Any) -> Iterator[str]:
    asked = select(outbox.c.payload).where(outbox.c.id > scene.last_delivery, outbox.c.kind == "notice")
    with scene.context() as context:
        found = {
            (payload["kind"].removeprefix(_OF_RULE), person.code)
            for payload in context.tx.execute(asked).scalars()
            for number in payload["people"]
            if payload["kind"].startswith(_OF_RULE) and (person := context.directory.by_id(number))
        }
    asked_for = {(str(one["rule"]), str(one["to"])) for one in wanted}
    if found != asked_for:
        yield _("通知应为 %(wanted)s，实为 %(found)s", wanted=_pairs(asked_for), found=_pairs(found))


def _pairs(notices: set[tuple[str, str]]) -> str:
    return listed(f"{rule} → {person}" for rule, person in sorted(notices)) or _("无")


def _rows(scene: Scene, table: str, wanted: Any) -> Iterator[str]:
    with scene.context() as context:
        entity = context.world.entity(scene.app.ref(table))
        states = (RecordState.LIVE, RecordState.ENDED)
        found = records.find(context.tx, context.tables.get(entity.path), states=states, rows=True)
        yield from missing_rows(context, entity, found, wanted)


def _field(scene: Scene, name: str, wanted: Any) -> Iterator[str]:
    with scene.context() as context:
        entity, there, number = about(scene, context)
        yield from wrong_values(context, entity, records.read(context.tx, there, number), {name: wanted})


def _is_table(scene: Scene, name: str) -> bool:
    with scene.context() as context:
        return context.world.definition(scene.app.ref(name)) is not None


_SHAPES: Mapping[str, type] = {
    "path": list,
    "task": Mapping,
    "notices": list,
    "sees": Mapping,
    "hidden": Mapping,
    "masked": Mapping,
    "changes": Mapping,
    "unchanged": list,
}
_WORDS: Mapping[str, Callable[[Scene, Any], Iterator[str]]] = {
    "case": _case,
    "path": _path,
    "task": _task,
    "notices": _notices,
    "sees": partial(wrong_sight, how="sees"),
    "hidden": partial(wrong_sight, how="hidden"),
    "masked": partial(wrong_sight, how="masked"),
    "changes": wrong_changes,
}
