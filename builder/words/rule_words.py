"""The effect of a rule as a Chinese sentence: when it fires, which rows it finds, what becomes of them.

Pure: from the rule as far as it is written and the names of its draft to a text. What is not chosen yet is
said to be so; codes stand only where there is no label.
"""

from builder.edits.rules.scope import About, flow_of
from builder.edits.scopes import standpoint
from builder.words.expression_words import expression_words
from builder.words.name_words import Labels, label_of
from builder.words.people_words import people_words
from builder.words.trigger_words import trigger_words
from builder.words.value_words import value_words
from runtime.language.expressions import Type
from runtime.language.field import Field
from runtime.language.lint.scope import field_at

CHANNELS = {
    "inbox": "站内消息",
    "im": "即时通讯",
    "mobile": "移动端推送",
    "sms": "短信",
    "email": "邮件",
    "wechat": "企业微信",
    "dingtalk": "钉钉",
    "portal": "门户",
}
#: How many rows, by the action where nothing is said.
_ROWS = {"one": "的那一条（必须恰好一条）", "some": "的每一条（至少一条）", "any": "的每一条"}
_USUAL = {"update": "one", "delete": "any"}


def rule_words(about: About) -> str:
    """Return what a rule does, in one sentence or two; never fails."""
    rule = about.rule
    when = f"，如果 {condition_words(about, rule.when)}" if rule.when else ""
    each = f"对“{label_of(about.trigger, rule.each)}”的每一行，" if rule.each else ""
    sentences = [f"{trigger_words(about)}{when}：{each}{_deed(about)}", *_refusal(about)]
    return "；".join(sentences) + "。"


def condition_words(about: About, source: str | None) -> str:
    """Return a condition of a rule in words."""
    return expression_words(source, Labels(about.at)) if source else ""


def message_words(about: About) -> str:
    """Return the rule's message with labels in the place of its holes."""
    if not about.rule.message:
        return ""
    return expression_words(about.rule.message, Labels(standpoint(about.scope, about.message_place)))


def column_type(about: About, code: str) -> Type | None:
    """Return what a column of the target is, None if there is none."""
    found = field_at(about.target, code) if about.target else None
    pack = about.scope.app.ref(about.target_ref).partition("/")[0]
    return about.scope.type_of(pack, found) if isinstance(found, Field) else None


def _deed(about: About) -> str:
    match about.rule.do:
        case "create":
            return f"在{_table(about)}中新增一条记录{_written(about, first='：')}"
        case "update":
            return f"在{_table(about)}中找到{_found(about)}{_written(about, first='，')}"
        case "delete":
            return f"删除{_table(about)}中{_found(about)}"
        case "start":
            return _started(about)
        case "notify":
            return _notified(about)
    return "（还没有说明做什么）"


def _table(about: About) -> str:
    name = about.target.name if about.target else about.rule.table
    return f"“{name}”" if name else "（未选表）"


def _found(about: About) -> str:
    rule = about.rule
    pairs = [f"{_column(about, code)}等于{_value(about, code, one)}" for code, one in rule.match.items()]
    if rule.where:
        pairs.append(f"满足（{condition_words(about, rule.where)}）")
    wanted = rule.rows or _USUAL.get(rule.do, "one")
    return f"{'、'.join(pairs) or '（未说明哪些）'}{_ROWS[wanted]}"


def _written(about: About, *, first: str) -> str:
    rule, pieces = about.rule, []
    for code, source in rule.set.items():
        take, verb = ("", "取") if rule.do == "create" else ("把", "改为")
        pieces.append(f"{take}{_column(about, code)}{verb}{_value(about, code, source)}")
    for group, verb in ((rule.add, "加"), (rule.subtract, "减")):
        for code, source in group.items():
            said = _value(about, code, source)
            pieces.append(f"{_column(about, code)}{verb}{f' {said}' if said[:1].isdigit() else said}")
    return first + "，".join(pieces) if pieces else f"{first}（未写任何字段）"


def _started(about: About) -> str:
    rule = about.rule
    flow = flow_of(about.scope, rule.start) if rule.start else None
    name = (flow.name if flow else "") or rule.start
    by = f"，由{people_words(rule.initiator, about.scope, about.trigger)}发起" if rule.initiator else ""
    filled = [f"{_column(about, code)}取{_value(about, code, one)}" for code, one in rule.set.items()]
    return f"发起{f'“{name}”' if name else '（未选流程）'}{by}{'：' if filled else ''}{'，'.join(filled)}"


def _notified(about: About) -> str:
    rule = about.rule
    who = "、".join(people_words(one, about.scope, about.trigger) for one in rule.to) or "（未选人员）"
    by = "、".join(CHANNELS.get(one, one) for one in rule.channels)
    text = message_words(about)
    again = f"；每 {rule.repeat_days} 天最多一次" if rule.repeat_days else ""
    return f"通知{who}{f'（{by}）' if by else ''}{f'：“{text}”' if text else ''}{again}"


def _refusal(about: About) -> list[str]:
    rule = about.rule
    if not rule.guard:
        return []
    text = message_words(about)
    told = f"，并提示“{text}”" if text else ""
    return [f"若不满足（{condition_words(about, rule.guard)}），则拒绝整个操作{told}"]


def _column(about: About, code: str) -> str:
    return f"“{label_of(about.target, code) or '（未选）'}”"


def _value(about: About, code: str, source: str) -> str:
    return value_words(source, Labels(about.at), column_type(about, code))
