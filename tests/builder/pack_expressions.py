"""Every expression of the packs, with where it stands and what its place asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from builder.edits.documents import Documents
from runtime.language.app import App
from runtime.language.entity import Entity
from runtime.language.field import Check, Expr, Field, SubTable
from runtime.language.load import load_app
from runtime.language.rule import Rule
from runtime.language.yaml_text import read_yaml
from runtime.packs.read import read_pack
from runtime.packs.vocabulary import VOCABULARY
from tests.web.site import PACKS


class Written(NamedTuple):
    """One expression of a pack."""

    app: str
    scope: str
    want: str
    source: str


@cache
def documents() -> Mapping[str, Documents]:
    """Return the documents of every pack, by its code."""
    found = {}
    for path in sorted(PACKS.glob("*/pack.yaml")):
        texts = read_pack(path.parent).texts
        found[path.parent.name] = {file: read_yaml(text).value for file, text in texts.items()}
    return found


@cache
def apps() -> Mapping[str, App]:
    """Return the apps of every pack, by its code."""
    paths = sorted(PACKS.glob("*/pack.yaml"))
    return {path.parent.name: load_app(read_pack(path.parent).texts, VOCABULARY) for path in paths}


@cache
def written() -> tuple[Written, ...]:
    """Return all expressions, in the order of the packs."""
    return tuple(dict.fromkeys(one for app in apps().values() for one in _of_app(app)))


def _of_app(app: App) -> Iterator[Written]:
    for entity in app.entities:
        yield from _of_entity(app, entity)
    for flow in app.flows:
        for edge in flow.edges:
            if edge.when:
                yield Written(app.code, f"entity:{flow.form}", "boolean", edge.when)
    for rule in app.rules:
        yield from _of_rule(app, rule)
    for grant in app.permissions:
        for ref in grant.on:
            if grant.where:
                yield Written(app.code, f"view:{ref}", "boolean", grant.where)
    for query in app.queries:
        if "where" in query:
            yield Written(app.code, f"view:{query['source']}", "boolean", query["where"])


def _of_entity(app: App, entity: Entity) -> Iterator[Written]:
    here = f"entity:{entity.code}"
    if entity.title:
        yield Written(app.code, f"template:{entity.code}", "text", entity.title)
    if entity.quota:
        yield Written(app.code, here, "number", entity.quota.total)
    yield from _checks(app, here, entity.validations)
    for view in entity.views:
        if view.where:
            yield Written(app.code, f"view:{entity.code}", "boolean", view.where)
    for one in entity.fields:
        if isinstance(one, Field):
            yield from _of_field(app, one, here, f"lookup:{entity.code}.{one.code}")
        else:
            yield from _of_subtable(app, one, entity)


def _of_subtable(app: App, one: SubTable, entity: Entity) -> Iterator[Written]:
    row = f"row:{entity.code}.{one.code}"
    if one.visible_if:
        yield Written(app.code, f"entity:{entity.code}", "boolean", one.visible_if)
    yield from _checks(app, row, one.validate)
    for column in one.fields:
        yield from _of_field(app, column, row, f"lookup:{entity.code}.{one.code}.{column.code}")


def _of_field(app: App, one: Field, here: str, lookup: str) -> Iterator[Written]:
    wants: dict[str, Any] = {"formula": "", "visible_if": "boolean"}
    wants |= {"required_if": "boolean", "readonly_if": "boolean"}
    for key, want in wants.items():
        if source := getattr(one, key):
            yield Written(app.code, here, want, source)
    if isinstance(one.default, Expr):
        yield Written(app.code, here, "", one.default.source)
    yield from _checks(app, here, one.validate)
    if "filter" in one.options:
        yield Written(app.code, lookup, "boolean", one.options["filter"])


def _checks(app: App, here: str, checks: tuple[Check, ...]) -> Iterator[Written]:
    for one in checks:
        yield Written(app.code, here, "boolean", one.check)


def _of_rule(app: App, rule: Rule) -> Iterator[Written]:
    flow = app.flow(rule.flow or "")
    trigger = rule.source or (flow.form if flow else "")
    place = ":".join([trigger, rule.table or "", *([rule.each] if rule.each else [])])
    here = f"{'alert' if rule.source else 'rule'}:{place}"
    for source in (rule.when, rule.where, rule.guard):
        if source:
            yield Written(app.code, here, "boolean", source)
    for group in (rule.match, rule.set, rule.add, rule.subtract):
        for source in group.values():
            yield Written(app.code, here, "", source)
    if rule.message:
        said = f"{'alert_template' if rule.source else 'template'}:{place}"
        yield Written(app.code, said, "text", rule.message)
