"""Permissions, menu, queries and what the pack requires."""

from collections.abc import Mapping
from typing import Any

from runtime.language.app import MenuEntry, Permission
from runtime.language.entity import Entity
from runtime.language.lint.scope import Scope, field_at, known_paths, no_field_of, wanted_column
from runtime.language.lint.spot import Spot
from runtime.language.speech import _, listed


def check_requires(scope: Scope, spot: Spot) -> bool:
    """Note packs that are not at hand; return whether all are, so that references can be judged."""
    complete = True
    for index, code in enumerate(scope.app.manifest.requires):
        here = spot.at("requires", index)
        if code == scope.app.code:
            here.problem("requires_itself", _("包不能依赖自己"))
        elif code not in scope.others:
            complete = False
            here.problem("missing_pack", _("依赖的包 %(code)s 不在检查范围内，请一并给出", code=code))
    return complete


def check_permission(grant: Permission, scope: Scope, spot: Spot) -> None:
    """Note what is wrong with a grant."""
    scope.role(grant.who, spot.at("who"))
    entities = [scope.wanted_entity(ref, spot.at("on", index)) for index, ref in enumerate(grant.on)]
    found = [one for one in entities if one is not None]
    for key in ("hide", "mask"):
        for index, path in enumerate(getattr(grant, key)):
            _of_any(path, found, spot.at(key, index))
    if grant.where:
        for ref in grant.on:
            if scope.entity(ref):
                spot.at("where").filter(grant.where, scope.names(ref))


def _of_any(path: str, entities: list[Entity], spot: Spot) -> None:
    """Check that a field path is one of at least one entity."""
    if entities and not any(field_at(one, path) for one in entities):
        message = no_field_of(listed(one.name for one in entities), path)
        spot.unknown(message, path, [code for one in entities for code in known_paths(one)])


def check_menu(entry: MenuEntry, scope: Scope, spot: Spot) -> None:
    """Note what is wrong with a menu entry."""
    if entry.flow is not None:
        scope.wanted_flow(entry.flow, spot.at("flow"))
    if entry.table is not None:
        table = scope.wanted_entity(entry.table, spot.at("table"))
        known = [view.code for view in table.views] if table else []
        if table is not None and entry.view is not None and entry.view not in known:
            spot.at("view").unknown(_("没有视图 %(name)s", name=entry.view), entry.view, known)
    for index, role in enumerate(entry.roles):
        scope.role(role, spot.at("roles", index))


def check_query(query: Mapping[str, Any], scope: Scope, spot: Spot) -> None:
    """Note what is wrong with a query."""
    source = scope.wanted_entity(query["source"], spot.at("source"))
    if source is None:
        return
    for key in ("filters", "group", "columns"):
        for index, code in enumerate(query.get(key, ())):
            wanted_column(source, code, spot.at(key, index))
    for index, code in enumerate(query.get("sort", ())):
        wanted_column(source, code.removeprefix("-"), spot.at("sort", index))
    for index, measure in enumerate(query.get("measures", ())):
        _measure(measure, source, spot.at("measures", index))
    if "where" in query:
        spot.at("where").filter(query["where"], scope.names(query["source"]))


#: What a query can compute of a column; `count` also stands alone.
MEASURES = ("count", "sum", "avg", "min", "max")


def _measure(measure: str, source: Entity, spot: Spot) -> None:
    """Check `count` or `sum amount`."""
    verb, _blank, code = measure.partition(" ")
    if verb not in MEASURES:
        spot.unknown(_("没有统计方式 %(name)s", name=verb), verb, MEASURES)
    elif code:
        wanted_column(source, code, spot)
    elif verb != "count":
        spot.problem("no_column", _("%(verb)s 后面应写字段，如 %(verb)s amount", verb=verb))
