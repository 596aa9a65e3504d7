"""From an opened case to its page."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from flask import url_for

from runtime.language.kept_speech import said
from runtime.language.speech import _, listed
from runtime.running.case_actions import CaseAction
from runtime.running.case_steps import CaseStep
from runtime.running.case_steps import StepPerson as Part
from runtime.running.written_records import WrittenRecord
from runtime.usecases.open_case import CaseLine, OpenedCase
from runtime.web.clock import clock
from runtime.web.sheet import moment, sheet
from runtime.web.views.case import (
    ActionView,
    CaseView,
    ChangeView,
    CommentView,
    EventView,
    StepPerson,
    StepState,
    StepView,
)
from runtime.web.views.common import Choice, Link, Tag, Tone
from runtime.web.words import deed_tag, state_tag

#: Ends of steps that went another way than forwards.
_BAD = frozenset({"rejected", "returned", "withdrawn"})

_ICONS = {
    "save": "device-floppy",
    "submit": "send-2",
    "approve": "check",
    "complete": "check",
    "return": "corner-up-left",
    "withdraw": "arrow-back-up",
    "delete": "trash",
    "claim": "hand-stop",
}
_TONES: dict[str, Tone] = {"return": "bad", "reject": "bad", "delete": "bad"}
#: What is submitted must be whole; a draft need not be.
_WHOLE = frozenset({"submit", "approve", "complete"})


def case_page(case: OpenedCase, *, viewer: str) -> CaseView:
    """Return the page of a case, for reading or for acting on it; `viewer` is the code of who looks."""
    task = case.task
    form = sheet(
        case.form,
        company=case.company,
        meta=(
            case.no or "",
            " · ".join(filter(None, (case.initiator, case.initiator_dept))),
            _submitted(case),
        ),
        calc=url_for("cases.calc", case_id=case.id, task=task),
        pick=url_for("pickers.at_case", case_id=case.id, task=task),
    )
    return CaseView(
        form=form,
        title=case.title,
        back=Link(_("工作台"), url_for("work.show", tab="todo")),
        tags=tuple(_tags(case)),
        actions=tuple(_actions(case)),
        steps=tuple(_step(one, viewer) for one in case.steps),
        events=tuple(_event(one) for one in reversed(case.history) if one.kind != "comment"),
        comments=tuple(
            CommentView(one.who, moment(one.at), one.opinion) for one in case.history if one.kind == "comment"
        ),
        comment_url=url_for("cases.comment", case_id=case.id),
        print_url=url_for("cases.on_paper", case_id=case.id),
        track_url=url_for("cases.on_its_flow", case_id=case.id) if case.steps else "",
        related=tuple(_written(one) for one in case.written),
        phrases=(_("同意"), _("已阅，同意"), _("情况属实"), _("请补充材料后重新提交")),
        notice=_notice(case.history),
        notice_tone="warn",
    )


def printed(case: OpenedCase) -> CaseView:
    """Return the page for paper: everything is read, nothing can be done."""
    meta = (case.no or "", " · ".join(filter(None, (case.initiator, case.initiator_dept))), _submitted(case))
    return CaseView(
        form=sheet(case.form, company=case.company, meta=meta, frozen=True),
        title=case.title,
        back=Link(_("返回单据"), url_for("cases.show", case_id=case.id)),
        events=tuple(_event(one) for one in case.history if one.kind != "comment"),
    )


def _written(one: WrittenRecord) -> Link:
    app, _slash, table = one.entity.partition("/")
    url = url_for("records.show", app=app, table=table, record_id=one.id)
    return Link(one.title or one.entity_name, url, tag=Tag(one.entity_name))


def _submitted(case: OpenedCase) -> str:
    return _("%(at)s 提交", at=moment(case.submitted_at)) if case.submitted_at else ""


def _tags(case: OpenedCase) -> Iterator[Tag]:
    if case.node_name and case.task:
        yield Tag(case.node_name, "accent")
    yield state_tag(case.state)


def _notice(history: Sequence[CaseLine]) -> str:
    """Return the return that nobody has answered yet, in a sentence."""
    for one in reversed(history):
        if one.kind == "return":
            return _("%(who)s 于 %(at)s 退回：%(why)s", who=one.who, at=moment(one.at), why=one.opinion)
        if one.kind in ("submit", "approve", "complete", "withdraw"):
            return ""
    return ""


def _actions(case: OpenedCase) -> Iterator[ActionView]:
    if case.may_withdraw:
        url = url_for("cases.act", case_id=case.id)
        yield ActionView("withdraw", _("撤回"), url, _ICONS["withdraw"], opinion="optional")
    last = case.actions[-1].do if case.actions else ""
    for one in case.actions:
        yield _action(one, case, primary=one.do == last)


def _action(one: CaseAction, case: OpenedCase, *, primary: bool) -> ActionView:
    confirm = _("删除这份草稿？删除后不能恢复。") if one.do == "delete" else ""
    return ActionView(
        code=one.do,
        label=_label(one.do),
        # With the form, so that the record is read along with the lock.
        url=url_for("cases.act", case_id=case.id, task=one.task, form=case.form.entity),
        icon=_ICONS.get(one.do, ""),
        tone="primary" if primary else "danger" if one.do in _TONES else "",
        values=one.values,
        complete=one.values and one.do in _WHOLE,
        # Who fills something in has said it there: no question for an opinion that need not be given.
        opinion="none" if one.do == "complete" and one.opinion == "optional" else one.opinion,
        targets=tuple(Choice(place.node, place.name, note=listed(place.people)) for place in one.targets),
        confirm=confirm,
    )


def _label(do: str) -> str:
    labels = {
        "save": _("暂存"),
        "submit": _("提交"),
        "approve": _("同意"),
        "reject": _("不同意"),
        "return": _("退回"),
        "complete": _("提交"),
        "claim": _("领取"),
        "release": _("放回"),
        "delete": _("删除"),
    }
    return labels.get(do, do)


def _step(one: CaseStep, viewer: str) -> StepView:
    state: StepState = "active" if one.state == "active" else "bad" if one.state in _BAD else "done"
    people = tuple(_person(part, one, viewer) for part in one.people)
    tag = None if state == "done" else deed_tag(one.state)
    return StepView(one.name, state, people, tag, _rule(one) if state == "active" else "")


def _person(part: Part, step: CaseStep, viewer: str) -> StepPerson:
    when = moment(part.at)[5:] if part.at else ""
    if not when and step.state == "active":
        when = _("停留 %(time)s", time=stay(step.opened_at, clock().moment))
    position = " · ".join(
        filter(None, (part.department, _("代 %(name)s", name=part.behalf) if part.behalf else ""))
    )
    verdict = deed_tag(part.verdict) if part.verdict else Tag(_("已领取"), "accent") if part.claimed else None
    because = tuple(said(why) for why in part.because)
    return StepPerson(part.name, position, when, verdict, part.opinion, because, part.code == viewer)


def _rule(one: CaseStep) -> str:
    """Return how many have to agree, in words; nothing where one person has it alone."""
    if len(one.people) < 2:
        return ""
    if one.decide == "claim":
        return _("任一人领取后办理")
    if one.decide == "any":
        return _("或签，1 人同意即可")
    return _("会签，已同意 %(done)s / %(need)s", done=one.approved, need=one.need)


def stay(since: datetime, now: datetime) -> str:
    """Return how long somebody has had something, in words."""
    minutes = max(int((now - since) / timedelta(minutes=1)), 0)
    if minutes < 60:
        return _("%(n)s 分钟", n=minutes)
    if minutes < 24 * 60:
        return _("%(n)s 小时", n=minutes // 60)
    return _("%(n)s 天 %(h)s 小时", n=minutes // (24 * 60), h=minutes // 60 % 24)


def _event(one: CaseLine) -> EventView:
    behalf = _("（代 %(name)s）", name=one.behalf) if one.behalf else ""
    changes = tuple(ChangeView(change.label, change.before, change.after) for change in one.changes)
    return EventView(moment(one.at), f"{one.who}{behalf}", deed_tag(one.kind), one.node, one.opinion, changes)
