"""Sentences for the deeds of walk-throughs, and for what becomes of cases."""

from collections.abc import Iterator

#: What people do to a task or a case.
DEEDS = {
    "approve": "%(who)s%(at)s同意",
    "complete": "%(who)s%(at)s办理完成",
    "return": "%(who)s%(at)s退回",
    "reject": "%(who)s%(at)s否决",
    "withdraw": "%(who)s%(at)s撤回",
    "recall": "%(who)s%(at)s取回",
    "claim": "%(who)s%(at)s领取",
    "release": "%(who)s%(at)s放回",
    "save": "%(who)s%(at)s暂存",
    "comment": "%(who)s%(at)s评论",
    "transfer": "%(who)s%(at)s转办",
    "consult": "%(who)s%(at)s征询",
    "answer": "%(who)s%(at)s答复",
    "add_signer": "%(who)s%(at)s加签",
    "remove_signer": "%(who)s%(at)s减签",
    "cc": "%(who)s%(at)s抄送",
    "urge": "%(who)s%(at)s催办",
    "rate": "%(who)s%(at)s评价",
    "jump": "%(who)s%(at)s跳转",
    "reassign": "%(who)s%(at)s改派",
    "terminate": "%(who)s%(at)s终止",
    "suspend": "%(who)s%(at)s暂停",
    "resume": "%(who)s%(at)s恢复",
    "retry": "%(who)s%(at)s重试",
}
#: The same to another node.
LEADING = {
    "return": "%(who)s%(at)s退回到“%(node)s”",
    "jump": "%(who)s%(at)s跳转到“%(node)s”",
}
#: The same to another person.
HANDING = {
    "transfer": "%(who)s%(at)s转办给%(whom)s",
    "consult": "%(who)s%(at)s征询给%(whom)s",
    "add_signer": "%(who)s%(at)s加签给%(whom)s",
    "remove_signer": "%(who)s%(at)s减签给%(whom)s",
    "cc": "%(who)s%(at)s抄送给%(whom)s",
    "reassign": "%(who)s%(at)s改派给%(whom)s",
}
#: What they do to a record.
TABLE_DEEDS = {
    "create": "%(who)s新增“%(table)s”%(which)s",
    "edit": "%(who)s修改“%(table)s”%(which)s",
    "delete": "%(who)s删除“%(table)s”%(which)s",
    "open": "%(who)s打开“%(table)s”%(which)s",
    "list": "%(who)s查看列表“%(table)s”%(which)s",
}
#: What begins a case.
FLOW_DEEDS = {
    "submit": "%(who)s提交“%(flow)s”",
    "save": "%(who)s暂存“%(flow)s”",
    "start": "%(who)s发起“%(flow)s”",
}
#: What becomes of a case.
STATES = {
    "draft": "单据草稿",
    "running": "单据进行中",
    "suspended": "单据已暂停",
    "approved": "单据已通过",
    "rejected": "单据已否决",
    "withdrawn": "单据已撤回",
    "terminated": "单据已终止",
}
#: Who sees which fields.
VIEWS = {
    "hidden": "%(who)s看不到 %(fields)s",
    "sees": "%(who)s看得到 %(fields)s",
    "masked": "%(who)s只见掩码 %(fields)s",
}


def deeds() -> Iterator[str]:
    """Yield every sentence."""
    for register in (DEEDS, LEADING, HANDING, TABLE_DEEDS, FLOW_DEEDS, STATES, VIEWS):
        yield from register.values()
