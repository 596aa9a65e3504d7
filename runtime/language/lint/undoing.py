"""Rules that repeat what the system does by itself, and rules that call each other for ever."""

from collections.abc import Mapping

import networkx as nx

from runtime.language.lint.scope import Scope
from runtime.language.lint.spot import Spot
from runtime.language.rule import Rule
from runtime.language.speech import _

#: Moments at which the effects of a case are taken back by themselves (flow semantics §7).
UNDONE = frozenset({"withdrawn", "returned", "rejected", "terminated"})

#: What an action does to rows, as the moment that it makes.
_MAKES = {"create": "created", "update": "updated", "delete": "deleted"}
_OPPOSITE = {"create": "delete", "delete": "create", "reserve": "release"}


def check_undoing(scope: Scope, spots: Mapping[str, Spot]) -> None:
    """Note rules that only undo a rule of the submission: undoing is automatic, they would do it twice."""
    rules = scope.app.rules
    for rule in rules:
        if not isinstance(rule.on, str) or rule.on not in UNDONE:
            continue
        mirrored = next((one for one in rules if _is_mirror(rule, one, scope)), None)
        if mirrored is not None:
            message = _("撤回、退回和不同意时，%(rule)s 的影响会自动冲回；请删去这条规则", rule=mirrored.code)
            spots[rule.code].problem("mirrored_undo", message)


def _is_mirror(rule: Rule, other: Rule, scope: Scope) -> bool:
    """Tell whether all that `rule` does is the opposite of what `other` did before."""
    if other.flow != rule.flow or not isinstance(other.on, str) or other.on in UNDONE | {"approved"}:
        return False
    if not rule.table or not other.table or scope.app.ref(rule.table) != scope.app.ref(other.table):
        return False
    if _OPPOSITE.get(other.do) == rule.do:
        return True
    if (rule.do, other.do) != ("update", "update") or rule.match != other.match or rule.each != other.each:
        return False
    writes = {**rule.add, **rule.subtract}
    return (
        bool(writes)
        and not rule.set
        and rule.add.items() <= other.subtract.items()
        and rule.subtract.items() <= other.add.items()
    )


def check_circles(scope: Scope, spots: Mapping[str, Spot]) -> None:
    """Note rules that fire each other in a circle."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for one in scope.app.rules:
        for other in scope.app.rules:
            if _fires(one, other, scope):
                graph.add_edge(one.code, other.code)
    for circle in nx.strongly_connected_components(graph):
        codes = [one.code for one in scope.app.rules if one.code in circle]
        if len(codes) > 1 or graph.has_edge(codes[0], codes[0]):
            way = " → ".join([*codes, codes[0]])
            message = _("规则会互相触发，永远停不下来：%(way)s", way=way)
            spots[codes[0]].problem("endless_rules", message)


def _fires(one: Rule, other: Rule, scope: Scope) -> bool:
    """Tell whether what `one` does is what `other` waits for."""
    if one.start is not None:
        return other.flow == one.start and other.on == "submitted"
    if one.table is None or other.source is None or _MAKES.get(one.do) != other.on:
        return False
    return scope.app.ref(one.table) == scope.app.ref(other.source)
