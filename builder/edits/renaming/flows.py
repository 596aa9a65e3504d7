"""Flows, rules, queries and grants with a field renamed."""

from collections.abc import Iterator, Mapping
from typing import Any

from builder.edits.renaming.entities import expression
from builder.edits.renaming.expressions import Scope, in_template
from builder.edits.renaming.plain import Change, each, every_key, every_value, texts, with_keys
from builder.edits.renaming.shapes import Renaming, Shape
from runtime.assignees import SOURCES
from runtime.language.lint.sources import PERSONS

_SOURCE_KEYS = ("who", "assignees", "exclude", "empty_to", "to")


def in_flow(document: Mapping[str, Any], renaming: Renaming) -> Any:
    """Return a flow with the field renamed."""
    form = renaming.shape(document.get("form"))
    scope = Scope(of=form)
    node: dict[str, Change] = {}
    if renaming.is_of(form):
        path = texts(renaming.in_path)
        node = {key: each(path) for key in ("edit", "hide", "require")}
        node |= {key: each(_person(renaming)) for key in _SOURCE_KEYS}
        node["due"] = lambda one: with_keys(one, {"from": path})
    return with_keys(
        document,
        {
            "start": lambda one: with_keys(one, node),
            "nodes": each(lambda one: with_keys(one, node)),
            "edges": each(lambda one: with_keys(one, {"when": expression(scope, renaming)})),
        },
    )


def in_rule(document: Mapping[str, Any], renaming: Renaming) -> Any:
    """Return a rule with the field renamed: of what triggers it, and of what it writes."""
    trigger = renaming.shape(document.get("source")) or renaming.form_of(document.get("flow"))
    target = renaming.form_of(document.get("start")) or renaming.shape(document.get("table"))
    scope = _scope(document, trigger, renaming)
    here = expression(scope, renaming)
    mapped = every_value(here)
    changes: dict[str, Change] = dict.fromkeys(("when", "where", "guard"), here)
    changes |= dict.fromkeys(("match", "set", "add", "subtract"), mapped)
    changes["message"] = lambda one: in_template(one, scope, renaming)
    if renaming.is_of(target):
        keys = every_key(renaming.in_path)
        for key in ("match", "set", "add", "subtract"):
            changes[key] = lambda one: keys(mapped(one))
    if renaming.is_of(trigger):
        path = texts(renaming.in_path)
        changes["each"] = path
        changes["on"] = lambda one: with_keys(one, {"before": path, "after": path})
        changes["to"] = each(_person(renaming))
        changes["initiator"] = _person(renaming)
    return with_keys(document, changes)


def in_query(document: Mapping[str, Any], renaming: Renaming) -> Any:
    """Return a query with the field renamed."""
    source = renaming.shape(document.get("source"))
    changes: dict[str, Change] = {"where": expression(Scope(of=source), renaming)}
    if renaming.is_of(source):
        changes |= {key: each(texts(renaming.in_path)) for key in ("filters", "group", "columns", "sort")}
        changes["measures"] = each(texts(lambda text: _measure(text, renaming)))
    return with_keys(document, changes)


def in_grants(document: Any, renaming: Renaming) -> Any:
    """Return the grants with the field renamed.

    A grant over several objects is divided where its condition would mean another field for each of them.
    """
    if not isinstance(document, list):
        return document
    made = [one for grant in document for one in _grants(grant, renaming)]
    same = len(made) == len(document) and all(one is old for one, old in zip(made, document, strict=True))
    return document if same else made


def _grants(grant: Any, renaming: Renaming) -> Iterator[Any]:
    on = grant.get("on") if isinstance(grant, Mapping) else None
    if not isinstance(on, list) or renaming.entity not in map(renaming.full, on):
        yield _conditioned(grant, on, renaming)
        return
    others = [ref for ref in on if renaming.full(ref) != renaming.entity]
    mine = [ref for ref in on if ref not in others]
    here = _conditioned(grant, mine, renaming)
    if others and here is not grant:
        yield {**_listed(_own(here, mine, renaming), renaming, ()), "on": mine}
        yield {**_own(grant, others, renaming), "on": others}
        return
    yield _listed(here, renaming, others)


def _own(grant: Mapping[str, Any], on: list[Any], renaming: Renaming) -> Mapping[str, Any]:
    """Return a grant without what it hides and masks of other objects; objects of other apps may have all."""
    shapes = [renaming.shape(ref) for ref in on]
    if not all(shapes):
        return grant

    def cut(paths: Any) -> Any:
        if not isinstance(paths, list):
            return paths
        return [one for one in paths if any(shape and shape.has(str(one)) for shape in shapes)]

    made = with_keys(grant, {"hide": cut, "mask": cut})
    return {key: one for key, one in made.items() if one or key not in ("hide", "mask")}


def _conditioned(grant: Any, on: Any, renaming: Renaming) -> Any:
    """Return a grant with its condition renamed, read as that of its first object."""
    shape = renaming.shape(on[0]) if isinstance(on, list) and on else None
    return with_keys(grant, {"where": expression(Scope(of=shape), renaming)})


def _listed(grant: Any, renaming: Renaming, others: Any) -> Any:
    """Return a grant with what it hides and masks renamed; what another object has as well stays."""
    shared = any((shape := renaming.shape(ref)) and shape.has(renaming.path) for ref in others)

    def rewrite(paths: Any) -> Any:
        if not isinstance(paths, list):
            return paths
        made: list[Any] = []
        for one in paths:
            new = renaming.in_path(one) if isinstance(one, str) else one
            made += [new, one] if new != one and shared else [new]
        return paths if made == paths else made

    return with_keys(grant, {"hide": rewrite, "mask": rewrite})


def _scope(rule: Mapping[str, Any], trigger: Shape | None, renaming: Renaming) -> Scope:
    rows = rule.get("each")
    row = (trigger, rows) if trigger is not None and isinstance(rows, str) and trigger.has(rows) else None
    return Scope(of=trigger, row=row, old=renaming.shape(rule.get("table")))


def _person(renaming: Renaming) -> Change:
    """Return what renames the field in a source of people: `{field: signer}`, `{superior: {field: …}}`."""

    def rewrite(source: Any) -> Any:
        if not isinstance(source, Mapping):
            return source
        return with_keys(source, {one.code: value for one in SOURCES if {"field", "person"} & one.of})

    def value(of: Any) -> Any:
        if isinstance(of, Mapping):
            return rewrite(of)
        return of if not isinstance(of, str) or of in PERSONS else texts(renaming.in_path)(of)

    return rewrite


def _measure(text: str, renaming: Renaming) -> str:
    verb, blank, code = text.partition(" ")
    return f"{verb}{blank}{renaming.in_path(code)}" if code else text
