"""The first moves of a command, or why it is refused."""

from collections.abc import Iterator

from runtime.engine import command as c
from runtime.engine.by_kind import ByKind
from runtime.engine.compiled_flow import START
from runtime.engine.offers import may_claim, may_reject, return_targets
from runtime.engine.send_back import send_back
from runtime.engine.situation import Passed
from runtime.engine.state import Task, Visit
from runtime.engine.step import ROOT, Step
from runtime.language.kept_speech import sentence as _l
from runtime.language.refusal import Conflict, Forbidden, Refused
from runtime.language.speech import _, listed
from runtime.nodes import move as m


@ByKind
def open_command(command: c.Command, _step: Step) -> Iterator[m.Move]:
    """Yield the moves a command begins with.

    :raises Refused: if it does not fit the situation; nothing has happened.
    """
    raise TypeError(f"{type(command).__name__} is not a command")


@open_command.register
def _submit(command: c.Submit, step: Step) -> Iterator[m.Move]:
    case = step.plan.state.case
    if command.actor != step.situation.initiator:
        raise Forbidden("not_initiator", _("只有发起人可以提交这张单据。"))
    if case.state == "running":
        here = step.plan.state.visits.get(step.situation.visit or 0)
        if here is None or here.node != START:
            raise Conflict("already_submitted", _("单据已经提交，正在流转中。"))
        visit, task = _own_task(step)
        yield from _acted(step)
        yield m.TaskDone(visit.no, task, "completed")
    elif case.state not in ("draft", "withdrawn"):
        raise Conflict("not_a_draft", _("单据已经办结，不能再提交。"))
    yield m.Submitted(case.submission + 1)


@open_command.register
def _complete(_command: c.Complete, step: Step) -> Iterator[m.Move]:
    visit, task = _own_task(step)
    if visit.node == START:
        raise Refused("needs_submit", _("单据在发起人处，请重新提交。"))
    if step.flow.nodes[visit.node].kind != "fill":
        raise Refused("needs_verdict", _("这个节点需要表态：同意、退回或不同意。"))
    yield from _acted(step)
    yield m.TaskDone(visit.no, task, "completed")


@open_command.register
def _approve(_command: c.Approve, step: Step) -> Iterator[m.Move]:
    visit, task = _own_task(step, kind="approve")
    yield from _acted(step)
    yield m.TaskDone(visit.no, task, "approved")


@open_command.register
def _reject(_command: c.Reject, step: Step) -> Iterator[m.Move]:
    visit, task = _own_task(step, kind="approve")
    if not may_reject(step.flow, step.flow.nodes[visit.node]):
        raise Refused("cannot_reject", _("这个节点不能“不同意”；如需更正，请退回。"))
    yield from _acted(step)
    yield m.TaskDone(visit.no, task, "rejected")


@open_command.register
def _return(command: c.Return, step: Step) -> Iterator[m.Move]:
    visit, task = _own_task(step)
    if visit.node == START:
        raise Refused("cannot_return", _("单据已在发起人处，不能再退回。"))
    target = _return_target(step, visit, command.to)
    yield from _acted(step)
    yield m.TaskDone(visit.no, task, "returned")
    yield m.VisitClosed(visit.no, visit.node, visit.path, "returned")
    yield from send_back(step, target, because=_l("由%(who)s退回", who=step.name_of(command.actor)))


@open_command.register
def _withdraw(command: c.Withdraw, step: Step) -> Iterator[m.Move]:
    case = step.plan.state.case
    if command.actor != step.situation.initiator:
        raise Forbidden("not_initiator", _("只有发起人可以撤回。"))
    if case.state != "running":
        raise Conflict("not_running", _("单据不在流转中，不能撤回。"))
    if case.acts and step.flow.flow.withdraw == "untouched":
        raise Conflict("already_handled", _("已有人办理，不能撤回；可请当前处理人退回。"))
    yield m.SubtreeWithdrawn(ROOT, 0)
    yield m.EffectsInverted(ROOT, 0, step.ports.invert(ROOT, 0))
    yield m.Withdrawn(command.actor)


@open_command.register
def _claim(_command: c.Claim, step: Step) -> Iterator[m.Move]:
    visit, task = _own_task(step)
    if visit.claimed == task:
        raise Conflict("already_claimed", _("您已领取这项待办。"))
    if not may_claim(step.flow.nodes[visit.node], total=visit.total):
        raise Refused("nothing_to_claim", _("这项待办不需要领取，可以直接办理。"))
    yield m.TaskClaimed(visit.no, task)


@open_command.register
def _release(_command: c.Release, step: Step) -> Iterator[m.Move]:
    visit, task = _own_task(step)
    if visit.claimed != task:
        raise Conflict("not_claimed", _("您没有领取这项待办。"))
    yield m.TaskReleased(visit.no, task)


@open_command.register
def _terminate(_command: c.Terminate, step: Step) -> Iterator[m.Move]:
    if step.plan.state.case.state not in ("running", "suspended", "draft", "withdrawn"):
        raise Conflict("already_ended", _("单据已经办结。"))
    yield m.SubtreeWithdrawn(ROOT)
    yield m.EffectsInverted(ROOT, 0, step.ports.invert(ROOT, 0))
    yield m.CaseEnded("terminated")


def _return_target(step: Step, visit: Visit, to: str) -> Passed:
    node, passed = step.flow.nodes[visit.node], step.ports.passed(visit.path)
    offered = return_targets(node, passed, initiator=step.situation.initiator)
    targets = {one.node: one for one in offered}
    if to not in targets:
        names = listed(step.flow.nodes[one].name or one for one in targets) or _("无")
        message = _("不能退回到“%(to)s”；可退回到：%(nodes)s。", to=to, nodes=names)
        raise Refused("cannot_return_there", message)
    return targets[to]


def _own_task(step: Step, kind: str | None = None) -> tuple[Visit, str]:
    """Return the acting visit and whose task it is.

    :raises Conflict: if the task is not open any more.
    """
    number, assignee = step.situation.visit, step.situation.assignee
    if number is None or assignee is None:
        raise Refused("no_task", _("这里没有需要您办理的待办。"))
    visit = step.plan.state.visits[number]
    task = step.plan.state.tasks.get((number, assignee), Task("cancelled"))
    if visit.state != "open" or task.state != "open":
        raise Conflict("already_handled", _why_closed(step, visit, task))
    if step.plan.state.case.state != "running":
        raise Conflict("not_running", _("单据不在流转中，暂不能办理。"))
    if kind and step.flow.nodes[visit.node].kind != kind:
        raise Refused("no_verdict_here", _("这个节点是填写，不需要表态，请直接提交。"))
    return visit, assignee


def _acted(step: Step) -> Iterator[m.Move]:
    yield m.Acted(step.actor)


def _why_closed(step: Step, visit: Visit, task: Task) -> str:
    if task.state == "withdrawn" or (visit.state == "withdrawn" and task.state != "done"):
        return _("单据已被撤回、退回或终止，这项待办不再需要您处理。")
    who = (visit.claimed,) if visit.claimed and task.state == "hidden" else step.ports.handlers(visit.no)
    if not who:
        return _("这项待办已经处理过，或不再需要您处理。")
    names = listed(step.name_of(one) for one in who)
    return _("已由%(who)s领取。", who=names) if task.state == "hidden" else _("已由%(who)s处理。", who=names)
