"""The effect of a rule as a sentence: when it fires, which rows it finds, what becomes of them.

Pure: from the rule as far as it is written and the names of its draft to a text. What is not chosen yet is
said to be so; codes stand only where there is no label.
"""

from collections.abc import Iterator

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
from runtime.language.speech import _, listed

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
#: Which rows: exactly one, one at least, however many.
ROWS = {
    "one": "%(which)s的那一条（必须恰好一条）",
    "some": "%(which)s的每一条（至少一条）",
    "any": "%(which)s的每一条",
}
#: How many rows, by the action where nothing is said.
_USUAL = {"update": "one", "delete": "any"}


def rule_words(about: About) -> str:
    """Return what a rule does, in one sentence or two; never fails."""
    rule = about.rule
    when, deed = trigger_words(about), _deed(about)
    if rule.each:
        deed = _("对“%(rows)s”的每一行，%(deed)s", rows=label_of(about.trigger, rule.each), deed=deed)
    if rule.when:
        condition = condition_words(about, rule.when)
        said = _("%(when)s，如果 %(condition)s：%(deed)s", when=when, condition=condition, deed=deed)
    else:
        said = _("%(when)s：%(deed)s", when=when, deed=deed)
    return _("%(said)s。", said=_("；").join([said, *_refusal(about)]))


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
            return _("在%(table)s中新增一条记录：%(written)s", table=_table(about), written=_written(about))
        case "update":
            return _(
                "在%(table)s中找到%(found)s，%(written)s",
                table=_table(about),
                found=_found(about),
                written=_written(about),
            )
        case "delete":
            return _("删除%(table)s中%(found)s", table=_table(about), found=_found(about))
        case "start":
            return _started(about)
        case "notify":
            return _notified(about)
    return _("（还没有说明做什么）")


def _table(about: About) -> str:
    name = about.target.name if about.target else about.rule.table
    return _("“%(name)s”", name=name) if name else _("（未选表）")


def _found(about: About) -> str:
    rule = about.rule
    marks = [
        _("%(column)s等于%(value)s", column=_column(about, code), value=_value(about, code, one))
        for code, one in rule.match.items()
    ]
    if rule.where:
        marks.append(_("满足（%(condition)s）", condition=condition_words(about, rule.where)))
    which = marks[0] if marks else _("（未说明哪些）")
    for mark in marks[1:]:
        which = _("%(which)s、%(more)s", which=which, more=mark)
    return _(ROWS[rule.rows or _USUAL.get(rule.do, "one")], which=which)


def _written(about: About) -> str:
    rule = about.rule
    pieces = _filled(about) if rule.do == "create" else list(_changed(about))
    pieces += [_more(about, code, one) for code, one in rule.add.items()]
    pieces += [_less(about, code, one) for code, one in rule.subtract.items()]
    return _("，").join(pieces) or _("（未写任何字段）")


def _filled(about: About) -> list[str]:
    return [
        _("%(column)s取%(value)s", column=_column(about, code), value=_value(about, code, one))
        for code, one in about.rule.set.items()
    ]


def _changed(about: About) -> Iterator[str]:
    for code, one in about.rule.set.items():
        yield _("把%(column)s改为%(value)s", column=_column(about, code), value=_value(about, code, one))


def _more(about: About, code: str, source: str) -> str:
    column, value = _column(about, code), _value(about, code, source)
    if value[:1].isdigit():
        return _("%(column)s加 %(value)s", column=column, value=value)
    return _("%(column)s加%(value)s", column=column, value=value)


def _less(about: About, code: str, source: str) -> str:
    column, value = _column(about, code), _value(about, code, source)
    if value[:1].isdigit():
        return _("%(column)s减 %(value)s", column=column, value=value)
    return _("%(column)s减%(value)s", column=column, value=value)


def _started(about: About) -> str:
    rule = about.rule
    found = flow_of(about.scope, rule.start) if rule.start else None
    name = (found.name if found else "") or rule.start
    flow = _("“%(name)s”", name=name) if name else _("（未选流程）")
    deed = _("发起%(flow)s", flow=flow)
    if rule.initiator:
        who = people_words(rule.initiator, about.scope, about.trigger)
        deed = _("发起%(flow)s，由%(who)s发起", flow=flow, who=who)
    filled = _("，").join(_filled(about))
    return _("%(deed)s：%(written)s", deed=deed, written=filled) if filled else deed


def _notified(about: About) -> str:
    rule = about.rule
    who = listed(people_words(one, about.scope, about.trigger) for one in rule.to) or _("（未选人员）")
    by = listed(_(CHANNELS[one]) if one in CHANNELS else one for one in rule.channels)
    deed = _("通知%(who)s（%(channels)s）", who=who, channels=by) if by else _("通知%(who)s", who=who)
    if text := message_words(about):
        deed = _("%(deed)s：“%(said)s”", deed=deed, said=text)
    if not rule.repeat_days:
        return deed
    if rule.repeat_days == 1:
        return _("%(deed)s；每 1 天最多一次", deed=deed)
    return _("%(deed)s；每 %(n)s 天最多一次", deed=deed, n=rule.repeat_days)


def _refusal(about: About) -> list[str]:
    rule = about.rule
    if not rule.guard:
        return []
    condition, text = condition_words(about, rule.guard), message_words(about)
    if not text:
        return [_("若不满足（%(condition)s），则拒绝整个操作", condition=condition)]
    return [_("若不满足（%(condition)s），则拒绝整个操作，并提示“%(said)s”", condition=condition, said=text)]


def _column(about: About, code: str) -> str:
    return _("“%(name)s”", name=label_of(about.target, code) or _("（未选）"))


def _value(about: About, code: str, source: str) -> str:
    return value_words(source, Labels(about.at), column_type(about, code))
