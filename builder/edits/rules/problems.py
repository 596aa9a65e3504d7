"""What keeps a rule from being published, at its places: told while it is being made."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from builder.edits.rules.scope import About
from runtime.language.lint.rules import check_rule
from runtime.language.lint.spot import Spot
from runtime.language.load import document_problems
from runtime.language.place import Place, split_path
from runtime.language.problem import Problem
from runtime.packs.vocabulary import VOCABULARY


def rule_problems(document: Mapping[str, Any], about: About) -> tuple[tuple[Place, Problem], ...]:
    """Return what is wrong with a rule by its place in the rule: shape first, then names and types."""
    found = [_inside(one) for one in document_problems("rules/x.yaml", [dict(document)], VOCABULARY)]
    packs = frozenset({about.scope.app.code, *about.scope.app.manifest.requires})
    spot = Spot("rules/x.yaml $[0]", packs)
    check_rule(about.rule, about.scope, spot)
    known = {place for place, _ in found}
    linted = (_inside(one) for one in spot.found)
    found += [(place, one) for place, one in linted if place not in known and not _empty(place, about)]
    return tuple(dict.fromkeys(found))


def _inside(problem: Problem) -> tuple[Place, Problem]:
    _, place = split_path(problem.path)
    return place[1:], replace(problem, path="$")


def _empty(place: Place, about: About) -> bool:
    """Whether a place is a row whose expression has not been written yet."""
    group = getattr(about.rule, str(place[0]), None) if len(place) > 1 else None
    return isinstance(group, Mapping) and group.get(place[1]) == ""
