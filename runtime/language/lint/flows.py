"""Flows: what their nodes name, and whether their conditions and shape hold."""

from runtime.language.entity import Entity
from runtime.language.expressions import FUNCTIONS, Names
from runtime.language.expressions.tree import Call, Chain, Compare, Literal, Logic, Minus, Not
from runtime.language.expressions.types import BOOLEAN
from runtime.language.field import Field
from runtime.language.flow import Flow, Node
from runtime.language.graph import START, check_graph
from runtime.language.lint.coverage import check_coverage
from runtime.language.lint.scope import Scope, field_at, wanted_field
from runtime.language.lint.sources import People
from runtime.language.lint.spot import Spot
from runtime.language.place import read_place
from runtime.language.speech import _


def check_flow(flow: Flow, scope: Scope, spot: Spot) -> None:
    """Note what is wrong with a flow."""
    form = scope.app.entity(flow.form)
    if form is None or form.kind != "form":
        known = [one.code for one in scope.app.entities if one.kind == "form"]
        message = _("没有表单（流程只能办理本包的表单） %(name)s", name=flow.form)
        spot.at("form").unknown(message, flow.form, known)
        form = None
    _shape(flow, scope, spot)
    people = People(scope, form, flow)
    people.check(flow.start.who, spot.at("start", "who"))
    if form is not None:
        _start(flow, form, spot.at("start"))
    for index, node in enumerate(flow.nodes):
        _node(node, flow, form, people, spot.at("nodes", index))
    if form is not None:
        _conditions(flow, form, scope.names(form.code), spot)
    for code in flow.picture:
        if code != START and flow.node(code) is None:
            spot.at("picture", code).unknown("节点", code, [START, *(node.code for node in flow.nodes)])


def _shape(flow: Flow, scope: Scope, spot: Spot) -> None:
    def is_human(kind: str) -> bool:
        word = scope.vocabulary.nodes.get(kind)
        return word is not None and word.human

    for problem in check_graph(flow, is_human=is_human):
        spot.at(*read_place(problem.path)).problem(problem.code, problem.message)


def _start(flow: Flow, form: Entity, spot: Spot) -> None:
    for key in ("edit", "hide", "require"):
        for index, path in enumerate(getattr(flow.start, key) or ()):
            wanted_field(form, path, spot.at(key, index))
    if flow.start.edit is not None:
        _answerable(flow.start.edit, form, spot)


def _node(node: Node, flow: Flow, form: Entity | None, people: People, spot: Spot) -> None:
    word = people.scope.vocabulary.nodes.get(node.kind)
    if word is not None and "assignees" in word.keys and not node.assignees:
        spot.problem("no_assignees", _("%(node)s 没有写处理人 assignees", node=node.name or node.code))
    people.check(node.assignees, spot.at("assignees"))
    people.check(node.exclude, spot.at("exclude"))
    people.check(node.empty_to, spot.at("empty_to"))
    if form is not None:
        for key in ("edit", "require", "hide"):
            for index, path in enumerate(getattr(node, key)):
                wanted_field(form, path, spot.at(key, index))
        _answerable(node.edit, form, spot)
        _requirable(node, form, spot)
        if node.due is not None and node.due.start is not None:
            _date(node.due.start, form, people.scope, spot.at("due", "from"))
    _returns(node, flow, people.scope, spot)
    for index, code in enumerate(node.actions):
        known = [rule.code for rule in people.scope.app.rules if rule.flow == flow.code]
        if code not in known:
            message = _("没有规则（本流程的） %(name)s", name=code)
            spot.at("actions", index).unknown(message, code, known)


def _answerable(edit: tuple[str, ...], form: Entity, spot: Spot) -> None:
    """Check that what a node lets people edit can be edited at all."""
    for index, path in enumerate(edit):
        found = field_at(form, path)
        if found is None:
            continue
        if getattr(found, "formula", None) is not None:
            spot.at("edit", index).problem("computed", _("%(path)s 由公式计算，不能填写", path=path))
        elif found.readonly:
            spot.at("edit", index).problem("readonly", _("%(path)s 是只读字段，不能填写", path=path))


def _requirable(node: Node, form: Entity, spot: Spot) -> None:
    """Check that what a node asks for may be filled in there."""
    for index, path in enumerate(node.require):
        if field_at(form, path) is None or path in node.edit or path.partition(".")[0] in node.edit:
            continue
        if any(one.startswith(f"{path}.") for one in node.edit):
            continue
        message = _("要求填写 %(path)s，但它不在 edit 中，办理人无法填写", path=path)
        spot.at("require", index).problem("not_editable", message)


def _date(path: str, form: Entity, scope: Scope, spot: Spot) -> None:
    found = wanted_field(form, path, spot)
    kind = scope.type_of(scope.app.code, found) if isinstance(found, Field) else None
    if found is not None and (kind is None or kind.kind not in ("date", "datetime")):
        spot.problem("not_a_date", _("%(path)s 不是日期字段，不能从它起算期限", path=path))


def _returns(node: Node, flow: Flow, scope: Scope, spot: Spot) -> None:
    humans = [START] + [
        one.code for one in flow.nodes if (word := scope.vocabulary.nodes.get(one.kind)) and word.human
    ]
    for index, code in enumerate(node.return_to or ()):
        if code == node.code:
            spot.at("return_to", index).problem("return_to_itself", _("%(code)s 不能退回给自己", code=code))
        elif code not in humans:
            message = _("没有可退回的节点（发起、填写或审批） %(name)s", name=code)
            spot.at("return_to", index).unknown(message, code, humans)


def _conditions(flow: Flow, form: Entity, names: Names, spot: Spot) -> None:
    filled = frozenset(one.code for one in form.plain() if _is_filled(one))
    trees = {}
    for index, edge in enumerate(flow.edges):
        if edge.when is not None:
            trees[index] = spot.at("edges", index, "when").expression(edge.when, names, want=BOOLEAN)
    for index, node in enumerate(flow.nodes):
        if node.kind == "exclusive":
            leaving = {number: edge for number, edge in enumerate(flow.edges) if edge.origin == node.code}
            known = [trees.get(number) for number in leaving]
            if leaving and not any(edge.default for edge in leaving.values()):
                check_coverage(node.name or node.code, known, names, filled, spot.at("nodes", index))


def _is_filled(one: Field) -> bool:
    """Tell whether the field is never empty after the submission: required, or always computed."""
    if one.visible_if is not None:
        return False
    tree = Spot("").parsed(one.formula) if one.formula else None
    if tree is None:
        return one.required
    match tree.root:
        case Call(name=name):
            return name in FUNCTIONS and FUNCTIONS[name].total
        case Chain(rest=rest):  # an empty operand counts as 0; only a division can give nothing
            return all(sign in ("+", "-", "*") for sign, _operand in rest)
        case Literal(value=value):
            return value is not None
    return isinstance(tree.root, Compare | Logic | Not | Minus)
