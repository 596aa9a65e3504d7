"""Whether an app holds together: references, types of expressions, flows, rules, rights (definitions §1).

Drafts may have problems, releases may not: `lint` says all of them at once, each with file and place.
"""

from collections.abc import Mapping

from runtime.language.app import App
from runtime.language.lint.access import check_menu, check_permission, check_query, check_requires
from runtime.language.lint.entities import check_entity
from runtime.language.lint.flows import check_flow
from runtime.language.lint.rules import check_rule
from runtime.language.lint.scope import Scope
from runtime.language.lint.spot import Spot
from runtime.language.lint.stories import check_walkthrough
from runtime.language.lint.undoing import check_circles, check_undoing
from runtime.language.parts import places
from runtime.language.problem import Problem
from runtime.language.vocabulary import Vocabulary

__all__ = ["lint"]


def lint(app: App, others: Mapping[str, App], vocabulary: Vocabulary) -> tuple[Problem, ...]:
    """Return everything that keeps `app` from being published; `others` are the packs at hand, by code.

    Paths are `file $.place`. If a required pack is not among `others`, only that is said: without it most
    references and types cannot be judged.
    """
    scope = Scope(app, others, vocabulary)
    paths = places(app)
    found: list[Problem] = []
    packs = frozenset({app.code, *app.manifest.requires})

    def spot(kind: str, name: str | int) -> Spot:
        return Spot(paths[kind, name], packs, found)

    if not check_requires(scope, spot("manifest", app.code)):
        return tuple(found)
    for entity in app.entities:
        check_entity(entity, scope, spot(entity.kind, entity.code))
    for flow in app.flows:
        check_flow(flow, scope, spot("flow", flow.code))
    rules = {rule.code: spot("rule", rule.code) for rule in app.rules}
    for rule in app.rules:
        check_rule(rule, scope, rules[rule.code])
    check_undoing(scope, rules)
    check_circles(scope, rules)
    for index, grant in enumerate(app.permissions):
        check_permission(grant, scope, spot("permission", index))
    for index, entry in enumerate(app.menu):
        check_menu(entry, scope, spot("menu", index))
    for query in app.queries:
        check_query(query, scope, spot("query", str(query["code"])))
    for index, story in enumerate(app.walkthroughs):
        check_walkthrough(story, scope, spot("walkthrough", story.name or index))
    return tuple(dict.fromkeys(found))
