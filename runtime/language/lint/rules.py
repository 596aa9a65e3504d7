"""Business rules: what triggers them, what they name, and what they write."""

from dataclasses import replace

from runtime.language.entity import Entity
from runtime.language.expressions import Names
from runtime.language.expressions.types import BOOLEAN, number
from runtime.language.field import Field
from runtime.language.flow import Flow
from runtime.language.lint.scope import Scope, wanted_column, wanted_field
from runtime.language.lint.sources import People
from runtime.language.lint.spot import Spot
from runtime.language.rule import Rule, TimeTrigger
from runtime.language.schemas.rule import CHANGES
from runtime.language.speech import _, listed


def check_rule(rule: Rule, scope: Scope, spot: Spot) -> None:
    """Note what is wrong with a rule."""
    flow = scope.app.flow(rule.flow) if rule.flow else None
    if rule.flow and flow is None:
        known = [one.code for one in scope.app.flows]
        message = _("没有流程（规则只能由本包的流程触发） %(name)s", name=rule.flow)
        spot.at("flow").unknown(message, rule.flow, known)
    trigger = _trigger(rule, flow, scope, spot)
    _moment(rule, flow, trigger, scope, spot.at("on"))
    if trigger is None:
        return
    names = _names(rule, trigger, scope, spot)
    target = _target(rule, scope, spot)
    for key in ("when", "where", "guard"):
        if source := getattr(rule, key):
            spot.at(key).expression(source, names, want=BOOLEAN)
    if rule.message:
        spot.at("message").template(rule.message, names)
    if target is not None:
        _matched(rule, target, names, scope, spot.at("match"))
        _written(rule, target, names, scope, spot)
    people = People(scope, trigger, flow)
    people.check(rule.to, spot.at("to"))
    if rule.initiator is not None:
        people.check_one(rule.initiator, spot.at("initiator"))


def _trigger(rule: Rule, flow: Flow | None, scope: Scope, spot: Spot) -> Entity | None:
    """Return the entity whose record fires the rule."""
    if rule.source:
        return scope.wanted_entity(rule.source, spot.at("source"))
    return scope.app.entity(flow.form) if flow else None


def _moment(rule: Rule, flow: Flow | None, trigger: Entity | None, scope: Scope, spot: Spot) -> None:
    on = rule.on
    of_record = isinstance(on, TimeTrigger) or on in CHANGES
    if of_record and rule.flow:
        spot.problem("trigger", _("时间和记录的变化由表触发：请写 source，不写 flow"))
    elif not of_record and rule.source:
        spot.problem("trigger", _("%(on)s 是流程的时刻：请写 flow，不写 source", on=on))
    if isinstance(on, TimeTrigger):
        path = on.before or on.after
        if path is None or trigger is None:
            return
        here = spot.at("before" if on.before else "after")
        found = wanted_column(trigger, path, here)
        kind = scope.type_of(scope.app.code, found) if found else None
        if found is not None and (kind is None or kind.kind not in ("date", "datetime")):
            here.problem("not_a_date", _("%(path)s 不是日期字段", path=path))
    elif on.startswith("node.") and flow is not None:
        code = on.split(".")[1]
        known = ["start", *(node.code for node in flow.nodes)]
        if code not in known:
            spot.unknown(_("没有节点 %(name)s", name=code), code, known)


def _names(rule: Rule, trigger: Entity, scope: Scope, spot: Spot) -> Names:
    """Return what the rule's expressions may name."""
    names = scope.names(rule.source or trigger.code)
    if rule.each is not None:
        if trigger.subtable(rule.each) is None:
            message = _("没有重复表 %(name)s", name=rule.each)
            spot.at("each").unknown(message, rule.each, [one.code for one in trigger.subtables()])
        else:
            names = replace(names, row=rule.each)
    old = scope.names(rule.table) if rule.table and scope.entity(rule.table) else None
    return replace(names, old=old, flow=rule.source is not None and trigger.kind == "form")


def _target(rule: Rule, scope: Scope, spot: Spot) -> Entity | None:
    """Return the entity that the rule writes: its table, or the form of the flow it starts."""
    if rule.start is not None:
        started = scope.wanted_flow(rule.start, spot.at("start"))
        owner = scope.app_of(scope.app.ref(rule.start))
        return owner.entity(started.form) if started and owner else None
    return scope.wanted_entity(rule.table, spot.at("table")) if rule.table else None


def _matched(rule: Rule, target: Entity, names: Names, scope: Scope, spot: Spot) -> None:
    for code, source in rule.match.items():
        found = wanted_column(target, code, spot.at(code))
        kind = scope.type_of(_pack(rule, scope), found) if found else None
        spot.at(code).expression(source, names, want=kind)


def _written(rule: Rule, target: Entity, names: Names, scope: Scope, spot: Spot) -> None:
    written: set[str] = set()
    for key in ("set", "add", "subtract"):
        for code, source in getattr(rule, key).items():
            here = spot.at(key, code)
            found = wanted_field(target, code, here)
            kind = scope.type_of(_pack(rule, scope), found) if isinstance(found, Field) else None
            if isinstance(found, Field) and found.formula is not None:
                here.problem("computed", _("%(code)s 由公式计算，不能写入", code=code))
            if key != "set":
                if kind is not None and kind.kind != "number":
                    message = _("%(code)s 是%(kind)s，不能加减", code=code, kind=kind.label)
                    here.problem("not_a_number", message)
                kind = number()
            here.expression(source, names, want=kind)
            if code in written:
                here.problem("written_twice", _("%(code)s 在同一条规则中写了两次", code=code))
            written.add(code)
    word = scope.vocabulary.actions.get(rule.do)
    if word is not None and {"set", "add"} <= word.keys and not written:
        spot.problem("writes_nothing", _("规则没有写任何字段，请写 set、add 或 subtract"))
    if word is not None and "set" in word.required:
        _complete(target, written, spot)


def _complete(target: Entity, written: set[str], spot: Spot) -> None:
    """Check that a new row gets everything it requires."""
    left = [
        one.code
        for one in target.plain()
        if one.required and one.code not in written and one.default is None and one.formula is None
        if "template" not in one.options and one.visible_if is None
    ]
    if left:
        message = _(
            "%(entity)s的必填字段 %(codes)s 没有写，新增会失败", entity=target.name, codes=listed(left)
        )
        spot.at("set").problem("incomplete", message)


def _pack(rule: Rule, scope: Scope) -> str:
    return scope.app.ref(rule.start or rule.table or "").partition("/")[0]
