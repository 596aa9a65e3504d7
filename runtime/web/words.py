"""Words and colours of what the engine and the store know by code."""

from flask_babel import lazy_gettext as _l

from runtime.web.views.common import Tag, Tone

#: Kinds of events, and what somebody's part in a step came to.
_DONE: dict[str, tuple[object, Tone]] = {
    "submit": (_l("提交"), "accent"),
    "submitted": (_l("提交"), "accent"),
    "draft": (_l("暂存"), ""),
    "approve": (_l("同意"), "ok"),
    "approved": (_l("同意"), "ok"),
    "reject": (_l("不同意"), "bad"),
    "rejected": (_l("不同意"), "bad"),
    "return": (_l("退回"), "bad"),
    "returned": (_l("退回"), "bad"),
    "complete": (_l("已提交"), "ok"),
    "completed": (_l("已提交"), "ok"),
    "passed": (_l("自动通过"), ""),
    "claim": (_l("领取"), ""),
    "release": (_l("放回"), ""),
    "withdraw": (_l("撤回"), "warn"),
    "withdrawn": (_l("已撤回"), "warn"),
    "comment": (_l("评论"), ""),
    "terminate": (_l("终止"), "bad"),
    "active": (_l("办理中"), "warn"),
    "told": (_l("知会"), ""),
}

_STATES: dict[str, tuple[object, Tone]] = {
    "draft": (_l("草稿"), ""),
    "running": (_l("办理中"), "warn"),
    "suspended": (_l("已暂停"), ""),
    "approved": (_l("已通过"), "ok"),
    "rejected": (_l("未通过"), "bad"),
    "withdrawn": (_l("已撤回"), ""),
    "terminated": (_l("已终止"), "bad"),
}


_RECORDS: dict[str, tuple[object, Tone]] = {
    "draft": (_l("草稿"), ""),
    "live": (_l("有效"), "ok"),
    "ended": (_l("已失效"), ""),
}


def record_tag(state: str) -> Tag:
    """Return how a record stands."""
    text, tone = _RECORDS[state]
    return Tag(str(text), tone)


def deed_tag(code: str) -> Tag:
    """Return what was done; a code without a word of its own is shown as it is."""
    text, tone = _DONE.get(code, (code, ""))
    return Tag(str(text), tone)


def state_tag(state: str) -> Tag:
    """Return how a case stands."""
    text, tone = _STATES[state]
    return Tag(str(text), tone)
