"""Words for the deeds of walk-throughs, and for what becomes of cases."""

#: What people do to a task or a case.
DEEDS = {
    "approve": "同意",
    "complete": "办理完成",
    "return": "退回",
    "reject": "否决",
    "withdraw": "撤回",
    "recall": "取回",
    "claim": "领取",
    "release": "放回",
    "save": "暂存",
    "comment": "评论",
    "transfer": "转办",
    "consult": "征询",
    "answer": "答复",
    "add_signer": "加签",
    "remove_signer": "减签",
    "cc": "抄送",
    "urge": "催办",
    "rate": "评价",
    "jump": "跳转",
    "reassign": "改派",
    "terminate": "终止",
    "suspend": "暂停",
    "resume": "恢复",
    "retry": "重试",
}
#: What they do to a record.
TABLE_DEEDS = {"create": "新增", "edit": "修改", "delete": "删除", "open": "打开", "list": "查看列表"}
#: What begins a case.
FLOW_DEEDS = {"submit": "提交", "save": "暂存", "start": "发起"}
#: What becomes of a case.
STATES = {
    "draft": "草稿",
    "running": "进行中",
    "suspended": "已暂停",
    "approved": "已通过",
    "rejected": "已否决",
    "withdrawn": "已撤回",
    "terminated": "已终止",
}
