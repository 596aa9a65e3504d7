"""Forms and base tables as a whole."""

from collections.abc import Iterable
from dataclasses import replace

from runtime.language.entity import Entity, View
from runtime.language.expressions import Circle, Names, Type, order_formulas
from runtime.language.expressions.types import BOOLEAN, number
from runtime.language.field import Check, Field, SubTable
from runtime.language.flow import Flow
from runtime.language.lint.fields import check_checks, check_field
from runtime.language.lint.scope import Scope, wanted_column
from runtime.language.lint.spot import Spot
from runtime.language.speech import _, listed


def check_entity(entity: Entity, scope: Scope, spot: Spot) -> None:
    """Note what is wrong with a form or table."""
    names = scope.names(entity.code)
    for index, one in enumerate(entity.fields):
        here = spot.at("fields", index)
        if isinstance(one, SubTable):
            _subtable(one, names, scope, here)
        else:
            check_field(one, entity, names, scope, here)
    _identity(entity, names, scope, spot)
    check_checks(entity.validations, names, spot.at("validations"))
    _stages(entity, scope, spot)
    _formulas(entity, spot)
    _layout(entity, spot.at("layout"))
    for index, view in enumerate(entity.views):
        _view(view, entity, names, spot.at("views", index))


def _subtable(one: SubTable, names: Names, scope: Scope, spot: Spot) -> None:
    inside = replace(names, row=one.code)
    for index, column in enumerate(one.fields):
        check_field(column, one, inside, scope, spot.at("fields", index))
    if one.visible_if:
        spot.at("visible_if").expression(one.visible_if, names, want=BOOLEAN)
    check_checks(one.validate, inside, spot.at("validate"))
    if one.min_rows > one.max_rows:
        message = _("min_rows %(least)s 大于 max_rows %(most)s", least=one.min_rows, most=one.max_rows)
        spot.at("min_rows").problem("wrong_limit", message)


def _identity(entity: Entity, names: Names, scope: Scope, spot: Spot) -> None:
    for index, code in enumerate(entity.key):
        wanted_column(entity, code, spot.at("key", index))
    if entity.title:
        spot.at("title").template(entity.title, names)
    for key, kind in (("owner", "user"), ("owner_dept", "department")):
        code = getattr(entity, key)
        found = wanted_column(entity, code, spot.at(key)) if code else None
        type_ = scope.type_of(scope.app.code, found) if found else None
        if type_ is not None and type_.kind != kind:
            spot.at(key).problem("wrong_type", _not_owner(key, code, type_))
    for key, groups in (("unique", entity.unique), ("indexes", entity.indexes)):
        for index, group in enumerate(groups):
            for number_, code in enumerate(group):
                wanted_column(entity, code, spot.at(key, index, number_))
    if entity.quota is not None:
        quota = spot.at("quota")
        quota.at("total").expression(entity.quota.total, names, want=number())
        for key in ("reserved", "used"):
            code = getattr(entity.quota, key)
            found = wanted_column(entity, code, quota.at(key))
            if found is not None and found.formula is not None:
                quota.at(key).problem("computed", _("%(code)s 由公式计算，不能登记占用", code=code))


def _not_owner(key: str, code: str, type_: Type) -> str:
    if key == "owner":
        return _("owner 应是单选的人员字段，%(code)s 是%(kind)s", code=code, kind=type_.label)
    return _("owner_dept 应是单选的部门字段，%(code)s 是%(kind)s", code=code, kind=type_.label)


def _stages(entity: Entity, scope: Scope, spot: Spot) -> None:
    """Check what names nodes: opinion fields and the `at` of validations."""
    flows = [flow for flow in scope.app.flows if flow.form == entity.code]
    for index, one in enumerate(entity.fields):
        if isinstance(one, Field) and isinstance(node := one.options.get("node"), str):
            _node(node, flows, spot.at("fields", index, "node"))
    for place, checks in _checks(entity):
        for index, check in enumerate(checks):
            for number_, node in enumerate(check.at):
                _node(node, flows, spot.at(*place, index, "at", number_), also=("start",))


def _checks(entity: Entity) -> Iterable[tuple[tuple[str | int, ...], tuple[Check, ...]]]:
    yield ("validations",), entity.validations
    for index, one in enumerate(entity.fields):
        yield ("fields", index, "validate"), one.validate


def _node(code: str, flows: list[Flow], spot: Spot, *, also: tuple[str, ...] = ()) -> None:
    known = [node.code for flow in flows for node in flow.nodes]
    if code not in known and code not in also:
        spot.unknown(_("没有节点（本表单的流程中） %(name)s", name=code), code, known)


def _formulas(entity: Entity, spot: Spot) -> None:
    """Check that formulas do not wait for each other."""
    sources: dict[str, tuple[Spot, str]] = {}
    for index, one in enumerate(entity.fields):
        if isinstance(one, SubTable):
            for number_, column in enumerate(one.fields):
                if column.formula:
                    here = spot.at("fields", index, "fields", number_, "formula")
                    sources[f"{one.code}.{column.code}"] = here, column.formula
        elif one.formula:
            sources[one.code] = spot.at("fields", index, "formula"), one.formula
    silent = Spot("")  # what cannot be parsed has been told before
    trees = {path: silent.parsed(source) for path, (_spot, source) in sources.items()}
    order = order_formulas({path: tree for path, tree in trees.items() if tree is not None})
    if isinstance(order, Circle):
        first = next((here for path, (here, _source) in sources.items() if path in order.names), spot)
        first.problem(order.code, order.message)


def _layout(entity: Entity, spot: Spot) -> None:
    if not entity.layout:
        return
    seen: set[str] = set()
    for index, section in enumerate(entity.layout):
        for number_, row in enumerate(section.rows):
            for place, code in enumerate(row):
                here = spot.at(index, "rows", number_, place)
                if entity.field(code) is None and entity.subtable(code) is None:
                    known = [one.code for one in entity.fields]
                    here.unknown(_("没有字段或重复表 %(name)s", name=code), code, known)
                elif code in seen:
                    here.problem("duplicate", _("%(code)s 在布局中出现了两次", code=code))
                seen.add(code)
    left = [one.code for one in entity.fields if one.code not in seen and not one.hidden]
    if left:
        message = _("布局中没有 %(codes)s；不给人看的字段请写 hidden: true", codes=listed(left))
        spot.problem("not_in_layout", message)


def _view(view: View, entity: Entity, names: Names, spot: Spot) -> None:
    for key in ("columns", "filters", "search"):
        for index, code in enumerate(getattr(view, key)):
            wanted_column(entity, code, spot.at(key, index))
    for index, code in enumerate(view.sort):
        wanted_column(entity, code.removeprefix("-"), spot.at("sort", index))
    if view.where:
        spot.at("where").filter(view.where, names)
