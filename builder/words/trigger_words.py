"""When a rule fires, in words: "“合同变更审批”通过后"."""

from builder.edits.rules.scope import About
from runtime.language.rule import TimeTrigger

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
_WEEKDAYS = {"mon": "一", "tue": "二", "wed": "三", "thu": "四", "fri": "五", "sat": "六", "sun": "日"}
#: Short, for a tag.
SHORT = {
    "submitted": "提交",
    "returned": "退回",
    "withdrawn": "撤回",
    "approved": "通过",
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
        return f"{_time(about, rule.on)}，对“{_source(about)}”的每条记录"
    if rule.source:
        return f"“{_source(about)}”{CHANGES.get(rule.on, '（还没有说明何时）')}"
    flow = f"“{flow_name(about)}”"
    if rule.on.startswith("node."):
        _, code, moment = [*rule.on.split("."), "", ""][:3]
        return f"{flow}的“{node_name(about, code)}”{AT_NODES.get(moment, moment)}"
    return f"{flow}{MOMENTS.get(rule.on, '（还没有说明何时）')}"


def trigger_tag(about: About) -> str:
    """Return when a rule fires in a word or two."""
    on = about.rule.on
    if isinstance(on, TimeTrigger):
        kind, value = _kind(on)
        if kind in ("before", "after"):
            return f"{'提前' if kind == 'before' else '之后'} {'、'.join(map(str, on.days))} 天"
        return f"{TIMES[kind]} {value}".strip()
    if on.startswith("node."):
        _, code, moment = [*on.split("."), "", ""][:3]
        return f"{node_name(about, code)}{AT_NODES.get(moment, '').rstrip('后')}"
    return SHORT.get(on, "未定时机")


def flow_name(about: About) -> str:
    """Return the name of the flow that fires a rule."""
    return (about.flow.name if about.flow else "") or about.rule.flow or "（未选流程）"


def node_name(about: About, code: str) -> str:
    """Return the name of a node of the flow that fires a rule."""
    if code == "start":
        return (about.flow.start.name if about.flow else "") or "发起"
    nodes = about.flow.nodes if about.flow else ()
    return next((one.name or code for one in nodes if one.code == code), code or "（未选节点）")


def _source(about: About) -> str:
    return about.trigger.name if about.trigger else about.rule.source or "（未选表）"


def _kind(on: TimeTrigger) -> tuple[str, str]:
    for kind in TIMES:
        value = getattr(on, kind)
        if value is not None:
            return kind, value
    return "daily", ""


def _time(about: About, on: TimeTrigger) -> str:
    kind, value = _kind(on)
    at = f" {on.at}" if on.at else ""
    if kind in ("before", "after"):
        found = about.trigger.field(value) if about.trigger else None
        days = "、".join(map(str, on.days)) or "？"
        side = "前" if kind == "before" else "后"
        return f"在“{found.label if found else value or '（未选日期）'}”{side} {days} 天{at}"
    if kind == "weekly":
        return f"每周{_WEEKDAYS.get(value[:3].lower(), value)}{at}"
    return f"{TIMES[kind]} {value}{at}".replace("  ", " ")
