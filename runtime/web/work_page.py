"""From lists of work to the pages of the desk."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from flask import url_for

from runtime.language.speech import _, listed
from runtime.store.notices import Notice
from runtime.usecases.list_tasks import DeskLine, DeskPage, Kind
from runtime.usecases.open_menu import AppMenu, Menu
from runtime.web.clock import clock, zone
from runtime.web.sheet import moment
from runtime.web.shell import current_menu, item_url
from runtime.web.views.common import Link, Tag
from runtime.web.views.work import AppGroup, AppLine, NoticeLine, WorkLine, WorkPage
from runtime.web.words import deed_tag, state_tag

#: What each tab lists.
KINDS: Mapping[str, Kind] = {"todo": "waiting", "done": "done", "started": "started", "told": "told"}


def work_page(found: DeskPage, *, tab: str, words: str) -> WorkPage:
    """Return a tab of the desk."""
    more = url_for("work.show", tab=tab, q=words or None, after=found.after) if found.after else ""
    return WorkPage(
        tab=tab,
        tabs=_tabs(current_menu(), tab),
        lines=tuple(_line(one, tab) for one in found.lines),
        q=words,
        more=more,
        who_label=_("办理人") if tab == "started" else _("发起人"),
    )


def app_groups(menu: Menu) -> tuple[AppGroup, ...]:
    """Return the flows that somebody may start, by app."""
    return tuple(AppGroup(app.name, _apps(app)) for app in menu.starts)


def notice_line(one: Notice) -> NoticeLine:
    """Return a notice; following it marks it as read."""
    url = url_for("work.follow", notice_id=one.id, case=one.case_id) if one.case_id else ""
    return NoticeLine(_notice_title(one), one.body, moment(one.created_at), url, unread=one.read_at is None)


def _notice_title(one: Notice) -> str:
    """Return the title; a notice of the engine is titled with its case, and its kind says what happened.

    The titles of earlier kinds (`case_ended`, `case_returned`) say it themselves.
    """
    match one.kind:
        case "case_approved":
            return _("%(title)s：已办结", title=one.title)
        case "case_rejected":
            return _("%(title)s：未通过", title=one.title)
        case "case_terminated":
            return _("%(title)s：已终止", title=one.title)
        case "case_sent_back":
            return _("%(title)s：已退回，请修改后重新提交", title=one.title)
    return one.title


def _tabs(menu: Menu, current: str) -> tuple[Link, ...]:
    names = (
        ("todo", _("待办"), menu.waiting),
        ("done", _("已办"), None),
        ("started", _("我发起的"), None),
        ("told", _("抄送我的"), menu.told),
    )
    return tuple(
        Link(name, url_for("work.show", tab=code), current=code == current, count=number)
        for code, name, number in names
    )


def _line(one: DeskLine, tab: str) -> WorkLine:
    at = (one.closed_at if tab == "done" else None) or one.at
    return WorkLine(
        title=one.title,
        url=url_for("cases.show", case_id=one.case_id, task=None if tab == "done" else one.task_id),
        # An app of one flow is often named like it.
        sub=" · ".join(dict.fromkeys(filter(None, (one.app_name, one.flow_name, one.no)))),
        node=_node(one, tab),
        who=listed(one.holders) if tab == "started" else one.initiator,
        when=_when(at),
        at=at.isoformat(),
        due=_due(one.due_at) if one.due_at and not one.closed_at else None,
        unread=one.unread,
    )


def _node(one: DeskLine, tab: str) -> Tag:
    if tab == "started":
        state = state_tag(one.state)
        return Tag(one.node, state.tone) if one.node else state
    if one.verdict:
        deed = deed_tag(one.verdict)
        return Tag(f"{one.node} · {deed.text}", deed.tone)
    return Tag(one.node, "warn" if tab == "todo" else "")


def _when(at: datetime) -> str:
    """Return a moment as short as it is clear: without the year if it is this one."""
    text = moment(at)
    return text[5:] if text[:4] == str(clock().moment.astimezone(zone()).year) else text


def _due(at: datetime) -> Tag:
    left = at - clock().moment
    days = abs(left) // timedelta(days=1)
    if left < timedelta():
        return Tag(_("超时 %(n)s 天", n=days) if days else _("已超时"), "bad")
    if days:
        return Tag(_("剩 %(n)s 天", n=days), "warn" if days == 1 else "")
    return Tag(_("今日到期") if _same_day(at) else _("剩不到 1 天"), "warn")


def _same_day(at: datetime) -> bool:
    return at.astimezone(zone()).date() == clock().moment.astimezone(zone()).date()


def _apps(app: AppMenu) -> tuple[AppLine, ...]:
    return tuple(AppLine(one.name, item_url(one), one.icon, one.note) for one in app.items)
