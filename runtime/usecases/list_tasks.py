"""The desk: what waits for somebody, what they finished, were told, and started."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from runtime.language.refusal import Refused
from runtime.language.speech import _, listed
from runtime.running.context import Clock, Context, open_context
from runtime.store import open_work, task_lists
from runtime.store.case_situation import CASE_WORD
from runtime.store.reading import reading
from runtime.store.session import Session
from runtime.store.states import Verdict
from runtime.store.task_lists import NEWEST, CaseLine, TaskLine

#: 待办, 已办, 抄送我的, 我发起的.
Kind = Literal["waiting", "done", "told", "started"]


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One line of a list of the desk."""

    case_id: int
    #: None for a case of one's own.
    task_id: int | None
    title: str
    #: The number people quote; empty where there is none, and in lists of tasks.
    no: str
    app: str
    app_name: str
    flow_name: str
    #: Name of the node; of a case the nodes it waits at.
    node: str
    initiator: str
    #: Who has it now: of one's own cases.
    holders: tuple[str, ...]
    #: draft, running … of a case; empty for a task.
    state: str
    #: How the task was finished: approved, rejected, completed, passed, returned; empty while it is open.
    verdict: str
    unread: bool
    #: When it came, or the case was opened.
    at: datetime
    due_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class DeskPage:
    """Part of a list; `after` is None at its end."""

    lines: tuple[DeskLine, ...]
    after: str | None


def list_tasks(
    *,
    session: Session,
    clock: Clock,
    actor: int,
    kind: Kind,
    words: str = "",
    after: str | None = None,
    limit: int = 20,
) -> DeskPage:
    """Return the person's tasks or cases, newest first, after the place `after`.

    :raises Refused: if `after` is no place of this list.
    """
    with reading(session) as tx:
        context = open_context(tx, clock=clock, actor=actor)
        at, before = _place(after)
        asked = {"person": actor, "search": words, "before": before, "limit": limit + 1}
        if kind == "started":
            cases = task_lists.started_by(tx, **asked)  # type: ignore[arg-type]  # numbers and text
            lines = _cases(context, cases[:limit])
            return DeskPage(lines, str(cases[limit - 1].id) if len(cases) > limit else None)
        if kind == "done":
            tasks = task_lists.done_by(tx, until=at, **asked)  # type: ignore[arg-type]
        else:
            find = {"waiting": task_lists.waiting_for, "told": task_lists.told_to}[kind]
            tasks = find(tx, **asked)  # type: ignore[arg-type]
        more = len(tasks) > limit
        lines = tuple(_task(context, one) for one in tasks[:limit])
        return DeskPage(lines, _after(tasks[limit - 1], kind) if more else None)


def _place(after: str | None) -> tuple[datetime | None, int]:
    """Return the moment and the number that a page begins after."""
    if not after:
        return None, NEWEST
    written, _mark, number = after.rpartition("~")
    try:
        moment = datetime.fromisoformat(written) if written else None
        place = int(number)
    except ValueError as error:
        raise Refused("bad_cursor", _("翻页位置无效，请回到第一页。")) from error
    if place > NEWEST or (moment is not None and moment.tzinfo is None):
        raise Refused("bad_cursor", _("翻页位置无效，请回到第一页。"))
    return moment, place


def _after(last: TaskLine, kind: Kind) -> str:
    if kind == "done" and last.closed_at:
        return f"{last.closed_at.isoformat()}~{last.id}"
    return str(last.id)


def _task(context: Context, one: TaskLine) -> DeskLine:
    return DeskLine(
        case_id=one.case_id,
        task_id=one.id,
        title=one.title,
        no="",
        app=one.app,
        app_name=_app_name(context, one.app),
        flow_name=one.flow_name,
        node=one.node_name,
        initiator=one.initiator_name,
        holders=(),
        state="",
        verdict=Verdict(one.verdict).name.lower() if one.verdict else "",
        unread=one.read_at is None and one.closed_at is None,
        at=one.opened_at,
        due_at=one.due_at,
        closed_at=one.closed_at,
    )


def _cases(context: Context, cases: Sequence[CaseLine]) -> tuple[DeskLine, ...]:
    holders = open_work.holders(context.tx, [one.id for one in cases])
    me = context.actor.name if context.actor else ""
    return tuple(_case(context, one, holders[one.id], me) for one in cases)


def _case(context: Context, one: CaseLine, holders: Sequence[tuple[str, int]], me: str) -> DeskLine:
    people = (context.directory.by_id(number) for _node, number in holders)
    app = context.world.apps.get(one.app)
    flow = app.flow(one.flow) if app else None
    return DeskLine(
        case_id=one.id,
        task_id=None,
        title=one.title,
        no=one.no or "",
        app=one.app,
        app_name=_app_name(context, one.app),
        flow_name=flow.name if flow else one.flow,
        node=listed(dict.fromkeys(node for node, _person in holders)),
        initiator=me,
        holders=tuple(dict.fromkeys(person.name for person in people if person)),
        state=CASE_WORD[one.state],
        verdict="",
        unread=False,
        at=one.opened_at,
        due_at=None,
        closed_at=one.closed_at,
    )


def _app_name(context: Context, code: str) -> str:
    app = context.world.apps.get(code)
    return app.manifest.name if app else code
