"""When a rule fires, in words: "“合同变更审批”通过后"."""

from collections.abc import Iterator

from builder.edits.rules.scope import About
from runtime.language.rule import TimeTrigger
from runtime.language.speech import _, listed

MOMENTS = {
    "submitted": "提交后",
    "returned": "退回发起人后",
    "withdrawn": "撤回后",
    "approved": "通过后",
    "rejected": "被否决后",
    "terminated": "被终止后",
}
AT_NODES = {
    "entered": "到达时",
    "done": "办理完成后",
    "approved": "同意后",
    "rejected": "不同意后",
    "timeout": "超时后",
}
CHANGES = {"created": "新增记录后", "updated": "修改记录后", "deleted": "删除记录后"}
TIMES = {
    "daily": "每天",
    "weekly": "每周",
    "monthly": "每月",
    "every": "每隔",
    "before": "日期之前",
    "after": "日期之后",
}
#: The same as beginnings of sentences.
FLOW_MOMENTS = {
    "submitted": "“%(flow)s”提交后",
    "returned": "“%(flow)s”退回发起人后",
    "withdrawn": "“%(flow)s”撤回后",
    "approved": "“%(flow)s”通过后",
    "rejected": "“%(flow)s”被否决后",
    "terminated": "“%(flow)s”被终止后",
}
NODE_MOMENTS = {
    "entered": "“%(flow)s”的“%(node)s”到达时",
    "done": "“%(flow)s”的“%(node)s”办理完成后",
    "approved": "“%(flow)s”的“%(node)s”同意后",
    "rejected": "“%(flow)s”的“%(node)s”不同意后",
    "timeout": "“%(flow)s”的“%(node)s”超时后",
}
TABLE_MOMENTS = {
    "created": "“%(table)s”新增记录后",
    "updated": "“%(table)s”修改记录后",
    "deleted": "“%(table)s”删除记录后",
}
WEEKDAYS = {
    "mon": "每周一",
    "tue": "每周二",
    "wed": "每周三",
    "thu": "每周四",
    "fri": "每周五",
    "sat": "每周六",
    "sun": "每周日",
}
#: Moments at a node, short, for a tag.
NODE_TAGS = {
    "entered": "%(node)s到达时",
    "done": "%(node)s办理完成",
    "approved": "%(node)s同意",
    "rejected": "%(node)s不同意",
    "timeout": "%(node)s超时",
}
#: Short, for a tag.
SHORT = {
    "submitted": "提交",
    "returned": "退回",
    "withdrawn": "撤回",
    "approved": "批准",
    "rejected": "否决",
    "terminated": "终止",
    "created": "新增",
    "updated": "修改",
    "deleted": "删除",
}


def trigger_words(about: About) -> str:
    """Return when a rule fires."""
    rule = about.rule
    if isinstance(rule.on, TimeTrigger):
        return _("%(when)s，对“%(table)s”的每条记录", when=_time(about, rule.on), table=_source(about))
    if rule.source:
        if rule.on in TABLE_MOMENTS:
            return _(TABLE_MOMENTS[rule.on], table=_source(about))
        return _("“%(table)s”（还没有说明何时）", table=_source(about))
    flow = flow_name(about)
    if rule.on.startswith("node."):
        code, moment = _at_node(rule.on)
        node = node_name(about, code)
        if moment in NODE_MOMENTS:
            return _(NODE_MOMENTS[moment], flow=flow, node=node)
        return _("“%(flow)s”的“%(node)s”%(moment)s", flow=flow, node=node, moment=moment)
    if rule.on in FLOW_MOMENTS:
        return _(FLOW_MOMENTS[rule.on], flow=flow)
    return _("“%(flow)s”（还没有说明何时）", flow=flow)


def trigger_tag(about: About) -> str:
    """Return when a rule fires in a word or two."""
    on = about.rule.on
    if isinstance(on, TimeTrigger):
        kind, value = _kind(on)
        if kind in ("before", "after"):
            days = listed(on.days)
            return _("提前 %(days)s 天", days=days) if kind == "before" else _("之后 %(days)s 天", days=days)
        return f"{_(TIMES[kind])} {value}".strip()
    if on.startswith("node."):
        code, moment = _at_node(on)
        node = node_name(about, code)
        return _(NODE_TAGS[moment], node=node) if moment in NODE_TAGS else node
    return _(SHORT[on]) if on in SHORT else _("未定时机")


def flow_name(about: About) -> str:
    """Return the name of the flow that fires a rule."""
    return (about.flow.name if about.flow else "") or about.rule.flow or _("（未选流程）")


def node_name(about: About, code: str) -> str:
    """Return the name of a node of the flow that fires a rule."""
    if code == "start":
        return (about.flow.start.name if about.flow else "") or _("发起")
    nodes = about.flow.nodes if about.flow else ()
    return next((one.name or code for one in nodes if one.code == code), code or _("（未选节点）"))


def _at_node(on: str) -> tuple[str, str]:
    """Return node and moment of `node.<code>.<moment>`, as far as they are written."""
    _node, code, moment = [*on.split("."), "", ""][:3]
    return code, moment


def _source(about: About) -> str:
    return about.trigger.name if about.trigger else about.rule.source or _("（未选表）")


def _kind(on: TimeTrigger) -> tuple[str, str]:
    for kind in TIMES:
        value = getattr(on, kind)
        if value is not None:
            return kind, value
    return "daily", ""


def _time(about: About, on: TimeTrigger) -> str:
    kind, value = _kind(on)
    when = _date(about, on) if kind in ("before", "after") else _every(kind, value)
    if on.at:
        when = _("%(when)s %(time)s", when=when, time=on.at)
    return when if kind in ("before", "after", "weekly") else when.replace("  ", " ")


def _every(kind: str, value: str) -> str:
    if kind == "weekly":
        day = value[:3].lower()
        return _(WEEKDAYS[day]) if day in WEEKDAYS else _("每周%(day)s", day=value)
    if value and kind == "daily":
        return _("每天 %(time)s", time=value)
    if value and kind == "monthly":
        return _("每月 %(day)s", day=value)
    return f"{_(TIMES[kind])} {value}"


def _date(about: About, on: TimeTrigger) -> str:
    kind, value = _kind(on)
    found = about.trigger.field(value) if about.trigger else None
    date, days = found.label if found else value or _("（未选日期）"), listed(on.days) or _("？")
    if on.days == (1,):
        return (
            _("在“%(date)s”前 1 天", date=date) if kind == "before" else _("在“%(date)s”后 1 天", date=date)
        )
    if kind == "before":
        return _("在“%(date)s”前 %(days)s 天", date=date, days=days)
    return _("在“%(date)s”后 %(days)s 天", date=date, days=days)


def sentences() -> Iterator[str]:
    """Yield every sentence that is kept by code."""
    for register in (FLOW_MOMENTS, NODE_MOMENTS, TABLE_MOMENTS, WEEKDAYS, NODE_TAGS):
        yield from register.values()
